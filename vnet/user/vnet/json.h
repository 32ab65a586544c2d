/* SPDX-License-Identifier: GPL-2.0-only */
/* JSON as it is written, with commas where they belong. */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>
#include <stdint.h>

/* A key is NULL in an array and at the top. */
void json_object(const char *key);
void json_array(const char *key);
void json_end(void);
void json_string(const char *key, const char *value);
void json_number(const char *key, uint64_t value);
void json_bool(const char *key, bool value);
void json_null(const char *key);

#endif

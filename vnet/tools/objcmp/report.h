/* SPDX-License-Identifier: GPL-2.0-only */
/* What was found to differ in one object, said as text or as JSON. */
#ifndef OBJCMP_REPORT_H
#define OBJCMP_REPORT_H

#include <stdbool.h>
#include <stddef.h>

enum verdict {
	IDENTICAL,	/* the files are the same, byte for byte */
	EQUAL,		/* the same code, data, symbols and relocations */
	DIFFERS,
	UNREADABLE,
};

struct difference {
	const char *kind;	/* header section bytes relocation symbol */
	char section[64];
	char function[128];	/* or data object; "" when none covers it */
	unsigned long long offset;
	char *text;
	struct difference *next;
};

struct report {
	const char *object;
	struct difference *first, **end;
	size_t kept, limit;	/* limit 0: keep all */
	size_t found;
};

void report_begin(struct report *r, const char *object, size_t limit);
__attribute__((format(printf, 6, 7)))
void report_add(struct report *r, const char *kind, const char *section,
		const char *function, unsigned long long offset,
		const char *format, ...);
void report_print(const struct report *r, enum verdict v, bool verbose);
void report_json(const struct report *r, enum verdict v, bool first);
void report_end(struct report *r);

#endif

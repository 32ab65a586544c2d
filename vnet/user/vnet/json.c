// SPDX-License-Identifier: GPL-2.0-only
/* JSON as it is written. */
#include <inttypes.h>
#include <stdio.h>

#include "json.h"

#define DEPTH	16

static struct {
	char	end;
	bool	some;
} stack[DEPTH];
static int depth;

static void put_string(const char *s)
{
	putchar('"');
	for (; *s; s++) {
		unsigned char c = *s;

		/* Names of devices are bytes; what is not ASCII is taken for Latin-1. */
		if (c == '"' || c == '\\')
			printf("\\%c", c);
		else if (c < ' ' || c >= 0x7f)
			printf("\\u%04x", c);
		else
			putchar(c);
	}
	putchar('"');
}

static void begin(const char *key)
{
	if (depth && stack[depth - 1].some)
		putchar(',');
	if (depth)
		stack[depth - 1].some = true;
	if (key) {
		put_string(key);
		putchar(':');
	}
}

static void open_it(const char *key, char first, char last)
{
	begin(key);
	putchar(first);
	stack[depth].end = last;
	stack[depth++].some = false;
}

void json_object(const char *key)
{
	open_it(key, '{', '}');
}

void json_array(const char *key)
{
	open_it(key, '[', ']');
}

void json_end(void)
{
	putchar(stack[--depth].end);
	if (!depth)
		putchar('\n');
}

void json_string(const char *key, const char *value)
{
	begin(key);
	put_string(value);
}

void json_number(const char *key, uint64_t value)
{
	begin(key);
	printf("%" PRIu64, value);
}

void json_bool(const char *key, bool value)
{
	begin(key);
	printf(value ? "true" : "false");
}

void json_null(const char *key)
{
	begin(key);
	printf("null");
}

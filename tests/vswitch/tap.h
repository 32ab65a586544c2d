/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * TAP for test programs in C.
 */
#ifndef _TAP_H
#define _TAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

static int tap_count, tap_failed;

static inline __attribute__((format(printf, 2, 3)))
bool ok(bool good, const char *fmt, ...)
{
	va_list args;

	printf("%sok %d - ", good ? "" : "not ", ++tap_count);
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	putchar('\n');
	fflush(stdout);
	tap_failed += !good;
	return good;
}

static inline int done_testing(void)
{
	printf("1..%d\n", tap_count);
	return tap_failed || !tap_count;
}

#endif /* _TAP_H */

// SPDX-License-Identifier: GPL-2.0-only
#include "report.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const verdict_names[] = {
	[IDENTICAL] = "identical",
	[EQUAL] = "equal",
	[DIFFERS] = "differs",
	[UNREADABLE] = "unreadable",
};

void report_begin(struct report *r, const char *object, size_t limit)
{
	memset(r, 0, sizeof(*r));
	r->object = object;
	r->end = &r->first;
	r->limit = limit;
}

void report_add(struct report *r, const char *kind, const char *section,
		const char *function, unsigned long long offset,
		const char *format, ...)
{
	struct difference *d;
	va_list ap;

	r->found++;
	if (r->limit && r->kept >= r->limit)
		return;
	d = calloc(1, sizeof(*d));
	if (!d)
		abort();
	d->kind = kind;
	snprintf(d->section, sizeof(d->section), "%s", section);
	snprintf(d->function, sizeof(d->function), "%s", function);
	d->offset = offset;
	va_start(ap, format);
	if (vasprintf(&d->text, format, ap) < 0)
		abort();
	va_end(ap);
	*r->end = d;
	r->end = &d->next;
	r->kept++;
}

void report_print(const struct report *r, enum verdict v, bool verbose)
{
	const struct difference *d;

	if (verbose)
		printf("%s: %s\n", r->object, verdict_names[v]);
	for (d = r->first; d; d = d->next)
		printf("%s: %s\n", r->object, d->text);
	if (r->found > r->kept)
		printf("%s: %zu more differences\n", r->object,
		       r->found - r->kept);
}

static void json_string(const char *s)
{
	putchar('"');
	for (; *s; s++) {
		unsigned char c = *s;

		if (c == '"' || c == '\\')
			printf("\\%c", c);
		else if (c < 0x20 || c >= 0x7f)
			printf("\\u%04x", c);
		else
			putchar(c);
	}
	putchar('"');
}

void report_json(const struct report *r, enum verdict v, bool first)
{
	const struct difference *d;

	printf("%s\n{\"object\":", first ? "" : ",");
	json_string(r->object);
	printf(",\"verdict\":\"%s\",\"found\":%zu,\"differences\":[",
	       verdict_names[v], r->found);
	for (d = r->first; d; d = d->next) {
		printf("%s{\"kind\":\"%s\",\"section\":",
		       d == r->first ? "" : ",", d->kind);
		json_string(d->section);
		printf(",\"offset\":%llu,\"function\":", d->offset);
		json_string(d->function);
		printf(",\"text\":");
		json_string(d->text);
		putchar('}');
	}
	printf("]}");
}

void report_end(struct report *r)
{
	struct difference *d = r->first, *next;

	for (; d; d = next) {
		next = d->next;
		free(d->text);
		free(d);
	}
	r->first = NULL;
}

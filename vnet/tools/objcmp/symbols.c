// SPDX-License-Identifier: GPL-2.0-only
#include "compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *section_name(const struct symbol *s)
{
	if (s->section)
		return s->section->name;
	switch (s->sym.st_shndx) {
	case SHN_UNDEF:
		return "undefined";
	case SHN_ABS:
		return "absolute";
	case SHN_COMMON:
		return "common";
	}
	return "special";
}

static int by_name(const void *a, const void *b)
{
	const struct symbol *x = *(const struct symbol *const *)a;
	const struct symbol *y = *(const struct symbol *const *)b;
	int c = strcmp(x->name, y->name);

	if (c)
		return c;
	c = strcmp(section_name(x), section_name(y));
	if (c)
		return c;
	if (x->section && y->section && x->section->nth != y->section->nth)
		return x->section->nth < y->section->nth ? -1 : 1;
	if (x->sym.st_value != y->sym.st_value)
		return x->sym.st_value < y->sym.st_value ? -1 : 1;
	if (x->sym.st_size != y->sym.st_size)
		return x->sym.st_size < y->sym.st_size ? -1 : 1;
	return (int)x->sym.st_info - (int)y->sym.st_info;
}

/* The null symbol (index 0) says nothing and is left out. */
static const struct symbol **sorted(const struct object *o, size_t *n)
{
	const struct symbol **list = calloc(o->nr_symbols + 1, sizeof(*list));
	size_t i;

	if (!list)
		abort();
	*n = 0;
	for (i = 1; i < o->nr_symbols; i++)
		list[(*n)++] = &o->symbols[i];
	qsort(list, *n, sizeof(*list), by_name);
	return list;
}

static const char *label(const struct symbol *s, char *text, size_t size)
{
	if (s->name[0])
		snprintf(text, size, "symbol '%s'", s->name);
	else
		snprintf(text, size, "the symbol of section %s",
			 section_name(s));
	return text;
}

static void say_moved(const struct symbol *b, const struct symbol *a,
		      const char *who, struct report *r)
{
	if (same_section(b->section, a->section) &&
	    b->sym.st_value != a->sym.st_value)
		report_add(r, "symbol", section_name(b), b->name,
			   b->sym.st_value, "%s: moved from %s+0x%llx to +0x%llx",
			   who, section_name(b),
			   (unsigned long long)b->sym.st_value,
			   (unsigned long long)a->sym.st_value);
}

static void say_changed(const struct symbol *b, const struct symbol *a,
			const char *who, struct report *r)
{
	const char *in = section_name(b);

	if (!same_section(b->section, a->section) ||
	    (!b->section && b->sym.st_shndx != a->sym.st_shndx))
		report_add(r, "symbol", in, b->name, b->sym.st_value,
			   "%s: section %s became %s", who, in,
			   section_name(a));
	if (b->sym.st_size != a->sym.st_size)
		report_add(r, "symbol", in, b->name, b->sym.st_value,
			   "%s in %s: size %llu became %llu", who, in,
			   (unsigned long long)b->sym.st_size,
			   (unsigned long long)a->sym.st_size);
	if (b->sym.st_info != a->sym.st_info)
		report_add(r, "symbol", in, b->name, b->sym.st_value,
			   "%s in %s: binding and type 0x%x became 0x%x", who,
			   in, b->sym.st_info, a->sym.st_info);
	if (b->sym.st_other != a->sym.st_other)
		report_add(r, "symbol", in, b->name, b->sym.st_value,
			   "%s in %s: visibility 0x%x became 0x%x", who, in,
			   b->sym.st_other, a->sym.st_other);
}

static void one_sided(const struct symbol *s, const char *what,
		      struct report *r)
{
	char who[160];

	report_add(r, "symbol", section_name(s), s->name, s->sym.st_value,
		   "%s (%s) %s", label(s, who, sizeof(who)), section_name(s),
		   what);
}

/* Section symbols have no names: their section's name stands for them. */
static int rank(const struct symbol *b, const struct symbol *a)
{
	int c = strcmp(b->name, a->name);

	if (c || b->name[0])
		return c;
	return by_name(&b, &a);
}

void compare_symbols(const struct object *before, const struct object *after,
		     enum symbol_pass pass, struct report *r)
{
	size_t nb, na, i = 0, j = 0;
	const struct symbol **b = sorted(before, &nb);
	const struct symbol **a = sorted(after, &na);

	while (i < nb || j < na) {
		int c = i == nb ? 1 : j == na ? -1 : rank(b[i], a[j]);
		char who[160];

		if (!c) {
			label(b[i], who, sizeof(who));
			if (pass == MOVES)
				say_moved(b[i], a[j], who, r);
			else
				say_changed(b[i], a[j], who, r);
		} else if (pass == CHANGES) {
			if (c < 0)
				one_sided(b[i], "is gone", r);
			else
				one_sided(a[j], "is new", r);
		}
		i += c <= 0;
		j += c >= 0;
	}
	free(a);
	free(b);
}

// SPDX-License-Identifier: GPL-2.0-only
#include "compare.h"

#include <stdio.h>
#include <string.h>

static void hex(const unsigned char *bytes, size_t n, char *text)
{
	size_t i;

	for (i = 0; i < n; i++)
		text += sprintf(text, "%s%02x", i ? " " : "", bytes[i]);
}

/* One difference for each function or data object that has any. */
void compare_bytes(const struct object *before, const struct section *b,
		   const struct section *a, GElf_Addr from_b, GElf_Addr from_a,
		   GElf_Xword size, struct report *r)
{
	struct place p, last = {};
	GElf_Xword i;

	for (i = 0; i < size; i++) {
		const unsigned char *x = b->bytes + from_b + i;
		const unsigned char *y = a->bytes + from_a + i;
		char was[24], is[24];
		size_t show;

		if (*x == *y)
			continue;
		describe_place(before, b, from_b + i, &p);
		if (last.text[0] && !strcmp(last.function, p.function))
			continue;
		last = p;
		show = size - i < 8 ? size - i : 8;
		hex(x, show, was);
		hex(y, show, is);
		report_add(r, "bytes", b->name, p.function, from_b + i,
			   "%s: bytes differ (%s became %s)", p.text, was, is);
	}
}

static const struct symbol *namesake(const struct symbol *s,
				     const struct object *o)
{
	const struct symbol *found = NULL;
	size_t i;

	for (i = 1; i < o->nr_symbols; i++) {
		const struct symbol *t = &o->symbols[i];

		if (!same_section(s->section, t->section) ||
		    strcmp(s->name, t->name))
			continue;
		if (found)
			return NULL;
		found = t;
	}
	return found;
}

static bool inside(const struct symbol *s)
{
	const GElf_Shdr *sh = &s->section->header;

	return s->sym.st_value <= sh->sh_size &&
	       s->sym.st_size <= sh->sh_size - s->sym.st_value;
}

/*
 * What was not changed itself may be at another offset, so offsets count from
 * the symbol.  A symbol that has another size is the symbols' difference.
 */
void compare_parts(const struct object *before, const struct section *b,
		   const struct object *after, const struct section *a,
		   struct report *r)
{
	size_t i;

	for (i = 1; i < before->nr_symbols; i++) {
		const struct symbol *s = &before->symbols[i], *t;
		struct part part;

		if (s->section != b || !s->sym.st_size || !inside(s))
			continue;
		t = namesake(s, after);
		if (!t || t->sym.st_size != s->sym.st_size || !inside(t))
			continue;
		part.before = s->sym.st_value;
		part.after = t->sym.st_value;
		part.size = s->sym.st_size;
		if (b->bytes && a->bytes)
			compare_bytes(before, b, a, part.before, part.after,
				      part.size, r);
		compare_relocs(before, b, after, a, &part, r);
	}
}

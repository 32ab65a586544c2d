// SPDX-License-Identifier: GPL-2.0-only
#include "compare.h"

#include <stdio.h>
#include <string.h>

/* Local symbols may share a name: then the name alone does not say which. */
static bool name_is_unique(const struct object *o, const struct symbol *sym)
{
	size_t i, n = 0;

	for (i = 0; i < o->nr_symbols; i++)
		n += !strcmp(o->symbols[i].name, sym->name);
	return n == 1;
}

static bool same_symbol(const struct object *before, const struct symbol *b,
			const struct object *after, const struct symbol *a)
{
	if (strcmp(b->name, a->name) || !same_section(b->section, a->section))
		return false;
	if (!b->section)
		return b->sym.st_shndx == a->sym.st_shndx;
	if (b->sym.st_value == a->sym.st_value)
		return true;
	/* One that has moved is the symbols' difference, not the relocation's. */
	return name_is_unique(before, b) && name_is_unique(after, a);
}

/* The first relocation at or after an offset; they are sorted. */
static size_t first_at(const struct section *s, GElf_Addr offset)
{
	size_t i = 0;

	while (i < s->nr_relocs && s->relocs[i].offset < offset)
		i++;
	return i;
}

static void say_other(const struct object *before, const struct section *b,
		      const struct object *after, const struct reloc *x,
		      const struct reloc *y, struct report *r)
{
	char was[256], is[256];
	struct place p;

	describe_place(before, b, x->offset, &p);
	object_target(before, x, was, sizeof(was));
	object_target(after, y, is, sizeof(is));
	if (strcmp(was, is))
		report_add(r, "relocation", b->name, p.function, x->offset,
			   "%s: relocation against '%s' became '%s'", p.text,
			   was, is);
	else if (x->type != y->type)
		report_add(r, "relocation", b->name, p.function, x->offset,
			   "%s: relocation against '%s': type %llu became %llu",
			   p.text, was, (unsigned long long)x->type,
			   (unsigned long long)y->type);
	else
		report_add(r, "relocation", b->name, p.function, x->offset,
			   "%s: relocation against another symbol '%s', or with another addend (%lld became %lld)",
			   p.text, was, (long long)x->addend,
			   (long long)y->addend);
}

void compare_relocs(const struct object *before, const struct section *b,
		    const struct object *after, const struct section *a,
		    const struct part *part, struct report *r)
{
	const struct part whole = {
		.size = ~(GElf_Addr)0,
	};
	size_t i, j, last_i, last_j;
	struct place p;

	if (!part)
		part = &whole;
	i = first_at(b, part->before);
	j = first_at(a, part->after);
	last_i = part == &whole ? b->nr_relocs :
				  first_at(b, part->before + part->size);
	last_j = part == &whole ? a->nr_relocs :
				  first_at(a, part->after + part->size);
	if (last_i - i != last_j - j) {
		describe_place(before, b, part->before, &p);
		report_add(r, "relocation", b->name,
			   part == &whole ? "" : p.function, part->before,
			   "%s: %zu relocations became %zu",
			   part == &whole ? b->name : p.text, last_i - i,
			   last_j - j);
	}
	for (; i < last_i && j < last_j; i++, j++) {
		const struct reloc *x = &b->relocs[i], *y = &a->relocs[j];
		char was[256], is[256];

		if (x->offset - part->before != y->offset - part->after) {
			describe_place(before, b, x->offset, &p);
			object_target(before, x, was, sizeof(was));
			object_target(after, y, is, sizeof(is));
			report_add(r, "relocation", b->name, p.function,
				   x->offset,
				   "%s: relocation against '%s' became one at %s+0x%llx against '%s'",
				   p.text, was, a->name,
				   (unsigned long long)y->offset, is);
			/* What follows is paired with the wrong partner. */
			return;
		}
		if (x->type != y->type || x->addend != y->addend ||
		    !same_symbol(before, &before->symbols[x->symbol],
				 after, &after->symbols[y->symbol]))
			say_other(before, b, after, x, y, r);
	}
}

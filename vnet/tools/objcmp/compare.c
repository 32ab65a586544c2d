// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two objects are equal when their headers say the same, when they have the
 * same sections, each of the same type, flags, size, alignment and content,
 * when these sections are relocated at the same places against the same
 * targets, and when their symbols are the same.  How a file numbers its
 * sections and symbols, and how it lays out its string tables, is not
 * compared: names are compared in their place.
 */
#include "compare.h"

#include <stdio.h>
#include <string.h>

void describe_place(const struct object *o, const struct section *s,
		    GElf_Addr offset, struct place *p)
{
	const struct symbol *sym = object_symbol_at(o, s, offset);

	snprintf(p->text, sizeof(p->text), "%s+0x%llx", s->name,
		 (unsigned long long)offset);
	p->function[0] = '\0';
	if (sym) {
		size_t used = strlen(p->text);

		snprintf(p->function, sizeof(p->function), "%s", sym->name);
		snprintf(p->text + used, sizeof(p->text) - used, " in %s",
			 sym->name);
		return;
	}
	sym = object_function_near(o, s, offset);
	if (sym) {
		size_t used = strlen(p->text);

		snprintf(p->function, sizeof(p->function), "%s", sym->name);
		snprintf(p->text + used, sizeof(p->text) - used,
			 " in the entry of %s", sym->name);
	}
}

static void compare_headers(const struct object *before,
			    const struct object *after, struct report *r)
{
	const GElf_Ehdr *b = &before->header, *a = &after->header;

	if (b->e_ident[EI_CLASS] != a->e_ident[EI_CLASS] ||
	    b->e_ident[EI_DATA] != a->e_ident[EI_DATA] ||
	    b->e_ident[EI_OSABI] != a->e_ident[EI_OSABI] ||
	    b->e_machine != a->e_machine || b->e_flags != a->e_flags)
		report_add(r, "header", "", "", 0,
			   "the ELF headers are of different machines, classes or flags");
}

static bool wanted(const struct section *s, bool every)
{
	switch (s->header.sh_type) {
	case SHT_NULL:
	case SHT_SYMTAB:
	case SHT_SYMTAB_SHNDX:
	case SHT_STRTAB:
	case SHT_REL:
	case SHT_RELA:
		return false;
	}
	return every || (s->header.sh_flags & SHF_ALLOC);
}

static struct section *partner_of(const struct section *s, struct object *o)
{
	size_t i;

	for (i = 1; i < o->nr_sections; i++)
		if (same_section(s, &o->sections[i]) &&
		    wanted(&o->sections[i], true))
			return &o->sections[i];
	return NULL;
}

/* A group lists its members by number; these may differ, their names not. */
static bool same_group(const struct object *before, const struct section *b,
		       const struct object *after, const struct section *a)
{
	const Elf32_Word *x = (const void *)b->bytes;
	const Elf32_Word *y = (const void *)a->bytes;
	size_t i;

	if (b->header.sh_size < sizeof(*x) || x[0] != y[0])
		return false;
	for (i = 1; i < b->header.sh_size / sizeof(*x); i++)
		if (x[i] >= before->nr_sections || y[i] >= after->nr_sections ||
		    !same_section(&before->sections[x[i]],
				  &after->sections[y[i]]))
			return false;
	return true;
}

static void compare_content(const struct object *before,
			    const struct section *b,
			    const struct object *after,
			    const struct section *a, struct report *r)
{
	if (b->header.sh_type == SHT_GROUP && a->header.sh_type == SHT_GROUP &&
	    b->header.sh_size == a->header.sh_size) {
		if (!same_group(before, b, after, a))
			report_add(r, "section", b->name, "", 0,
				   "%s: the group has other members", b->name);
		return;
	}
	if (b->header.sh_size != a->header.sh_size)
		report_add(r, "section", b->name, "", 0,
			   "%s: size %llu became %llu", b->name,
			   (unsigned long long)b->header.sh_size,
			   (unsigned long long)a->header.sh_size);
	else if (b->bytes && a->bytes &&
		 memcmp(b->bytes, a->bytes, b->header.sh_size))
		compare_bytes(before, b, a, 0, 0, b->header.sh_size, r);
}

static const struct section *linked_section(const struct object *o,
					    const struct section *s)
{
	if (!(s->header.sh_flags & SHF_LINK_ORDER) || !s->header.sh_link ||
	    s->header.sh_link >= o->nr_sections)
		return NULL;
	return &o->sections[s->header.sh_link];
}

static void compare_section(const struct object *before,
			    const struct section *b,
			    const struct object *after,
			    const struct section *a, struct report *r)
{
	const GElf_Shdr *x = &b->header, *y = &a->header;

	if (x->sh_type != y->sh_type)
		report_add(r, "section", b->name, "", 0,
			   "%s: type %u became %u", b->name, x->sh_type,
			   y->sh_type);
	if (x->sh_flags != y->sh_flags)
		report_add(r, "section", b->name, "", 0,
			   "%s: flags 0x%llx became 0x%llx", b->name,
			   (unsigned long long)x->sh_flags,
			   (unsigned long long)y->sh_flags);
	if (x->sh_addralign != y->sh_addralign)
		report_add(r, "section", b->name, "", 0,
			   "%s: alignment %llu became %llu", b->name,
			   (unsigned long long)x->sh_addralign,
			   (unsigned long long)y->sh_addralign);
	if (x->sh_entsize != y->sh_entsize)
		report_add(r, "section", b->name, "", 0,
			   "%s: entry size %llu became %llu", b->name,
			   (unsigned long long)x->sh_entsize,
			   (unsigned long long)y->sh_entsize);
	if (!same_section(linked_section(before, b), linked_section(after, a)))
		report_add(r, "section", b->name, "", 0,
			   "%s: linked to another section", b->name);
	compare_content(before, b, after, a, r);
	if (x->sh_size == y->sh_size)
		compare_relocs(before, b, after, a, NULL, r);
	else
		compare_parts(before, b, after, a, r);
}

void compare_objects(struct object *before, struct object *after, bool every,
		     struct report *r)
{
	size_t i;

	compare_headers(before, after, r);
	compare_symbols(before, after, CHANGES, r);
	for (i = 1; i < before->nr_sections; i++) {
		struct section *b = &before->sections[i], *a;

		if (!wanted(b, every))
			continue;
		a = partner_of(b, after);
		if (!a) {
			report_add(r, "section", b->name, "", 0,
				   "%s: the section is gone", b->name);
			continue;
		}
		a->matched = true;
		compare_section(before, b, after, a, r);
	}
	for (i = 1; i < after->nr_sections; i++) {
		struct section *a = &after->sections[i];

		if (wanted(a, every) && !a->matched)
			report_add(r, "section", a->name, "", 0,
				   "%s: the section is new", a->name);
	}
	compare_symbols(before, after, MOVES, r);
}

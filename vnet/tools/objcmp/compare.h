/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef OBJCMP_COMPARE_H
#define OBJCMP_COMPARE_H

#include "object.h"
#include "report.h"

/* every: sections that are not loaded, too. */
void compare_objects(struct object *before, struct object *after, bool every,
		     struct report *r);

/*
 * The two symbol tables (symbols.c): what is new, gone or changed says most, so
 * it is said first; what merely moved, because something before it grew, last.
 */
enum symbol_pass { CHANGES, MOVES };
void compare_symbols(const struct object *before, const struct object *after,
		     enum symbol_pass pass, struct report *r);

/* Part of a section, in each of the objects. */
struct part {
	GElf_Addr before, after, size;
};

/* Content, from the two offsets on (content.c). */
void compare_bytes(const struct object *before, const struct section *b,
		   const struct section *a, GElf_Addr from_b, GElf_Addr from_a,
		   GElf_Xword size, struct report *r);
/* Sections of different size: what of them has a name, name by name. */
void compare_parts(const struct object *before, const struct section *b,
		   const struct object *after, const struct section *a,
		   struct report *r);
/* The relocations (relocs.c) of two sections, or of a part of them. */
void compare_relocs(const struct object *before, const struct section *b,
		    const struct object *after, const struct section *a,
		    const struct part *part, struct report *r);

static inline bool same_section(const struct section *b,
				const struct section *a)
{
	if (!b || !a)
		return b == a;
	return b->nth == a->nth && !__builtin_strcmp(b->name, a->name);
}

/* Where a difference is: the words for the user, and what covers the place. */
struct place {
	char text[256];
	char function[128];
};

void describe_place(const struct object *o, const struct section *s,
		    GElf_Addr offset, struct place *p);

#endif

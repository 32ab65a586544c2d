/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Objects with static storage, from DWARF: name, type, place; and what part of
 * one an offset is.
 */
#ifndef INVENTORY_OBJECTS_H
#define INVENTORY_OBJECTS_H

#include "image.h"

#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>
#include <stdio.h>

struct object {
	const char *name;
	const char *unit;	/* the file that was compiled */
	const char *file;	/* the file that declares it, and the line */
	int line;
	const char *function;	/* of a function-local static, else NULL */
	size_t section;
	uint64_t offset, size;
	bool global, chosen;	/* chosen: writable, and in scope */
	Dwarf_Die type;
};

struct objects {
	struct object *list;	/* by section, then offset */
	size_t nr, room;
	Dwfl *dwfl;
};

int objects_read(struct objects *objects, const struct image *image);
void objects_free(struct objects *objects);

/* The object that has this place, or NULL. */
struct object *objects_at(const struct objects *objects, size_t section,
			  uint64_t offset);

/* The type as C would declare it, with '@' for the name. */
void type_text(Dwarf_Die *type, char *text, size_t size);
/* The member that an offset is in, as ".a.b"; "" for the whole, "+N" for none. */
void type_path(Dwarf_Die *type, uint64_t offset, char *text, size_t size);

/* The type itself, without typedefs and qualifiers, or that of an array's elements. */
void type_element(Dwarf_Die *type, Dwarf_Die *element);
/* Each member of a struct or union, or of an array's elements, with its offset, size and type. */
typedef void (*member_fn)(void *data, const char *name, uint64_t offset,
			  uint64_t size, Dwarf_Die *type);
void type_members(Dwarf_Die *type, member_fn fn, void *data);

#endif

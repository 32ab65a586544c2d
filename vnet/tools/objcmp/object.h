/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A relocatable ELF object, read into memory in the form in which two of
 * them can be compared: sections under names that stay the same when section
 * numbers shift, symbols, and relocations that know their symbol by name.
 */
#ifndef OBJCMP_OBJECT_H
#define OBJCMP_OBJECT_H

#include <gelf.h>
#include <stdbool.h>
#include <stddef.h>

struct reloc {
	GElf_Addr offset;
	GElf_Xword type;
	GElf_Sxword addend;
	size_t symbol;			/* index into object.symbols */
};

struct section {
	const char *name;
	unsigned int nth;		/* of the sections with this name */
	GElf_Shdr header;
	const unsigned char *bytes;	/* NULL: takes no room in the file */
	struct reloc *relocs;		/* sorted by offset */
	size_t nr_relocs;
	bool matched;			/* has a partner in the other object */
};

struct symbol {
	const char *name;		/* "" for a section symbol */
	GElf_Sym sym;
	const struct section *section;	/* NULL: undefined, absolute, common */
	size_t file_index;
};

struct object {
	const char *name;		/* as it is to be named to the user */
	void *image;
	size_t image_size;
	Elf *elf;
	GElf_Ehdr header;
	struct section *sections;	/* by ELF index; [0] is not used */
	size_t nr_sections;
	struct symbol *symbols;		/* in file order */
	size_t nr_symbols;
};

/* 0, or -1 with a message on stderr; the name is kept, not copied. */
int object_map(struct object *o, const char *path, const char *name);
int object_parse(struct object *o);
void object_free(struct object *o);

/*
 * The symbol that covers an offset of a section, or the last one before it
 * when none has a size that reaches so far; NULL when there is none.
 */
const struct symbol *object_symbol_at(const struct object *o,
				      const struct section *s,
				      GElf_Addr offset);

/*
 * Tables such as __bug_table have no symbols of their own: the function that
 * an entry belongs to is the one that the last relocation into code, at or
 * before the offset, points to.
 */
const struct symbol *object_function_near(const struct object *o,
					  const struct section *s,
					  GElf_Addr offset);

/* Where a relocation points, as "name", "name+0x10" or "section+0x10 (name)". */
void object_target(const struct object *o, const struct reloc *r,
		   char *text, size_t size);

#endif

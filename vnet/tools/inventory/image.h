/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A relocatable ELF object of x86-64 (vmlinux.o, or a module), read whole:
 * sections, symbols, functions, and relocations in the order of their places.
 */
#ifndef INVENTORY_IMAGE_H
#define INVENTORY_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct reloc {
	uint64_t offset;	/* in the section that it is for */
	uint32_t type;
	uint32_t symbol;
	int64_t addend;
};

struct section {
	const char *name;
	uint64_t flags;
	uint32_t type;
	uint64_t size;
	const uint8_t *data;	/* NULL: nothing in the file, as of .bss */
	struct reloc *relocs;
	size_t nr_relocs;
};

struct symbol {
	const char *name;
	size_t section;		/* 0: not defined here */
	uint64_t value, size;
	unsigned char type, bind;
};

/* A function: what STT_FUNC says, without aliases. */
struct function {
	const char *name;
	size_t section;
	uint64_t start, end;
	bool init;		/* in a section that goes when booting is done,
				 * or that is run only on the way out */
	bool no_address;	/* returns nothing, or what is no address */
};

struct image {
	const char *path;
	int fd;
	void *elf;
	struct section *sections;
	size_t nr_sections;
	struct symbol *symbols;
	size_t nr_symbols;
	struct function *functions;	/* by section, then start */
	size_t nr_functions;
};

/* All return 0, or -1 with the reason on standard error. */
int image_open(struct image *image, const char *path);
void image_close(struct image *image);

/* The place that a relocation means: its symbol's, the addend left out. */
bool image_target(const struct image *image, const struct reloc *reloc,
		  size_t *section, uint64_t *offset);
/* The function that has this place, or NULL. */
struct function *image_function(const struct image *image, size_t section,
				uint64_t offset);
/* The first relocation at or after an offset of a section. */
size_t section_reloc(const struct section *section, uint64_t offset);

#endif

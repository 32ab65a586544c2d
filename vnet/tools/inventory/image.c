// SPDX-License-Identifier: GPL-2.0-only
#include "image.h"

#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int complain(const struct image *image, const char *what)
{
	fprintf(stderr, "inventory: %s: %s\n", image->path, what);
	return -1;
}

static int by_offset(const void *a, const void *b)
{
	const struct reloc *x = a, *y = b;

	return x->offset < y->offset ? -1 : x->offset > y->offset;
}

static int read_relocs(struct image *image, Elf_Scn *scn, const GElf_Shdr *sh)
{
	struct section *s = &image->sections[sh->sh_info];
	Elf_Data *data = elf_getdata(scn, NULL);
	size_t i, n = sh->sh_size / sh->sh_entsize;

	if (!data)
		return complain(image, "relocations that cannot be read");
	s->relocs = calloc(n + 1, sizeof(*s->relocs));
	if (!s->relocs)
		return complain(image, "out of memory");
	for (i = 0; i < n; i++) {
		GElf_Rela rela;

		if (!gelf_getrela(data, i, &rela))
			return complain(image, "a relocation that cannot be read");
		s->relocs[i] = (struct reloc){
			.offset = rela.r_offset,
			.type = GELF_R_TYPE(rela.r_info),
			.symbol = GELF_R_SYM(rela.r_info),
			.addend = rela.r_addend,
		};
	}
	s->nr_relocs = n;
	qsort(s->relocs, n, sizeof(*s->relocs), by_offset);
	return 0;
}

static int read_symbols(struct image *image, Elf_Scn *scn, const GElf_Shdr *sh,
			Elf_Data *wide)
{
	Elf_Data *data = elf_getdata(scn, NULL);
	size_t i, n = sh->sh_size / sh->sh_entsize;

	if (!data)
		return complain(image, "symbols that cannot be read");
	image->symbols = calloc(n + 1, sizeof(*image->symbols));
	if (!image->symbols)
		return complain(image, "out of memory");
	for (i = 0; i < n; i++) {
		struct symbol *s = &image->symbols[i];
		Elf32_Word index = 0;
		GElf_Sym sym;

		if (!gelf_getsymshndx(data, wide, i, &sym, &index))
			return complain(image, "a symbol that cannot be read");
		if (sym.st_shndx == SHN_XINDEX)
			s->section = index;
		else if (sym.st_shndx < SHN_LORESERVE)
			s->section = sym.st_shndx;
		s->name = elf_strptr(image->elf, sh->sh_link, sym.st_name);
		s->value = sym.st_value;
		s->size = sym.st_size;
		s->type = GELF_ST_TYPE(sym.st_info);
		s->bind = GELF_ST_BIND(sym.st_info);
		if (!s->name || s->section >= image->nr_sections)
			return complain(image, "a symbol with no name or section");
	}
	image->nr_symbols = n;
	return 0;
}

static int by_place(const void *a, const void *b)
{
	const struct function *x = a, *y = b;

	if (x->section != y->section)
		return x->section < y->section ? -1 : 1;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	/* Of two names for one place, always the same one. */
	return strcmp(x->name, y->name);
}

/* Run once while booting or loading, or only on the way out. */
static bool init_section(const char *name)
{
	return !strncmp(name, ".init.", 6) || !strncmp(name, ".exit.", 6);
}

static int list_functions(struct image *image)
{
	struct function *f;
	size_t i, n = 0;

	f = calloc(image->nr_symbols + 1, sizeof(*f));
	if (!f)
		return complain(image, "out of memory");
	for (i = 0; i < image->nr_symbols; i++) {
		const struct symbol *s = &image->symbols[i];

		if (s->type != STT_FUNC || !s->section || !s->size)
			continue;
		f[n++] = (struct function){
			.name = s->name,
			.section = s->section,
			.start = s->value,
			.end = s->value + s->size,
			.init = init_section(image->sections[s->section].name),
		};
	}
	qsort(f, n, sizeof(*f), by_place);
	image->functions = f;
	for (i = 0; i < n; i++) {
		struct function *last = &image->functions[image->nr_functions];

		if (image->nr_functions && last[-1].section == f[i].section &&
		    last[-1].start == f[i].start)
			continue;
		*last = f[i];
		image->nr_functions++;
	}
	return 0;
}

int image_open(struct image *image, const char *path)
{
	Elf_Data *wide = NULL;
	Elf_Scn *scn = NULL;
	GElf_Ehdr eh;
	size_t names;
	GElf_Shdr sh;

	*image = (struct image){ .path = path };
	elf_version(EV_CURRENT);
	image->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (image->fd < 0)
		return complain(image, strerror(errno));
	image->elf = elf_begin(image->fd, ELF_C_READ_MMAP, NULL);
	if (!image->elf || !gelf_getehdr(image->elf, &eh) ||
	    eh.e_type != ET_REL || eh.e_machine != EM_X86_64 ||
	    elf_getshdrnum(image->elf, &image->nr_sections) ||
	    elf_getshdrstrndx(image->elf, &names))
		return complain(image, "is not a relocatable object of x86-64");

	image->sections = calloc(image->nr_sections, sizeof(*image->sections));
	if (!image->sections)
		return complain(image, "out of memory");
	while ((scn = elf_nextscn(image->elf, scn))) {
		struct section *s = &image->sections[elf_ndxscn(scn)];
		Elf_Data *data;

		if (!gelf_getshdr(scn, &sh))
			return complain(image, "a section that cannot be read");
		s->name = elf_strptr(image->elf, names, sh.sh_name);
		s->flags = sh.sh_flags;
		s->type = sh.sh_type;
		s->size = sh.sh_size;
		if (sh.sh_type == SHT_SYMTAB_SHNDX)
			wide = elf_getdata(scn, NULL);
		if (!(sh.sh_flags & SHF_ALLOC) || sh.sh_type == SHT_NOBITS)
			continue;
		data = elf_getdata(scn, NULL);
		s->data = data ? data->d_buf : NULL;
	}
	while ((scn = elf_nextscn(image->elf, scn))) {
		if (!gelf_getshdr(scn, &sh))
			return complain(image, "a section that cannot be read");
		if (sh.sh_type == SHT_SYMTAB &&
		    read_symbols(image, scn, &sh, wide))
			return -1;
		/* The debug information's own are libdwfl's to apply. */
		if (sh.sh_type == SHT_RELA && sh.sh_info < image->nr_sections &&
		    (image->sections[sh.sh_info].flags & SHF_ALLOC) &&
		    read_relocs(image, scn, &sh))
			return -1;
	}
	return list_functions(image);
}

void image_close(struct image *image)
{
	size_t i;

	for (i = 0; i < image->nr_sections; i++)
		free(image->sections[i].relocs);
	free(image->sections);
	free(image->symbols);
	free(image->functions);
	if (image->elf)
		elf_end(image->elf);
	if (image->fd >= 0)
		close(image->fd);
}

bool image_target(const struct image *image, const struct reloc *reloc,
		  size_t *section, uint64_t *offset)
{
	const struct symbol *s = &image->symbols[reloc->symbol];

	if (!s->section)
		return false;
	*section = s->section;
	*offset = s->value;
	return true;
}

struct function *image_function(const struct image *image, size_t section,
				uint64_t offset)
{
	size_t low = 0, high = image->nr_functions;

	while (low < high) {
		size_t middle = (low + high) / 2;
		struct function *f = &image->functions[middle];

		if (f->section < section ||
		    (f->section == section && f->end <= offset))
			low = middle + 1;
		else
			high = middle;
	}
	if (low < image->nr_functions) {
		struct function *f = &image->functions[low];

		if (f->section == section && f->start <= offset)
			return f;
	}
	return NULL;
}

size_t section_reloc(const struct section *section, uint64_t offset)
{
	size_t low = 0, high = section->nr_relocs;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (section->relocs[middle].offset < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

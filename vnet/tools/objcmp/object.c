// SPDX-License-Identifier: GPL-2.0-only
#include "object.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static int complain(const struct object *o, const char *what)
{
	fprintf(stderr, "objcmp: %s: %s\n", o->name, what);
	return -1;
}

int object_map(struct object *o, const char *path, const char *name)
{
	struct stat st;
	int fd;

	memset(o, 0, sizeof(*o));
	o->name = name;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) < 0) {
		fprintf(stderr, "objcmp: %s: %s\n", path, strerror(errno));
		if (fd >= 0)
			close(fd);
		return -1;
	}
	o->image_size = st.st_size;
	if (st.st_size) {
		o->image = mmap(NULL, st.st_size, PROT_READ | PROT_WRITE,
				MAP_PRIVATE, fd, 0);
		if (o->image == MAP_FAILED) {
			o->image = NULL;
			fprintf(stderr, "objcmp: %s: %s\n", path,
				strerror(errno));
			close(fd);
			return -1;
		}
	}
	close(fd);
	return 0;
}

static int compare_relocs(const void *a, const void *b)
{
	const struct reloc *x = a, *y = b;

	if (x->offset != y->offset)
		return x->offset < y->offset ? -1 : 1;
	/* Paired relocations of one place: type and addend settle the order. */
	if (x->type != y->type)
		return x->type < y->type ? -1 : 1;
	if (x->addend != y->addend)
		return x->addend < y->addend ? -1 : 1;
	return 0;
}

static int read_symbols(struct object *o, Elf_Scn *scn, const GElf_Shdr *sh)
{
	Elf_Data *data = elf_getdata(scn, NULL);
	size_t i, n;

	if (!sh->sh_entsize || !data)
		return complain(o, "the symbol table cannot be read");
	n = sh->sh_size / sh->sh_entsize;
	o->symbols = calloc(n ? n : 1, sizeof(*o->symbols));
	if (!o->symbols)
		return complain(o, "out of memory");
	o->nr_symbols = n;
	for (i = 0; i < n; i++) {
		struct symbol *s = &o->symbols[i];

		if (!gelf_getsym(data, i, &s->sym))
			return complain(o, "a symbol cannot be read");
		s->name = elf_strptr(o->elf, sh->sh_link, s->sym.st_name);
		if (!s->name)
			return complain(o, "a symbol has no name");
		s->file_index = i;
		if (s->sym.st_shndx == SHN_XINDEX)
			return complain(o, "more than 65,279 sections");
		if (s->sym.st_shndx > 0 && s->sym.st_shndx < SHN_LORESERVE) {
			if (s->sym.st_shndx >= o->nr_sections)
				return complain(o, "a symbol in no section");
			s->section = &o->sections[s->sym.st_shndx];
		}
	}
	return 0;
}

static int read_relocs(struct object *o, Elf_Scn *scn, const GElf_Shdr *sh)
{
	Elf_Data *data = elf_getdata(scn, NULL);
	struct section *s;
	size_t i, n;

	if (!sh->sh_entsize || !data || sh->sh_info >= o->nr_sections)
		return complain(o, "a relocation section cannot be read");
	s = &o->sections[sh->sh_info];
	if (s->relocs)
		return complain(o, "two relocation sections for one section");
	n = sh->sh_size / sh->sh_entsize;
	s->relocs = calloc(n ? n : 1, sizeof(*s->relocs));
	if (!s->relocs)
		return complain(o, "out of memory");
	s->nr_relocs = n;
	for (i = 0; i < n; i++) {
		struct reloc *r = &s->relocs[i];
		GElf_Rela rela = {};
		GElf_Rel rel;

		if (sh->sh_type == SHT_RELA) {
			if (!gelf_getrela(data, i, &rela))
				return complain(o, "a relocation cannot be read");
		} else {
			if (!gelf_getrel(data, i, &rel))
				return complain(o, "a relocation cannot be read");
			rela.r_offset = rel.r_offset;
			rela.r_info = rel.r_info;
		}
		r->offset = rela.r_offset;
		r->type = GELF_R_TYPE(rela.r_info);
		r->addend = rela.r_addend;
		r->symbol = GELF_R_SYM(rela.r_info);
		if (r->symbol >= o->nr_symbols)
			return complain(o, "a relocation against no symbol");
	}
	qsort(s->relocs, n, sizeof(*s->relocs), compare_relocs);
	return 0;
}

static int read_sections(struct object *o)
{
	size_t shstrndx, i, j;

	if (elf_getshdrnum(o->elf, &o->nr_sections) < 0 ||
	    elf_getshdrstrndx(o->elf, &shstrndx) < 0)
		return complain(o, elf_errmsg(-1));
	if (!o->nr_sections || o->header.e_shoff > o->image_size)
		return complain(o, "the section headers are missing: the file is truncated");
	o->sections = calloc(o->nr_sections + 1, sizeof(*o->sections));
	if (!o->sections)
		return complain(o, "out of memory");
	for (i = 1; i < o->nr_sections; i++) {
		struct section *s = &o->sections[i];
		Elf_Scn *scn = elf_getscn(o->elf, i);

		if (!scn || !gelf_getshdr(scn, &s->header))
			return complain(o, elf_errmsg(-1));
		s->name = elf_strptr(o->elf, shstrndx, s->header.sh_name);
		if (!s->name)
			return complain(o, "a section has no name");
		for (j = 1; j < i; j++)
			if (!strcmp(o->sections[j].name, s->name))
				s->nth++;
		if (s->header.sh_type == SHT_NOBITS || !s->header.sh_size)
			continue;
		if (s->header.sh_offset > o->image_size ||
		    s->header.sh_size > o->image_size - s->header.sh_offset)
			return complain(o, "a section ends behind the file");
		s->bytes = (unsigned char *)o->image + s->header.sh_offset;
	}
	return 0;
}

int object_parse(struct object *o)
{
	size_t i;

	elf_version(EV_CURRENT);
	if (!o->image_size)
		return complain(o, "the file is empty");
	o->elf = elf_memory(o->image, o->image_size);
	if (!o->elf || elf_kind(o->elf) != ELF_K_ELF ||
	    !gelf_getehdr(o->elf, &o->header))
		return complain(o, "not an ELF object");
	if (o->header.e_type != ET_REL)
		return complain(o, "not a relocatable object");
	if (read_sections(o))
		return -1;
	/* Relocations name symbols, so the symbols come first. */
	for (i = 1; i < o->nr_sections; i++)
		if (o->sections[i].header.sh_type == SHT_SYMTAB &&
		    read_symbols(o, elf_getscn(o->elf, i),
				 &o->sections[i].header))
			return -1;
	for (i = 1; i < o->nr_sections; i++) {
		GElf_Shdr *sh = &o->sections[i].header;

		if ((sh->sh_type == SHT_RELA || sh->sh_type == SHT_REL) &&
		    read_relocs(o, elf_getscn(o->elf, i), sh))
			return -1;
	}
	return 0;
}

void object_free(struct object *o)
{
	size_t i;

	for (i = 0; o->sections && i < o->nr_sections; i++)
		free(o->sections[i].relocs);
	free(o->sections);
	free(o->symbols);
	if (o->elf)
		elf_end(o->elf);
	if (o->image)
		munmap(o->image, o->image_size);
	memset(o, 0, sizeof(*o));
}

static bool names_a_place(const struct symbol *sym, const struct section *s)
{
	int type = GELF_ST_TYPE(sym->sym.st_info);

	return sym->section == s && type != STT_SECTION && type != STT_FILE &&
	       sym->name[0];
}

const struct symbol *object_symbol_at(const struct object *o,
				      const struct section *s,
				      GElf_Addr offset)
{
	const struct symbol *last = NULL;
	size_t i;

	for (i = 0; i < o->nr_symbols; i++) {
		const struct symbol *sym = &o->symbols[i];

		if (!names_a_place(sym, s) || sym->sym.st_value > offset)
			continue;
		if (offset - sym->sym.st_value < sym->sym.st_size)
			return sym;
		/* A label without a size reaches to whatever comes next. */
		if (!sym->sym.st_size &&
		    (!last || last->sym.st_value <= sym->sym.st_value))
			last = sym;
	}
	return last;
}

const struct symbol *object_function_near(const struct object *o,
					  const struct section *s,
					  GElf_Addr offset)
{
	size_t i;

	for (i = s->nr_relocs; i-- > 0;) {
		const struct reloc *r = &s->relocs[i];
		const struct symbol *sym = &o->symbols[r->symbol];
		const struct symbol *at;

		if (r->offset > offset || !sym->section ||
		    !(sym->section->header.sh_flags & SHF_EXECINSTR))
			continue;
		if (GELF_ST_TYPE(sym->sym.st_info) != STT_SECTION)
			return sym;
		at = object_symbol_at(o, sym->section, r->addend);
		if (at)
			return at;
	}
	return NULL;
}

/* A 32-bit field that counts from its own end has four added to its target. */
static GElf_Sxword field_bias(const struct object *o, const struct reloc *r)
{
	if (o->header.e_machine == EM_X86_64 &&
	    (r->type == R_X86_64_PC32 || r->type == R_X86_64_PLT32))
		return 4;
	return 0;
}

static void with_offset(char *text, size_t size, const char *name,
			GElf_Sxword offset)
{
	if (!offset)
		snprintf(text, size, "%s", name);
	else if (offset > 0)
		snprintf(text, size, "%s+0x%llx", name,
			 (unsigned long long)offset);
	else
		snprintf(text, size, "%s-0x%llx", name,
			 -(unsigned long long)offset);
}

void object_target(const struct object *o, const struct reloc *r,
		   char *text, size_t size)
{
	const struct symbol *sym = &o->symbols[r->symbol];
	GElf_Sxword offset = r->addend + field_bias(o, r);
	const struct symbol *at;
	size_t used;

	if (GELF_ST_TYPE(sym->sym.st_info) != STT_SECTION || !sym->section) {
		with_offset(text, size, sym->name[0] ? sym->name : "nothing",
			    offset);
		return;
	}
	with_offset(text, size, sym->section->name, offset);
	at = object_symbol_at(o, sym->section, offset);
	used = strlen(text);
	if (at && used < size)
		snprintf(text + used, size - used, " (%s)", at->name);
}

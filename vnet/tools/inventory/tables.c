// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

#include <elf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static FILE *begin(const char *directory, const char *name, const char *head)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s.tsv", directory, name);
	file = fopen(path, "w");
	if (file)
		fprintf(file, "%s\n", head);
	else
		fprintf(stderr, "inventory: %s: %s\n", path, strerror(errno));
	return file;
}

static int end(FILE *file, const char *name)
{
	bool bad = ferror(file);

	if (fclose(file) || bad) {
		fprintf(stderr, "inventory: %s.tsv cannot be written: %s\n", name,
			strerror(errno));
		return -1;
	}
	return 0;
}

/*
 * kbuild names a file from the directory of the build, and that may have been
 * another one than now: what counts is what comes behind the last "../".
 */
const char *below(const struct found *found, const char *file)
{
	const char *last = strrchr(found->source, '/'), *up = file;
	size_t n = strlen(found->source);

	while ((up = strstr(up, "../")))
		file = up += 3;
	if (!strncmp(file, found->source, n) && file[n] == '/')
		return file + n + 1;
	last = last ? last + 1 : found->source;
	n = strlen(last);
	if (n && !strncmp(file, last, n) && file[n] == '/')
		return file + n + 1;
	return strncmp(file, "./", 2) ? file : file + 2;
}

/* What an object is known by: the unit, the function if local to one, the name. */
static void print_key(FILE *out, const struct found *found, const struct object *o)
{
	fprintf(out, "%s\t%s\t%s", below(found, o->unit),
		o->function ? o->function : "-", o->name);
}

int write_objects(const struct found *found, const char *directory)
{
	FILE *out = begin(directory, "objects", "unit\tfunction\tname\tlinkage\tsize\tsection\tinitial\tplace\ttype");
	char type[1024];
	size_t i;

	if (!out)
		return -1;
	for (i = 0; i < found->objects->nr; i++) {
		struct object *o = &found->objects->list[i];
		const struct section *s = &found->image->sections[o->section];

		if (!o->chosen)
			continue;
		type_text(&o->type, type, sizeof(type));
		print_key(out, found, o);
		fprintf(out, "\t%s\t%lu\t%s\t%s\t%s:%d\t%s\n",
			o->global ? "global" : "static", (unsigned long)o->size,
			s->name, s->type == SHT_NOBITS ? "zero" : "value",
			below(found, o->file), o->line, type);
	}
	return end(out, "objects");
}

struct print {
	FILE *out;
	const struct found *found;
	const struct object *object;
	const char *outer;	/* the member that this is a member of, or NULL */
	uint64_t start;
};

static void print_member(void *data, const char *name, uint64_t offset,
			 uint64_t size, Dwarf_Die *type)
{
	struct print *p = data;
	char text[1024];

	type_text(type, text, sizeof(text));
	print_key(p->out, p->found, p->object);
	fprintf(p->out, "\t%s%s%s\t%lu\t%lu\t%s\n", p->outer ? p->outer : "",
		p->outer ? "." : "", name ? name : "-",
		(unsigned long)(p->start + offset), (unsigned long)size, text);
	if (!p->outer && name) {
		struct print inner = *p;

		inner.outer = name;
		inner.start = offset;
		type_members(type, print_member, &inner);
	}
}

int write_members(const struct found *found, const char *directory)
{
	struct print p = { .found = found };
	size_t i;

	p.out = begin(directory, "members", "unit\tfunction\tname\tmember\toffset\tsize\ttype");
	if (!p.out)
		return -1;
	for (i = 0; i < found->objects->nr; i++) {
		struct object *o = &found->objects->list[i];

		p.object = o;
		if (o->chosen)
			type_members(&o->type, print_member, &p);
	}
	return end(p.out, "members");
}

static const char *const deeds[] = {
	[READS] = "reads", [WRITES] = "writes", [PASSES] = "passes",
	[KEEPS] = "keeps", [RETURNS] = "returns",
};

/*
 * A row for each function that does something with a part of an object.  One
 * that passes it to a function that writes there writes it, "via" that.
 */
int write_accesses(const struct found *found, const char *directory)
{
	FILE *out = begin(directory, "accesses", "unit\tfunction\tname\tpart\tdeed\tby\tvia\twhen");
	char part[512];
	size_t i;

	if (!out)
		return -1;
	for (i = 0; i < found->flow->nr_facts; i++) {
		const struct fact *f = &found->flow->facts[i];
		const char *deed = deeds[f->deed], *via = "-";
		struct object *o;

		if (f->of.holds != OBJECT)
			continue;
		o = &found->objects->list[f->of.which];
		if (f->deed == PASSES && f->callee == NO_FUNCTION) {
			via = "*";
		} else if (f->deed == PASSES) {
			via = found->image->functions[f->callee].name;
			if (found->reach->writes[f->callee][f->argument])
				deed = deeds[WRITES];
		}
		type_path(&o->type, f->of.offset < 0 ? 0 : f->of.offset, part,
			  sizeof(part));
		print_key(out, found, o);
		fprintf(out, "\t%s\t%s\t%s\t%s\t%s\n", *part ? part : "-", deed,
			found->image->functions[f->function].name, via,
			found->reach->init[f->function] ? "init" : "run");
	}
	return end(out, "accesses");
}

/* Where a member stands, by its name. */
struct element {
	const char *want;
	uint64_t offset;
	bool found;
};

static void find_member(void *data, const char *name, uint64_t offset,
			uint64_t size, Dwarf_Die *type)
{
	struct element *e = data;

	(void)size;
	(void)type;
	if (name && !strcmp(name, e->want)) {
		e->offset = offset;
		e->found = true;
	}
}

static const char *string_at(const struct image *image, size_t section,
			     uint64_t place)
{
	const struct section *s = &image->sections[section];
	size_t i = section_reloc(s, place), where;
	uint64_t offset;

	if (i == s->nr_relocs || s->relocs[i].offset != place ||
	    !image_target(image, &s->relocs[i], &where, &offset))
		return "?";
	offset += s->relocs[i].addend;
	s = &image->sections[where];
	if (!s->data || offset >= s->size ||
	    !memchr(s->data + offset, '\0', s->size - offset))
		return "?";
	return (const char *)s->data + offset;
}

/* What the user can set by a table, or by one element of it, and how. */
static const struct setting {
	const char *type, *name, *mode;
} settings[] = {
	{ "struct ctl_table ", "procname", "mode" },
	{ "struct kernel_param ", "name", "perm" },
};

static const struct setting *setting_of(const char *type)
{
	size_t i;

	while (!strncmp(type, "const ", 6))
		type += 6;
	for (i = 0; i < sizeof(settings) / sizeof(*settings); i++)
		if (!strncmp(type, settings[i].type, strlen(settings[i].type)))
			return &settings[i];
	return NULL;
}

/* Of a sysctl or a parameter: its name and mode, "rmem_max 644". */
static void print_setting(FILE *out, const struct image *image,
			  const struct setting *setting,
			  const struct object *table, uint64_t offset)
{
	struct element name = { .want = setting->name }, mode = { .want = setting->mode };
	const struct section *s = &image->sections[table->section];
	Dwarf_Die type = table->type, element;
	Dwarf_Word each = 0;
	uint16_t bits = 0;
	uint64_t start;

	type_element(&type, &element);
	dwarf_aggregate_size(&element, &each);
	type_members(&element, find_member, &name);
	type_members(&element, find_member, &mode);
	if (!each || !name.found || !mode.found || !s->data) {
		fprintf(out, "\t-");
		return;
	}
	start = table->offset + offset / each * each;
	if (start + each <= s->size)
		memcpy(&bits, s->data + start + mode.offset, sizeof(bits));
	fprintf(out, "\t%s %o", string_at(image, table->section, start + name.offset),
		bits);
}

static void print_pointer(FILE *out, const struct found *found,
			  const struct object *o, uint64_t offset, size_t section,
			  uint64_t place)
{
	struct object *in = objects_at(found->objects, section, place);
	const struct setting *setting;
	char part[512], where[512], type[1024] = "";

	type_path((Dwarf_Die *)&o->type, offset, part, sizeof(part));
	print_key(out, found, o);
	if (!in) {
		fprintf(out, "\t%s\t-\t-\t%s\t-\t-\t-\n", *part ? part : "-",
			found->image->sections[section].name);
		return;
	}
	type_path(&in->type, place - in->offset, where, sizeof(where));
	type_text(&in->type, type, sizeof(type));
	fprintf(out, "\t%s\t%s\t%s\t%s\t%s\t%s", *part ? part : "-",
		below(found, in->unit), in->function ? in->function : "-", in->name,
		*where ? where : "-", type);
	setting = setting_of(type);
	if (setting)
		print_setting(out, found->image, setting, in, place - in->offset);
	else
		fprintf(out, "\t-");
	putc('\n', out);
}

/* A row for each pointer to an object that initialised data hold. */
int write_pointers(const struct found *found, const char *directory)
{
	FILE *out = begin(directory, "pointers", "unit\tfunction\tname\tpart\tin_unit\tin_function\tin\tin_part\tin_type\tsysctl");
	const struct image *image = found->image;
	size_t i, j;

	if (!out)
		return -1;
	for (i = 0; i < image->nr_sections; i++) {
		const struct section *s = &image->sections[i];

		if (!(s->flags & SHF_ALLOC) || (s->flags & SHF_EXECINSTR))
			continue;
		for (j = 0; j < s->nr_relocs; j++) {
			const struct reloc *r = &s->relocs[j];
			struct object *o;
			size_t section;
			uint64_t offset;

			if (r->type != R_X86_64_64 ||
			    !image_target(image, r, &section, &offset))
				continue;
			offset += r->addend;
			o = objects_at(found->objects, section, offset);
			if (o && o->chosen)
				print_pointer(out, found, o, offset - o->offset, i,
					      r->offset);
		}
	}
	return end(out, "pointers");
}

// SPDX-License-Identifier: GPL-2.0-only
#include "objects.h"

#include <dwarf.h>
#include <elf.h>
#include <stdlib.h>
#include <string.h>

struct walk {
	struct objects *objects;
	const struct image *image;
	Dwfl_Module *module;
	Dwarf_Addr bias;
	const char *unit;
	bool failed;
};

/* The section and the offset that a relocated address of the module means. */
static bool place_of(struct walk *w, Dwarf_Addr address, size_t *section,
		     uint64_t *offset)
{
	GElf_Word index = 0;
	Dwarf_Addr at = address + w->bias;
	int base = dwfl_module_relocate_address(w->module, &at);

	if (base < 0 || !dwfl_module_relocation_info(w->module, base, &index))
		return false;
	*section = index;
	*offset = at;
	return index && index < w->image->nr_sections;
}

static struct object *add(struct walk *w)
{
	struct objects *o = w->objects;

	if (o->nr == o->room) {
		size_t room = o->room ? 2 * o->room : 4096;
		struct object *list = realloc(o->list, room * sizeof(*list));

		if (!list) {
			w->failed = true;
			return NULL;
		}
		o->list = list;
		o->room = room;
	}
	return memset(&o->list[o->nr++], 0, sizeof(*o->list));
}

static void variable(struct walk *w, Dwarf_Die *die, const char *function)
{
	Dwarf_Attribute attr;
	struct object *o;
	Dwarf_Op *op;
	size_t n, section;
	uint64_t offset;
	Dwarf_Die type;
	Dwarf_Word size;

	if (!dwarf_attr(die, DW_AT_location, &attr) ||
	    dwarf_getlocation(&attr, &op, &n) || n != 1 || op->atom != DW_OP_addr ||
	    !place_of(w, op->number, &section, &offset))
		return;
	if (!dwarf_attr_integrate(die, DW_AT_type, &attr) ||
	    !dwarf_formref_die(&attr, &type))
		return;
	o = add(w);
	if (!o)
		return;
	o->name = dwarf_diename(die);
	o->unit = w->unit;
	o->file = dwarf_decl_file(die);
	dwarf_decl_line(die, &o->line);
	o->function = function;
	o->section = section;
	o->offset = offset;
	o->type = type;
	o->global = dwarf_attr_integrate(die, DW_AT_external, &attr);
	o->size = dwarf_aggregate_size(&type, &size) ? 0 : size;
	if (!o->name)
		o->name = "?";
	if (!o->file)
		o->file = w->unit;
}

/* Whether a function can return an address. */
static void returned(struct walk *w, Dwarf_Die *die)
{
	struct function *f = NULL;
	Dwarf_Attribute attr;
	size_t section;
	uint64_t offset;
	Dwarf_Addr start;
	Dwarf_Die type;
	Dwarf_Word size;

	if (!dwarf_lowpc(die, &start) && place_of(w, start, &section, &offset))
		f = image_function(w->image, section, offset);
	if (!f || f->start != offset)
		return;
	f->no_address = !dwarf_attr_integrate(die, DW_AT_type, &attr) ||
			!dwarf_formref_die(&attr, &type) ||
			dwarf_aggregate_size(&type, &size) || size != sizeof(void *);
}

static void walk(struct walk *w, Dwarf_Die *parent, const char *function)
{
	Dwarf_Die die;

	if (dwarf_child(parent, &die))
		return;
	do {
		switch (dwarf_tag(&die)) {
		case DW_TAG_variable:
			variable(w, &die, function);
			break;
		case DW_TAG_subprogram:
			returned(w, &die);
			walk(w, &die, dwarf_diename(&die));
			break;
		case DW_TAG_lexical_block:
		case DW_TAG_inlined_subroutine:
			walk(w, &die, function);
			break;
		}
	} while (!dwarf_siblingof(&die, &die));
}

static int by_place(const void *a, const void *b)
{
	const struct object *x = a, *y = b;

	if (x->section != y->section)
		return x->section < y->section ? -1 : 1;
	if (x->offset != y->offset)
		return x->offset < y->offset ? -1 : 1;
	if (x->size != y->size)
		return x->size > y->size ? -1 : 1;
	/* A declaration that knows its line before one that does not. */
	return (y->line > 0) - (x->line > 0);
}

/* The size that the linker knows: of arrays without bound, the right one. */
static void sizes_from_symbols(struct objects *objects, const struct image *image)
{
	size_t i;

	for (i = 0; i < image->nr_symbols; i++) {
		const struct symbol *s = &image->symbols[i];
		struct object *o;

		if (s->type != STT_OBJECT || !s->section || !s->size)
			continue;
		o = objects_at(objects, s->section, s->value);
		if (o && o->offset == s->value && s->size > o->size)
			o->size = s->size;
	}
}

static const Dwfl_Callbacks callbacks = {
	.find_elf = dwfl_build_id_find_elf,
	.find_debuginfo = dwfl_standard_find_debuginfo,
	.section_address = dwfl_offline_section_address,
};

int objects_read(struct objects *objects, const struct image *image)
{
	struct walk w = { .objects = objects, .image = image };
	Dwarf_Die *unit = NULL;
	Dwarf_Addr bias;
	size_t i, n = 0;

	*objects = (struct objects){ .dwfl = dwfl_begin(&callbacks) };
	if (objects->dwfl)
		w.module = dwfl_report_offline(objects->dwfl, image->path,
					       image->path, -1);
	if (!w.module || dwfl_report_end(objects->dwfl, NULL, NULL)) {
		fprintf(stderr, "inventory: %s: %s\n", image->path, dwfl_errmsg(-1));
		return -1;
	}
	while ((unit = dwfl_module_nextcu(w.module, unit, &bias))) {
		w.bias = bias;
		w.unit = dwarf_diename(unit);
		walk(&w, unit, NULL);
	}
	if (w.failed || !objects->nr) {
		fprintf(stderr, "inventory: %s: %s\n", image->path, w.failed ?
			"out of memory" : "has no debug information of variables (CONFIG_DEBUG_INFO)");
		return -1;
	}
	qsort(objects->list, objects->nr, sizeof(*objects->list), by_place);
	for (i = 0; i < objects->nr; i++) {
		struct object *o = &objects->list[i];

		if (n && objects->list[n - 1].section == o->section &&
		    objects->list[n - 1].offset == o->offset && o->size)
			continue;
		objects->list[n++] = *o;
	}
	objects->nr = n;
	sizes_from_symbols(objects, image);
	return 0;
}

void objects_free(struct objects *objects)
{
	free(objects->list);
	if (objects->dwfl)
		dwfl_end(objects->dwfl);
}

struct object *objects_at(const struct objects *objects, size_t section,
			  uint64_t offset)
{
	size_t low = 0, high = objects->nr;

	/* The last that does not begin after the place. */
	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct object *o = &objects->list[middle];

		if (o->section < section ||
		    (o->section == section && o->offset <= offset))
			low = middle + 1;
		else
			high = middle;
	}
	while (low--) {
		struct object *o = &objects->list[low];

		if (o->section != section)
			return NULL;
		if (offset < o->offset + o->size)
			return o;
		/* Objects of no size may stand before the one that is meant. */
		if (o->size)
			return NULL;
	}
	return NULL;
}

// SPDX-License-Identifier: GPL-2.0-only
#include "objects.h"

#include <dwarf.h>
#include <string.h>

static bool type_of(Dwarf_Die *die, Dwarf_Die *type)
{
	Dwarf_Attribute attr;

	return dwarf_attr_integrate(die, DW_AT_type, &attr) &&
	       dwarf_formref_die(&attr, type);
}

/* Without typedefs and qualifiers. */
static void plain(Dwarf_Die *die, Dwarf_Die *type)
{
	Dwarf_Die next;

	*type = *die;
	while (true) {
		switch (dwarf_tag(type)) {
		case DW_TAG_typedef:
		case DW_TAG_const_type:
		case DW_TAG_volatile_type:
		case DW_TAG_restrict_type:
		case DW_TAG_atomic_type:
			if (!type_of(type, &next))
				return;
			*type = next;
			break;
		default:
			return;
		}
	}
}

/* @inner is what has been put around the name so far: "@", "*@", "(*@)[4]". */
static void declare(Dwarf_Die *type, const char *inner, char *text, size_t size);

static void declare_array(Dwarf_Die *type, const char *inner, char *text,
			  size_t size)
{
	char around[512];
	Dwarf_Die of, sub;
	size_t n;

	n = snprintf(around, sizeof(around), *inner == '*' ? "(%s)" : "%s", inner);
	if (!dwarf_child(type, &sub)) {
		do {
			Dwarf_Attribute attr;
			Dwarf_Word count = 0;

			if (dwarf_tag(&sub) != DW_TAG_subrange_type || n >= sizeof(around))
				continue;
			if (dwarf_attr(&sub, DW_AT_count, &attr)) {
				dwarf_formudata(&attr, &count);
			} else if (dwarf_attr(&sub, DW_AT_upper_bound, &attr)) {
				dwarf_formudata(&attr, &count);
				count++;
			}
			n += snprintf(around + n, sizeof(around) - n, "[%lu]",
				      (unsigned long)count);
		} while (!dwarf_siblingof(&sub, &sub));
	}
	if (type_of(type, &of))
		declare(&of, around, text, size);
}

static void declare_function(Dwarf_Die *type, const char *inner, char *text,
			     size_t size)
{
	char around[512];
	Dwarf_Die of;

	snprintf(around, sizeof(around), *inner == '*' ? "(%s)()" : "%s()", inner);
	if (type_of(type, &of))
		declare(&of, around, text, size);
	else
		snprintf(text, size, "void %s", around);
}

static void declare_word(const char *word, Dwarf_Die *type, const char *inner,
			 char *text, size_t size)
{
	char around[512];
	Dwarf_Die of;

	if (!type_of(type, &of)) {
		snprintf(text, size, "%svoid %s", word, inner);
		return;
	}
	/* A qualified pointer has the word behind its star. */
	if (dwarf_tag(&of) == DW_TAG_pointer_type) {
		snprintf(around, sizeof(around), "%s%s", word, inner);
		declare(&of, around, text, size);
		return;
	}
	snprintf(text, size, "%s", word);
	declare(&of, inner, text + strlen(text), size - strlen(text));
}

static void declare(Dwarf_Die *type, const char *inner, char *text, size_t size)
{
	const char *name = dwarf_diename(type);
	char around[512];
	Dwarf_Die of;

	if (!name)
		name = "<anonymous>";
	switch (dwarf_tag(type)) {
	case DW_TAG_pointer_type:
		snprintf(around, sizeof(around), "*%s", inner);
		if (type_of(type, &of))
			declare(&of, around, text, size);
		else
			snprintf(text, size, "void %s", around);
		break;
	case DW_TAG_array_type:
		declare_array(type, inner, text, size);
		break;
	case DW_TAG_subroutine_type:
		declare_function(type, inner, text, size);
		break;
	case DW_TAG_const_type:
		declare_word("const ", type, inner, text, size);
		break;
	case DW_TAG_volatile_type:
		declare_word("volatile ", type, inner, text, size);
		break;
	case DW_TAG_structure_type:
		snprintf(text, size, "struct %s %s", name, inner);
		break;
	case DW_TAG_union_type:
		snprintf(text, size, "union %s %s", name, inner);
		break;
	case DW_TAG_enumeration_type:
		snprintf(text, size, "enum %s %s", name, inner);
		break;
	default:
		snprintf(text, size, "%s %s", name, inner);
	}
}

void type_text(Dwarf_Die *type, char *text, size_t size)
{
	*text = '\0';
	declare(type, "@", text, size);
}

static uint64_t size_of(Dwarf_Die *type)
{
	Dwarf_Word size;

	return dwarf_aggregate_size(type, &size) ? 0 : size;
}

static bool member_offset(Dwarf_Die *member, uint64_t *offset)
{
	Dwarf_Attribute attr;
	Dwarf_Word value = 0;

	if (dwarf_attr(member, DW_AT_data_bit_offset, &attr)) {
		if (dwarf_formudata(&attr, &value))
			return false;
		*offset = value / 8;
		return true;
	}
	if (dwarf_attr(member, DW_AT_data_member_location, &attr) &&
	    dwarf_formudata(&attr, &value))
		return false;
	*offset = value;
	return true;
}

void type_element(Dwarf_Die *type, Dwarf_Die *element)
{
	Dwarf_Die of;

	plain(type, element);
	while (dwarf_tag(element) == DW_TAG_array_type && type_of(element, &of))
		plain(&of, element);
}

void type_members(Dwarf_Die *type, member_fn fn, void *data)
{
	Dwarf_Die aggregate, member, of;
	uint64_t offset;

	type_element(type, &aggregate);
	if (dwarf_tag(&aggregate) != DW_TAG_structure_type &&
	    dwarf_tag(&aggregate) != DW_TAG_union_type)
		return;
	if (dwarf_child(&aggregate, &member))
		return;
	do {
		if (dwarf_tag(&member) != DW_TAG_member ||
		    !member_offset(&member, &offset) || !type_of(&member, &of))
			continue;
		fn(data, dwarf_diename(&member), offset, size_of(&of), &of);
	} while (!dwarf_siblingof(&member, &member));
}

struct search {
	uint64_t offset;
	bool found;
	const char *name;
	uint64_t at;
	Dwarf_Die type;
};

static void try_member(void *data, const char *name, uint64_t offset,
		       uint64_t size, Dwarf_Die *type)
{
	struct search *s = data;

	if (s->found || s->offset < offset || s->offset >= offset + size)
		return;
	s->found = true;
	s->name = name;
	s->at = offset;
	s->type = *type;
}

void type_path(Dwarf_Die *type, uint64_t offset, char *text, size_t size)
{
	Dwarf_Die here, element;
	size_t n = 0;

	*text = '\0';
	plain(type, &here);
	while (n < size) {
		struct search s = { .offset = offset };

		if (dwarf_tag(&here) == DW_TAG_array_type) {
			uint64_t each;

			if (!type_of(&here, &element))
				return;
			each = size_of(&element);
			if (each)
				offset %= each;
			n += snprintf(text + n, size - n, "[]");
			plain(&element, &here);
			continue;
		}
		type_members(&here, try_member, &s);
		if (!s.found) {
			if (offset && (dwarf_tag(&here) == DW_TAG_structure_type ||
				       dwarf_tag(&here) == DW_TAG_union_type))
				snprintf(text + n, size - n, "+%lu",
					 (unsigned long)offset);
			return;
		}
		if (s.name)
			n += snprintf(text + n, size - n, ".%s", s.name);
		offset -= s.at;
		plain(&s.type, &here);
	}
}

// SPDX-License-Identifier: GPL-2.0-only
/* A port for people and for programs. */
#include <stdio.h>

#include "json.h"
#include "port.h"
#include "vnet.h"

static void print_vids(const uint8_t *vids)
{
	const char *comma = "";
	unsigned int v, from;

	for (v = 1; v <= 4094; v++) {
		if (!bit_get(vids, v))
			continue;
		for (from = v; v < 4094 && bit_get(vids, v + 1); v++)
			;
		printf(from == v ? "%s%u" : "%s%u-%u", comma, from, v);
		comma = ",";
	}
	if (!*comma)
		printf("none");
}

/* Ports that exist, or all numbers where we do not know which do. */
static bool exists(const struct ports *ports, unsigned int number)
{
	return !ports || ports_number(ports, number);
}

/*
 * Where it is not known which ports there are, what a list has that is not as
 * for ports to come; otherwise the ports that it allows.
 */
static bool shown(const uint8_t *allow, bool fill, const struct ports *ports, unsigned int i)
{
	return exists(ports, i) && bit_get(allow, i) == (ports || !fill);
}

static bool allows_all(const uint8_t *allow, bool fill, const struct ports *ports)
{
	unsigned int i;

	for (i = 0; fill && i < PORTS; i++)
		if (exists(ports, i) && !bit_get(allow, i))
			return false;
	return fill;
}

static void print_allow(const char *whose, const uint8_t *allow, bool fill,
			const struct ports *ports)
{
	bool any = false;
	unsigned int i;

	if (allows_all(allow, fill, ports))
		return;
	printf(" %s%s", whose, fill && !ports ? "deny" : "allow");
	for (i = 0; i < PORTS; i++) {
		const struct port *to = ports ? ports_number(ports, i) : NULL;

		if (!shown(allow, fill, ports, i))
			continue;
		if (to)
			printf(" %s", to->name);
		else
			printf(" %u", i);
		any = true;
	}
	if (fill && ports)
		printf(" new");
	else if (!any)
		printf(" none");
}

static void print_json_allow(const char *allow_key, const char *deny_key, const char *key_new,
			     const uint8_t *allow, bool fill, const struct ports *ports)
{
	unsigned int i;

	json_array(fill && !ports ? deny_key : allow_key);
	for (i = 0; i < PORTS; i++)
		if (shown(allow, fill, ports, i))
			json_number(NULL, i);
	json_end();
	json_bool(key_new, fill);
}

static void print_json(const char *key, const struct port *p, const struct ports *ports)
{
	unsigned int i;

	json_object(key);
	json_number("number", p->number);
	json_string("name", p->name);
	json_string("kind", p->kind < 3 ? port_kinds[p->kind] : "unknown");
	json_number("ifindex", p->ifindex);
	if (p->netnsid >= 0)
		json_number("netnsid", p->netnsid);
	if (p->access) {
		json_number("access", p->access);
	} else {
		json_array("trunk");
		for (i = 1; i <= 4094; i++)
			if (bit_get(p->vids, i))
				json_number(NULL, i);
		json_end();
		if (p->native)
			json_number("native", p->native);
	}
	if (p->limit == UINT32_MAX)
		json_null("limit");
	else
		json_number("limit", p->limit);
	json_number("entries", p->entries);
	json_bool("sticky", p->sticky);
	for (i = 0; i < PORT_FLAGS; i++)
		json_bool(port_flag_name(i), p->flags & 1 << i);
	if (p->sw)
		print_json_allow("allow", "deny", "allow_new", p->allow, p->allow_new, ports);
	print_json_allow("tenant_allow", "tenant_deny", "tenant_allow_new", p->tenant_allow,
			 p->tenant_allow_new, ports);
	json_end();
}

void port_print(const char *key, const struct port *p, const struct ports *ports)
{
	/* What a port does unless somebody said otherwise. */
	const uint32_t usual = 0xf;
	unsigned int i;

	if (opt_json) {
		print_json(key, p, ports);
		return;
	}
	printf("%u: %s %s", p->number, p->name, p->kind < 3 ? port_kinds[p->kind] : "unknown");
	if (p->netnsid >= 0)
		printf(" netnsid %d", p->netnsid);
	if (p->access) {
		printf(" access %u", p->access);
	} else {
		printf(" trunk ");
		print_vids(p->vids);
		if (p->native)
			printf(" native %u", p->native);
	}
	printf(" entries %u", p->entries);
	if (p->limit != UINT32_MAX)
		printf(" limit %u", p->limit);
	if (p->sticky)
		printf(" sticky on");
	for (i = 0; i < PORT_FLAGS; i++)
		if ((p->flags ^ usual) & 1 << i)
			printf(" %s %s", port_flag_name(i), p->flags & 1 << i ? "on" : "off");
	if (p->sw)
		print_allow("", p->allow, p->allow_new, ports);
	print_allow("tenant ", p->tenant_allow, p->tenant_allow_new, ports);
	putchar('\n');
}

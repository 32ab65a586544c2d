// SPDX-License-Identifier: GPL-2.0-only
/* vnet switch add, set, rm, show */
#include <linux/vswitch_link.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "link.h"
#include "port.h"
#include "switch.h"
#include "switches.h"
#include "vnet.h"

#define AGEING_MAX	1000000		/* seconds */
#define HOLD_MAX	60000		/* milliseconds */
#define LIMIT_MAX	(1 << 20)

int switch_add(int argc, char **argv)
{
	struct switch_options o = { -1, -1, -1, -1, -1, 0 };
	struct words w = { argc, argv };
	const char *name = parse_name(words_take(&w, "the name of the switch"));
	const char *word;

	while (w.n) {
		if (words_is(&w, "fdb")) {
			word = words_take(&w, "hash or linear");
			if (strcmp(word, "hash") && strcmp(word, "linear"))
				usage_error("fdb: '%s' is neither hash nor linear", word);
			o.fdb = strcmp(word, "hash") ? VSWITCH_FDB_LINEAR : VSWITCH_FDB_HASH;
		} else if (words_is(&w, "limit")) {
			o.limit = parse_number("limit", words_take(&w, "a number"), 1, LIMIT_MAX);
		} else if (words_is(&w, "ageing")) {
			o.ageing = 1000LL * parse_number("ageing", words_take(&w, "a number"), 0,
							 AGEING_MAX);
		} else if (words_is(&w, "vlan")) {
			o.vlan = parse_on_off("vlan", words_take(&w, "on or off"));
		} else if (words_is(&w, "default")) {
			word = words_take(&w, "allow or deny");
			if (strcmp(word, "allow") && strcmp(word, "deny"))
				usage_error("default: '%s' is neither allow nor deny", word);
			o.deny = !strcmp(word, "deny");
		} else if (words_is(&w, "up")) {
			o.up = 1;
		} else {
			words_end(&w);
		}
	}
	link_add_switch(name, &o);
	return 0;
}

int switch_set(int argc, char **argv)
{
	struct words w = { argc, argv };
	const char *name = words_take(&w, "the name of the switch");
	int64_t ageing = -1, hold = -1;
	struct nlmsghdr *nlh;
	uint32_t sw;

	while (w.n) {
		if (words_is(&w, "ageing"))
			ageing = 1000LL * parse_number("ageing", words_take(&w, "a number"), 0,
						       AGEING_MAX);
		else if (words_is(&w, "hold"))
			hold = parse_number("hold", words_take(&w, "a number"), 0, HOLD_MAX);
		else
			words_end(&w);
	}
	if (ageing < 0 && hold < 0)
		usage_error("what is to be set: ageing or hold?");
	sw = switch_find(name);
	nlh = nl_vswitch(VSWITCH_CMD_SWITCH_SET);
	mnl_attr_put_u32(nlh, VSWITCH_A_SWITCH_IFINDEX, sw);
	if (ageing >= 0)
		mnl_attr_put_u32(nlh, VSWITCH_A_SWITCH_AGEING, ageing);
	if (hold >= 0)
		mnl_attr_put_u32(nlh, VSWITCH_A_SWITCH_HOLD, hold);
	nl_talk(nlh, name, NULL, NULL);
	return 0;
}

int switch_rm(int argc, char **argv)
{
	struct words w = { argc, argv };
	const char *name = words_take(&w, "the name of the switch");
	uint32_t sw;

	words_end(&w);
	sw = switch_find(name);
	link_need_switch(name, sw);
	link_del(name, sw, -1);
	return 0;
}

static void show(const struct vswitch *sw)
{
	const char *fdb = sw->fdb == VSWITCH_FDB_LINEAR ? "linear" : "hash";
	struct ports ports;

	ports_get(sw->ifindex, sw->name, &ports);
	if (opt_json) {
		json_object(NULL);
		json_string("name", sw->name);
		json_number("ifindex", sw->ifindex);
		json_bool("up", sw->up);
		json_string("fdb", fdb);
		json_number("entries", sw->entries);
		json_number("limit", sw->limit);
		json_number("ageing_ms", sw->ageing);
		json_number("hold_ms", sw->hold);
		json_bool("vlan", sw->vlan);
		json_string("default", sw->deny ? "deny" : "allow");
		json_number("ports", ports.n);
		if (sw->policy_link)
			json_string("policy", sw->policy);
		json_end();
	} else {
		printf("%s: %s ports %d fdb %s entries %u limit %u ageing ", sw->name,
		       sw->up ? "up" : "down", ports.n, fdb, sw->entries, sw->limit);
		if (sw->ageing % 1000)
			printf("%u.%03u", sw->ageing / 1000, sw->ageing % 1000);
		else
			printf("%u", sw->ageing / 1000);
		printf(" hold %u vlan %s default %s", sw->hold, sw->vlan ? "on" : "off",
		       sw->deny ? "deny" : "allow");
		if (sw->policy_link)
			printf(" policy %s", sw->policy[0] ? sw->policy : "-");
		putchar('\n');
	}
	free(ports.at);
}

int switch_show(int argc, char **argv)
{
	struct words w = { argc, argv };
	const char *name = w.n ? words_take(&w, "") : NULL;
	struct switches switches;
	int i;

	words_end(&w);
	if (opt_config) {
		if (name || opt_json)
			usage_error("--config shows all switches, and as a text");
		return switch_show_config();
	}
	switches_get(name, &switches);
	if (opt_json)
		json_array(NULL);
	for (i = 0; i < switches.n; i++)
		show(&switches.at[i]);
	if (opt_json)
		json_end();
	free(switches.at);
	return 0;
}

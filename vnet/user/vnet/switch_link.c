// SPDX-License-Identifier: GPL-2.0-only
/* vnet switch add, set, rm, show */
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/vswitch_link.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "link.h"
#include "port.h"
#include "switch.h"
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

struct link {
	char		name[IF_NAMESIZE];
	uint32_t	ifindex;
	bool		up;
	uint32_t	fdb;
	bool		deny;
};

struct links {
	struct link	*at;
	int		n;
};

static void parse_data(const struct nlattr *info, struct link *link, bool *is)
{
	const struct nlattr *a, *b;

	mnl_attr_for_each_nested(a, info) {
		if (mnl_attr_get_type(a) == IFLA_INFO_KIND)
			*is = !strcmp(mnl_attr_get_str(a), "vswitch");
		if (mnl_attr_get_type(a) != IFLA_INFO_DATA)
			continue;
		mnl_attr_for_each_nested(b, a) {
			if (mnl_attr_get_type(b) == IFLA_VSWITCH_FDB)
				link->fdb = mnl_attr_get_u32(b);
			else if (mnl_attr_get_type(b) == IFLA_VSWITCH_DEFAULT_DENY)
				link->deny = mnl_attr_get_u8(b);
		}
	}
}

static int add_link(const struct nlmsghdr *nlh, void *arg)
{
	const struct ifinfomsg *ifi = mnl_nlmsg_get_payload(nlh);
	struct link link = { .ifindex = ifi->ifi_index, .up = ifi->ifi_flags & IFF_UP };
	struct links *links = arg;
	const struct nlattr *a;
	bool is = false;

	mnl_attr_for_each(a, nlh, sizeof(*ifi)) {
		if (mnl_attr_get_type(a) == IFLA_IFNAME)
			snprintf(link.name, sizeof(link.name), "%s", mnl_attr_get_str(a));
		else if (mnl_attr_get_type(a) == IFLA_LINKINFO)
			parse_data(a, &link, &is);
	}
	if (!is)
		return MNL_CB_OK;
	links->at = realloc(links->at, (links->n + 1) * sizeof(*links->at));
	if (!links->at)
		die("no memory");
	links->at[links->n++] = link;
	return MNL_CB_OK;
}

struct state {
	bool		vlan;
	uint32_t	ageing;
	uint32_t	hold;
	uint32_t	entries;
	uint32_t	limit;
};

static int get_state(const struct nlmsghdr *nlh, void *arg)
{
	struct state *state = arg;
	const struct nlattr *a;

	mnl_attr_for_each(a, nlh, sizeof(struct genlmsghdr)) {
		switch (mnl_attr_get_type(a)) {
		case VSWITCH_A_SWITCH_VLAN_AWARE:
			state->vlan = mnl_attr_get_u8(a);
			break;
		case VSWITCH_A_SWITCH_AGEING:
			state->ageing = mnl_attr_get_u32(a);
			break;
		case VSWITCH_A_SWITCH_HOLD:
			state->hold = mnl_attr_get_u32(a);
			break;
		case VSWITCH_A_SWITCH_ENTRIES:
			state->entries = mnl_attr_get_u32(a);
			break;
		case VSWITCH_A_SWITCH_LIMIT:
			state->limit = mnl_attr_get_u32(a);
			break;
		}
	}
	return MNL_CB_OK;
}

static void show(const struct link *link)
{
	const char *fdb = link->fdb == VSWITCH_FDB_LINEAR ? "linear" : "hash";
	struct nlmsghdr *nlh = nl_vswitch(VSWITCH_CMD_SWITCH_GET);
	struct state s = { 0 };
	struct ports ports;

	mnl_attr_put_u32(nlh, VSWITCH_A_SWITCH_IFINDEX, link->ifindex);
	nl_talk(nlh, link->name, get_state, &s);
	ports_get(link->ifindex, link->name, &ports);
	if (opt_json) {
		json_object(NULL);
		json_string("name", link->name);
		json_number("ifindex", link->ifindex);
		json_bool("up", link->up);
		json_string("fdb", fdb);
		json_number("entries", s.entries);
		json_number("limit", s.limit);
		json_number("ageing_ms", s.ageing);
		json_number("hold_ms", s.hold);
		json_bool("vlan", s.vlan);
		json_string("default", link->deny ? "deny" : "allow");
		json_number("ports", ports.n);
		json_end();
	} else {
		printf("%s: %s ports %d fdb %s entries %u limit %u ageing ", link->name,
		       link->up ? "up" : "down", ports.n, fdb, s.entries, s.limit);
		if (s.ageing % 1000)
			printf("%u.%03u", s.ageing / 1000, s.ageing % 1000);
		else
			printf("%u", s.ageing / 1000);
		printf(" hold %u vlan %s default %s\n", s.hold, s.vlan ? "on" : "off",
		       link->deny ? "deny" : "allow");
	}
	free(ports.at);
}

int switch_show(int argc, char **argv)
{
	struct words w = { argc, argv };
	const char *name = w.n ? words_take(&w, "") : NULL;
	struct links links = { 0 };
	uint32_t ifindex = 0;
	int i;

	words_end(&w);
	if (opt_config) {
		if (name || opt_json)
			usage_error("--config shows all switches, and as a text");
		return switch_show_config();
	}
	if (name) {
		ifindex = switch_find(name);
		link_need_switch(name, ifindex);
	}
	link_switches(add_link, &links);
	if (opt_json)
		json_array(NULL);
	for (i = 0; i < links.n; i++)
		if (!name || links.at[i].ifindex == ifindex)
			show(&links.at[i]);
	if (opt_json)
		json_end();
	free(links.at);
	return 0;
}

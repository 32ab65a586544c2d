// SPDX-License-Identifier: GPL-2.0-only
/* Switches as the kernel shows them: their devices, and what the family vswitch adds. */
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/vswitch.h>
#include <linux/vswitch_link.h>
#include <stdlib.h>
#include <string.h>

#include "link.h"
#include "port.h"
#include "switches.h"
#include "vnet.h"

static void parse_data(const struct nlattr *info, struct vswitch *sw, bool *is)
{
	const struct nlattr *a, *b;

	mnl_attr_for_each_nested(a, info) {
		if (mnl_attr_get_type(a) == IFLA_INFO_KIND)
			*is = !strcmp(mnl_attr_get_str(a), "vswitch");
		if (mnl_attr_get_type(a) != IFLA_INFO_DATA)
			continue;
		mnl_attr_for_each_nested(b, a) {
			if (mnl_attr_get_type(b) == IFLA_VSWITCH_FDB)
				sw->fdb = mnl_attr_get_u32(b);
			else if (mnl_attr_get_type(b) == IFLA_VSWITCH_DEFAULT_DENY)
				sw->deny = mnl_attr_get_u8(b);
		}
	}
}

static int add_link(const struct nlmsghdr *nlh, void *arg)
{
	const struct ifinfomsg *ifi = mnl_nlmsg_get_payload(nlh);
	struct vswitch sw = { .ifindex = ifi->ifi_index, .up = ifi->ifi_flags & IFF_UP };
	struct switches *switches = arg;
	const struct nlattr *a;
	bool is = false;

	mnl_attr_for_each(a, nlh, sizeof(*ifi)) {
		if (mnl_attr_get_type(a) == IFLA_IFNAME)
			snprintf(sw.name, sizeof(sw.name), "%s", mnl_attr_get_str(a));
		else if (mnl_attr_get_type(a) == IFLA_LINKINFO)
			parse_data(a, &sw, &is);
	}
	if (!is)
		return MNL_CB_OK;
	switches->at = realloc(switches->at, (switches->n + 1) * sizeof(*switches->at));
	if (!switches->at)
		die("no memory");
	switches->at[switches->n++] = sw;
	return MNL_CB_OK;
}

static int add_state(const struct nlmsghdr *nlh, void *arg)
{
	struct vswitch *sw = arg;
	const struct nlattr *a;

	mnl_attr_for_each(a, nlh, sizeof(struct genlmsghdr)) {
		switch (mnl_attr_get_type(a)) {
		case VSWITCH_A_SWITCH_VLAN_AWARE:
			sw->vlan = mnl_attr_get_u8(a);
			break;
		case VSWITCH_A_SWITCH_AGEING:
			sw->ageing = mnl_attr_get_u32(a);
			break;
		case VSWITCH_A_SWITCH_HOLD:
			sw->hold = mnl_attr_get_u32(a);
			break;
		case VSWITCH_A_SWITCH_ENTRIES:
			sw->entries = mnl_attr_get_u32(a);
			break;
		case VSWITCH_A_SWITCH_LIMIT:
			sw->limit = mnl_attr_get_u32(a);
			break;
		case VSWITCH_A_SWITCH_POLICY:
			snprintf(sw->policy, sizeof(sw->policy), "%s", mnl_attr_get_str(a));
			break;
		case VSWITCH_A_SWITCH_POLICY_LINK:
			sw->policy_link = mnl_attr_get_u32(a);
			break;
		}
	}
	return MNL_CB_OK;
}

static void keep_one(struct switches *switches, uint32_t ifindex)
{
	int i, n = 0;

	for (i = 0; i < switches->n; i++)
		if (switches->at[i].ifindex == ifindex)
			switches->at[n++] = switches->at[i];
	switches->n = n;
}

void switches_get(const char *name, struct switches *switches)
{
	uint32_t ifindex = 0;
	int i;

	memset(switches, 0, sizeof(*switches));
	if (name) {
		ifindex = switch_find(name);
		link_need_switch(name, ifindex);
	}
	link_switches(add_link, switches);
	if (name)
		keep_one(switches, ifindex);
	for (i = 0; i < switches->n; i++) {
		struct vswitch *sw = &switches->at[i];
		struct nlmsghdr *nlh = nl_vswitch(VSWITCH_CMD_SWITCH_GET);

		mnl_attr_put_u32(nlh, VSWITCH_A_SWITCH_IFINDEX, sw->ifindex);
		nl_talk(nlh, sw->name, add_state, sw);
	}
}

// SPDX-License-Identifier: GPL-2.0-only
/* Devices of a switch, by rtnetlink. */
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/vswitch_link.h>
#include <net/if.h>
#include <string.h>

#include "link.h"
#include "vnet.h"

static struct nlmsghdr *request(uint16_t type, uint16_t flags, uint32_t ifindex)
{
	struct nlmsghdr *nlh = nl_route(type, flags);
	struct ifinfomsg *ifi = mnl_nlmsg_put_extra_header(nlh, sizeof(*ifi));

	ifi->ifi_index = ifindex;
	return nlh;
}

static void put_up(struct nlmsghdr *nlh)
{
	struct ifinfomsg *ifi = mnl_nlmsg_get_payload(nlh);

	ifi->ifi_flags |= IFF_UP;
	ifi->ifi_change |= IFF_UP;
}

void link_add_switch(const char *name, const struct switch_options *o)
{
	struct nlmsghdr *nlh = request(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, 0);
	struct nlattr *info, *data;

	if (o->up)
		put_up(nlh);
	mnl_attr_put_strz(nlh, IFLA_IFNAME, name);
	info = mnl_attr_nest_start(nlh, IFLA_LINKINFO);
	mnl_attr_put_strz(nlh, IFLA_INFO_KIND, "vswitch");
	data = mnl_attr_nest_start(nlh, IFLA_INFO_DATA);
	if (o->fdb >= 0)
		mnl_attr_put_u32(nlh, IFLA_VSWITCH_FDB, o->fdb);
	if (o->limit >= 0)
		mnl_attr_put_u32(nlh, IFLA_VSWITCH_FDB_LIMIT, o->limit);
	if (o->ageing >= 0)
		mnl_attr_put_u32(nlh, IFLA_VSWITCH_AGEING, o->ageing);
	if (o->deny >= 0)
		mnl_attr_put_u8(nlh, IFLA_VSWITCH_DEFAULT_DENY, o->deny);
	if (o->vlan >= 0)
		mnl_attr_put_u8(nlh, IFLA_VSWITCH_VLAN_AWARE, o->vlan);
	mnl_attr_nest_end(nlh, data);
	mnl_attr_nest_end(nlh, info);
	nl_talk(nlh, name, NULL, NULL);
}

void link_add_port(const char *name, uint32_t sw, int netns, int number, int up)
{
	struct nlmsghdr *nlh = request(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, 0);
	struct nlattr *info, *data;

	if (up)
		put_up(nlh);
	mnl_attr_put_strz(nlh, IFLA_IFNAME, name);
	mnl_attr_put_u32(nlh, IFLA_LINK, sw);
	if (netns >= 0)
		mnl_attr_put_u32(nlh, IFLA_NET_NS_FD, netns);
	info = mnl_attr_nest_start(nlh, IFLA_LINKINFO);
	mnl_attr_put_strz(nlh, IFLA_INFO_KIND, "vswport");
	if (number >= 0) {
		data = mnl_attr_nest_start(nlh, IFLA_INFO_DATA);
		mnl_attr_put_u16(nlh, IFLA_VSWPORT_NUMBER, number);
		mnl_attr_nest_end(nlh, data);
	}
	mnl_attr_nest_end(nlh, info);
	nl_talk(nlh, name, NULL, NULL);
}

void link_del(const char *about, uint32_t ifindex, int netnsid)
{
	struct nlmsghdr *nlh = request(RTM_DELLINK, 0, ifindex);

	if (netnsid >= 0)
		mnl_attr_put_u32(nlh, IFLA_TARGET_NETNSID, netnsid);
	nl_talk(nlh, about, NULL, NULL);
}

void link_set_master(const char *about, uint32_t ifindex, uint32_t master)
{
	struct nlmsghdr *nlh = request(RTM_SETLINK, 0, ifindex);

	mnl_attr_put_u32(nlh, IFLA_MASTER, master);
	nl_talk(nlh, about, NULL, NULL);
}

static void put_kind(struct nlmsghdr *nlh)
{
	struct nlattr *info = mnl_attr_nest_start(nlh, IFLA_LINKINFO);

	mnl_attr_put_strz(nlh, IFLA_INFO_KIND, "vswitch");
	mnl_attr_nest_end(nlh, info);
}

void link_switches(mnl_cb_t each, void *arg)
{
	struct nlmsghdr *nlh = request(RTM_GETLINK, NLM_F_DUMP, 0);

	/* Where the kind is not known there are none. */
	put_kind(nlh);
	nl_talk(nlh, "links", each, arg);
}

static int is_switch(const struct nlmsghdr *nlh, void *arg)
{
	const struct nlattr *a, *b;
	bool *yes = arg;

	mnl_attr_for_each(a, nlh, sizeof(struct ifinfomsg)) {
		if (mnl_attr_get_type(a) != IFLA_LINKINFO)
			continue;
		mnl_attr_for_each_nested(b, a)
			if (mnl_attr_get_type(b) == IFLA_INFO_KIND)
				*yes = !strcmp(mnl_attr_get_str(b), "vswitch");
	}
	return MNL_CB_OK;
}

void link_need_switch(const char *name, uint32_t ifindex)
{
	bool yes = false;

	nl_talk(request(RTM_GETLINK, 0, ifindex), name, is_switch, &yes);
	if (!yes)
		die("%s: the device is not a vswitch: 'vnet switch show' lists those of this vnet",
		    name);
}

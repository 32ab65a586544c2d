// SPDX-License-Identifier: GPL-2.0-only
/*
 * Operations of rtnetlink: devices that come, change, move and go, and stations.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/ethtool.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/sockios.h>
#include <linux/veth.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "../../../vnet/kernel/include/uapi/linux/vswitch_link.h"
#include "../../../vnet/kernel/include/uapi/linux/vswitch.h"
#include "chaos.h"

#define DOOMED	7	/* the group of devices that go together */

static void begin_new(const char *name)
{
	begin_link(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, 0);
	if (name)
		put_string(IFLA_IFNAME, name);
	if (one_in(4))
		put_u32(IFLA_GROUP, DOOMED);
}

static void put_switch(void)
{
	if (one_in(2))
		put_u32(IFLA_VSWITCH_FDB, below(2));
	if (one_in(3))
		put_u32(IFLA_VSWITCH_FDB_LIMIT, 1 << below(18));
	if (one_in(3))
		put_u32(IFLA_VSWITCH_AGEING, below(2000));
	if (one_in(4))
		put_u8(IFLA_VSWITCH_DEFAULT_DENY, 1);
	if (one_in(2))
		put_u8(IFLA_VSWITCH_VLAN_AWARE, 1);
}

int add_switch(void)
{
	struct place *p = any_place();
	struct nlattr *info, *data;

	begin_new(device_name('s', below(SWITCHES)));
	info = nest(IFLA_LINKINFO);
	put_string(IFLA_INFO_KIND, "vswitch");
	data = nest(IFLA_INFO_DATA);
	put_switch();
	nest_end(data);
	nest_end(info);
	return converse(p->rtnl);
}

int add_port(void)
{
	struct nlattr *info, *data;
	struct place *p;
	int link = any_switch(&p);

	if (!link)
		return ENODEV;
	begin_new(device_name('p', below(PORTS)));
	put_u32(IFLA_LINK, link);
	if (one_in(2))
		put_u32(IFLA_NET_NS_FD, any_place()->ns);
	info = nest(IFLA_LINKINFO);
	put_string(IFLA_INFO_KIND, "vswport");
	if (one_in(3)) {
		data = nest(IFLA_INFO_DATA);
		put_u16(IFLA_VSWPORT_NUMBER, one_in(4) ? below(2000) : below(PORTS));
		nest_end(data);
	}
	nest_end(info);
	return converse(p->rtnl);
}

/* @to: where the other end is to be, or NULL */
static void put_pair(const char *other, const struct place *to)
{
	struct nlattr *info, *data, *peer;

	info = nest(IFLA_LINKINFO);
	put_string(IFLA_INFO_KIND, "veth");
	data = nest(IFLA_INFO_DATA);
	peer = nest(VETH_INFO_PEER);
	req.nlh.nlmsg_len += sizeof(struct ifinfomsg);
	put_string(IFLA_IFNAME, other);
	if (to)
		put_u32(IFLA_NET_NS_FD, to->ns);
	nest_end(peer);
	nest_end(data);
	nest_end(info);
}

int add_pair(void)
{
	struct place *p = any_place();
	int n = below(UPLINKS);

	begin_new(device_name('u', n));
	put_pair(device_name('w', n), NULL);
	return converse(p->rtnl);
}

/* A pair with an end in each: no operation knows its name. */
int pair_across(const struct place *from, const char *name, const struct place *to)
{
	begin_link(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, 0);
	put_string(IFLA_IFNAME, name);
	put_pair(name, to);
	return converse(from->rtnl);
}

/* Another master that takes ports, and a switch's rival for uplinks. */
int add_bridge(void)
{
	struct nlattr *info;

	begin_new("b0");
	info = nest(IFLA_LINKINFO);
	put_string(IFLA_INFO_KIND, "bridge");
	nest_end(info);
	return converse(any_place()->rtnl);
}

/* Something above a device, that has to go when that goes. */
int add_upper(void)
{
	struct nlattr *info, *data;
	struct place *p;
	int index = any_device(&p);

	if (!index)
		return ENODEV;
	begin_new(NULL);
	put_u32(IFLA_LINK, index);
	info = nest(IFLA_LINKINFO);
	if (one_in(3)) {
		put_string(IFLA_INFO_KIND, "macvlan");
	} else {
		put_string(IFLA_INFO_KIND, "vlan");
		data = nest(IFLA_INFO_DATA);
		put_u16(1, below(4096));	/* IFLA_VLAN_ID */
		nest_end(data);
	}
	nest_end(info);
	return converse(p->rtnl);
}

int del_link(void)
{
	struct place *p;
	int index = any_device(&p);

	if (!index)
		return ENODEV;
	begin_link(RTM_DELLINK, 0, index);
	return converse(p->rtnl);
}

/* Several devices in one list, among them a switch and ports of it. */
int del_group(void)
{
	begin_link(RTM_DELLINK, 0, 0);
	put_u32(IFLA_GROUP, DOOMED);
	return converse(any_place()->rtnl);
}

int set_up(void)
{
	struct ifinfomsg *ifi;
	struct place *p;
	int index = any_device(&p);

	if (!index)
		return ENODEV;
	ifi = begin_link(RTM_NEWLINK, 0, index);
	ifi->ifi_change = IFF_UP;
	ifi->ifi_flags = one_in(4) ? 0 : IFF_UP;
	return converse(p->rtnl);
}

static void put_new_times(struct place *p, int index)
{
	struct nlattr *info, *data;
	struct ifreq ifr = { .ifr_ifindex = index };

	info = nest(IFLA_LINKINFO);
	if (ioctl(p->packet, SIOCGIFNAME, &ifr))
		ifr.ifr_name[0] = 0;
	put_string(IFLA_INFO_KIND, ifr.ifr_name[0] == 's' ? "vswitch" : "vswport");
	data = nest(IFLA_INFO_DATA);
	if (one_in(2))
		put_u32(IFLA_VSWITCH_AGEING, below(2000));
	else
		put_u8(IFLA_VSWITCH_VLAN_AWARE, below(2));
	nest_end(data);
	nest_end(info);
}

int change(void)
{
	struct place *p;
	int index = any_device(&p);
	uint8_t addr[6];

	if (!index)
		return ENODEV;
	begin_link(RTM_NEWLINK, 0, index);
	switch (below(6)) {
	case 0:
		put_u32(IFLA_MTU, one_in(4) ? below(70000) : 68 + below(9000));
		break;
	case 1:
		any_address(addr);
		put(IFLA_ADDRESS, addr, sizeof(addr));
		break;
	case 2:
		put_u32(IFLA_PROMISCUITY, 1);
		break;
	case 3:
		put_u32(IFLA_GROUP, one_in(2) ? DOOMED : 0);
		break;
	case 4:
		put_new_times(p, index);
		break;
	default:
		put_u32(IFLA_TXQLEN, below(10000));
	}
	return converse(p->rtnl);
}

/* To a name of the same kind, mostly, so that it is found again. */
int rename_link(void)
{
	struct place *p;
	int index = any_device(&p);
	struct ifreq ifr = { .ifr_ifindex = index };

	if (!index || ioctl(p->packet, SIOCGIFNAME, &ifr))
		return ENODEV;
	begin_link(RTM_NEWLINK, 0, index);
	put_string(IFLA_IFNAME, one_in(8) ? any_name() :
				device_name(ifr.ifr_name[0], below(PORTS)));
	return converse(p->rtnl);
}

int move(void)
{
	struct place *p;
	int index = any_device(&p);

	if (!index)
		return ENODEV;
	begin_link(RTM_NEWLINK, 0, index);
	put_u32(IFLA_NET_NS_FD, any_place()->ns);
	if (one_in(4))
		put_string(IFLA_IFNAME, device_name('p', below(PORTS)));
	return converse(p->rtnl);
}

int master(void)
{
	struct place *p;
	int index = any_device(&p);
	const char *name = one_in(6) ? "b0" : device_name('s', below(SWITCHES));

	if (!index)
		return ENODEV;
	begin_link(RTM_NEWLINK, 0, index);
	put_u32(IFLA_MASTER, one_in(3) ? 0 : index_of(p, name));
	return converse(p->rtnl);
}

int neighbour(void)
{
	struct ndmsg *nd;
	struct place *p;
	int index = any_device(&p);
	uint8_t addr[6];

	if (!index)
		return ENODEV;
	nd = begin(one_in(3) ? RTM_DELNEIGH : RTM_NEWNEIGH,
		   NLM_F_ACK | NLM_F_CREATE | (one_in(2) ? NLM_F_REPLACE : NLM_F_EXCL),
		   sizeof(*nd));
	nd->ndm_family = AF_BRIDGE;
	nd->ndm_ifindex = index;
	nd->ndm_flags = one_in(8) ? any() : NTF_SELF;
	nd->ndm_state = one_in(8) ? any() : one_in(2) ? NUD_NOARP : NUD_REACHABLE;
	any_address(addr);
	put(NDA_LLADDR, addr, one_in(16) ? below(7) : 6);
	if (one_in(4))
		put_u16(NDA_VLAN, below(4200));
	if (one_in(8))
		put_u32(NDA_FLAGS_EXT, any());
	return converse(p->rtnl);
}

static void begin_dump(void)
{
	struct ndmsg *nd;

	if (one_in(4)) {
		begin(RTM_GETLINK, NLM_F_DUMP, sizeof(struct ifinfomsg));
		return;
	}
	nd = begin(RTM_GETNEIGH, NLM_F_DUMP, sizeof(*nd));
	nd->ndm_family = AF_BRIDGE;
}

int dump(void)
{
	struct place *p;
	int index = any_switch(&p);

	if (one_in(2)) {
		begin_dump();
		return converse(p->rtnl);
	}
	begin_genl(family, one_in(2) ? VSWITCH_CMD_PORT_GET : VSWITCH_CMD_STATS_GET, NLM_F_DUMP);
	put_u32(VSWITCH_A_PORT_SWITCH, index);
	return converse(p->genl);
}

/* One piece of a dump, whose rest is for later, when all may be different. */
int dump_slowly(void)
{
	struct place *p = any_place();
	char piece[2048];

	if (recv(p->slow, piece, sizeof(piece), MSG_DONTWAIT) >= 0)
		return 0;
	begin_dump();
	return send(p->slow, &req, req.nlh.nlmsg_len, 0) < 0 ? errno : 0;
}

int ring(void)
{
	struct ethtool_ringparam ring = { .cmd = ETHTOOL_GRINGPARAM };
	struct ifreq ifr = { 0 };
	struct place *p;

	ifr.ifr_ifindex = any_device(&p);
	if (ioctl(p->packet, SIOCGIFNAME, &ifr))
		return ENODEV;
	ifr.ifr_data = (void *)&ring;
	if (ioctl(p->packet, SIOCETHTOOL, &ifr))
		return errno;
	ring.cmd = ETHTOOL_SRINGPARAM;
	ring.rx_pending = one_in(4) ? any() : below(4);
	return ioctl(p->packet, SIOCETHTOOL, &ifr) ? errno : 0;
}

int garbage_link(void)
{
	struct place *p = any_place();
	bool port = one_in(2);
	struct nlattr *info, *data;

	begin_link(RTM_NEWLINK, NLM_F_CREATE | (one_in(2) ? NLM_F_EXCL : 0), 0);
	put_string(IFLA_IFNAME, port ? device_name('p', below(PORTS)) :
				       device_name('s', below(SWITCHES)));
	if (one_in(2))
		put_u32(IFLA_LINK, index_of(p, any_name()));
	if (one_in(4))
		put(IFLA_ADDRESS, "\x02\x00\x5e\x00\x53\x77", below(8));
	info = nest(IFLA_LINKINFO);
	put_string(IFLA_INFO_KIND, port ? "vswport" : "vswitch");
	data = nest(IFLA_INFO_DATA);
	garbage(IFLA_VSWITCH_MAX);
	nest_end(data);
	nest_end(info);
	return converse(p->rtnl);
}

/* A namespace goes with all that is in it, and another one comes. */
int namespace(void)
{
	int n = STAYING + below(PLACES - STAYING);

	place_give_up(&places[n]);
	place_open(&places[n]);
	return 0;
}

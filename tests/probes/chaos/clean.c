// SPDX-License-Identifier: GPL-2.0-only
/*
 * The end: everything is deleted, and what is left is counted.
 */
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>

#include "chaos.h"

#define MANY	1024	/* links in a namespace */

struct count {
	int	links, ports, promiscuous;
};

static void count_link(const struct nlmsghdr *h, void *arg)
{
	const struct nlattr *nla, *kind;
	struct count *count = arg;
	int len = h->nlmsg_len - NLMSG_LENGTH(sizeof(struct ifinfomsg));
	const char *attrs = (const char *)NLMSG_DATA(h) + NLMSG_ALIGN(sizeof(struct ifinfomsg));
	uint32_t n = 0;

	if (h->nlmsg_type != RTM_NEWLINK)
		return;
	count->links++;
	nla = find_attr(attrs, len, IFLA_LINKINFO);
	kind = nla ? find_attr(attr_data(nla), attr_len(nla), IFLA_INFO_KIND) : NULL;
	if (kind && !strncmp(attr_data(kind), "vswport", 7))
		count->ports++;
	nla = find_attr(attrs, len, IFLA_PROMISCUITY);
	if (nla)
		memcpy(&n, attr_data(nla), sizeof(n));
	count->promiscuous += n != 0;
}

static struct count look(const struct place *p)
{
	struct count count = { 0 };

	begin(RTM_GETLINK, NLM_F_DUMP, sizeof(struct ifinfomsg));
	converse_each(p->rtnl, count_link, &count);
	return count;
}

int count_links(const struct place *p)
{
	return look(p).links;
}

/* Links of some kinds: not by name, since a broken text can have made any. */
struct found {
	const char	*kinds;
	int		index[MANY], n;
};

static void find_link(const struct nlmsghdr *h, void *arg)
{
	const struct ifinfomsg *ifm = NLMSG_DATA(h);
	int len = h->nlmsg_len - NLMSG_LENGTH(sizeof(*ifm));
	const char *attrs = (const char *)NLMSG_DATA(h) + NLMSG_ALIGN(sizeof(*ifm));
	const struct nlattr *nla, *kind;
	struct found *found = arg;
	char word[IFNAMSIZ + 2];

	if (h->nlmsg_type != RTM_NEWLINK || found->n == MANY)
		return;
	nla = find_attr(attrs, len, IFLA_LINKINFO);
	kind = nla ? find_attr(attr_data(nla), attr_len(nla), IFLA_INFO_KIND) : NULL;
	if (!kind)
		return;
	snprintf(word, sizeof(word), " %s ", (const char *)attr_data(kind));
	if (strstr(found->kinds, word))
		found->index[found->n++] = ifm->ifi_index;
}

static void find_kinds(const struct place *p, struct found *found)
{
	begin(RTM_GETLINK, NLM_F_DUMP, sizeof(struct ifinfomsg));
	converse_each(p->rtnl, find_link, found);
}

/* Some are gone with others of them. */
static void delete_kinds(const struct place *p, const char *kinds)
{
	struct found found = { .kinds = kinds };
	int i;

	find_kinds(p, &found);
	for (i = 0; i < found.n; i++) {
		begin_link(RTM_DELLINK, 0, found.index[i]);
		converse(p->rtnl);
	}
}

static void set_kinds(const struct place *p, const char *kinds, unsigned int flags)
{
	struct found found = { .kinds = kinds };
	struct ifinfomsg *ifi;
	int i;

	find_kinds(p, &found);
	for (i = 0; i < found.n; i++) {
		ifi = begin_link(RTM_NEWLINK, 0, found.index[i]);
		ifi->ifi_change = IFF_UP;
		ifi->ifi_flags = flags;
		converse(p->rtnl);
	}
}

/*
 * A frame of the place's own socket that goes round in a loop of a bridge keeps the
 * place for ever; a vswitch lets it go.
 */
void set_bridges_down(const struct place *p)
{
	set_kinds(p, " bridge ", 0);
}

/* Stations of devices: a device that cannot filter addresses is promiscuous for them. */
struct stations {
	struct station {
		int	index;
		uint8_t	addr[6];
	} s[MANY];
	int n;
};

static void find_station(const struct nlmsghdr *h, void *arg)
{
	const struct ndmsg *nd = NLMSG_DATA(h);
	int len = h->nlmsg_len - NLMSG_LENGTH(sizeof(*nd));
	const char *attrs = (const char *)NLMSG_DATA(h) + NLMSG_ALIGN(sizeof(*nd));
	const struct nlattr *addr = find_attr(attrs, len, NDA_LLADDR);
	struct stations *all = arg;

	if (h->nlmsg_type != RTM_NEWNEIGH || !addr || attr_len(addr) != 6 || all->n == MANY)
		return;
	all->s[all->n].index = nd->ndm_ifindex;
	memcpy(all->s[all->n++].addr, attr_data(addr), 6);
}

static void forget_addresses(const struct place *p)
{
	static struct stations all;
	struct ndmsg *nd;
	int i;

	all.n = 0;
	nd = begin(RTM_GETNEIGH, NLM_F_DUMP, sizeof(*nd));
	nd->ndm_family = AF_BRIDGE;
	converse_each(p->rtnl, find_station, &all);
	for (i = 0; i < all.n; i++) {
		nd = begin(RTM_DELNEIGH, NLM_F_ACK, sizeof(*nd));
		nd->ndm_family = AF_BRIDGE;
		nd->ndm_ifindex = all.s[i].index;
		nd->ndm_flags = NTF_SELF;
		nd->ndm_state = NUD_PERMANENT;
		put(NDA_LLADDR, all.s[i].addr, 6);
		converse(p->rtnl);
	}
}

/*
 * Of the places that stay.  Without the switches there must be no port, and no device
 * that is promiscuous because it was an uplink; what else makes one so goes before.
 * Then the rest goes.
 */
void clean_up(void)
{
	int i, ports = 0, promiscuous = 0, left = 0;
	struct count count;

	go_home();
	for (i = STAYING; i < PLACES; i++)
		place_give_up(&places[i]);
	places_gone();
	for (i = 0; i < STAYING; i++)
		delete_kinds(&places[i], " bridge vswitch macvlan vlan ");
	for (i = 0; i < STAYING; i++)
		forget_addresses(&places[i]);
	/* A device that is down stays promiscuous when the station is gone that it was so for. */
	for (i = 0; i < STAYING; i++)
		set_kinds(&places[i], " vswport veth ", IFF_UP);
	for (i = 0; i < STAYING; i++) {
		count = look(&places[i]);
		ports += count.ports;
		promiscuous += count.promiscuous;
		delete_kinds(&places[i], " vswport veth ");
		left += look(&places[i]).links - places[i].links;
		place_close(&places[i]);
	}
	printf("ports=%d\npromiscuous=%d\nleft=%d\n", ports, promiscuous, left);
}

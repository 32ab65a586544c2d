// SPDX-License-Identifier: GPL-2.0-only
/* vnet switch fdb: the stations of a switch, by rtnetlink as bridge(8) */
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "json.h"
#include "link.h"
#include "port.h"
#include "switch.h"
#include "vnet.h"

static struct nlmsghdr *request(uint16_t type, uint16_t flags, struct ndmsg **ndm)
{
	struct nlmsghdr *nlh = nl_route(type, flags);

	*ndm = mnl_nlmsg_put_extra_header(nlh, sizeof(**ndm));
	(*ndm)->ndm_family = AF_BRIDGE;
	return nlh;
}

struct dump {
	uint32_t		sw;
	const struct ports	*ports;
	const struct port	*only;
};

/*
 * A port that is here shows its stations itself; the switch shows those of its
 * own port, and via a device those of ports in other vnets and of uplinks.
 */
static const struct port *port_of(const struct dump *d, uint32_t dev, uint32_t via,
				  int32_t netnsid)
{
	int i;

	if (dev == d->sw && !via)
		return ports_number(d->ports, 0);
	for (i = 0; i < d->ports->n; i++) {
		const struct port *p = &d->ports->at[i];

		if (dev == d->sw ? p->ifindex == via && p->netnsid == netnsid :
				   p->ifindex == dev && p->netnsid < 0 &&
				   p->kind == VSWITCH_PORT_KIND_VIRTUAL)
			return p;
	}
	return NULL;
}

static void print(const struct port *p, const uint8_t *addr, uint16_t vid,
		  const struct ndmsg *ndm)
{
	const char *state = ndm->ndm_state & NUD_PERMANENT ? "local" :
			    ndm->ndm_state & NUD_NOARP ? "static" : "dynamic";
	char text[18];

	snprintf(text, sizeof(text), "%02x:%02x:%02x:%02x:%02x:%02x", addr[0], addr[1], addr[2],
		 addr[3], addr[4], addr[5]);
	if (opt_json) {
		json_object(NULL);
		json_string("address", text);
		if (vid)
			json_number("vlan", vid);
		json_number("port", p->number);
		json_string("name", p->name);
		json_string("state", state);
		json_bool("sticky", ndm->ndm_flags & NTF_STICKY);
		json_end();
		return;
	}
	printf("%s", text);
	if (vid)
		printf(" vlan %u", vid);
	printf(" port %s %s%s\n", p->name, state, ndm->ndm_flags & NTF_STICKY ? " sticky" : "");
}

static int one(const struct nlmsghdr *nlh, void *arg)
{
	const struct ndmsg *ndm = mnl_nlmsg_get_payload(nlh);
	const struct dump *d = arg;
	const uint8_t *addr = NULL;
	const struct nlattr *a;
	const struct port *p;
	int32_t netnsid = -1;
	uint32_t via = 0;
	uint16_t vid = 0;

	mnl_attr_for_each(a, nlh, sizeof(*ndm)) {
		switch (mnl_attr_get_type(a)) {
		case NDA_LLADDR:
			if (mnl_attr_get_payload_len(a) == ETH_ALEN)
				addr = mnl_attr_get_payload(a);
			break;
		case NDA_VLAN:
			vid = mnl_attr_get_u16(a);
			break;
		case NDA_IFINDEX:
			via = mnl_attr_get_u32(a);
			break;
		case NDA_LINK_NETNSID:
			netnsid = (int32_t)mnl_attr_get_u32(a);
			break;
		}
	}
	p = port_of(d, ndm->ndm_ifindex, via, netnsid);
	if (addr && p && (!d->only || p == d->only))
		print(p, addr, vid, ndm);
	return MNL_CB_OK;
}

static int show(int argc, char **argv)
{
	struct words w = { argc, argv };
	const char *sw = words_take(&w, "the name of a switch");
	const char *word = w.n ? words_take(&w, "") : NULL;
	struct dump d = { 0 };
	struct nlmsghdr *nlh;
	struct ports ports;
	struct ndmsg *ndm;

	words_end(&w);
	d.sw = switch_find(sw);
	ports_get(d.sw, sw, &ports);
	d.ports = &ports;
	if (word)
		d.only = ports_find(&ports, word, sw);
	if (opt_json)
		json_array(NULL);
	nlh = request(RTM_GETNEIGH, NLM_F_DUMP, &ndm);
	nl_talk(nlh, sw, one, &d);
	if (opt_json)
		json_end();
	free(ports.at);
	return 0;
}

static int change(int argc, char **argv, bool add)
{
	struct words w = { argc, argv };
	const char *sw = words_take(&w, "the name of a switch");
	const char *word = words_take(&w, "a port");
	const char *text = words_take(&w, "an address");
	bool dynamic = false, sticky = false;
	const struct port *port;
	uint8_t addr[ETH_ALEN];
	struct nlmsghdr *nlh;
	struct ports ports;
	struct ndmsg *ndm;
	uint16_t vid = 0;

	parse_address(text, addr);
	while (w.n) {
		if (words_is(&w, "vlan"))
			vid = parse_number("vlan", words_take(&w, "a VLAN"), 1, 4094);
		else if (add && words_is(&w, "dynamic"))
			dynamic = true;
		else if (add && words_is(&w, "sticky"))
			sticky = true;
		else
			words_end(&w);
	}
	ports_get(switch_find(sw), sw, &ports);
	port = ports_find(&ports, word, sw);
	nlh = add ? request(RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_EXCL, &ndm) :
		    request(RTM_DELNEIGH, 0, &ndm);
	ndm->ndm_ifindex = ports_number(&ports, 0)->ifindex;
	ndm->ndm_flags = NTF_SELF | (sticky ? NTF_STICKY : 0);
	ndm->ndm_state = dynamic ? NUD_REACHABLE : NUD_NOARP;
	mnl_attr_put(nlh, NDA_LLADDR, sizeof(addr), addr);
	if (vid)
		mnl_attr_put_u16(nlh, NDA_VLAN, vid);
	if (port->kind != VSWITCH_PORT_KIND_LOCAL)
		mnl_attr_put_u32(nlh, NDA_IFINDEX, port->ifindex);
	if (port->netnsid >= 0)
		mnl_attr_put_u32(nlh, NDA_LINK_NETNSID, port->netnsid);
	nl_talk(nlh, text, NULL, NULL);
	free(ports.at);
	return 0;
}

static int add(int argc, char **argv)
{
	return change(argc, argv, true);
}

static int rm(int argc, char **argv)
{
	return change(argc, argv, false);
}

static const struct command commands[] = {
	{ "show", show, NULL }, { "add", add, NULL }, { "rm", rm, NULL }, { 0 },
};

int switch_fdb(int argc, char **argv)
{
	return command_run(commands, "show, add or rm?", argc, argv);
}

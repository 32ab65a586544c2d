// SPDX-License-Identifier: GPL-2.0-only
/* Ports as the kernel shows them, and as words of a command name them. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "port.h"
#include "vnet.h"

const char *const port_kinds[] = { "local", "port", "uplink" };

static const char *const flag_names[PORT_FLAGS] = {
	"learning", "flood", "mcast_flood", "bcast_flood", "isolated", "locked",
};

const char *port_flag_name(unsigned int bit)
{
	return flag_names[bit];
}

uint32_t switch_find(const char *name)
{
	uint32_t ifindex = if_nametoindex(parse_name(name));

	if (!ifindex)
		die("there is no device '%s' in this vnet: 'vnet switch show' lists its switches",
		    name);
	return ifindex;
}

static void copy(void *to, const struct nlattr *a, size_t size)
{
	size_t len = mnl_attr_get_payload_len(a);

	memcpy(to, mnl_attr_get_payload(a), len < size ? len : size);
}

void port_parse(const struct nlmsghdr *nlh, struct port *p)
{
	const struct nlattr *a;

	memset(p, 0, sizeof(*p));
	p->netnsid = -1;
	mnl_attr_for_each(a, nlh, sizeof(struct genlmsghdr)) {
		switch (mnl_attr_get_type(a)) {
		case VSWITCH_A_PORT_SWITCH:
			p->sw = mnl_attr_get_u32(a);
			break;
		case VSWITCH_A_PORT_NUMBER:
			p->number = mnl_attr_get_u16(a);
			break;
		case VSWITCH_A_PORT_IFINDEX:
			p->ifindex = mnl_attr_get_u32(a);
			break;
		case VSWITCH_A_PORT_NETNSID:
			p->netnsid = (int32_t)mnl_attr_get_u32(a);
			break;
		case VSWITCH_A_PORT_KIND:
			p->kind = mnl_attr_get_u32(a);
			break;
		case VSWITCH_A_PORT_FLAGS:
			p->flags = mnl_attr_get_u32(a);
			break;
		case VSWITCH_A_PORT_ACCESS:
			p->access = mnl_attr_get_u16(a);
			break;
		case VSWITCH_A_PORT_NATIVE:
			p->native = mnl_attr_get_u16(a);
			break;
		case VSWITCH_A_PORT_VIDS:
			copy(p->vids, a, sizeof(p->vids));
			break;
		case VSWITCH_A_PORT_LIMIT:
			p->limit = mnl_attr_get_u32(a);
			break;
		case VSWITCH_A_PORT_ENTRIES:
			p->entries = mnl_attr_get_u32(a);
			break;
		case VSWITCH_A_PORT_STICKY:
			p->sticky = mnl_attr_get_u8(a);
			break;
		case VSWITCH_A_PORT_ALLOW:
			copy(p->allow, a, sizeof(p->allow));
			break;
		case VSWITCH_A_PORT_ALLOW_NEW:
			p->allow_new = mnl_attr_get_u8(a);
			break;
		case VSWITCH_A_PORT_TENANT_ALLOW:
			copy(p->tenant_allow, a, sizeof(p->tenant_allow));
			break;
		case VSWITCH_A_PORT_TENANT_ALLOW_NEW:
			p->tenant_allow_new = mnl_attr_get_u8(a);
			break;
		case VSWITCH_A_PORT_NAME:
			copy(p->name, a, sizeof(p->name) - 1);
			break;
		}
	}
	/* Who was handed a port calls it as its own device is called. */
	if (!p->name[0] && !p->sw && !if_indextoname(p->ifindex, p->name))
		snprintf(p->name, sizeof(p->name), "if%u", p->ifindex);
}

static int add_port(const struct nlmsghdr *nlh, void *arg)
{
	struct ports *ports = arg;

	ports->at = realloc(ports->at, (ports->n + 1) * sizeof(*ports->at));
	if (!ports->at)
		die("no memory");
	port_parse(nlh, &ports->at[ports->n++]);
	return MNL_CB_OK;
}

void ports_get(uint32_t sw, const char *about, struct ports *ports)
{
	struct nlmsghdr *nlh = nl_vswitch(VSWITCH_CMD_PORT_GET);

	memset(ports, 0, sizeof(*ports));
	nlh->nlmsg_flags |= NLM_F_DUMP;
	mnl_attr_put_u32(nlh, VSWITCH_A_PORT_SWITCH, sw);
	nl_talk(nlh, about, add_port, ports);
}

const struct port *ports_number(const struct ports *ports, uint16_t number)
{
	int i;

	for (i = 0; i < ports->n; i++)
		if (ports->at[i].number == number)
			return &ports->at[i];
	return NULL;
}

static bool is_number(const char *word)
{
	for (; isdigit((unsigned char)*word); word++)
		;
	return !*word;
}

const struct port *ports_find(const struct ports *ports, const char *word, const char *sw)
{
	const struct port *found = NULL;
	int i;

	if (*word && is_number(word)) {
		found = ports_number(ports, parse_number("the number of a port", word, 0,
							 PORTS - 1));
	} else {
		for (i = 0; i < ports->n; i++) {
			if (strcmp(ports->at[i].name, word))
				continue;
			/* A device that is here is the one that is meant. */
			if (ports->at[i].netnsid < 0)
				return &ports->at[i];
			if (found)
				die("%s: several ports in other vnets are called '%s': say the number",
				    sw, word);
			found = &ports->at[i];
		}
	}
	if (!found)
		die("%s: there is no port '%s': 'vnet switch port show %s' lists its ports", sw,
		    word, sw);
	return found;
}

void target_take(struct words *w, struct target *t)
{
	const char *sw, *word;
	struct ports ports;

	memset(t, 0, sizeof(*t));
	if (words_is(w, "dev")) {
		word = words_take(w, "the name of a device");
		t->ifindex = if_nametoindex(parse_name(word));
		if (!t->ifindex)
			die("there is no device '%s' in this vnet", word);
		snprintf(t->about, sizeof(t->about), "%s", word);
		return;
	}
	sw = words_take(w, "the name of a switch");
	word = words_take(w, "a port");
	t->sw = switch_find(sw);
	ports_get(t->sw, sw, &ports);
	t->number = ports_find(&ports, word, sw)->number;
	snprintf(t->about, sizeof(t->about), "%s port %s", sw, word);
	free(ports.at);
}

void target_put(struct nlmsghdr *nlh, const struct target *t)
{
	if (t->sw) {
		mnl_attr_put_u32(nlh, VSWITCH_A_PORT_SWITCH, t->sw);
		mnl_attr_put_u16(nlh, VSWITCH_A_PORT_NUMBER, t->number);
	} else {
		mnl_attr_put_u32(nlh, VSWITCH_A_PORT_IFINDEX, t->ifindex);
	}
}

static int get_port(const struct nlmsghdr *nlh, void *arg)
{
	port_parse(nlh, arg);
	return MNL_CB_OK;
}

void target_get(const struct target *t, struct port *port)
{
	struct nlmsghdr *nlh = nl_vswitch(VSWITCH_CMD_PORT_GET);

	target_put(nlh, t);
	nl_talk(nlh, t->about, get_port, port);
}

// SPDX-License-Identifier: GPL-2.0-only
/* vnet switch monitor */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "json.h"
#include "link.h"
#include "port.h"
#include "switch.h"
#include "vnet.h"

static uint32_t only;		/* this switch, or 0 */

/* Names of devices that may be gone when their end is told. */
static struct name {
	struct name	*next;
	uint32_t	ifindex;
	char		name[IF_NAMESIZE];
} *names;

static void remember(uint32_t ifindex, const char *name)
{
	struct name *n;

	for (n = names; n && n->ifindex != ifindex; n = n->next)
		;
	if (!n) {
		n = calloc(1, sizeof(*n));
		if (!n)
			die("no memory");
		n->ifindex = ifindex;
		n->next = names;
		names = n;
	}
	snprintf(n->name, sizeof(n->name), "%s", name);
}

static const char *name_of(uint32_t ifindex)
{
	static char text[IF_NAMESIZE];
	struct name *n;

	if (if_indextoname(ifindex, text)) {
		remember(ifindex, text);
		return text;
	}
	for (n = names; n; n = n->next)
		if (n->ifindex == ifindex)
			return n->name;
	snprintf(text, sizeof(text), "if%u", ifindex);
	return text;
}

static void remember_all(void)
{
	struct if_nameindex *list = if_nameindex(), *i;

	for (i = list; i && i->if_index; i++)
		remember(i->if_index, i->if_name);
	if (list)
		if_freenameindex(list);
}

static void begin(const char *event)
{
	char day[32], when[64];
	struct timespec now;
	struct tm tm;

	if (opt_json)
		json_object(NULL);
	if (opt_timestamp) {
		clock_gettime(CLOCK_REALTIME, &now);
		gmtime_r(&now.tv_sec, &tm);
		strftime(day, sizeof(day), "%Y-%m-%dT%H:%M:%S", &tm);
		snprintf(when, sizeof(when), "%s.%06ldZ", day, now.tv_nsec / 1000);
		if (opt_json)
			json_string("time", when);
		else
			printf("%s ", when);
	}
	if (opt_json)
		json_string("event", event);
	else
		printf("%s", event);
}

static void string(const char *key, const char *value)
{
	if (opt_json)
		json_string(key, value);
	else
		printf(" %s %s", key, value);
}

static void number(const char *key, uint32_t value)
{
	if (opt_json)
		json_number(key, value);
	else
		printf(" %s %u", key, value);
}

static void end(void)
{
	if (opt_json)
		json_end();
	else
		putchar('\n');
	fflush(stdout);
}

static uint32_t get_u32(const struct nlmsghdr *nlh, int type)
{
	const struct nlattr *a;

	mnl_attr_for_each(a, nlh, sizeof(struct genlmsghdr))
		if (mnl_attr_get_type(a) == type)
			return mnl_attr_get_u32(a);
	return 0;
}

static void on_switch(const struct nlmsghdr *nlh, const char *event)
{
	uint32_t sw = get_u32(nlh, VSWITCH_A_SWITCH_IFINDEX);
	const struct nlattr *a;

	if (only && sw != only)
		return;
	begin(event);
	string("switch", name_of(sw));
	mnl_attr_for_each(a, nlh, sizeof(struct genlmsghdr)) {
		switch (mnl_attr_get_type(a)) {
		case VSWITCH_A_SWITCH_VLAN_AWARE:
			if (opt_json)
				json_bool("vlan", mnl_attr_get_u8(a));
			else
				string("vlan", mnl_attr_get_u8(a) ? "on" : "off");
			break;
		case VSWITCH_A_SWITCH_AGEING:
			number("ageing_ms", mnl_attr_get_u32(a));
			break;
		case VSWITCH_A_SWITCH_HOLD:
			number("hold_ms", mnl_attr_get_u32(a));
			break;
		case VSWITCH_A_SWITCH_ENTRIES:
			number("entries", mnl_attr_get_u32(a));
			break;
		case VSWITCH_A_SWITCH_LIMIT:
			number("limit", mnl_attr_get_u32(a));
			break;
		case VSWITCH_A_SWITCH_POLICY:
			string("policy", mnl_attr_get_str(a));
			break;
		}
	}
	end();
}

static void on_port(const struct nlmsghdr *nlh, const char *event)
{
	struct port port;

	port_parse(nlh, &port);
	if (only && port.sw != only)
		return;
	if (!port.sw)
		snprintf(port.name, sizeof(port.name), "%s", name_of(port.ifindex));
	begin(event);
	if (port.sw)
		string("switch", name_of(port.sw));
	/* For people a line of its own; for programs a member. */
	if (!opt_json)
		printf(" port ");
	port_print("port", &port, NULL);
	if (opt_json)
		json_end();
	fflush(stdout);
}

static const char *const changes[] = { "added", "moved", "changed", "aged", "removed" };

static void on_fdb(const struct nlmsghdr *nlh)
{
	uint32_t sw = get_u32(nlh, VSWITCH_A_FDB_SWITCH);
	uint32_t change = get_u32(nlh, VSWITCH_A_FDB_CHANGE);
	uint32_t ifindex = get_u32(nlh, VSWITCH_A_FDB_IFINDEX);
	uint32_t flags = get_u32(nlh, VSWITCH_A_FDB_FLAGS);
	const struct nlattr *a;
	const uint8_t *addr;
	char text[24];

	if (only && sw != only)
		return;
	snprintf(text, sizeof(text), "fdb-%s", change < 5 ? changes[change] : "unknown");
	begin(text);
	if (sw)
		string("switch", name_of(sw));
	else
		string("device", name_of(ifindex));
	mnl_attr_for_each(a, nlh, sizeof(struct genlmsghdr)) {
		switch (mnl_attr_get_type(a)) {
		case VSWITCH_A_FDB_NUMBER:
			number("port", mnl_attr_get_u16(a));
			break;
		case VSWITCH_A_FDB_FROM:
			number("from", mnl_attr_get_u16(a));
			break;
		case VSWITCH_A_FDB_VID:
			number("vlan", mnl_attr_get_u16(a));
			break;
		case VSWITCH_A_FDB_ADDRESS:
			addr = mnl_attr_get_payload(a);
			snprintf(text, sizeof(text), "%02x:%02x:%02x:%02x:%02x:%02x", addr[0],
				 addr[1], addr[2], addr[3], addr[4], addr[5]);
			string("address", text);
			break;
		}
	}
	string("state", flags & VSWITCH_FDB_FLAGS_LOCAL ? "local" :
			flags & VSWITCH_FDB_FLAGS_STATIC ? "static" : "dynamic");
	end();
}

static int event(const struct nlmsghdr *nlh, void *arg)
{
	const struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);

	(void)arg;
	switch (genl->cmd) {
	case VSWITCH_CMD_SWITCH_ADD_NTF:
		on_switch(nlh, "switch-added");
		break;
	case VSWITCH_CMD_SWITCH_DEL_NTF:
		on_switch(nlh, "switch-removed");
		break;
	case VSWITCH_CMD_SWITCH_NTF:
		on_switch(nlh, "switch-changed");
		break;
	case VSWITCH_CMD_PORT_ADD_NTF:
		on_port(nlh, "port-added");
		break;
	case VSWITCH_CMD_PORT_DEL_NTF:
		on_port(nlh, "port-removed");
		break;
	case VSWITCH_CMD_PORT_NTF:
		on_port(nlh, "port-changed");
		break;
	case VSWITCH_CMD_FDB_NTF:
		on_fdb(nlh);
		break;
	}
	return MNL_CB_OK;
}

int switch_monitor(int argc, char **argv)
{
	static const char *const groups[] = { VSWITCH_MCGRP_CONFIG, VSWITCH_MCGRP_FDB, NULL };
	struct words w = { argc, argv };
	const char *sw = w.n ? words_take(&w, "") : NULL;
	static char message[1 << 16];
	struct mnl_socket *s;
	ssize_t len;

	words_end(&w);
	if (sw) {
		only = switch_find(sw);
		link_need_switch(sw, only);
	}
	s = nl_listen(groups);
	remember_all();
	for (;;) {
		len = mnl_socket_recvfrom(s, message, sizeof(message));
		if (len < 0 && errno == EINTR)
			continue;
		if (len < 0 && errno == ENOBUFS) {
			/* More happened than could be kept for us. */
			begin("missed");
			end();
			continue;
		}
		if (len < 0)
			die("netlink: %s", strerror(errno));
		if (mnl_cb_run(message, len, 0, 0, event, NULL) < 0)
			die("netlink: %s", strerror(errno));
		if (ferror(stdout))
			return VNET_FAILED;
	}
}

// SPDX-License-Identifier: GPL-2.0-only
/* vnet switch port */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "json.h"
#include "link.h"
#include "port.h"
#include "switch.h"
#include "vnet.h"

static int show(int argc, char **argv)
{
	struct words w = { argc, argv };
	const struct port *one = NULL;
	struct ports ports = { 0 };
	struct target t;
	struct port port;
	const char *sw;
	int i;

	if (w.n && !strcmp(w.at[0], "dev")) {
		target_take(&w, &t);
		words_end(&w);
		target_get(&t, &port);
		if (opt_json)
			json_array(NULL);
		port_print(NULL, &port, NULL);
		if (opt_json)
			json_end();
		return 0;
	}
	sw = words_take(&w, "the name of a switch");
	if (w.n > 1) {
		w.n--;
		w.at++;
		words_end(&w);
	}
	ports_get(switch_find(sw), sw, &ports);
	if (w.n)
		one = ports_find(&ports, words_take(&w, ""), sw);
	if (opt_json)
		json_array(NULL);
	for (i = 0; i < ports.n; i++)
		if (!one || one == &ports.at[i])
			port_print(NULL, &ports.at[i], &ports);
	if (opt_json)
		json_end();
	free(ports.at);
	return 0;
}

static int add(int argc, char **argv)
{
	struct words w = { argc, argv };
	const char *sw = words_take(&w, "the name of a switch");
	const char *name = parse_name(words_take(&w, "the name of the port"));
	int netns = -1, number = -1, up = 0;
	const char *vnet = NULL;

	while (w.n) {
		if (words_is(&w, "netns"))
			vnet = words_take(&w, "the name of a vnet");
		else if (words_is(&w, "number"))
			number = parse_number("number", words_take(&w, "a number"), 1, PORTS - 1);
		else if (words_is(&w, "up"))
			up = 1;
		else
			words_end(&w);
	}
	if (vnet)
		netns = netns_open(vnet);
	link_add_port(name, switch_find(sw), netns, number, up);
	if (netns >= 0)
		close(netns);
	return 0;
}

static bool take_flag(struct words *w, uint32_t *flags, uint32_t *mask)
{
	unsigned int i;

	for (i = 0; i < PORT_FLAGS; i++) {
		if (!words_is(w, port_flag_name(i)))
			continue;
		*mask |= 1 << i;
		*flags &= ~(1 << i);
		if (parse_on_off(port_flag_name(i), words_take(w, "on or off")))
			*flags |= 1 << i;
		return true;
	}
	return false;
}

static int set(int argc, char **argv)
{
	struct words w = { argc, argv }, target;
	uint32_t flags = 0, mask = 0, limit = 0;
	bool has_limit = false;
	struct nlmsghdr *nlh;
	const char *word;
	struct target t;
	int sticky = -1;

	/* Words first: what is wrong with them can be said without a kernel. */
	target = w;
	words_take(&w, "the name of a switch");
	words_take(&w, "a port");
	if (!w.n)
		usage_error("what is to be set?");
	while (w.n) {
		if (words_is(&w, "limit")) {
			word = words_take(&w, "a number or none");
			has_limit = true;
			limit = !strcmp(word, "none") ? UINT32_MAX :
				parse_number("limit", word, 0, 1 << 20);
		} else if (words_is(&w, "sticky")) {
			sticky = parse_on_off("sticky", words_take(&w, "on or off"));
		} else if (!take_flag(&w, &flags, &mask)) {
			words_end(&w);
		}
	}
	target_take(&target, &t);
	nlh = nl_vswitch(VSWITCH_CMD_PORT_SET);
	target_put(nlh, &t);
	if (has_limit)
		mnl_attr_put_u32(nlh, VSWITCH_A_PORT_LIMIT, limit);
	if (sticky >= 0)
		mnl_attr_put_u8(nlh, VSWITCH_A_PORT_STICKY, sticky);
	if (mask) {
		mnl_attr_put_u32(nlh, VSWITCH_A_PORT_FLAGS, flags);
		mnl_attr_put_u32(nlh, VSWITCH_A_PORT_FLAGS_MASK, mask);
	}
	nl_talk(nlh, t.about, NULL, NULL);
	return 0;
}

static int rm(int argc, char **argv)
{
	struct words w = { argc, argv };
	const char *sw = words_take(&w, "the name of a switch");
	const char *word = words_take(&w, "a port");
	const struct port *port;
	struct ports ports;

	words_end(&w);
	ports_get(switch_find(sw), sw, &ports);
	port = ports_find(&ports, word, sw);
	if (port->kind == VSWITCH_PORT_KIND_LOCAL)
		die("%s: port 0 is the switch's own: 'vnet switch rm %s' removes both", sw, sw);
	if (port->kind == VSWITCH_PORT_KIND_UPLINK)
		die("%s: port %s is an uplink: 'vnet switch port detach %s %s' sets it free", sw,
		    word, sw, port->name);
	link_del(word, port->ifindex, port->netnsid);
	free(ports.at);
	return 0;
}

static int attach(int argc, char **argv)
{
	struct words w = { argc, argv };
	const char *sw = words_take(&w, "the name of a switch");
	const char *name = parse_name(words_take(&w, "the name of a device"));
	uint32_t ifindex, master;

	words_end(&w);
	master = switch_find(sw);
	link_need_switch(sw, master);
	ifindex = if_nametoindex(name);
	if (!ifindex)
		die("there is no device '%s' in this vnet: 'ip link' lists them", name);
	link_set_master(name, ifindex, master);
	return 0;
}

static int detach(int argc, char **argv)
{
	struct words w = { argc, argv };
	const char *sw = words_take(&w, "the name of a switch");
	const char *name = words_take(&w, "the name of a device");
	const struct port *port;
	struct ports ports;

	words_end(&w);
	ports_get(switch_find(sw), sw, &ports);
	port = ports_find(&ports, name, sw);
	if (port->kind != VSWITCH_PORT_KIND_UPLINK)
		die("%s: port %s is no uplink: 'vnet switch port rm' removes ports", sw, name);
	link_set_master(name, port->ifindex, 0);
	free(ports.at);
	return 0;
}

static const struct command commands[] = {
	{ "show", show, NULL }, { "add", add, NULL }, { "set", set, NULL },
	{ "rm", rm, NULL }, { "attach", attach, NULL }, { "detach", detach, NULL },
	{ 0 },
};

int switch_port(int argc, char **argv)
{
	return command_run(commands, "show, add, set, rm, attach or detach?", argc, argv);
}

// SPDX-License-Identifier: GPL-2.0-only
/* vnet switch vlan */
#include <string.h>

#include "port.h"
#include "switch.h"
#include "vnet.h"

static void set_aware(const char *sw, bool on)
{
	uint32_t ifindex = switch_find(sw);
	struct nlmsghdr *nlh = nl_vswitch(VSWITCH_CMD_SWITCH_SET);

	mnl_attr_put_u32(nlh, VSWITCH_A_SWITCH_IFINDEX, ifindex);
	mnl_attr_put_u8(nlh, VSWITCH_A_SWITCH_VLAN_AWARE, on);
	nl_talk(nlh, sw, NULL, NULL);
}

int switch_vlan(int argc, char **argv)
{
	struct words w = { argc, argv }, target = { 2, argv };
	const char *sw = words_take(&w, "the name of a switch");
	char *show[] = { "show", (char *)sw, NULL };
	uint16_t access = 0, native = 0;
	uint8_t vids[VIDS_SIZE];
	struct nlmsghdr *nlh;
	struct target t;

	if (!w.n)
		return switch_port(2, show);
	if (w.n == 1) {
		set_aware(sw, parse_on_off("VLANs", words_take(&w, "on or off")));
		return 0;
	}
	words_take(&w, "a port");
	if (words_is(&w, "access")) {
		access = parse_number("access", words_take(&w, "a VLAN"), 1, 4094);
	} else if (words_is(&w, "trunk")) {
		parse_vids(words_take(&w, "a list of VLANs"), vids);
		if (words_is(&w, "native"))
			native = parse_number("native", words_take(&w, "a VLAN"), 1, 4094);
	} else {
		usage_error("'%s' is neither access nor trunk", *w.at);
	}
	words_end(&w);
	target_take(&target, &t);
	nlh = nl_vswitch(VSWITCH_CMD_PORT_SET);
	target_put(nlh, &t);
	if (access) {
		mnl_attr_put_u16(nlh, VSWITCH_A_PORT_ACCESS, access);
	} else {
		mnl_attr_put_u16(nlh, VSWITCH_A_PORT_NATIVE, native);
		mnl_attr_put(nlh, VSWITCH_A_PORT_VIDS, sizeof(vids), vids);
	}
	nl_talk(nlh, t.about, NULL, NULL);
	return 0;
}

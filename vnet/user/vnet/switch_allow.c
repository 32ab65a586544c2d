// SPDX-License-Identifier: GPL-2.0-only
/* vnet switch allow, deny */
#include <stdlib.h>
#include <string.h>

#include "port.h"
#include "switch.h"
#include "vnet.h"

/* All ports that there are and will be, in one request. */
static void change_all(const struct target *t, bool allow)
{
	struct nlmsghdr *nlh = nl_vswitch(VSWITCH_CMD_PORT_SET);
	uint8_t bits[ALLOW_SIZE];

	memset(bits, allow ? 0xff : 0, sizeof(bits));
	target_put(nlh, t);
	mnl_attr_put(nlh, t->sw ? VSWITCH_A_PORT_ALLOW : VSWITCH_A_PORT_TENANT_ALLOW,
		     sizeof(bits), bits);
	mnl_attr_put_u8(nlh, t->sw ? VSWITCH_A_PORT_ALLOW_NEW : VSWITCH_A_PORT_TENANT_ALLOW_NEW,
			allow);
	nl_talk(nlh, t->about, NULL, NULL);
}

static void change_one(const struct target *t, bool allow, uint16_t to)
{
	struct nlmsghdr *nlh = nl_vswitch(allow ? VSWITCH_CMD_ALLOW : VSWITCH_CMD_DENY);

	target_put(nlh, t);
	mnl_attr_put_u16(nlh, VSWITCH_A_PORT_TO, to);
	nl_talk(nlh, t->about, NULL, NULL);
}

static int change(int argc, char **argv, bool allow)
{
	struct words w = { argc, argv };
	const char *sw = argc ? argv[0] : "";
	struct ports ports = { 0 };
	uint16_t to[PORTS];
	struct target t;
	int i, n = 0;

	if (argc < 3)
		usage_error("SWITCH PORT or dev DEVICE, and the ports that it may %ssend to?",
			    allow ? "" : "not ");
	if (!strcmp(sw, "dev"))
		for (i = 2; i < argc; i++)
			if (strcmp(argv[i], "all"))
				parse_number("the number of a port", argv[i], 0, PORTS - 1);
	if (argc > 3)
		for (i = 2; i < argc; i++)
			if (!strcmp(argv[i], "all"))
				usage_error("all says it all");
	target_take(&w, &t);
	if (words_is(&w, "all")) {
		change_all(&t, allow);
		return 0;
	}
	if (t.sw)
		ports_get(t.sw, sw, &ports);
	/* All names are right before the first change. */
	while (w.n && n < PORTS) {
		const char *word = words_take(&w, "a port");

		to[n++] = t.sw ? ports_find(&ports, word, sw)->number :
				 parse_number("the number of a port", word, 0, PORTS - 1);
	}
	words_end(&w);
	for (i = 0; i < n; i++)
		change_one(&t, allow, to[i]);
	free(ports.at);
	return 0;
}

int switch_allow(int argc, char **argv)
{
	return change(argc, argv, true);
}

int switch_deny(int argc, char **argv)
{
	return change(argc, argv, false);
}

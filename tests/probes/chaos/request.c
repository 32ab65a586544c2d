// SPDX-License-Identifier: GPL-2.0-only
/*
 * Operations of the generic netlink family "vswitch".
 */
#include <errno.h>
#include <linux/genetlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "../../../vnet/kernel/include/uapi/linux/vswitch.h"
#include "chaos.h"

static unsigned long taken[64];

static int ask(struct place *p, int cmd)
{
	int err = converse(p->genl);

	if (!err && cmd < 64)
		taken[cmd]++;
	return err;
}

/* Attributes that a port may have, and what they may be, or nearly so. */
static void put_port_attribute(void)
{
	uint8_t bits[512] = { 0 };

	switch (below(11)) {
	case 0: put_u32(VSWITCH_A_PORT_FLAGS, below(one_in(8) ? 256 : 64)); break;
	case 1: put_u32(VSWITCH_A_PORT_FLAGS_MASK, below(64)); break;
	case 2: put_u16(VSWITCH_A_PORT_ACCESS, below(one_in(8) ? 5000 : 4)); break;
	case 3: put_u16(VSWITCH_A_PORT_NATIVE, below(4)); break;
	case 4:
		bits[0] = any();
		put(VSWITCH_A_PORT_VIDS, bits, 512);
		break;
	case 5: put_u32(VSWITCH_A_PORT_LIMIT, one_in(4) ? any() : below(8)); break;
	case 6: put_u8(VSWITCH_A_PORT_STICKY, below(2)); break;
	case 7:
	case 8:
		random_bytes(bits, 128);
		put(one_in(2) ? VSWITCH_A_PORT_ALLOW : VSWITCH_A_PORT_TENANT_ALLOW, bits, 128);
		break;
	default:
		put_u8(one_in(2) ? VSWITCH_A_PORT_ALLOW_NEW :
				   VSWITCH_A_PORT_TENANT_ALLOW_NEW, below(2));
	}
}

/* What an administrator or a tenant would ask for. */
int request(void)
{
	static const int cmds[] = {
		VSWITCH_CMD_SWITCH_GET, VSWITCH_CMD_SWITCH_SET, VSWITCH_CMD_PORT_GET,
		VSWITCH_CMD_PORT_SET, VSWITCH_CMD_PORT_SET, VSWITCH_CMD_ALLOW, VSWITCH_CMD_DENY,
		VSWITCH_CMD_STATS_GET,
	};
	int i, cmd = cmds[below(sizeof(cmds) / sizeof(cmds[0]))];
	struct place *p;
	int sw = any_switch(&p);
	int port = one_in(2) ? any_device(&p) : 0;

	begin_genl(family, cmd, NLM_F_ACK);
	if (cmd == VSWITCH_CMD_SWITCH_GET || cmd == VSWITCH_CMD_SWITCH_SET) {
		put_u32(VSWITCH_A_SWITCH_IFINDEX, port ? port : sw);
		if (cmd == VSWITCH_CMD_SWITCH_SET) {
			if (one_in(2))
				put_u8(VSWITCH_A_SWITCH_VLAN_AWARE, below(2));
			if (one_in(3))
				put_u32(VSWITCH_A_SWITCH_AGEING, below(3000));
			if (one_in(3))
				put_u32(VSWITCH_A_SWITCH_HOLD, below(300));
		}
		return ask(p, cmd);
	}
	if (port) {
		put_u32(VSWITCH_A_PORT_IFINDEX, port);
	} else {
		put_u32(VSWITCH_A_PORT_SWITCH, sw);
		put_u16(VSWITCH_A_PORT_NUMBER, below(PORTS));
	}
	if (cmd == VSWITCH_CMD_ALLOW || cmd == VSWITCH_CMD_DENY)
		put_u16(VSWITCH_A_PORT_TO, below(one_in(8) ? 1100 : PORTS));
	if (cmd == VSWITCH_CMD_PORT_SET)
		for (i = below(4); i >= 0; i--)
			put_port_attribute();
	return ask(p, cmd);
}

static bool is_number(const struct attr_policy *a)
{
	return a->type == NL_ATTR_TYPE_U8 || a->type == NL_ATTR_TYPE_U16 ||
	       a->type == NL_ATTR_TYPE_U32;
}

/* The kernel says no range of a number that may be any of its size. */
static bool is_index(const struct attr_policy *a)
{
	return a->type == NL_ATTR_TYPE_U32 && a->mask == ~0ULL &&
	       (!a->ranged || a->max == UINT32_MAX);
}

static uint64_t number_by_policy(struct place *p, const struct attr_policy *a)
{
	uint64_t range = a->ranged ? a->max - a->min : 255;

	if (is_index(a) && one_in(2))
		return index_of(p, device_name('s', below(SWITCHES)));
	if (is_index(a) && !one_in(4))
		return index_of(p, any_name());
	if (a->mask != ~0ULL)
		return any() & (one_in(16) ? ~0ULL : a->mask);
	switch (below(16)) {
	case 0: return any();
	case 1: return a->min;
	case 2: return a->min + range;
	case 3: return a->min + range + 1;
	case 4: case 5: return a->min + any() % (range + 1);
	default: return a->min + below(range < PORTS ? range + 1 : PORTS);
	}
}

static void put_by_policy(struct place *p, int type, const struct attr_policy *a)
{
	uint8_t bytes[600] = { 0 };
	uint64_t n;
	int len = 4;

	if (is_number(a)) {
		n = number_by_policy(p, a);
		memcpy(bytes, &n, sizeof(n));
		len = a->type == NL_ATTR_TYPE_U8 ? 1 : a->type == NL_ATTR_TYPE_U16 ? 2 : 4;
	} else if (a->max_len && a->max_len <= (int)sizeof(bytes)) {
		len = a->max_len;
		switch (below(4)) {
		case 0: random_bytes(bytes, len); break;
		case 1: memset(bytes, 0xff, len); break;
		case 2: random_bytes(bytes, 2); break;
		}
	}
	if (one_in(40))
		len = below(len + 8);
	put(type | (one_in(60) ? NLA_F_NESTED : 0), bytes, len);
}

/*
 * One of the commands that the kernel says it has, with some of the attributes that it
 * says it takes: mostly within their ranges, now and then just beyond, twice, of a
 * wrong length, or one that is not for this command.
 */
int request_by_policy(void)
{
	const struct command *c = &commands[below(nr_commands)];
	const struct attr_policy *policy = c->request;
	unsigned int rate = below(8);
	bool dumped = false;
	struct place *p;
	int type;

	if (c->dump && (!policy || one_in(3))) {
		policy = c->dump;
		dumped = true;
	}
	if (one_in(2))
		any_switch(&p);
	else
		any_device(&p);
	begin_genl(family, c->cmd, dumped ? NLM_F_DUMP : NLM_F_ACK);
	if (one_in(16))
		req.nlh.nlmsg_flags |= any() & (NLM_F_ECHO | NLM_F_ROOT | NLM_F_REPLACE);
	if (req.nlh.nlmsg_flags & NLM_F_ROOT)
		req.nlh.nlmsg_flags |= NLM_F_ACK;
	for (type = 1; policy && type < ATTRS; type++) {
		if (!policy[type].type)
			continue;
		while (below(8) < (is_index(&policy[type]) ? 6 : rate)) {
			put_by_policy(p, type, &policy[type]);
			if (!one_in(30))
				break;
		}
	}
	if (one_in(30))
		put_u32(below(ATTRS), any());
	return ask(p, c->cmd);
}

int garbage_genl(void)
{
	struct place *p = any_place();
	bool dumped = one_in(6);
	int cmd = below(VSWITCH_CMD_MAX + 2);

	begin_genl(family, cmd, dumped ? NLM_F_DUMP : NLM_F_ACK);
	if (one_in(2))
		put_u32(VSWITCH_A_PORT_SWITCH,
			index_of(p, device_name('s', below(SWITCHES))));
	garbage(VSWITCH_A_PORT_MAX);
	return ask(p, cmd);
}

/* Some of what it was told, and that it missed something, if so. */
int listen_up(void)
{
	struct place *p = any_place();
	char piece[1024];
	int i;

	for (i = below(32); i >= 0; i--)
		if (recv(p->ear, piece, sizeof(piece), 0) < 0)
			return errno == EAGAIN ? 0 : errno;
	return 0;
}

/* Of each command that there is: how often it was not refused. */
void request_report(void)
{
	int i;

	for (i = 0; i < nr_commands; i++)
		printf("command.%s=%lu\n", command_name(commands[i].cmd),
		       taken[commands[i].cmd]);
}

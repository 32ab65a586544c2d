// SPDX-License-Identifier: GPL-2.0-only
/*
 * The generic netlink family "vswitch": its commands, and what attributes each takes,
 * as the kernel tells.
 */
#include <errno.h>
#include <linux/genetlink.h>
#include <stdio.h>
#include <string.h>

#include "../../../vnet/kernel/include/uapi/linux/vswitch.h"
#include "../probe.h"
#include "chaos.h"

int family;
unsigned int groups[2];
struct command commands[32];
int nr_commands;

static struct attr_policy policies[16][ATTRS];

static const char *const names[] = {
	[VSWITCH_CMD_SWITCH_GET]	= "switch-get",
	[VSWITCH_CMD_SWITCH_SET]	= "switch-set",
	[VSWITCH_CMD_PORT_GET]		= "port-get",
	[VSWITCH_CMD_PORT_SET]		= "port-set",
	[VSWITCH_CMD_ALLOW]		= "allow",
	[VSWITCH_CMD_DENY]		= "deny",
	[VSWITCH_CMD_STATS_GET]		= "stats-get",
};

const char *command_name(int cmd)
{
	static char number[16];

	if (cmd > 0 && cmd < (int)(sizeof(names) / sizeof(names[0])) && names[cmd])
		return names[cmd];
	snprintf(number, sizeof(number), "command-%d", cmd);
	return number;
}

static uint32_t u32_of(const struct nlattr *nla)
{
	uint32_t n;

	memcpy(&n, attr_data(nla), sizeof(n));
	return n;
}

static uint64_t u64_of(const struct nlattr *nla)
{
	uint64_t n = 0;

	memcpy(&n, attr_data(nla), attr_len(nla) < 8 ? attr_len(nla) : 8);
	return n;
}

static void learn_family(const struct nlmsghdr *h, void *arg)
{
	const struct nlattr *nla;

	(void)arg;
	for_each_attr(a, NLMSG_DATA(h) + GENL_HDRLEN, h->nlmsg_len - NLMSG_LENGTH(GENL_HDRLEN)) {
		if (a->nla_type == CTRL_ATTR_FAMILY_ID)
			family = *(const uint16_t *)attr_data(a);
		if ((a->nla_type & NLA_TYPE_MASK) != CTRL_ATTR_MCAST_GROUPS)
			continue;
		for_each_attr(g, attr_data(a), attr_len(a)) {
			const char *name;

			nla = find_attr(attr_data(g), attr_len(g), CTRL_ATTR_MCAST_GRP_NAME);
			name = nla ? attr_data(nla) : "";
			nla = find_attr(attr_data(g), attr_len(g), CTRL_ATTR_MCAST_GRP_ID);
			if (nla)
				groups[!strcmp(name, VSWITCH_MCGRP_FDB)] = u32_of(nla);
		}
	}
}

static void learn_attr(struct attr_policy *policy, const struct nlattr *nla)
{
	policy->mask = ~0ULL;
	for_each_attr(a, attr_data(nla), attr_len(nla)) {
		switch (a->nla_type & NLA_TYPE_MASK) {
		case NL_POLICY_TYPE_ATTR_TYPE: policy->type = u32_of(a); break;
		case NL_POLICY_TYPE_ATTR_MIN_VALUE_U: policy->min = u64_of(a); break;
		case NL_POLICY_TYPE_ATTR_MAX_VALUE_U: policy->max = u64_of(a); policy->ranged = true; break;
		case NL_POLICY_TYPE_ATTR_MIN_LENGTH: policy->min_len = u32_of(a); break;
		case NL_POLICY_TYPE_ATTR_MAX_LENGTH: policy->max_len = u32_of(a); break;
		case NL_POLICY_TYPE_ATTR_MASK: policy->mask = u64_of(a); break;
		}
	}
}

static const struct attr_policy *policy_of(const struct nlattr *op, int type)
{
	const struct nlattr *nla = find_attr(attr_data(op), attr_len(op), type);
	uint32_t n = nla ? u32_of(nla) : ~0U;

	return n < 16 ? policies[n] : NULL;
}

static void learn_policy(const struct nlmsghdr *h, void *arg)
{
	(void)arg;
	for_each_attr(a, NLMSG_DATA(h) + GENL_HDRLEN, h->nlmsg_len - NLMSG_LENGTH(GENL_HDRLEN)) {
		switch (a->nla_type & NLA_TYPE_MASK) {
		case CTRL_ATTR_OP_POLICY:
			for_each_attr(op, attr_data(a), attr_len(a)) {
				struct command *c = &commands[nr_commands++];

				c->cmd = op->nla_type & NLA_TYPE_MASK;
				c->request = policy_of(op, CTRL_ATTR_POLICY_DO);
				c->dump = policy_of(op, CTRL_ATTR_POLICY_DUMP);
			}
			break;
		case CTRL_ATTR_POLICY:
			for_each_attr(p, attr_data(a), attr_len(a)) {
				int n = p->nla_type & NLA_TYPE_MASK;

				for_each_attr(at, attr_data(p), attr_len(p))
					if (n < 16 && (at->nla_type & NLA_TYPE_MASK) < ATTRS)
						learn_attr(&policies[n][at->nla_type & NLA_TYPE_MASK], at);
			}
			break;
		}
	}
}

void family_learn(void)
{
	int sock = places[0].genl;

	begin_genl(GENL_ID_CTRL, CTRL_CMD_GETFAMILY, NLM_F_ACK);
	put_string(CTRL_ATTR_FAMILY_NAME, VSWITCH_FAMILY_NAME);
	errno = converse_each(sock, learn_family, NULL);
	if (errno)
		probe_broken("the family vswitch");
	begin_genl(GENL_ID_CTRL, CTRL_CMD_GETPOLICY, NLM_F_DUMP);
	put_u16(CTRL_ATTR_FAMILY_ID, family);
	errno = converse_each(sock, learn_policy, NULL);
	if (errno || !nr_commands)
		probe_broken("the policies of the family vswitch");
}

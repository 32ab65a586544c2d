// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/vswitch.yaml */
/* YNL-GEN kernel source */

#include <net/netlink.h>
#include <net/genetlink.h>

#include "netlink-gen.h"

#include <uapi/linux/vswitch.h>

/* Integer value ranges */
static const struct netlink_range_validation vswitch_a_switch_ageing_range = {
	.max	= 1000000000ULL,
};

static const struct netlink_range_validation vswitch_a_switch_hold_range = {
	.max	= 60000ULL,
};

/* VSWITCH_CMD_SWITCH_GET - do */
static const struct nla_policy vswitch_switch_get_nl_policy[VSWITCH_A_SWITCH_IFINDEX + 1] = {
	[VSWITCH_A_SWITCH_IFINDEX] = { .type = NLA_U32, },
};

/* VSWITCH_CMD_SWITCH_SET - do */
static const struct nla_policy vswitch_switch_set_nl_policy[VSWITCH_A_SWITCH_HOLD + 1] = {
	[VSWITCH_A_SWITCH_IFINDEX] = { .type = NLA_U32, },
	[VSWITCH_A_SWITCH_VLAN_AWARE] = NLA_POLICY_MAX(NLA_U8, 1),
	[VSWITCH_A_SWITCH_AGEING] = NLA_POLICY_FULL_RANGE(NLA_U32, &vswitch_a_switch_ageing_range),
	[VSWITCH_A_SWITCH_HOLD] = NLA_POLICY_FULL_RANGE(NLA_U32, &vswitch_a_switch_hold_range),
};

/* VSWITCH_CMD_PORT_GET - do */
static const struct nla_policy vswitch_port_get_do_nl_policy[VSWITCH_A_PORT_IFINDEX + 1] = {
	[VSWITCH_A_PORT_SWITCH] = { .type = NLA_U32, },
	[VSWITCH_A_PORT_NUMBER] = NLA_POLICY_MAX(NLA_U16, 1023),
	[VSWITCH_A_PORT_IFINDEX] = { .type = NLA_U32, },
};

/* VSWITCH_CMD_PORT_GET - dump */
static const struct nla_policy vswitch_port_get_dump_nl_policy[VSWITCH_A_PORT_SWITCH + 1] = {
	[VSWITCH_A_PORT_SWITCH] = { .type = NLA_U32, },
};

/* VSWITCH_CMD_PORT_SET - do */
static const struct nla_policy vswitch_port_set_nl_policy[VSWITCH_A_PORT_TENANT_ALLOW_NEW + 1] = {
	[VSWITCH_A_PORT_SWITCH] = { .type = NLA_U32, },
	[VSWITCH_A_PORT_NUMBER] = NLA_POLICY_MAX(NLA_U16, 1023),
	[VSWITCH_A_PORT_IFINDEX] = { .type = NLA_U32, },
	[VSWITCH_A_PORT_FLAGS] = NLA_POLICY_MASK(NLA_U32, 0x3f),
	[VSWITCH_A_PORT_FLAGS_MASK] = NLA_POLICY_MASK(NLA_U32, 0x3f),
	[VSWITCH_A_PORT_ACCESS] = NLA_POLICY_MAX(NLA_U16, 4094),
	[VSWITCH_A_PORT_NATIVE] = NLA_POLICY_MAX(NLA_U16, 4094),
	[VSWITCH_A_PORT_VIDS] = NLA_POLICY_EXACT_LEN(512),
	[VSWITCH_A_PORT_LIMIT] = { .type = NLA_U32, },
	[VSWITCH_A_PORT_STICKY] = NLA_POLICY_MAX(NLA_U8, 1),
	[VSWITCH_A_PORT_ALLOW] = NLA_POLICY_EXACT_LEN(128),
	[VSWITCH_A_PORT_ALLOW_NEW] = NLA_POLICY_MAX(NLA_U8, 1),
	[VSWITCH_A_PORT_TENANT_ALLOW] = NLA_POLICY_EXACT_LEN(128),
	[VSWITCH_A_PORT_TENANT_ALLOW_NEW] = NLA_POLICY_MAX(NLA_U8, 1),
};

/* VSWITCH_CMD_ALLOW - do */
static const struct nla_policy vswitch_allow_nl_policy[VSWITCH_A_PORT_TO + 1] = {
	[VSWITCH_A_PORT_SWITCH] = { .type = NLA_U32, },
	[VSWITCH_A_PORT_NUMBER] = NLA_POLICY_MAX(NLA_U16, 1023),
	[VSWITCH_A_PORT_IFINDEX] = { .type = NLA_U32, },
	[VSWITCH_A_PORT_TO] = NLA_POLICY_MAX(NLA_U16, 1023),
};

/* VSWITCH_CMD_DENY - do */
static const struct nla_policy vswitch_deny_nl_policy[VSWITCH_A_PORT_TO + 1] = {
	[VSWITCH_A_PORT_SWITCH] = { .type = NLA_U32, },
	[VSWITCH_A_PORT_NUMBER] = NLA_POLICY_MAX(NLA_U16, 1023),
	[VSWITCH_A_PORT_IFINDEX] = { .type = NLA_U32, },
	[VSWITCH_A_PORT_TO] = NLA_POLICY_MAX(NLA_U16, 1023),
};

/* VSWITCH_CMD_STATS_GET - do */
static const struct nla_policy vswitch_stats_get_do_nl_policy[VSWITCH_A_STATS_IFINDEX + 1] = {
	[VSWITCH_A_STATS_SWITCH] = { .type = NLA_U32, },
	[VSWITCH_A_STATS_NUMBER] = NLA_POLICY_MAX(NLA_U16, 1023),
	[VSWITCH_A_STATS_IFINDEX] = { .type = NLA_U32, },
};

/* VSWITCH_CMD_STATS_GET - dump */
static const struct nla_policy vswitch_stats_get_dump_nl_policy[VSWITCH_A_STATS_SWITCH + 1] = {
	[VSWITCH_A_STATS_SWITCH] = { .type = NLA_U32, },
};

/* Ops table for vswitch */
static const struct genl_split_ops vswitch_nl_ops[] = {
	{
		.cmd		= VSWITCH_CMD_SWITCH_GET,
		.doit		= vswitch_nl_switch_get_doit,
		.policy		= vswitch_switch_get_nl_policy,
		.maxattr	= VSWITCH_A_SWITCH_IFINDEX,
		.flags		= GENL_CMD_CAP_DO,
	},
	{
		.cmd		= VSWITCH_CMD_SWITCH_SET,
		.doit		= vswitch_nl_switch_set_doit,
		.policy		= vswitch_switch_set_nl_policy,
		.maxattr	= VSWITCH_A_SWITCH_HOLD,
		.flags		= GENL_CMD_CAP_DO,
	},
	{
		.cmd		= VSWITCH_CMD_PORT_GET,
		.doit		= vswitch_nl_port_get_doit,
		.policy		= vswitch_port_get_do_nl_policy,
		.maxattr	= VSWITCH_A_PORT_IFINDEX,
		.flags		= GENL_CMD_CAP_DO,
	},
	{
		.cmd		= VSWITCH_CMD_PORT_GET,
		.dumpit		= vswitch_nl_port_get_dumpit,
		.policy		= vswitch_port_get_dump_nl_policy,
		.maxattr	= VSWITCH_A_PORT_SWITCH,
		.flags		= GENL_CMD_CAP_DUMP,
	},
	{
		.cmd		= VSWITCH_CMD_PORT_SET,
		.doit		= vswitch_nl_port_set_doit,
		.policy		= vswitch_port_set_nl_policy,
		.maxattr	= VSWITCH_A_PORT_TENANT_ALLOW_NEW,
		.flags		= GENL_CMD_CAP_DO,
	},
	{
		.cmd		= VSWITCH_CMD_ALLOW,
		.doit		= vswitch_nl_allow_doit,
		.policy		= vswitch_allow_nl_policy,
		.maxattr	= VSWITCH_A_PORT_TO,
		.flags		= GENL_CMD_CAP_DO,
	},
	{
		.cmd		= VSWITCH_CMD_DENY,
		.doit		= vswitch_nl_deny_doit,
		.policy		= vswitch_deny_nl_policy,
		.maxattr	= VSWITCH_A_PORT_TO,
		.flags		= GENL_CMD_CAP_DO,
	},
	{
		.cmd		= VSWITCH_CMD_STATS_GET,
		.doit		= vswitch_nl_stats_get_doit,
		.policy		= vswitch_stats_get_do_nl_policy,
		.maxattr	= VSWITCH_A_STATS_IFINDEX,
		.flags		= GENL_CMD_CAP_DO,
	},
	{
		.cmd		= VSWITCH_CMD_STATS_GET,
		.dumpit		= vswitch_nl_stats_get_dumpit,
		.policy		= vswitch_stats_get_dump_nl_policy,
		.maxattr	= VSWITCH_A_STATS_SWITCH,
		.flags		= GENL_CMD_CAP_DUMP,
	},
};

static const struct genl_multicast_group vswitch_nl_mcgrps[] = {
	[VSWITCH_NLGRP_CONFIG] = { "config", },
	[VSWITCH_NLGRP_FDB] = { "fdb", },
};

struct genl_family vswitch_nl_family __ro_after_init = {
	.name		= VSWITCH_FAMILY_NAME,
	.version	= VSWITCH_FAMILY_VERSION,
	.netnsok	= true,
	.parallel_ops	= true,
	.module		= THIS_MODULE,
	.split_ops	= vswitch_nl_ops,
	.n_split_ops	= ARRAY_SIZE(vswitch_nl_ops),
	.mcgrps		= vswitch_nl_mcgrps,
	.n_mcgrps	= ARRAY_SIZE(vswitch_nl_mcgrps),
};

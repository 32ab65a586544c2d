// SPDX-License-Identifier: GPL-2.0
/*
 * The names of the reasons why frames are dropped.
 */
#include "reason.h"

/* Of counters. */
static const char *const vswitch_drop_names[VSWITCH_DROP_COUNT] = {
	[VSW_DROP_SOURCE]		= "source",
	[VSW_DROP_RESERVED]		= "reserved",
	[VSW_DROP_VLAN_TAGGED]		= "vlan_tagged",
	[VSW_DROP_VLAN_UNTAGGED]	= "vlan_untagged",
	[VSW_DROP_VLAN_INGRESS]		= "vlan_ingress",
	[VSW_DROP_VLAN_EGRESS]		= "vlan_egress",
	[VSW_DROP_VLAN_INNER]		= "vlan_inner",
	[VSW_DROP_LOCKED]		= "locked",
	[VSW_DROP_SAME_PORT]		= "same_port",
	[VSW_DROP_ALLOW]		= "allow",
	[VSW_DROP_ISOLATED]		= "isolated",
	[VSW_DROP_FLOOD]		= "flood",
	[VSWITCH_DROP_TRUNCATED]	= "truncated",
	[VSWITCH_DROP_POLICY]		= "policy",
	[VSWITCH_DROP_NO_PORT]		= "no_port",
	[VSWITCH_DROP_PORT_DOWN]	= "port_down",
	[VSWITCH_DROP_TOO_BIG]		= "too_big",
	[VSWITCH_DROP_QUEUE_FULL]	= "queue_full",
	[VSWITCH_DROP_NOMEM]		= "nomem",
};

/* As drop_monitor says them. */
static const char *const vswitch_drop_reasons[VSWITCH_DROP_COUNT] = {
	[VSW_DROP_SOURCE]		= "VSWITCH_DROP_SOURCE",
	[VSW_DROP_RESERVED]		= "VSWITCH_DROP_RESERVED",
	[VSW_DROP_VLAN_TAGGED]		= "VSWITCH_DROP_VLAN_TAGGED",
	[VSW_DROP_VLAN_UNTAGGED]	= "VSWITCH_DROP_VLAN_UNTAGGED",
	[VSW_DROP_VLAN_INGRESS]		= "VSWITCH_DROP_VLAN_INGRESS",
	[VSW_DROP_VLAN_EGRESS]		= "VSWITCH_DROP_VLAN_EGRESS",
	[VSW_DROP_VLAN_INNER]		= "VSWITCH_DROP_VLAN_INNER",
	[VSW_DROP_LOCKED]		= "VSWITCH_DROP_LOCKED",
	[VSW_DROP_SAME_PORT]		= "VSWITCH_DROP_SAME_PORT",
	[VSW_DROP_ALLOW]		= "VSWITCH_DROP_ALLOW",
	[VSW_DROP_ISOLATED]		= "VSWITCH_DROP_ISOLATED",
	[VSW_DROP_FLOOD]		= "VSWITCH_DROP_FLOOD",
	[VSWITCH_DROP_TRUNCATED]	= "VSWITCH_DROP_TRUNCATED",
	[VSWITCH_DROP_POLICY]		= "VSWITCH_DROP_POLICY",
	[VSWITCH_DROP_NO_PORT]		= "VSWITCH_DROP_NO_PORT",
	[VSWITCH_DROP_PORT_DOWN]	= "VSWITCH_DROP_PORT_DOWN",
	[VSWITCH_DROP_TOO_BIG]		= "VSWITCH_DROP_TOO_BIG",
	[VSWITCH_DROP_QUEUE_FULL]	= "VSWITCH_DROP_QUEUE_FULL",
	[VSWITCH_DROP_NOMEM]		= "VSWITCH_DROP_NOMEM",
};

static const struct drop_reason_list vswitch_drop_list = {
	.reasons = vswitch_drop_reasons,
	.n_reasons = ARRAY_SIZE(vswitch_drop_reasons),
};

/**
 * vswitch_drop_name() - the name of a reason, as a counter
 * @drop: of enum vsw_drop, but not VSW_DROP_NOT, or enum vswitch_drop
 *
 * Context: any.
 * Return: the name.
 */
const char *vswitch_drop_name(unsigned int drop)
{
	return vswitch_drop_names[drop];
}

/**
 * vswitch_drop_register() - make the reasons known by name
 *
 * For drop_monitor.  The tracepoint skb:kfree_skb has names for the reasons of
 * the stack only, and shows those of a subsystem as numbers; vswitch:vswitch_drop
 * says the names of ours.
 *
 * Context: process context.
 */
void vswitch_drop_register(void)
{
	drop_reasons_register_subsys(SKB_DROP_REASON_SUBSYS_VSWITCH,
				     &vswitch_drop_list);
}

/**
 * vswitch_drop_unregister() - undo vswitch_drop_register()
 *
 * Context: process context; waits for an RCU grace period.
 */
void vswitch_drop_unregister(void)
{
	drop_reasons_unregister_subsys(SKB_DROP_REASON_SUBSYS_VSWITCH);
}

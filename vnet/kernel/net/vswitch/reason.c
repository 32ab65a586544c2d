// SPDX-License-Identifier: GPL-2.0
/*
 * The names of the reasons why frames are dropped.
 */
#include "reason.h"

/* name: of counters.  upper: of drop reasons. */
#define VSWITCH_DROP_NAMES(N)					\
	N(VSW_DROP_SOURCE,		"source")		\
	N(VSW_DROP_RESERVED,		"reserved")		\
	N(VSW_DROP_VLAN_TAGGED,		"vlan_tagged")		\
	N(VSW_DROP_VLAN_UNTAGGED,	"vlan_untagged")	\
	N(VSW_DROP_VLAN_INGRESS,	"vlan_ingress")		\
	N(VSW_DROP_VLAN_EGRESS,		"vlan_egress")		\
	N(VSW_DROP_VLAN_INNER,		"vlan_inner")		\
	N(VSW_DROP_LOCKED,		"locked")		\
	N(VSW_DROP_SAME_PORT,		"same_port")		\
	N(VSW_DROP_ALLOW,		"allow")		\
	N(VSW_DROP_ISOLATED,		"isolated")		\
	N(VSW_DROP_FLOOD,		"flood")		\
	N(VSWITCH_DROP_TRUNCATED,	"truncated")		\
	N(VSWITCH_DROP_POLICY,		"policy")		\
	N(VSWITCH_DROP_NO_PORT,		"no_port")		\
	N(VSWITCH_DROP_PORT_DOWN,	"port_down")		\
	N(VSWITCH_DROP_TOO_BIG,		"too_big")		\
	N(VSWITCH_DROP_QUEUE_FULL,	"queue_full")		\
	N(VSWITCH_DROP_NOMEM,		"nomem")

static const char * const vswitch_drop_names[VSWITCH_DROP_COUNT] = {
#define VSWITCH_NAME(drop, name) [drop] = name,
	VSWITCH_DROP_NAMES(VSWITCH_NAME)
#undef VSWITCH_NAME
};

static const char * const vswitch_drop_reasons[VSWITCH_DROP_COUNT] = {
#define VSWITCH_REASON(drop, name) [drop] = "VSWITCH_" name,
	VSWITCH_DROP_NAMES(VSWITCH_REASON)
#undef VSWITCH_REASON
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
 * For the tracepoint skb:kfree_skb and for drop_monitor.
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

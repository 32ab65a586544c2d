// SPDX-License-Identifier: GPL-2.0
/*
 * Tracepoints, and what they need to be told.
 */
#include <linux/etherdevice.h>
#include <linux/if_vlan.h>

#include "trace.h"
#include "vswitch.h"

#define CREATE_TRACE_POINTS
#include <trace/events/vswitch.h>

/**
 * __vswitch_trace_fdb() - vswitch_trace_fdb(), when somebody wants to know
 * @sw: the switch
 * @event: what happened
 * @info: the entry
 * @from: the port that it was behind before
 *
 * Context: BHs off, the lock of the table held.
 */
void __vswitch_trace_fdb(const struct vswitch *sw, enum vsw_fdb_event event,
			 const struct vsw_fdb_info *info, u16 from)
{
	const struct vsw_port_core *core;
	const struct net_device *dev;

	rcu_read_lock();
	core = vsw_port_of(&sw->core, info->port);
	if (!core)
		goto out;
	dev = container_of(core, struct vswitch_port, core)->dev;
	if (event == VSW_FDB_MOVED)
		trace_vswitch_move(sw->local.dev, dev, info->port, from,
				   info->addr, info->vid);
	else
		trace_vswitch_learn(sw->local.dev, dev, info->port, info->addr,
				    info->vid);
out:
	rcu_read_unlock();
}

/**
 * __vswitch_trace_drop() - vswitch_trace_drop(), when somebody wants to know
 * @port: the port at which it is counted
 * @skb: the frame
 * @vid: its VLAN; VSW_VID_NONE if it has none, or none yet
 * @drop: why
 *
 * Context: any.
 */
void __vswitch_trace_drop(const struct vswitch_port *port,
			  const struct sk_buff *skb, u16 vid, unsigned int drop)
{
	u8 addrs[2 * ETH_ALEN] = {};
	const u8 *from = skb->data;

	/* What was on its way to a queue has its header behind it. */
	if (skb_mac_header_was_set(skb) && skb_mac_header(skb) < skb->data)
		from = skb_mac_header(skb);
	if (from + sizeof(addrs) <= skb_tail_pointer(skb))
		memcpy(addrs, from, sizeof(addrs));
	if (!vid && skb_vlan_tag_present(skb))
		vid = skb_vlan_tag_get_id(skb);

	trace_vswitch_drop(port->sw->local.dev, port->dev, port->core.fdb.no,
			   addrs, vid, vswitch_drop_name(drop));
}

/* SPDX-License-Identifier: GPL-2.0 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM vswitch

#if !defined(_TRACE_VSWITCH_H) || defined(TRACE_HEADER_MULTI_READ)
#define _TRACE_VSWITCH_H

#include <linux/if_ether.h>
#include <linux/netdevice.h>
#include <linux/tracepoint.h>

/*
 * Devices are named as in their own vnets, so that two ports may well have the
 * same name: a port is known by the switch and its number.
 */

TRACE_EVENT(vswitch_learn,

	TP_PROTO(const struct net_device *swdev, const struct net_device *dev,
		 u16 port, const u8 *addr, u16 vid),

	TP_ARGS(swdev, dev, port, addr, vid),

	TP_STRUCT__entry(
		__string(sw, swdev->name)
		__string(dev, dev->name)
		__array(u8, addr, ETH_ALEN)
		__field(u16, port)
		__field(u16, vid)
	),

	TP_fast_assign(
		__assign_str(sw);
		__assign_str(dev);
		memcpy(__entry->addr, addr, ETH_ALEN);
		__entry->port = port;
		__entry->vid = vid;
	),

	TP_printk("sw %s port %u dev %s addr %pM vid %u",
		  __get_str(sw), __entry->port, __get_str(dev), __entry->addr,
		  __entry->vid)
);

TRACE_EVENT(vswitch_move,

	TP_PROTO(const struct net_device *swdev, const struct net_device *dev,
		 u16 port, u16 from, const u8 *addr, u16 vid),

	TP_ARGS(swdev, dev, port, from, addr, vid),

	TP_STRUCT__entry(
		__string(sw, swdev->name)
		__string(dev, dev->name)
		__array(u8, addr, ETH_ALEN)
		__field(u16, port)
		__field(u16, from)
		__field(u16, vid)
	),

	TP_fast_assign(
		__assign_str(sw);
		__assign_str(dev);
		memcpy(__entry->addr, addr, ETH_ALEN);
		__entry->port = port;
		__entry->from = from;
		__entry->vid = vid;
	),

	TP_printk("sw %s port %u dev %s from port %u addr %pM vid %u",
		  __get_str(sw), __entry->port, __get_str(dev), __entry->from,
		  __entry->addr, __entry->vid)
);

/* @addrs: destination and source, twelve bytes. */
TRACE_EVENT(vswitch_drop,

	TP_PROTO(const struct net_device *swdev, const struct net_device *dev,
		 u16 port, const u8 *addrs, u16 vid, const char *reason),

	TP_ARGS(swdev, dev, port, addrs, vid, reason),

	TP_STRUCT__entry(
		__string(sw, swdev->name)
		__string(dev, dev->name)
		__string(reason, reason)
		__array(u8, dst, ETH_ALEN)
		__array(u8, src, ETH_ALEN)
		__field(u16, port)
		__field(u16, vid)
	),

	TP_fast_assign(
		__assign_str(sw);
		__assign_str(dev);
		__assign_str(reason);
		memcpy(__entry->dst, addrs, ETH_ALEN);
		memcpy(__entry->src, addrs + ETH_ALEN, ETH_ALEN);
		__entry->port = port;
		__entry->vid = vid;
	),

	TP_printk("sw %s port %u dev %s dst %pM src %pM vid %u reason %s",
		  __get_str(sw), __entry->port, __get_str(dev), __entry->dst,
		  __entry->src, __entry->vid, __get_str(reason))
);

#endif /* _TRACE_VSWITCH_H */

/* This part must be outside protection */
#include <trace/define_trace.h>

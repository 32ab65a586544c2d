/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the switch says to its tracepoints: nothing but a jump over, as long as
 * nobody listens.
 */
#ifndef __VSWITCH_TRACE_H
#define __VSWITCH_TRACE_H

#include <linux/tracepoint-defs.h>

#include "fdb.h"

struct sk_buff;
struct vswitch;
struct vswitch_port;

DECLARE_TRACEPOINT(vswitch_learn);
DECLARE_TRACEPOINT(vswitch_move);
DECLARE_TRACEPOINT(vswitch_drop);

void __vswitch_trace_fdb(const struct vswitch *sw, enum vsw_fdb_event event,
			 const struct vsw_fdb_info *info, u16 from);
void __vswitch_trace_drop(const struct vswitch_port *port,
			  const struct sk_buff *skb, u16 vid,
			  unsigned int drop);

/* An entry is new, or went to another port. */
static inline void vswitch_trace_fdb(const struct vswitch *sw,
				     enum vsw_fdb_event event,
				     const struct vsw_fdb_info *info, u16 from)
{
	if ((event == VSW_FDB_ADDED && tracepoint_enabled(vswitch_learn)) ||
	    (event == VSW_FDB_MOVED && tracepoint_enabled(vswitch_move)))
		__vswitch_trace_fdb(sw, event, info, from);
}

/* A frame is dropped. */
static inline void vswitch_trace_drop(const struct vswitch_port *port,
				      const struct sk_buff *skb, u16 vid,
				      unsigned int drop)
{
	if (tracepoint_enabled(vswitch_drop))
		__vswitch_trace_drop(port, skb, vid, drop);
}

#endif

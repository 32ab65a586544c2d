/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Why a vswitch drops a frame: the reasons of the core (drop.h) and those that
 * have to do with devices.  Their names in drop_monitor, in ethtool -S and in
 * tracepoints come from here.
 */
#ifndef __VSWITCH_REASON_H
#define __VSWITCH_REASON_H

#include <linux/skbuff.h>
#include <net/dropreason.h>

#include "drop.h"

/**
 * enum vswitch_drop - reasons beyond those of enum vsw_drop
 * @VSWITCH_DROP_TRUNCATED: the frame is shorter than an Ethernet header
 * @VSWITCH_DROP_POLICY: the policy of the switch says no
 * @VSWITCH_DROP_NO_PORT: of the ports that it would be flooded to none is left
 * @VSWITCH_DROP_PORT_DOWN: the port that it is for is down
 * @VSWITCH_DROP_TOO_BIG: it is longer than the port that it is for can take
 * @VSWITCH_DROP_QUEUE_FULL: the queue of the port that it is for is full
 * @VSWITCH_DROP_NOMEM: no memory for a copy, or to move a tag
 * @VSWITCH_DROP_COUNT: how many reasons there are, those of the core included
 */
enum vswitch_drop {
	VSWITCH_DROP_TRUNCATED = VSW_DROP_CORE,
	VSWITCH_DROP_POLICY,
	VSWITCH_DROP_NO_PORT,
	VSWITCH_DROP_PORT_DOWN,
	VSWITCH_DROP_TOO_BIG,
	VSWITCH_DROP_QUEUE_FULL,
	VSWITCH_DROP_NOMEM,
	VSWITCH_DROP_COUNT,
};

/* Of a reason of either kind; never of VSW_DROP_NOT. */
static inline enum skb_drop_reason vswitch_skb_reason(unsigned int drop)
{
	return (SKB_DROP_REASON_SUBSYS_VSWITCH <<
		SKB_DROP_REASON_SUBSYS_SHIFT) | drop;
}

const char *vswitch_drop_name(unsigned int drop);

void vswitch_drop_register(void);
void vswitch_drop_unregister(void);

#endif

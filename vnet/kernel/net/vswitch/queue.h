/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The queue of a port: frames that could not be delivered where they were sent.
 */
#ifndef __VSWITCH_QUEUE_H
#define __VSWITCH_QUEUE_H

#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <linux/spinlock.h>

#define VSWITCH_QUEUE_FRAMES		1024
#define VSWITCH_QUEUE_FRAMES_MIN	1
#define VSWITCH_QUEUE_FRAMES_MAX	65536
#define VSWITCH_QUEUE_BYTES		(8U << 20)

/**
 * struct vswitch_queue - frames on their way to one port
 * @lock: protects the members up to @frames; taken with BHs off
 * @open: whether frames may be added
 * @limit: how many frames it holds
 * @granted: how many it may hold at the most; RTNL
 * @bytes: memory of the frames in it
 * @frames: the frames, ready for the stack of the port's device
 * @napi: empties it
 *
 * It is bounded by frames, and by bytes because one frame can be 64 KiB or more.
 * A queue of its own for every port is what keeps a port that is flooded from
 * taking the place of others' frames, as it would in softnet_data's backlog.
 */
struct vswitch_queue {
	spinlock_t		lock;	/* @open to @frames */
	bool			open;
	u32			limit;
	u32			bytes;
	struct sk_buff_head	frames;
	struct napi_struct	napi;
	u32			granted;
};

void vswitch_queue_init(struct vswitch_queue *q, struct net_device *dev);
void vswitch_queue_open(struct vswitch_queue *q);
void vswitch_queue_close(struct vswitch_queue *q);
void vswitch_queue_set_limit(struct vswitch_queue *q, u32 limit);
bool vswitch_queue_add(struct vswitch_queue *q, struct sk_buff *skb);

#endif

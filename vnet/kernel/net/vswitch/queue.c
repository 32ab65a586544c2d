// SPDX-License-Identifier: GPL-2.0
/*
 * The queue of a port, and the NAPI instance that empties it.
 */
#include "queue.h"

/*
 * GRO takes headers and pages out of a frame as if nobody else had it.  The copies
 * of a flood share them, and so do a segment and the sender's TCP, which may have
 * to send it again: such a frame needs its own first.  Whether there is GRO is
 * asked once, so that it does not begin in between.
 */
static void vswitch_queue_deliver(struct napi_struct *napi,
				  struct sk_buff_head *batch)
{
	bool gro = !netif_elide_gro(napi->dev);
	struct sk_buff *skb;
	LIST_HEAD(list);

	while ((skb = __skb_dequeue(batch))) {
		if (!gro)
			list_add_tail(&skb->list, &list);
		else if (unlikely(skb_unclone(skb, GFP_ATOMIC)))
			netif_receive_skb(skb);
		else
			napi_gro_receive(napi, skb);
	}
	netif_receive_skb_list(&list);
}

static int vswitch_queue_poll(struct napi_struct *napi, int budget)
{
	struct vswitch_queue *q = container_of(napi, struct vswitch_queue, napi);
	struct sk_buff_head batch;
	struct sk_buff *skb;
	int done = 0;

	/* The lock is taken once for all frames of this poll, and not while
	 * the stack works on them: senders wait for it.
	 */
	__skb_queue_head_init(&batch);
	spin_lock(&q->lock);
	while (done < budget) {
		skb = __skb_dequeue(&q->frames);
		if (!skb)
			break;
		q->bytes -= skb->truesize;
		__skb_queue_tail(&batch, skb);
		done++;
	}
	spin_unlock(&q->lock);

	vswitch_queue_deliver(napi, &batch);

	if (done < budget)
		napi_complete_done(napi, done);
	return done;
}

/**
 * vswitch_queue_init() - make a queue, closed
 * @q: the queue
 * @dev: the device that frames are for; owns the NAPI instance from now on
 *
 * Context: RTNL.
 */
void vswitch_queue_init(struct vswitch_queue *q, struct net_device *dev)
{
	spin_lock_init(&q->lock);
	__skb_queue_head_init(&q->frames);
	q->limit = VSWITCH_QUEUE_FRAMES;
	q->granted = VSWITCH_QUEUE_FRAMES;
	netif_napi_add(dev, &q->napi, vswitch_queue_poll);
}

/**
 * vswitch_queue_open() - let frames in
 * @q: a closed queue
 *
 * Context: RTNL.
 */
void vswitch_queue_open(struct vswitch_queue *q)
{
	napi_enable(&q->napi);
	spin_lock_bh(&q->lock);
	q->open = true;
	spin_unlock_bh(&q->lock);
}

/**
 * vswitch_queue_close() - let no more frames in, and drop those that are in it
 * @q: an open queue
 *
 * Senders may still call vswitch_queue_add(), which refuses.
 *
 * Context: RTNL.  Sleeps until the poll function is done.
 */
void vswitch_queue_close(struct vswitch_queue *q)
{
	spin_lock_bh(&q->lock);
	q->open = false;
	spin_unlock_bh(&q->lock);
	napi_disable(&q->napi);

	/* Nobody is left who could use the list. */
	__skb_queue_purge_reason(&q->frames, SKB_DROP_REASON_DEV_READY);
	q->bytes = 0;
}

/**
 * vswitch_queue_set_limit() - change how many frames a queue holds
 * @q: the queue
 * @limit: frames; those that are in it above that stay
 *
 * Context: process context.
 */
void vswitch_queue_set_limit(struct vswitch_queue *q, u32 limit)
{
	spin_lock_bh(&q->lock);
	q->limit = limit;
	spin_unlock_bh(&q->lock);
}

/**
 * vswitch_queue_add() - queue a frame for the stack of the port's device
 * @q: the queue
 * @skb: the frame, as for netif_receive_skb()
 *
 * The frame is taken off its socket's account first: how soon the receiver gets
 * to it is nothing that the sender should have to wait for.
 *
 * Context: BHs off.
 * Return: false if there is no room; the frame is still the caller's.
 */
bool vswitch_queue_add(struct vswitch_queue *q, struct sk_buff *skb)
{
	bool added = false;

	skb_orphan(skb);

	spin_lock(&q->lock);
	if (likely(q->open && skb_queue_len(&q->frames) < q->limit &&
		   q->bytes < VSWITCH_QUEUE_BYTES)) {
		__skb_queue_tail(&q->frames, skb);
		q->bytes += skb->truesize;
		added = true;
	}
	spin_unlock(&q->lock);

	if (added)
		napi_schedule(&q->napi);
	return added;
}

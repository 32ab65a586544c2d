// SPDX-License-Identifier: GPL-2.0
/*
 * The way of a frame from one port to others.
 *
 * When a frame is delivered at once
 * ---------------------------------
 *
 * A queue between sender and receiver is what a frame through a virtual switch
 * costs most.  The receiver's stack could be called right from the sender's
 * transmit function, but not always: a sender may hold locks that the receiver's
 * stack takes, too.  TCP, for one, transmits with the spinlock of its socket
 * held when it answers a segment or when a timer has expired.  Two connected
 * sockets that do so on two CPUs, with direct delivery, wait for each other for
 * ever.  And each level of delivery needs a stack frame.
 *
 * vswitch_may_deliver() allows it in a task, when nothing has disabled bottom
 * halves but the one call that every transmission makes (dev_queue_xmit(), or
 * pktgen's and packet sockets' equivalent).  Then just before that call bottom
 * halves were enabled.  There a softirq could have come and run the receive path
 * of the stack, on this CPU, on top of this very task: so the task holds no lock
 * that the receive path takes, or it would be wrong without us.  And between
 * that call and this function no lock is taken that the receive path takes: the
 * device is LLTX, and a qdisc, should there be one, has dropped its lock.
 * Interrupts are to be enabled: netpoll is disabled on these devices, but a
 * device above may have it.
 *
 * All else is excluded by the same test: softirqs and what they call (timers,
 * receive path, net_tx_action()), everybody who holds a socket's spinlock or
 * another one that is taken with bottom halves disabled, and transmissions
 * within a transmission (a tunnel or a VLAN device above the port, or a frame
 * that is sent on by the stack it was delivered to).  Who transmits in there
 * without disabling bottom halves once more, as an XDP program's XDP_TX does,
 * finds that a frame is being delivered.  So there is one level of direct
 * delivery, never two, and a flood delivers to so many ports at most.  To look
 * at the lock of skb->sk would not do: a frame may have lost its socket on the
 * way here, and without CONFIG_SMP there is no lock to see.
 *
 * What may not be delivered is queued for the NAPI instance of the port that it
 * is for, and while that has something to do, everything is, so that no frame
 * overtakes another.
 *
 * A frame from an uplink comes in the receive path already.  It continues there
 * as one that was received by the device of the port.
 */
#include <linux/etherdevice.h>
#include <linux/if_vlan.h>
#include <linux/preempt.h>
#include <net/sock.h>

#include "decide.h"
#include "policy.h"
#include "trace.h"
#include "vswitch.h"

enum vswitch_how {
	VSWITCH_QUEUE,		/* by the queue of the port */
	VSWITCH_DIRECT,		/* by netif_receive_skb(), if the queue is empty */
	VSWITCH_ANOTHER,	/* the same, by the receive path that we are in */
};

/* Whether this processor is delivering a frame; with BHs off. */
static DEFINE_PER_CPU(bool, vswitch_delivers);

static bool vswitch_may_deliver(void)
{
	return likely(irq_count() == SOFTIRQ_DISABLE_OFFSET) &&
	       !__this_cpu_read(vswitch_delivers) && !irqs_disabled();
}

/* To how many ports one frame is delivered at once: to the rest by their queues,
 * so that bottom halves are not off for as long as a thousand receivers like.
 */
#define VSWITCH_FLOOD_DIRECT	16

/* @vid: the VLAN, for the tracepoint, or VSW_VID_NONE */
static noinline void vswitch_drop_vid(struct vswitch_port *port,
				      struct sk_buff *skb, unsigned int drop,
				      u16 vid)
{
	vswitch_stats_drop(port->stats, drop);
	vswitch_trace_drop(port, skb, vid, drop);
	kfree_skb_reason(skb, vswitch_skb_reason(drop));
}

static void vswitch_drop(struct vswitch_port *port, struct sk_buff *skb,
			 unsigned int drop)
{
	vswitch_drop_vid(port, skb, drop, VSW_VID_NONE);
}

/* Frames that are to be cut up later are as long as they like to be. */
static bool vswitch_fits(const struct net_device *dev,
			 const struct sk_buff *skb)
{
	return skb->len <= READ_ONCE(dev->mtu) + ETH_HLEN + VLAN_HLEN ||
	       skb_is_gso(skb);
}

static void vswitch_set_tag(struct sk_buff *skb, enum vsw_copy copy, u16 tci)
{
	switch (copy) {
	case VSW_COPY_UNTAGGED:
		__vlan_hwaccel_clear_tag(skb);
		break;
	case VSW_COPY_TAGGED:
		__vlan_hwaccel_put_tag(skb, htons(ETH_P_8021Q), tci);
		break;
	default:
		break;
	}
}

static noinline void vswitch_send_uplink(struct vswitch_port *out,
					 struct vswitch_port *in,
					 struct sk_buff *skb)
{
	unsigned int len = skb->len;
	int depth;

	skb->dev = out->dev;
	skb_forward_csum(skb);
	/* When it was received is not when it is to be sent. */
	if (in->kind == VSWITCH_PORT_KIND_UPLINK)
		skb_clear_tstamp(skb);
	if (skb->ip_summed == CHECKSUM_PARTIAL && eth_type_vlan(skb->protocol)) {
		if (!vlan_get_protocol_and_depth(skb, skb->protocol, &depth)) {
			vswitch_drop(out, skb, VSWITCH_DROP_TRUNCATED);
			return;
		}
		skb_set_network_header(skb, depth);
	}

	vswitch_stats_out(out->stats, len);
	dev_queue_xmit(skb);
}

/*
 * Send a frame, whose data starts with its Ethernet header, to a port.  Returns
 * the frame if it is to go on in the receive path: never but for
 * VSWITCH_ANOTHER.
 */
static __always_inline struct sk_buff *
vswitch_send(struct vswitch_port *out, struct vswitch_port *in,
	     struct sk_buff *skb, enum vsw_copy copy, u16 tci,
	     enum vswitch_how how)
{
	struct net_device *dev = out->dev;
	unsigned int len = skb->len;
	u16 vid = tci & VLAN_VID_MASK;

	if (unlikely(!READ_ONCE(out->up))) {
		vswitch_drop_vid(in, skb, VSWITCH_DROP_PORT_DOWN, vid);
		return NULL;
	}
	if (unlikely(!vswitch_fits(dev, skb))) {
		vswitch_drop_vid(out, skb, VSWITCH_DROP_TOO_BIG, vid);
		return NULL;
	}
	/* Memory of the sender's that it must not be kept from. */
	if (unlikely(skb_orphan_frags(skb, GFP_ATOMIC))) {
		vswitch_drop_vid(in, skb, VSWITCH_DROP_NOMEM, vid);
		return NULL;
	}

	vswitch_set_tag(skb, copy, tci);
	skb_scrub_packet(skb, !net_eq(dev_net(in->dev), dev_net(dev)));
	skb->priority = 0;

	if (out->kind == VSWITCH_PORT_KIND_UPLINK) {
		vswitch_send_uplink(out, in, skb);
		return NULL;
	}

	skb->protocol = eth_type_trans(skb, dev);

	if (how != VSWITCH_QUEUE &&
	    likely(!napi_is_scheduled(&out->queue.napi))) {
		vswitch_stats_out(out->stats, len);
		if (how == VSWITCH_ANOTHER)
			return skb;
		__this_cpu_write(vswitch_delivers, true);
		netif_receive_skb(skb);
		__this_cpu_write(vswitch_delivers, false);
		return NULL;
	}

	if (likely(vswitch_queue_add(&out->queue, skb))) {
		vswitch_stats_out(out->stats, len);
		vswitch_stats_count(out->stats, VSWITCH_COUNT_QUEUED);
	} else {
		vswitch_drop_vid(out, skb, VSWITCH_DROP_QUEUE_FULL, vid);
	}
	return NULL;
}

/*
 * A copy for each port but the last one, which gets the frame itself.  From an
 * uplink all copies are queued: they are no continuation of a receive path, and
 * one within another would take as many levels as there are switches.
 */
static noinline void vswitch_flood(struct vswitch_port *in,
				   struct sk_buff *skb,
				   const struct vsw_decision *d,
				   enum vswitch_how how)
{
	enum vsw_copy copy, last_copy = VSW_COPY_NO;
	struct vswitch_port *out, *last = NULL;
	unsigned int sent = 0;
	struct sk_buff *clone;
	enum vsw_drop why;
	bool denied = false;

	if (how == VSWITCH_ANOTHER)
		how = VSWITCH_QUEUE;
	vswitch_stats_count(in->stats, VSWITCH_COUNT_FLOOD);

	list_for_each_entry_rcu(out, &in->sw->up, up_list) {
		copy = vsw_flood_copy(d, &out->core, &why);
		if (copy == VSW_COPY_NO)
			continue;
		if (!vswitch_policy_allows(in, out, skb, d->vid, true)) {
			vswitch_stats_drop(in->stats, VSWITCH_DROP_POLICY);
			denied = true;
			continue;
		}
		if (last) {
			clone = skb_clone(skb, GFP_ATOMIC);
			if (likely(clone))
				vswitch_send(last, in, clone, last_copy, d->tci,
					     how);
			else
				vswitch_stats_drop(in->stats,
						   VSWITCH_DROP_NOMEM);
			if (++sent == VSWITCH_FLOOD_DIRECT)
				how = VSWITCH_QUEUE;
		}
		last = out;
		last_copy = copy;
	}

	if (last)
		vswitch_send(last, in, skb, last_copy, d->tci, how);
	else if (denied)
		kfree_skb_reason(skb, vswitch_skb_reason(VSWITCH_DROP_POLICY));
	else
		vswitch_drop_vid(in, skb, VSWITCH_DROP_NO_PORT, d->vid);
}

/*
 * For a switch that knows VLANs: have a tag in the skb's field for it, whether
 * it came there or in the frame, and say which.  A tag of 802.1ad is payload.
 *
 * Returns the frame, which may be another one now, or NULL: it is freed.
 */
static noinline struct sk_buff *
vswitch_parse_tag(struct vswitch_port *in, struct sk_buff *skb,
		  struct vsw_frame *frame)
{
	if (unlikely(skb_vlan_tag_present(skb) &&
		     skb->vlan_proto != htons(ETH_P_8021Q))) {
		skb = vlan_insert_tag_set_proto(skb, skb->vlan_proto,
						skb_vlan_tag_get(skb));
		if (!skb)
			goto nomem;
		__vlan_hwaccel_clear_tag(skb);
		/* A checksum of all that follows the Ethernet header. */
		skb_postpush_rcsum(skb, skb->data + ETH_HLEN, VLAN_HLEN);
	} else if (!skb_vlan_tag_present(skb) &&
		   ((struct ethhdr *)skb->data)->h_proto == htons(ETH_P_8021Q)) {
		skb_reset_mac_header(skb);
		__skb_pull(skb, ETH_HLEN);
		skb->protocol = htons(ETH_P_8021Q);
		skb = skb_vlan_untag(skb);
		if (unlikely(!skb))
			goto nomem;
		__skb_push(skb, ETH_HLEN);
	}

	frame->addr = skb->data;
	if (!skb_vlan_tag_present(skb)) {
		frame->tags = VSW_TAGS_NONE;
		return skb;
	}
	frame->tci = skb_vlan_tag_get(skb);
	frame->tags = ((struct ethhdr *)skb->data)->h_proto ==
		      htons(ETH_P_8021Q) ? VSW_TAGS_MORE : VSW_TAGS_ONE;
	return skb;

nomem:
	vswitch_stats_drop(in->stats, VSWITCH_DROP_NOMEM);
	return NULL;
}

/* As vswitch_send(), for a frame that has just come in. */
static __always_inline struct sk_buff *
vswitch_forward(struct vswitch_port *in, struct sk_buff *skb,
		enum vswitch_how how)
{
	struct vsw_frame frame = { .addr = skb->data };
	struct vsw_core *core = &in->sw->core;
	/* vsw_decide() sets what is asked for; to clear it first takes longer. */
	struct vsw_decision d __uninitialized;
	enum vsw_verdict verdict;

	if (READ_ONCE(core->flags) & VSW_CORE_VLAN) {
		skb = vswitch_parse_tag(in, skb, &frame);
		if (unlikely(!skb))
			return NULL;
	}

	verdict = vsw_decide(core, &in->core, &frame, jiffies, &d);
	if (unlikely(d.learn > VSW_LEARN_OFF))
		vswitch_stats_learn(in->stats, d.learn);

	switch (verdict) {
	case VSW_UNICAST:
		if (!vswitch_policy_allows(in, vswitch_port_of(d.out), skb,
					   d.vid, false)) {
			vswitch_drop(in, skb, VSWITCH_DROP_POLICY);
			return NULL;
		}
		return vswitch_send(vswitch_port_of(d.out), in, skb, d.copy,
				    d.tci, how);
	case VSW_FLOOD:
		vswitch_flood(in, skb, &d, how);
		return NULL;
	default:
		vswitch_drop_vid(in, skb, d.drop, d.vid);
		return NULL;
	}
}

/**
 * vswitch_xmit() - ndo_start_xmit: a frame comes in by a port or the switch device
 * @skb: the frame
 * @dev: the device
 *
 * Context: BHs off.
 * Return: NETDEV_TX_OK; what cannot be sent is dropped.
 */
netdev_tx_t vswitch_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct vswitch_port *in = netdev_priv(dev);

	rcu_read_lock();
	if (unlikely(!pskb_may_pull(skb, ETH_HLEN))) {
		vswitch_drop(in, skb, VSWITCH_DROP_TRUNCATED);
		goto out;
	}

	skb_tx_timestamp(skb);
	skb_forward_csum(skb);
	vswitch_stats_in(in->stats, skb->len);
	vswitch_forward(in, skb, vswitch_may_deliver() ? VSWITCH_DIRECT :
							 VSWITCH_QUEUE);
out:
	rcu_read_unlock();
	return NETDEV_TX_OK;
}

/*
 * In a loop a frame goes round for ever, and its socket would keep its namespace for
 * as long.  If that has the loop, neither would ever go.  The frames of others
 * stay on their sockets' accounts: TCP goes by when the last device has sent them.
 */
static void vswitch_let_go(struct sk_buff *skb)
{
	if (skb->sk && net_eq(sock_net(skb->sk), dev_net(skb->dev)))
		skb_orphan(skb);
}

/**
 * vswitch_rx() - rx_handler of an uplink: a frame comes in by it
 * @pskb: the frame
 *
 * Context: RCU, BHs off.
 * Return: as an rx_handler.
 */
rx_handler_result_t vswitch_rx(struct sk_buff **pskb)
{
	struct sk_buff *skb = *pskb;
	struct vswitch_port *in = rcu_dereference(skb->dev->rx_handler_data);

	if (unlikely(skb->pkt_type == PACKET_LOOPBACK))
		return RX_HANDLER_PASS;
	/* What is between two neighbours on a wire is not for a third one, but
	 * may be for us: LLDP, 802.1X, ...
	 */
	if (unlikely(is_link_local_ether_addr(eth_hdr(skb)->h_dest)))
		return RX_HANDLER_PASS;

	skb = skb_share_check(skb, GFP_ATOMIC);
	if (unlikely(!skb)) {
		vswitch_stats_drop(in->stats, VSWITCH_DROP_NOMEM);
		return RX_HANDLER_CONSUMED;
	}
	vswitch_let_go(skb);

	__skb_push(skb, ETH_HLEN);
	vswitch_stats_in(in->stats, skb->len);
	skb = vswitch_forward(in, skb, VSWITCH_ANOTHER);
	if (!skb)
		return RX_HANDLER_CONSUMED;
	*pskb = skb;
	return RX_HANDLER_ANOTHER;
}

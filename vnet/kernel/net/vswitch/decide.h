/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The decision where a frame goes, to be compiled into who asks for every frame:
 * a call and the way of its results through memory cost as much as the decision.
 * Who asks less often calls vsw_forward().
 */
#ifndef _VSWITCH_DECIDE_H
#define _VSWITCH_DECIDE_H

#include "forward.h"

/*
 * 01:80:C2:00:00:00 to 01:80:C2:00:00:0F, as vsw_key() has it: what is sent to
 * the nearest bridge, and must not go beyond it (IEEE 802.1D-2004, 7.12.6).
 */
#define VSW_RESERVED		0xc28001ULL
#define VSW_RESERVED_MASK	0xf0ffffffffffULL

static inline enum vsw_verdict vsw_drop(struct vsw_decision *d,
					enum vsw_drop why)
{
	d->drop = why;
	d->verdict = VSW_DROP;
	return VSW_DROP;
}

/* Whether @key is where a locked port may have it. */
static inline bool vsw_known_at(const struct vsw_core *core,
				const struct vsw_port_core *port, u64 key,
				unsigned long now)
{
	const struct vsw_fdb_entry *e = vsw_fdb_lookup(&core->fdb, key, now);

	return e && READ_ONCE(e->port) == port->fdb.no;
}

static inline enum vsw_verdict vsw_flood(struct vsw_decision *d, u32 need)
{
	d->need = need;
	d->verdict = VSW_FLOOD;
	return VSW_FLOOD;
}

/**
 * vsw_decide() - decide where a frame goes
 * @core: the switch
 * @in: the port that the frame came in by; the local port for one that the
 *	switch's owner sends
 * @frame: the frame
 * @now: the time in ticks
 * @d: where the decision goes
 *
 * Context: RCU, BHs off.  Takes no lock, but for a trylock to learn.
 * Return: d->verdict.
 */
static __always_inline enum vsw_verdict
vsw_decide(struct vsw_core *core, struct vsw_port_core *in,
	   const struct vsw_frame *frame, unsigned long now,
	   struct vsw_decision *d)
{
	u64 dst = vsw_key(frame->addr, VSW_VID_NONE);
	u64 src = vsw_key(frame->addr + ETH_ALEN, VSW_VID_NONE);
	struct vsw_port_core *out = NULL;
	const struct vsw_fdb_entry *e;
	enum vsw_drop why;
	u32 flags;

	d->in = in;
	d->drop = VSW_DROP_NOT;
	d->learn = VSW_LEARN_OFF;
	d->vid = VSW_VID_NONE;
	d->tci = 0;
	d->tags = frame->tags;
	d->vlan = frame->tags != VSW_TAGS_UNKNOWN;

	if (unlikely(!vsw_key_unicast(src)))
		return vsw_drop(d, VSW_DROP_SOURCE);
	if (unlikely((dst & VSW_RESERVED_MASK) == VSW_RESERVED))
		return vsw_drop(d, VSW_DROP_RESERVED);

	if (d->vlan) {
		why = vsw_vlan_ingress(&in->vlan, frame->tags, frame->tci,
				       &d->vid);
		if (why)
			return vsw_drop(d, why);
		if (frame->tags != VSW_TAGS_NONE)
			d->tci = frame->tci & VSW_TCI_PRIO;
		d->tci |= d->vid;
		src |= (u64)d->vid << VSW_KEY_VID_SHIFT;
	}

	flags = READ_ONCE(in->flags);
	if (unlikely(flags & VSW_PORT_LOCKED) &&
	    !vsw_known_at(core, in, src, now))
		return vsw_drop(d, VSW_DROP_LOCKED);
	if (likely(flags & VSW_PORT_LEARNING))
		d->learn = vsw_fdb_learn(&core->fdb, &in->fdb, src, now);

	d->allow = rcu_dereference(in->allow);
	if (unlikely(dst & VSW_KEY_GROUP))
		return vsw_flood(d, dst == VSW_KEY_ADDR_MASK ?
				    VSW_PORT_BCAST_FLOOD :
				    VSW_PORT_MCAST_FLOOD);

	dst |= (u64)d->vid << VSW_KEY_VID_SHIFT;
	e = vsw_fdb_lookup(&core->fdb, dst, now);
	if (likely(e))
		out = vsw_port_of(core, READ_ONCE(e->port));
	/* An entry without a port is one of a port that is leaving. */
	if (unlikely(!out))
		return vsw_flood(d, VSW_PORT_FLOOD);

	d->copy = vsw_copy_to(d, out, &why);
	if (unlikely(d->copy == VSW_COPY_NO))
		return vsw_drop(d, why);
	d->out = out;
	d->verdict = VSW_UNICAST;
	return VSW_UNICAST;
}

#endif /* _VSWITCH_DECIDE_H */

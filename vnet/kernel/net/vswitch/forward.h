/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where a frame goes: the decision, from the port that it came in by and the
 * first bytes of its header.
 *
 * The owner of a switch embeds a struct vsw_core in what it keeps for a switch
 * and a struct vsw_port_core in what it keeps for a port.  For a frame:
 *
 *	rcu_read_lock(), BHs off
 *	switch (vsw_forward(core, in, &frame, now, &d)) {
 *	case VSW_UNICAST:	send to d.out as d.copy says
 *	case VSW_FLOOD:		for each port p:
 *					copy = vsw_flood_copy(&d, p, &why);
 *					if (copy != VSW_COPY_NO)
 *						send a copy to p as copy says
 *	case VSW_DROP:		count d.drop
 *	}
 *
 * A frame costs the cache line of the switch, one of each port, one or two of
 * the table for each address, and one of the allow-list if there is one.
 */
#ifndef _VSWITCH_FORWARD_H
#define _VSWITCH_FORWARD_H

#include "allow.h"
#include "drop.h"
#include "fdb.h"
#include "vlan.h"

/* Flags of a port, as those of a port of the Linux bridge. */
#define VSW_PORT_LEARNING	BIT(0)	/* sources of its frames are learned */
#define VSW_PORT_FLOOD		BIT(1)	/* unknown unicast floods to it */
#define VSW_PORT_MCAST_FLOOD	BIT(2)	/* multicast floods to it */
#define VSW_PORT_BCAST_FLOOD	BIT(3)	/* broadcast floods to it */
#define VSW_PORT_ISOLATED	BIT(4)	/* no frames to other isolated ports */
#define VSW_PORT_LOCKED		BIT(5)	/* only from sources in the table */

#define VSW_PORT_FLAGS_DEFAULT	(VSW_PORT_LEARNING | VSW_PORT_FLOOD | \
				 VSW_PORT_MCAST_FLOOD | VSW_PORT_BCAST_FLOOD)
#define VSW_PORT_FLAGS_ALL	(VSW_PORT_FLAGS_DEFAULT | VSW_PORT_ISOLATED | \
				 VSW_PORT_LOCKED)

#define VSW_DEFAULT_VID		1	/* of a new port, as an access port */

/* Flags of a switch. */
#define VSW_CORE_VLAN		BIT(0)	/* it knows VLANs */
#define VSW_CORE_DEFAULT_DENY	BIT(1)	/* new ports may send to none */

/**
 * struct vsw_port_core - what the core keeps for a port
 * @fdb: its number, and its entries in the table
 * @flags: VSW_PORT_LEARNING, ...; vsw_port_set_flags()
 * @vlan: its VLANs; change by vsw_port_set_access() and vsw_port_set_trunk()
 * @allow: its allow-list, the slot for the functions of allow.h
 *
 * What a frame needs is in one cache line if the owner aligns this to one.  The
 * line is written when an address is learned, which is rare.
 */
struct vsw_port_core {
	struct vsw_fdb_port	fdb;
	u32			flags;
	struct vsw_vlan		vlan;
	struct vsw_allow __rcu	*allow;
};

/**
 * struct vsw_core - what the core keeps for a switch
 * @flags: VSW_CORE_VLAN, ...
 * @fdb: its table and its ports
 */
struct vsw_core {
	unsigned long	flags;
	struct vsw_fdb	fdb;
} ____cacheline_aligned;

/**
 * struct vsw_frame - what a decision needs of a frame
 * @addr: destination and source address: the first 12 bytes
 * @tags: the tags that follow; VSW_TAGS_UNKNOWN if core->flags did not say
 *	  VSW_CORE_VLAN when the caller looked
 * @tci: the first tag, in host byte order, if there is one
 *
 * It is one tag whether the device has taken it off the frame or not.
 *
 * By @tags the frame says whether it is one of a switch that knows VLANs.  The
 * decision does not look at core->flags again, which may have changed: a frame
 * whose tags nobody looked for must not be taken for one without tags.
 */
struct vsw_frame {
	const u8	*addr;
	enum vsw_tags	tags;
	u16		tci;
};

/**
 * enum vsw_verdict - what is to be done with a frame
 * @VSW_DROP: drop it
 * @VSW_UNICAST: send it to one port
 * @VSW_FLOOD: send a copy to each port that vsw_flood_copy() agrees to
 */
enum vsw_verdict {
	VSW_DROP,
	VSW_UNICAST,
	VSW_FLOOD,
};

/**
 * struct vsw_decision - where a frame goes
 * @verdict: as vsw_forward() returns it
 * @drop: why, for VSW_DROP
 * @learn: what became of its source; VSW_LEARN_OFF if it did not come so far
 * @copy: how it leaves @out, for VSW_UNICAST
 * @tci: the tag it has if it leaves tagged, in host byte order
 * @vid: its VLAN, or VSW_VID_NONE
 * @in: the port that it came in by
 * @out: the port that it leaves by, for VSW_UNICAST
 * @allow: the allow-list that the copies of a flood go by
 * @tags: the tags that it came with
 * @need: the flag that a port must have for this kind of flood
 * @vlan: whether the frame is one of a switch that knows VLANs
 *
 * Good until the end of the RCU section.
 */
struct vsw_decision {
	enum vsw_verdict		verdict;
	enum vsw_drop			drop;
	enum vsw_learn			learn;
	enum vsw_copy			copy;
	u16				tci;
	u16				vid;
	struct vsw_port_core		*in;
	struct vsw_port_core		*out;
	const struct vsw_allow		*allow;
	enum vsw_tags			tags;
	u32				need;
	bool				vlan;
};

int vsw_core_init(struct vsw_core *core, unsigned long flags,
		  const struct vsw_fdb_params *params,
		  const struct vsw_fdb_client *client);
void vsw_core_destroy(struct vsw_core *core);
void vsw_core_set_vlan(struct vsw_core *core, bool vlan);

int vsw_port_join(struct vsw_core *core, struct vsw_port_core *port, u16 no);
void vsw_port_leave(struct vsw_core *core, struct vsw_port_core *port);
void vsw_port_free(struct vsw_port_core *port);
void vsw_port_set_flags(struct vsw_port_core *port, u32 flags, u32 mask);
int vsw_port_set_access(struct vsw_core *core, struct vsw_port_core *port,
			u16 vid);
int vsw_port_set_trunk(struct vsw_core *core, struct vsw_port_core *port,
		       u16 native, const unsigned long *vids);
void vsw_port_put_trunk(struct vsw_core *core, struct vsw_port_core *port,
			struct vsw_trunk *trunk);

enum vsw_verdict vsw_forward(struct vsw_core *core, struct vsw_port_core *in,
			     const struct vsw_frame *frame, unsigned long now,
			     struct vsw_decision *d);

const char *vsw_drop_name(enum vsw_drop drop);
const char *vsw_learn_name(enum vsw_learn learn);

/**
 * vsw_port_of() - the port of a number
 * @core: the switch
 * @no: the number
 *
 * Context: RCU.
 * Return: the port, good until the end of the RCU section, or NULL.
 */
static inline struct vsw_port_core *vsw_port_of(const struct vsw_core *core,
						u16 no)
{
	struct vsw_fdb_port *port = vsw_fdb_port(&core->fdb, no);

	return port ? container_of(port, struct vsw_port_core, fdb) : NULL;
}

/**
 * vsw_copy_to() - whether and how a frame may go to a port
 * @d: the decision, as far as it is
 * @out: the port
 * @why: where the reason goes if it may not
 *
 * The rules that are the same for a frame to one port and for each copy of a
 * flood.
 *
 * Context: RCU.  Takes no lock.
 * Return: how it leaves, VSW_COPY_NO if it may not.
 */
static __always_inline enum vsw_copy
vsw_copy_to(const struct vsw_decision *d, const struct vsw_port_core *out,
	    enum vsw_drop *why)
{
	if (unlikely(out == d->in)) {
		*why = VSW_DROP_SAME_PORT;
		return VSW_COPY_NO;
	}
	if (unlikely(!vsw_allowed(d->allow, out->fdb.no))) {
		*why = VSW_DROP_ALLOW;
		return VSW_COPY_NO;
	}
	if (unlikely(READ_ONCE(out->flags) & READ_ONCE(d->in->flags) &
		     VSW_PORT_ISOLATED)) {
		*why = VSW_DROP_ISOLATED;
		return VSW_COPY_NO;
	}
	if (!d->vlan)
		return VSW_COPY_AS_IS;
	return vsw_vlan_egress(&out->vlan, d->vid, d->tags, why);
}

/**
 * vsw_flood_copy() - whether and how a copy of a flooded frame goes to a port
 * @d: the decision, VSW_FLOOD
 * @out: the port
 * @why: where the reason goes if it does not
 *
 * Context: RCU, the same section as the decision.  Takes no lock.
 * Return: how it leaves, VSW_COPY_NO if there is no copy for this port.
 */
static inline enum vsw_copy vsw_flood_copy(const struct vsw_decision *d,
					   const struct vsw_port_core *out,
					   enum vsw_drop *why)
{
	if (!(READ_ONCE(out->flags) & d->need)) {
		*why = VSW_DROP_FLOOD;
		return VSW_COPY_NO;
	}
	return vsw_copy_to(d, out, why);
}

#endif /* _VSWITCH_FORWARD_H */

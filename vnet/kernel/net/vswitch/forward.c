// SPDX-License-Identifier: GPL-2.0
/*
 * The decision where a frame goes, and the ports that it is made for.
 */
#include "decide.h"
#include "forward.h"

/**
 * vsw_forward() - decide where a frame goes
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
enum vsw_verdict vsw_forward(struct vsw_core *core, struct vsw_port_core *in,
			     const struct vsw_frame *frame, unsigned long now,
			     struct vsw_decision *d)
{
	return vsw_decide(core, in, frame, now, d);
}

/**
 * vsw_core_init() - make the core of a switch
 * @core: the core; its memory is all zeroes
 * @flags: VSW_CORE_VLAN, ...
 * @params: what the table is made with
 * @client: who wants to know of the table, or NULL
 *
 * Context: process.  May sleep.
 * Return: 0, or as vsw_fdb_init().
 */
int vsw_core_init(struct vsw_core *core, unsigned long flags,
		  const struct vsw_fdb_params *params,
		  const struct vsw_fdb_client *client)
{
	core->flags = flags;
	return vsw_fdb_init(&core->fdb, params, client);
}

/**
 * vsw_core_destroy() - free the core of a switch
 * @core: the core, which all ports have left
 *
 * As for vsw_fdb_destroy(), there must be no readers and no housekeeping.
 *
 * Context: process.  May sleep.
 */
void vsw_core_destroy(struct vsw_core *core)
{
	vsw_fdb_destroy(&core->fdb);
}

/**
 * vsw_core_set_vlan() - let a switch know VLANs, or not
 * @core: the switch
 * @vlan: whether it does
 *
 * What it learned goes.  An entry that a frame under way still learns in the
 * other way is of no use to anybody, and ages.
 *
 * Context: process.  The caller serialises changes.  May sleep.
 */
void vsw_core_set_vlan(struct vsw_core *core, bool vlan)
{
	struct vsw_fdb_filter filter = {
		.port = -1, .vid = -1, .mask = VSW_FDB_STATIC,
	};
	unsigned long flags = core->flags & ~VSW_CORE_VLAN;

	if (vlan)
		flags |= VSW_CORE_VLAN;
	if (flags == core->flags)
		return;
	WRITE_ONCE(core->flags, flags);
	vsw_fdb_flush(&core->fdb, &filter);
}

/**
 * vsw_port_join() - add a port to a switch
 * @core: the switch
 * @port: the port; its memory is all zeroes
 * @no: its number; VSW_PORT_LOCAL for the local port
 *
 * It starts with VSW_PORT_FLAGS_DEFAULT, as an access port of VLAN 1, and with
 * an allow-list as the switch's VSW_CORE_DEFAULT_DENY says.  As soon as this
 * returns, frames are sent to it.
 *
 * Context: process.  The caller serialises changes.  May sleep.
 * Return: 0, -ERANGE if there is no such number, -EBUSY if another port has it,
 *	   -ENOMEM.
 */
int vsw_port_join(struct vsw_core *core, struct vsw_port_core *port, u16 no)
{
	int err;

	port->flags = VSW_PORT_FLAGS_DEFAULT;
	vsw_vlan_set_access(&port->vlan, VSW_DEFAULT_VID);
	if (core->flags & VSW_CORE_DEFAULT_DENY) {
		DECLARE_BITMAP(none, VSW_MAX_PORTS);

		bitmap_zero(none, VSW_MAX_PORTS);
		err = vsw_allow_replace(&port->allow, VSW_ALLOW_OWNER, none,
					false);
		if (err)
			return err;
	}
	err = vsw_fdb_port_join(&core->fdb, &port->fdb, no);
	if (err)
		vsw_port_free(port);
	return err;
}

/**
 * vsw_port_leave() - remove a port from a switch
 * @core: the switch
 * @port: the port
 *
 * Its entries go, and what other ports' allow-lists say about it.  After a grace
 * period, when no frame can come in by it any more, the caller frees it with
 * vsw_port_free().
 *
 * Context: process.  The caller serialises changes.  May sleep.
 */
void vsw_port_leave(struct vsw_core *core, struct vsw_port_core *port)
{
	struct vsw_fdb_port *other;
	u16 no = port->fdb.no;
	unsigned int i;

	vsw_fdb_port_leave(&core->fdb, &port->fdb);
	for (i = 0; i < core->fdb.max_ports; i++) {
		other = rcu_dereference_protected(core->fdb.ports[i], 1);
		if (other)
			vsw_allow_forget(&container_of(other,
						       struct vsw_port_core,
						       fdb)->allow, no);
	}
}

/**
 * vsw_port_free() - free what a port has
 * @port: the port, which has left, or never joined; not freed itself
 *
 * Context: any.
 */
void vsw_port_free(struct vsw_port_core *port)
{
	vsw_allow_destroy(&port->allow);
	vsw_vlan_destroy(&port->vlan);
}

/**
 * vsw_port_set_flags() - change flags of a port
 * @port: the port
 * @flags: VSW_PORT_LEARNING, ...
 * @mask: which of them to change
 *
 * Context: any.  The caller serialises changes.
 */
void vsw_port_set_flags(struct vsw_port_core *port, u32 flags, u32 mask)
{
	WRITE_ONCE(port->flags, (port->flags & ~mask) | (flags & mask));
}

/*
 * Frames to what was learned in VLANs that a port is no longer in would go
 * nowhere, until the entries age.
 */
static void vsw_port_flush_vlans(struct vsw_core *core,
				 struct vsw_port_core *port)
{
	DECLARE_BITMAP(vids, VSW_VLANS);
	struct vsw_fdb_filter filter = {
		.port = port->fdb.no, .vid = -1, .mask = VSW_FDB_STATIC,
		.keep = vids,
	};
	u16 access, native;

	if (!(core->flags & VSW_CORE_VLAN))
		return;
	vsw_vlan_get(&port->vlan, &access, &native, vids);
	vsw_fdb_flush(&core->fdb, &filter);
}

/**
 * vsw_port_set_access() - make a port an access port
 * @core: its switch
 * @port: the port
 * @vid: its VLAN
 *
 * What it learned in other VLANs goes.
 *
 * Context: process.  The caller serialises changes.  May sleep.
 * Return: 0, -EINVAL if there is no such VLAN.
 */
int vsw_port_set_access(struct vsw_core *core, struct vsw_port_core *port,
			u16 vid)
{
	if (!vsw_vid_valid(vid))
		return -EINVAL;
	vsw_vlan_set_access(&port->vlan, vid);
	vsw_port_flush_vlans(core, port);
	return 0;
}

/**
 * vsw_port_put_trunk() - make a port a trunk that was prepared
 * @core: its switch
 * @port: the port
 * @trunk: of vsw_trunk_make(), which is not the caller's any more
 *
 * As vsw_port_set_trunk(), but cannot fail.
 *
 * Context: process.  The caller serialises changes.  May sleep.
 */
void vsw_port_put_trunk(struct vsw_core *core, struct vsw_port_core *port,
			struct vsw_trunk *trunk)
{
	vsw_vlan_publish_trunk(&port->vlan, trunk);
	vsw_port_flush_vlans(core, port);
}

/**
 * vsw_port_set_trunk() - make a port a trunk
 * @core: its switch
 * @port: the port
 * @native: its native VLAN, or VSW_VID_NONE
 * @vids: its VLANs, VSW_VLANS bits; 0 and 4095 are ignored
 *
 * What it learned in other VLANs goes.
 *
 * Context: process.  The caller serialises changes.  May sleep.
 * Return: 0, -EINVAL if there is no such native VLAN, -ENOMEM.
 */
int vsw_port_set_trunk(struct vsw_core *core, struct vsw_port_core *port,
		       u16 native, const unsigned long *vids)
{
	struct vsw_trunk *trunk;

	if (native != VSW_VID_NONE && !vsw_vid_valid(native))
		return -EINVAL;
	trunk = vsw_trunk_make(native, vids);
	if (!trunk)
		return -ENOMEM;
	vsw_port_put_trunk(core, port, trunk);
	return 0;
}

static const char *const vsw_drop_names[VSW_DROP_CORE] = {
	[VSW_DROP_NOT]			= "none",
	[VSW_DROP_SOURCE]		= "source",
	[VSW_DROP_RESERVED]		= "reserved",
	[VSW_DROP_VLAN_TAGGED]		= "vlan_tagged",
	[VSW_DROP_VLAN_UNTAGGED]	= "vlan_untagged",
	[VSW_DROP_VLAN_INGRESS]		= "vlan_ingress",
	[VSW_DROP_VLAN_EGRESS]		= "vlan_egress",
	[VSW_DROP_VLAN_INNER]		= "vlan_inner",
	[VSW_DROP_LOCKED]		= "locked",
	[VSW_DROP_SAME_PORT]		= "same_port",
	[VSW_DROP_ALLOW]		= "allow",
	[VSW_DROP_ISOLATED]		= "isolated",
	[VSW_DROP_FLOOD]		= "flood",
};

/**
 * vsw_drop_name() - the name of a reason
 * @drop: the reason
 *
 * Context: any.
 * Return: a word for counters and messages, NULL for a reason of others.
 */
const char *vsw_drop_name(enum vsw_drop drop)
{
	return (unsigned int)drop < VSW_DROP_CORE ? vsw_drop_names[drop] : NULL;
}

static const char *const vsw_learn_names[VSW_LEARN_MAX] = {
	[VSW_LEARN_KNOWN]	= "known",
	[VSW_LEARN_OFF]		= "off",
	[VSW_LEARN_NEW]		= "new",
	[VSW_LEARN_MOVED]	= "moved",
	[VSW_LEARN_PORT_FULL]	= "port_full",
	[VSW_LEARN_SWITCH_FULL]	= "switch_full",
	[VSW_LEARN_STICKY]	= "sticky",
	[VSW_LEARN_HELD]	= "held",
	[VSW_LEARN_BUSY]	= "busy",
	[VSW_LEARN_NOMEM]	= "nomem",
	[VSW_LEARN_GONE]	= "gone",
};

/**
 * vsw_learn_name() - the name of what became of a source
 * @learn: what became of it
 *
 * Context: any.
 * Return: a word for counters and messages, or NULL.
 */
const char *vsw_learn_name(enum vsw_learn learn)
{
	return (unsigned int)learn < VSW_LEARN_MAX ? vsw_learn_names[learn] :
						     NULL;
}

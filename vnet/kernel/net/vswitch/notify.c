// SPDX-License-Identifier: GPL-2.0
/*
 * Telling who listens to the generic netlink family "vswitch" what happens.
 *
 * The vnet of a switch is told of the switch, of all its ports and of all
 * stations.  A vnet that a port was handed to is told of that port, as far as
 * port-get shows it there, and of stations behind it: never that there are
 * other ports, nor to which of them a station went.
 */
#include <linux/netdevice.h>
#include <linux/rcupdate.h>
#include <net/genetlink.h>
#include <net/net_namespace.h>

#include "netlink.h"
#include "netlink-gen.h"
#include "notify.h"
#include "vswitch.h"

static_assert((int)VSWITCH_FDB_CHANGE_ADDED == (int)VSW_FDB_ADDED);
static_assert((int)VSWITCH_FDB_CHANGE_MOVED == (int)VSW_FDB_MOVED);
static_assert((int)VSWITCH_FDB_CHANGE_CHANGED == (int)VSW_FDB_CHANGED);
static_assert((int)VSWITCH_FDB_CHANGE_AGED == (int)VSW_FDB_AGED);
static_assert((int)VSWITCH_FDB_CHANGE_REMOVED == (int)VSW_FDB_REMOVED);
static_assert((int)VSWITCH_FDB_FLAGS_STATIC == (int)VSW_FDB_STATIC);
static_assert((int)VSWITCH_FDB_FLAGS_STICKY == (int)VSW_FDB_STICKY);
static_assert((int)VSWITCH_FDB_FLAGS_LOCAL == (int)VSW_FDB_LOCAL);

static bool vswitch_notify_wanted(struct net *net, unsigned int group)
{
	return genl_has_listeners(&vswitch_nl_family, net, group);
}

/* Who listens learns from the error of its socket that it missed something. */
static void vswitch_notify_missed(struct net *net, unsigned int group)
{
	genl_set_err(&vswitch_nl_family, net, 0, group, -ENOBUFS);
}

static void vswitch_notify_send(struct net *net, unsigned int group,
				struct sk_buff *skb, int err, gfp_t gfp)
{
	if (err) {
		nlmsg_free(skb);
		vswitch_notify_missed(net, group);
		return;
	}
	genlmsg_multicast_netns(&vswitch_nl_family, net, skb, 0, group, gfp);
}

/**
 * vswitch_notify_switch() - tell of a switch
 * @sw: the switch
 * @cmd: VSWITCH_CMD_SWITCH_NTF, ...
 *
 * Context: RTNL.
 */
void vswitch_notify_switch(const struct vswitch *sw, u8 cmd)
{
	struct net *net = dev_net(sw->local.dev);
	struct genl_info info;
	struct sk_buff *skb;

	if (!vswitch_notify_wanted(net, VSWITCH_NLGRP_CONFIG))
		return;
	skb = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!skb) {
		vswitch_notify_missed(net, VSWITCH_NLGRP_CONFIG);
		return;
	}
	genl_info_init_ntf(&info, &vswitch_nl_family, cmd);
	vswitch_notify_send(net, VSWITCH_NLGRP_CONFIG, skb,
			    vswitch_nl_fill_switch(skb, sw, &info), GFP_KERNEL);
}

/**
 * vswitch_notify_switch_event() - something happens to the device of a switch
 * @sw: the switch
 * @event: of a netdevice notifier
 *
 * Context: RTNL.
 */
void vswitch_notify_switch_event(const struct vswitch *sw, unsigned long event)
{
	switch (event) {
	case NETDEV_REGISTER:
		vswitch_notify_switch(sw, VSWITCH_CMD_SWITCH_ADD_NTF);
		break;
	case NETDEV_CHANGENAME:
		vswitch_notify_switch(sw, VSWITCH_CMD_SWITCH_NTF);
		break;
	case NETDEV_UNREGISTER:
		vswitch_notify_switch(sw, VSWITCH_CMD_SWITCH_DEL_NTF);
		break;
	}
}

static void vswitch_notify_port_in(struct net *net, struct vswitch_port *port,
				   u8 cmd)
{
	bool owner = net_eq(net, dev_net(port->sw->local.dev));
	struct genl_info info;
	struct sk_buff *skb;

	if (!vswitch_notify_wanted(net, VSWITCH_NLGRP_CONFIG))
		return;
	skb = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!skb) {
		vswitch_notify_missed(net, VSWITCH_NLGRP_CONFIG);
		return;
	}
	genl_info_init_ntf(&info, &vswitch_nl_family, cmd);
	vswitch_notify_send(net, VSWITCH_NLGRP_CONFIG, skb,
			    vswitch_nl_fill_port(skb, port, owner, &info),
			    GFP_KERNEL);
}

/* The vnet that a port was handed to, or NULL. */
static struct net *vswitch_notify_tenant(const struct vswitch_port *port)
{
	struct net *net = dev_net(port->dev);

	return net_eq(net, dev_net(port->sw->local.dev)) ? NULL : net;
}

/**
 * vswitch_notify_port() - tell of a port
 * @port: the port
 * @cmd: VSWITCH_CMD_PORT_NTF, ...
 *
 * Context: RTNL.
 */
void vswitch_notify_port(struct vswitch_port *port, u8 cmd)
{
	struct net *tenant = vswitch_notify_tenant(port);

	vswitch_notify_port_in(dev_net(port->sw->local.dev), port, cmd);
	if (tenant)
		vswitch_notify_port_in(tenant, port, cmd);
}

/**
 * vswitch_notify_port_came() - tell that a port is there, or in another vnet
 * @port: the port
 *
 * Context: RTNL.
 */
void vswitch_notify_port_came(struct vswitch_port *port)
{
	u8 cmd = port->told ? VSWITCH_CMD_PORT_NTF : VSWITCH_CMD_PORT_ADD_NTF;
	struct net *tenant = vswitch_notify_tenant(port);

	port->told = true;
	vswitch_notify_port_in(dev_net(port->sw->local.dev), port, cmd);
	if (tenant)
		vswitch_notify_port_in(tenant, port, VSWITCH_CMD_PORT_ADD_NTF);
}

/**
 * vswitch_notify_port_goes() - tell that a port leaves the vnet that it is in
 * @port: the port
 * @moves: whether it only goes to another vnet
 *
 * Context: RTNL.
 */
void vswitch_notify_port_goes(struct vswitch_port *port, bool moves)
{
	struct net *tenant = vswitch_notify_tenant(port);

	if (!port->told)
		return;
	if (tenant)
		vswitch_notify_port_in(tenant, port, VSWITCH_CMD_PORT_DEL_NTF);
	if (moves)
		return;
	port->told = false;
	vswitch_notify_port_in(dev_net(port->sw->local.dev), port,
			       VSWITCH_CMD_PORT_DEL_NTF);
}

/* To the vnet of the switch if @sw is not NULL. */
static int vswitch_notify_fill_fdb(struct sk_buff *skb,
				   const struct vswitch *sw,
				   const struct vswitch_port *port,
				   enum vsw_fdb_event event,
				   const struct vsw_fdb_info *info, u16 from)
{
	void *hdr = genlmsg_put(skb, 0, 0, &vswitch_nl_family, 0,
				VSWITCH_CMD_FDB_NTF);

	if (!hdr)
		return -EMSGSIZE;
	if (nla_put_u16(skb, VSWITCH_A_FDB_NUMBER, port->core.fdb.no) ||
	    nla_put_u32(skb, VSWITCH_A_FDB_IFINDEX, port->dev->ifindex) ||
	    nla_put(skb, VSWITCH_A_FDB_ADDRESS, ETH_ALEN, info->addr) ||
	    (info->vid && nla_put_u16(skb, VSWITCH_A_FDB_VID, info->vid)) ||
	    nla_put_u32(skb, VSWITCH_A_FDB_CHANGE, event) ||
	    nla_put_u32(skb, VSWITCH_A_FDB_FLAGS, info->flags))
		return -EMSGSIZE;
	if (sw && (nla_put_u32(skb, VSWITCH_A_FDB_SWITCH,
			       sw->local.dev->ifindex) ||
		   (event == VSW_FDB_MOVED &&
		    nla_put_u16(skb, VSWITCH_A_FDB_FROM, from))))
		return -EMSGSIZE;
	genlmsg_end(skb, hdr);
	return 0;
}

static void vswitch_notify_fdb_in(struct net *net, const struct vswitch *sw,
				  const struct vswitch_port *port,
				  enum vsw_fdb_event event,
				  const struct vsw_fdb_info *info, u16 from)
{
	struct sk_buff *skb;

	if (!vswitch_notify_wanted(net, VSWITCH_NLGRP_FDB))
		return;
	/* There are eight attributes of at most eight bytes. */
	skb = genlmsg_new(8 * nla_total_size(sizeof(u64)), GFP_ATOMIC);
	if (!skb) {
		vswitch_notify_missed(net, VSWITCH_NLGRP_FDB);
		return;
	}
	vswitch_notify_send(net, VSWITCH_NLGRP_FDB, skb,
			    vswitch_notify_fill_fdb(skb, sw, port, event, info,
						    from), GFP_ATOMIC);
}

static void vswitch_notify_fdb_tenant(struct vswitch *sw, u16 no,
				      enum vsw_fdb_event event,
				      const struct vsw_fdb_info *info)
{
	struct vsw_port_core *core = vsw_port_of(&sw->core, no);
	struct vswitch_port *port;
	struct net *tenant;

	if (!core)
		return;
	port = vswitch_port_of(core);
	tenant = vswitch_notify_tenant(port);
	if (tenant)
		vswitch_notify_fdb_in(tenant, NULL, port, event, info, 0);
}

/**
 * vswitch_notify_fdb() - tell of a station
 * @sw: the switch
 * @event: what happened
 * @info: the entry
 * @from: the port that it was behind before
 *
 * Context: BHs off, the lock of the table held.
 */
void vswitch_notify_fdb(struct vswitch *sw, enum vsw_fdb_event event,
			const struct vsw_fdb_info *info, u16 from)
{
	struct vsw_port_core *core;

	rcu_read_lock();
	core = vsw_port_of(&sw->core, info->port);
	if (core)
		vswitch_notify_fdb_in(dev_net(sw->local.dev), sw,
				      vswitch_port_of(core), event, info, from);
	if (event == VSW_FDB_MOVED) {
		vswitch_notify_fdb_tenant(sw, from, VSW_FDB_REMOVED, info);
		vswitch_notify_fdb_tenant(sw, info->port, VSW_FDB_ADDED, info);
	} else {
		vswitch_notify_fdb_tenant(sw, info->port, event, info);
	}
	rcu_read_unlock();
}

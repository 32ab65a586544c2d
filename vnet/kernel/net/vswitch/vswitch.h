/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A switch and its ports, as devices of the kernel see them.  What a switch
 * decides is in the core, which knows no devices: see forward.h.
 */
#ifndef __VSWITCH_H
#define __VSWITCH_H

#include <linux/capability.h>
#include <linux/ethtool.h>
#include <linux/list.h>
#include <linux/netdevice.h>
#include <linux/workqueue.h>
#include <net/net_namespace.h>
#include <uapi/linux/vswitch.h>

#include "forward.h"
#include "queue.h"
#include "reason.h"
#include "stats.h"

struct bpf_link;
struct netlink_ext_ack;
struct rtnl_link_ops;
struct vswitch;
struct vswitch_policy;

/**
 * struct vswitch_port - a port and its device
 * @core: what decisions need of it
 * @dev: the device
 * @sw: the switch; constant
 * @stats: counters
 * @kind: enum vswitch_port_kind; constant
 * @up: whether frames may be sent to it; written with RTNL
 * @queue: frames for the device; not for an uplink
 * @up_list: in @sw->up; RCU, written with RTNL
 * @left: when it was taken out of @sw->up, for RCU; RTNL
 * @list: in @sw->ports; RCU, written with RTNL
 * @rx_headroom: what the stack above the device wants
 * @tracker: its reference to the switch device, or to the uplink
 * @linked: whether the device is above the switch device; RTNL
 * @told: whether its coming was told to listeners; RTNL
 * @name: what the owner of the switch calls it: the name that the device has,
 *	  or had when it was last in the vnet of the switch, whoever renames it
 *	  elsewhere; RTNL
 * @wanted: the number asked for, or negative; while the device is made
 * @extack: for ndo_init; while the device is made
 * @rcu: frees an uplink
 *
 * netdev_priv() of a "vswitch" and of a "vswport" device.
 */
struct vswitch_port {
	struct vsw_port_core		core;
	struct net_device		*dev;
	struct vswitch			*sw;
	struct vswitch_stats __percpu	*stats;
	u8				kind;
	bool				up;

	struct vswitch_queue		queue ____cacheline_aligned_in_smp;

	struct list_head		up_list ____cacheline_aligned_in_smp;
	unsigned long			left;
	struct list_head		list;
	int				rx_headroom;
	netdevice_tracker		tracker;
	bool				linked;
	bool				told;
	char				name[IFNAMSIZ];
	int				wanted;
	struct netlink_ext_ack		*extack;
	struct rcu_head			rcu;
};

/**
 * struct vswitch - a switch
 * @local: its port 0, whose device is the switch device
 * @core: what decides
 * @policy: what is asked after it, or NULL; RCU, policy.c
 * @up: ports that are up; RCU, written with RTNL
 * @ports: all ports; RCU, written with RTNL
 * @used: numbers of ports that are used; RTNL
 * @housekeeping: ageing, and what else the table needs done
 * @flags: VSW_CORE_VLAN, ..., that it is made with
 * @params: of the table; RTNL
 * @policy_link: by which it has @policy; policy.c
 * @policy_list: of switches that have one; policy.c
 *
 * The switch works whether its local port is up or not: who owns it need not
 * take part in it.
 *
 * A port of the kind "vswport" holds a reference to the switch device, and the
 * switch device cannot go without its ports (see vswitch_dellink()).  So @sw of
 * a port is good as long as the port is.
 */
struct vswitch {
	struct vswitch_port	local;
	struct vsw_core		core;
	struct vswitch_policy __rcu	*policy;
	struct list_head	up;
	struct list_head	ports;
	DECLARE_BITMAP(used, VSW_MAX_PORTS);
	struct delayed_work	housekeeping;
	unsigned long		flags;
	struct vsw_fdb_params	params;
	struct bpf_link		*policy_link;
	struct list_head	policy_list;
};

/* What a new switch has, in ticks. */
#define VSWITCH_AGEING		(300 * HZ)

/* How long an address stays where it is, so that two ports that both claim it
 * cannot make every frame a write to the table.
 */
#define VSWITCH_HOLD		(HZ / 10)

/* netdev.c: what the devices of switch and ports have in common */
void vswitch_netdev_setup(struct net_device *dev);
int vswitch_netdev_init(struct net_device *dev);
int vswitch_netdev_open(struct net_device *dev);
int vswitch_netdev_stop(struct net_device *dev);
void vswitch_netdev_set_rx_mode(struct net_device *dev);
int vswitch_validate_address(const struct nlattr *attr,
			     struct netlink_ext_ack *extack);
void vswitch_netdev_set_rx_headroom(struct net_device *dev, int headroom);
void vswitch_netdev_free(struct vswitch_port *port);
void vswitch_update_headroom(struct vswitch *sw);

/* ethtool.c */
extern const struct ethtool_ops vswitch_ethtool_ops;

/* switch.c */
extern struct rtnl_link_ops vswitch_link_ops;

struct net_device *vswitch_create(struct net *net, const char *name,
				  const struct vsw_fdb_params *params,
				  unsigned long flags,
				  struct netlink_ext_ack *extack);
void vswitch_set_times(struct vswitch *sw, unsigned long ageing,
		       unsigned long hold);
void vswitch_event(struct vswitch *sw, unsigned long event);

/* port.c */
extern struct rtnl_link_ops vswitch_port_link_ops;

struct net_device *vswitch_port_create(struct vswitch *sw, const char *name,
				       int no, struct netlink_ext_ack *extack);
int vswitch_port_event(struct vswitch_port *port, unsigned long event);
int vswitch_port_join(struct vswitch *sw, struct vswitch_port *port, int no,
		      struct netlink_ext_ack *extack);
void vswitch_port_leave(struct vswitch_port *port);
void vswitch_port_set_up(struct vswitch_port *port);
void vswitch_port_set_down(struct vswitch_port *port);
void vswitch_port_dellink(struct net_device *dev, struct list_head *head);

/* uplink.c */
int vswitch_uplink_add_as(struct net_device *swdev, struct net_device *dev,
			  int no, struct netlink_ext_ack *extack);
int vswitch_uplink_add(struct net_device *swdev, struct net_device *dev,
		       struct netlink_ext_ack *extack);
int vswitch_uplink_del(struct net_device *swdev, struct net_device *dev);
struct vswitch_port *vswitch_uplink_get(const struct net_device *dev);
void vswitch_uplink_update(struct vswitch_port *port);
int vswitch_uplink_event(struct vswitch_port *port, unsigned long event);

/* xmit.c */
netdev_tx_t vswitch_xmit(struct sk_buff *skb, struct net_device *dev);
rx_handler_result_t vswitch_rx(struct sk_buff **pskb);

/* Whether the current task may configure a switch. */
static inline bool vswitch_owner_capable(const struct vswitch *sw)
{
	return ns_capable(dev_net(sw->local.dev)->user_ns, CAP_NET_ADMIN);
}

static inline bool vswitch_is_switch(const struct net_device *dev)
{
	return dev->rtnl_link_ops == &vswitch_link_ops;
}

static inline bool vswitch_is_port(const struct net_device *dev)
{
	return dev->rtnl_link_ops == &vswitch_port_link_ops;
}

/* The switch of a switch device. */
static inline struct vswitch *vswitch_of(const struct net_device *dev)
{
	return container_of((struct vswitch_port *)netdev_priv(dev),
			    struct vswitch, local);
}

/* Whether the device is in the vnet of the switch. */
static inline bool vswitch_port_is_home(const struct vswitch_port *port)
{
	return net_eq(dev_net(port->dev), dev_net(port->sw->local.dev));
}

static inline struct vswitch_port *vswitch_port_of(struct vsw_port_core *core)
{
	return container_of(core, struct vswitch_port, core);
}

#endif

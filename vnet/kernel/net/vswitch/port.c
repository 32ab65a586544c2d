// SPDX-License-Identifier: GPL-2.0
/*
 * Ports of any kind, and the device of a port, rtnl kind "vswport".
 */
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>
#include <net/net_namespace.h>
#include <net/rtnetlink.h>
#include <uapi/linux/vswitch_link.h>

#include "fdb_netlink.h"
#include "notify.h"
#include "vswitch.h"

/**
 * vswitch_port_join() - make a port one of a switch, down
 * @sw: the switch
 * @port: the port; @dev, @stats and @kind are set
 * @no: its number, or negative for the lowest free one
 * @extack: what is wrong
 *
 * Context: RTNL.
 * Return: 0 or a negative error.
 */
int vswitch_port_join(struct vswitch *sw, struct vswitch_port *port, int no,
		      struct netlink_ext_ack *extack)
{
	int err;

	ASSERT_RTNL();

	if (no < 0) {
		no = find_next_zero_bit(sw->used, sw->core.fdb.max_ports,
					VSW_PORT_LOCAL + 1);
		if (no == sw->core.fdb.max_ports) {
			NL_SET_ERR_MSG(extack, "All ports of the switch are in use");
			return -ENOSPC;
		}
	} else if (test_bit(no, sw->used)) {
		NL_SET_ERR_MSG(extack, "The switch has a port of this number");
		return -EBUSY;
	}

	err = vsw_port_join(&sw->core, &port->core, no);
	if (err) {
		if (err != -ENOMEM)
			NL_SET_ERR_MSG(extack, "The switch cannot have a port of this number");
		return err;
	}

	__set_bit(no, sw->used);
	port->sw = sw;
	strscpy(port->name, port->dev->name);
	INIT_LIST_HEAD(&port->up_list);
	port->left = get_completed_synchronize_rcu();
	list_add_tail_rcu(&port->list, &sw->ports);
	return 0;
}

/**
 * vswitch_port_leave() - undo vswitch_port_join()
 * @port: a port that is down
 *
 * Frames that are being forwarded may still use @port until an RCU grace period
 * has passed; vsw_port_free() comes after that.
 *
 * Context: RTNL.
 */
void vswitch_port_leave(struct vswitch_port *port)
{
	struct vswitch *sw = port->sw;

	ASSERT_RTNL();

	list_del_rcu(&port->list);
	__clear_bit(port->core.fdb.no, sw->used);
	vsw_port_leave(&sw->core, &port->core);
}

/**
 * vswitch_port_set_up() - let frames be sent to a port
 * @port: a port that is down
 *
 * Context: RTNL, process.  May wait for an RCU grace period.
 */
void vswitch_port_set_up(struct vswitch_port *port)
{
	ASSERT_RTNL();

	/* A flood that came to it before would go on from where it is now. */
	cond_synchronize_rcu(port->left);
	WRITE_ONCE(port->up, true);
	list_add_tail_rcu(&port->up_list, &port->sw->up);
}

/**
 * vswitch_port_set_down() - let no more frames be sent to a port
 * @port: a port that is up
 *
 * What was learned on it is forgotten: stations may have gone elsewhere.
 *
 * Context: RTNL.  Frames may still come until an RCU grace period has passed.
 */
void vswitch_port_set_down(struct vswitch_port *port)
{
	struct vsw_fdb_filter learned = {
		.port	= port->core.fdb.no,
		.vid	= -1,
		.mask	= VSW_FDB_STATIC,
	};

	ASSERT_RTNL();

	WRITE_ONCE(port->up, false);
	list_del_rcu(&port->up_list);
	port->left = get_state_synchronize_rcu();
	vsw_fdb_flush(&port->sw->core.fdb, &learned);
}

static int vswitch_port_init(struct net_device *dev)
{
	struct vswitch_port *port = netdev_priv(dev);
	int err;

	err = vswitch_netdev_init(dev);
	if (err)
		return err;

	port->kind = VSWITCH_PORT_KIND_VIRTUAL;
	err = vswitch_port_join(port->sw, port, port->wanted, port->extack);
	if (err) {
		vswitch_netdev_free(port);
		return err;
	}

	dev->dev_port = port->core.fdb.no;
	netdev_hold(port->sw->local.dev, &port->tracker, GFP_KERNEL);
	vswitch_update_headroom(port->sw);
	return 0;
}

static void vswitch_port_uninit(struct net_device *dev)
{
	struct vswitch_port *port = netdev_priv(dev);

	vswitch_port_leave(port);
	vswitch_update_headroom(port->sw);
}

static void vswitch_port_free(struct net_device *dev)
{
	struct vswitch_port *port = netdev_priv(dev);

	vsw_port_free(&port->core);
	vswitch_netdev_free(port);
	netdev_put(port->sw->local.dev, &port->tracker);
}

/*
 * Who was handed a port is not told of the switch, which is a port, too, and may
 * be one that it must not send to: the device has no link, in that vnet.
 */
static int vswitch_port_get_iflink(const struct net_device *dev)
{
	const struct vswitch_port *port = netdev_priv(dev);

	if (!vswitch_port_is_home(port))
		dev = port->dev;
	else
		dev = port->sw->local.dev;
	return READ_ONCE(dev->ifindex);
}

static const struct net_device_ops vswitch_port_netdev_ops = {
	.ndo_init		= vswitch_port_init,
	.ndo_uninit		= vswitch_port_uninit,
	.ndo_open		= vswitch_netdev_open,
	.ndo_stop		= vswitch_netdev_stop,
	.ndo_start_xmit		= vswitch_xmit,
	.ndo_get_stats64	= vswitch_get_stats64,
	.ndo_set_rx_mode	= vswitch_netdev_set_rx_mode,
	.ndo_set_mac_address	= eth_mac_addr,
	.ndo_validate_addr	= eth_validate_addr,
	.ndo_features_check	= passthru_features_check,
	.ndo_set_rx_headroom	= vswitch_netdev_set_rx_headroom,
	.ndo_get_iflink		= vswitch_port_get_iflink,
	.ndo_fdb_add		= vswitch_ndo_fdb_add,
	.ndo_fdb_del		= vswitch_ndo_fdb_del,
	.ndo_fdb_del_bulk	= vswitch_ndo_fdb_del_bulk,
	.ndo_fdb_dump		= vswitch_ndo_fdb_dump,
	.ndo_fdb_get		= vswitch_ndo_fdb_get,
};

static const struct device_type vswitch_port_type = {
	.name	= "vswport",
};

static void vswitch_port_setup(struct net_device *dev)
{
	vswitch_netdev_setup(dev);
	dev->netdev_ops = &vswitch_port_netdev_ops;
	dev->priv_destructor = vswitch_port_free;
	SET_NETDEV_DEVTYPE(dev, &vswitch_port_type);
}

static const struct nla_policy vswitch_port_policy[IFLA_VSWPORT_MAX + 1] = {
	[IFLA_VSWPORT_NUMBER]	= NLA_POLICY_RANGE(NLA_U16, VSW_PORT_LOCAL + 1,
						   VSW_MAX_PORTS - 1),
};

static int vswitch_port_validate(struct nlattr *tb[], struct nlattr *data[],
				 struct netlink_ext_ack *extack)
{
	return vswitch_validate_address(tb[IFLA_ADDRESS], extack);
}

static int vswitch_port_register(struct vswitch *sw, struct net_device *dev,
				 int no, struct netlink_ext_ack *extack)
{
	struct vswitch_port *port = netdev_priv(dev);
	int err;

	port->sw = sw;
	port->wanted = no;
	port->extack = extack;

	err = register_netdevice(dev);
	port->extack = NULL;
	if (err) {
		/* Frames may have found the port, which the caller frees. */
		synchronize_net();
		return err;
	}

	/* For whoever walks devices; and it finds loops of switches. */
	err = netdev_upper_dev_link(sw->local.dev, dev, extack);
	if (err) {
		unregister_netdevice(dev);
		return err;
	}
	port->linked = true;

	/* As a pair of veth: what comes is already as large as it gets. */
	dev->wanted_features &= ~NETIF_F_GRO;
	netdev_update_features(dev);
	return 0;
}

static int vswitch_port_newlink(struct net *src_net, struct net_device *dev,
				struct nlattr *tb[], struct nlattr *data[],
				struct netlink_ext_ack *extack)
{
	struct net_device *swdev;
	int no;

	if (!tb[IFLA_LINK]) {
		NL_SET_ERR_MSG(extack, "A port needs a switch: link SWITCH");
		return -EINVAL;
	}
	swdev = __dev_get_by_index(src_net, nla_get_u32(tb[IFLA_LINK]));
	if (!swdev) {
		NL_SET_ERR_MSG_ATTR(extack, tb[IFLA_LINK], "No such device");
		return -ENODEV;
	}
	if (!vswitch_is_switch(swdev)) {
		NL_SET_ERR_MSG_ATTR(extack, tb[IFLA_LINK],
				    "The device is not a vswitch");
		return -EINVAL;
	}

	no = data && data[IFLA_VSWPORT_NUMBER] ?
	     nla_get_u16(data[IFLA_VSWPORT_NUMBER]) : -1;
	if (!tb[IFLA_MTU])
		dev->mtu = swdev->mtu;
	if (!tb[IFLA_ADDRESS])
		eth_hw_addr_random(dev);
	return vswitch_port_register(vswitch_of(swdev), dev, no, extack);
}

/**
 * vswitch_port_create() - make a port, as "ip link add" does
 * @sw: the switch, in whose vnet it is to be
 * @name: of its device
 * @no: its number, or negative for the lowest free one
 * @extack: what is wrong
 *
 * Context: RTNL.
 * Return: the device, or a negative error.
 */
struct net_device *vswitch_port_create(struct vswitch *sw, const char *name,
				       int no, struct netlink_ext_ack *extack)
{
	struct net_device *swdev = sw->local.dev;
	struct nlattr *tb[IFLA_MAX + 1] = {};
	struct net_device *dev;
	int err;

	dev = rtnl_create_link(dev_net(swdev), name, NET_NAME_USER,
			       &vswitch_port_link_ops, tb, extack);
	if (IS_ERR(dev))
		return dev;
	dev->mtu = swdev->mtu;
	eth_hw_addr_random(dev);
	err = vswitch_port_register(sw, dev, no, extack);
	if (err) {
		free_netdev(dev);
		return ERR_PTR(err);
	}
	rtnl_configure_link(dev, NULL, 0, NULL);
	return dev;
}

/**
 * vswitch_port_event() - something happens to the device of a port
 * @port: the port
 * @event: of a netdevice notifier
 *
 * What one tenant wanted is nothing that the next one knows of.
 *
 * Context: RTNL.
 * Return: for the notifier.
 */
int vswitch_port_event(struct vswitch_port *port, unsigned long event)
{
	bool moves = port->dev->reg_state == NETREG_REGISTERED;

	/* What a tenant calls it must not make it another port. */
	if ((event == NETDEV_REGISTER || event == NETDEV_CHANGENAME) &&
	    vswitch_port_is_home(port))
		strscpy(port->name, port->dev->name);

	switch (event) {
	case NETDEV_REGISTER:
		/* It is new, or has come to another vnet, down. */
		vsw_allow_reset(&port->core.allow, VSW_ALLOW_TENANT);
		vswitch_queue_set_limit(&port->queue, port->queue.granted);
		vswitch_notify_port_came(port);
		break;
	case NETDEV_CHANGENAME:
		vswitch_notify_port(port, VSWITCH_CMD_PORT_NTF);
		break;
	case NETDEV_UNREGISTER:
		/* Also when it moves to another vnet. */
		vswitch_notify_port_goes(port, moves);
		break;
	}
	return NOTIFY_DONE;
}

/**
 * vswitch_port_dellink() - rtnl_link_ops->dellink
 * @dev: the device of a port
 * @head: devices to unregister
 *
 * Context: RTNL.  May be called for a device that is in @head already.
 */
void vswitch_port_dellink(struct net_device *dev, struct list_head *head)
{
	struct vswitch_port *port = netdev_priv(dev);

	if (port->linked)
		netdev_upper_dev_unlink(port->sw->local.dev, dev);
	port->linked = false;
	unregister_netdevice_queue(dev, head);
}

static size_t vswitch_port_get_size(const struct net_device *dev)
{
	return nla_total_size(sizeof(u16));	/* IFLA_VSWPORT_NUMBER */
}

static int vswitch_port_fill_info(struct sk_buff *skb,
				  const struct net_device *dev)
{
	const struct vswitch_port *port = netdev_priv(dev);

	return nla_put_u16(skb, IFLA_VSWPORT_NUMBER, port->core.fdb.no);
}

struct rtnl_link_ops vswitch_port_link_ops __read_mostly = {
	.kind		= "vswport",
	.priv_size	= sizeof(struct vswitch_port),
	.setup		= vswitch_port_setup,
	.maxtype	= IFLA_VSWPORT_MAX,
	.policy		= vswitch_port_policy,
	.validate	= vswitch_port_validate,
	.newlink	= vswitch_port_newlink,
	.dellink	= vswitch_port_dellink,
	.get_size	= vswitch_port_get_size,
	.fill_info	= vswitch_port_fill_info,
};

// SPDX-License-Identifier: GPL-2.0
/*
 * Uplinks: devices of any driver that are given to a switch as ports, by
 * "ip link set DEVICE master SWITCH".
 */
#include <linux/etherdevice.h>
#include <linux/if_arp.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <net/netlink.h>

#include "notify.h"
#include "vswitch.h"

/**
 * vswitch_uplink_get() - the port that a device is an uplink by
 * @dev: any device
 *
 * Context: RTNL.
 * Return: the port, or NULL if @dev is no uplink of a vswitch.
 */
struct vswitch_port *vswitch_uplink_get(const struct net_device *dev)
{
	if (rcu_access_pointer(dev->rx_handler) != vswitch_rx)
		return NULL;
	return rtnl_dereference(dev->rx_handler_data);
}

static bool vswitch_uplink_suits(const struct net_device *swdev,
				 const struct net_device *dev,
				 struct netlink_ext_ack *extack)
{
	const struct vswitch_port *port;

	if (dev->flags & IFF_LOOPBACK || dev->type != ARPHRD_ETHER ||
	    dev->addr_len != ETH_ALEN || !is_valid_ether_addr(dev->dev_addr)) {
		NL_SET_ERR_MSG(extack, "Only an Ethernet device can be an uplink");
		return false;
	}
	if (vswitch_is_switch(dev)) {
		NL_SET_ERR_MSG(extack, "A switch cannot be an uplink, but its ports can");
		return false;
	}
	if (vswitch_is_port(dev)) {
		port = netdev_priv(dev);
		if (port->sw->local.dev == swdev) {
			NL_SET_ERR_MSG(extack, "The device is a port of this switch already");
			return false;
		}
	}
	if (dev->priv_flags & IFF_DONT_BRIDGE) {
		NL_SET_ERR_MSG(extack, "The device does not let others forward its frames");
		return false;
	}
	return true;
}

static void vswitch_uplink_free(struct vswitch_port *port)
{
	vsw_port_free(&port->core);
	free_percpu(port->stats);
	netdev_put(port->dev, &port->tracker);
	kfree(port);
}

static void vswitch_uplink_free_rcu(struct rcu_head *rcu)
{
	vswitch_uplink_free(container_of(rcu, struct vswitch_port, rcu));
}

/**
 * vswitch_uplink_update() - let frames be sent to an uplink if it can send them
 * @port: its port
 *
 * Context: RTNL.
 */
void vswitch_uplink_update(struct vswitch_port *port)
{
	bool up = netif_running(port->dev) && netif_oper_up(port->dev);

	if (up && !port->up)
		vswitch_port_set_up(port);
	else if (!up && port->up)
		vswitch_port_set_down(port);
}

/**
 * vswitch_uplink_add_as() - make a device an uplink, down
 * @swdev: the switch device
 * @dev: the device that becomes an uplink
 * @no: the number of the port, or negative for the lowest free one
 * @extack: what is wrong
 *
 * vswitch_uplink_update() is for when it has its VLANs and allow-list.
 *
 * Context: RTNL.
 * Return: 0 or a negative error.
 */
int vswitch_uplink_add_as(struct net_device *swdev, struct net_device *dev,
			  int no, struct netlink_ext_ack *extack)
{
	struct vswitch *sw = vswitch_of(swdev);
	struct vswitch_port *port;
	int err;

	if (!vswitch_uplink_suits(swdev, dev, extack))
		return -EINVAL;

	port = kzalloc(sizeof(*port), GFP_KERNEL_ACCOUNT);
	if (!port)
		return -ENOMEM;
	port->stats = netdev_alloc_pcpu_stats(struct vswitch_stats);
	if (!port->stats) {
		kfree(port);
		return -ENOMEM;
	}
	port->kind = VSWITCH_PORT_KIND_UPLINK;
	port->dev = dev;
	netdev_hold(dev, &port->tracker, GFP_KERNEL);

	call_netdevice_notifiers(NETDEV_JOIN, dev);

	err = vswitch_port_join(sw, port, no, extack);
	if (err) {
		vswitch_uplink_free(port);
		return err;
	}
	err = dev_set_promiscuity(dev, 1);
	if (err) {
		NL_SET_ERR_MSG(extack, "The device cannot be made promiscuous");
		goto err_leave;
	}
	err = netdev_master_upper_dev_link(dev, swdev, NULL, NULL, extack);
	if (err)
		goto err_promiscuity;
	err = netdev_rx_handler_register(dev, vswitch_rx, port);
	if (err) {
		NL_SET_ERR_MSG(extack, "Another one takes the frames of the device");
		goto err_unlink;
	}

	/* Frames that were merged on receipt cannot be sent on. */
	dev_disable_lro(dev);
	vswitch_update_headroom(sw);
	vswitch_notify_port_came(port);
	return 0;

err_unlink:
	netdev_upper_dev_unlink(dev, swdev);
err_promiscuity:
	dev_set_promiscuity(dev, -1);
err_leave:
	vswitch_port_leave(port);
	call_rcu(&port->rcu, vswitch_uplink_free_rcu);
	return err;
}

/**
 * vswitch_uplink_add() - ndo_add_slave
 * @swdev: the switch device
 * @dev: the device that becomes an uplink
 * @extack: what is wrong
 *
 * Context: RTNL.
 * Return: 0 or a negative error.
 */
int vswitch_uplink_add(struct net_device *swdev, struct net_device *dev,
		       struct netlink_ext_ack *extack)
{
	int err;

	err = vswitch_uplink_add_as(swdev, dev, -1, extack);
	if (!err)
		vswitch_uplink_update(vswitch_uplink_get(dev));
	return err;
}

/**
 * vswitch_uplink_del() - ndo_del_slave
 * @swdev: the switch device
 * @dev: the uplink
 *
 * Context: RTNL.
 * Return: 0 or a negative error.
 */
int vswitch_uplink_del(struct net_device *swdev, struct net_device *dev)
{
	struct vswitch_port *port = vswitch_uplink_get(dev);

	if (!port || port->sw != vswitch_of(swdev))
		return -EINVAL;

	vswitch_notify_port_goes(port, false);
	if (port->up)
		vswitch_port_set_down(port);
	netdev_upper_dev_unlink(dev, swdev);
	netdev_rx_handler_unregister(dev);
	dev_set_promiscuity(dev, -1);
	netdev_reset_rx_headroom(dev);

	vswitch_port_leave(port);
	vswitch_update_headroom(port->sw);
	call_rcu(&port->rcu, vswitch_uplink_free_rcu);
	return 0;
}

/**
 * vswitch_uplink_event() - something happens to an uplink
 * @port: its port
 * @event: of a netdevice notifier
 *
 * Context: RTNL.
 * Return: for the notifier.
 */
int vswitch_uplink_event(struct vswitch_port *port, unsigned long event)
{
	switch (event) {
	case NETDEV_UP:
	case NETDEV_DOWN:
	case NETDEV_CHANGE:
		vswitch_uplink_update(port);
		break;
	case NETDEV_CHANGENAME:
		strscpy(port->name, port->dev->name);
		vswitch_notify_port(port, VSWITCH_CMD_PORT_NTF);
		break;
	case NETDEV_FEAT_CHANGE:
		vswitch_update_headroom(port->sw);
		break;
	case NETDEV_UNREGISTER:
		/* Also when it moves to another vnet: the switch stays. */
		vswitch_uplink_del(port->sw->local.dev, port->dev);
		break;
	case NETDEV_PRE_TYPE_CHANGE:
		return NOTIFY_BAD;
	}
	return NOTIFY_DONE;
}

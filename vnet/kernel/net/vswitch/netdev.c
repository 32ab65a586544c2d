// SPDX-License-Identifier: GPL-2.0
/*
 * What the device of a switch and the devices of its ports have in common.
 */
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>
#include <net/netlink.h>

#include "vswitch.h"

/*
 * Nothing that passes between two ports needs to be cut up or checksummed: the
 * receiver takes it as its sender made it, and an uplink does what it needs.
 */
#define VSWITCH_FEATURES (NETIF_F_SG | NETIF_F_FRAGLIST | NETIF_F_HW_CSUM |  \
			  NETIF_F_RXCSUM | NETIF_F_SCTP_CRC |		     \
			  NETIF_F_HIGHDMA | NETIF_F_GSO_SOFTWARE |	     \
			  NETIF_F_GSO_ENCAP_ALL |			     \
			  NETIF_F_HW_VLAN_CTAG_TX | NETIF_F_HW_VLAN_CTAG_RX | \
			  NETIF_F_HW_VLAN_STAG_TX | NETIF_F_HW_VLAN_STAG_RX)

#define VSWITCH_VLAN_FEATURES (VSWITCH_FEATURES &			     \
			       ~(NETIF_F_HW_VLAN_CTAG_TX |		     \
				 NETIF_F_HW_VLAN_CTAG_RX |		     \
				 NETIF_F_HW_VLAN_STAG_TX |		     \
				 NETIF_F_HW_VLAN_STAG_RX))

/* What a device above one port can make the senders of all others leave free. */
#define VSWITCH_HEADROOM_MAX	256

/**
 * vswitch_netdev_setup() - rtnl_link_ops->setup, but for what is different
 * @dev: a new device
 *
 * Context: process context.
 */
void vswitch_netdev_setup(struct net_device *dev)
{
	ether_setup(dev);

	dev->priv_flags &= ~IFF_TX_SKB_SHARING;
	dev->priv_flags |= IFF_LIVE_ADDR_CHANGE | IFF_NO_QUEUE |
			   IFF_PHONY_HEADROOM | IFF_DISABLE_NETPOLL;
	dev->lltx = true;
	dev->needs_free_netdev = true;

	dev->ethtool_ops = &vswitch_ethtool_ops;
	dev->features = VSWITCH_FEATURES;
	dev->hw_features = VSWITCH_FEATURES;
	dev->hw_enc_features = VSWITCH_FEATURES;
	dev->vlan_features = VSWITCH_VLAN_FEATURES;
	dev->mpls_features = NETIF_F_HW_CSUM | NETIF_F_GSO_SOFTWARE;
	netif_set_tso_max_size(dev, GSO_MAX_SIZE);

	dev->min_mtu = ETH_MIN_MTU;
	dev->max_mtu = ETH_MAX_MTU;
}

/**
 * vswitch_netdev_init() - ndo_init, but for what is different
 * @dev: the device
 *
 * Context: RTNL.
 * Return: 0 or a negative error.
 */
int vswitch_netdev_init(struct net_device *dev)
{
	struct vswitch_port *port = netdev_priv(dev);

	port->stats = netdev_alloc_pcpu_stats(struct vswitch_stats);
	if (!port->stats)
		return -ENOMEM;

	port->dev = dev;
	vswitch_queue_init(&port->queue, dev);
	netdev_lockdep_set_classes(dev);
	return 0;
}

/**
 * vswitch_netdev_free() - undo vswitch_netdev_init()
 * @port: the port
 *
 * Context: process context, when no reader of the port is left.
 */
void vswitch_netdev_free(struct vswitch_port *port)
{
	free_percpu(port->stats);
	port->stats = NULL;
}

int vswitch_netdev_open(struct net_device *dev)
{
	struct vswitch_port *port = netdev_priv(dev);

	vswitch_queue_open(&port->queue);
	vswitch_port_set_up(port);
	return 0;
}

int vswitch_netdev_stop(struct net_device *dev)
{
	struct vswitch_port *port = netdev_priv(dev);

	vswitch_port_set_down(port);
	vswitch_queue_close(&port->queue);
	return 0;
}

/* What a port receives is the switch's business; there is no filter to set. */
void vswitch_netdev_set_rx_mode(struct net_device *dev)
{
}

/**
 * vswitch_validate_address() - check the address asked for a new device
 * @attr: IFLA_ADDRESS, or NULL
 * @extack: what is wrong
 *
 * Context: process context.
 * Return: 0 or a negative error.
 */
int vswitch_validate_address(const struct nlattr *attr,
			     struct netlink_ext_ack *extack)
{
	if (!attr)
		return 0;
	if (nla_len(attr) != ETH_ALEN) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "An Ethernet address has six bytes");
		return -EINVAL;
	}
	if (!is_valid_ether_addr(nla_data(attr))) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "Not the address of one station");
		return -EADDRNOTAVAIL;
	}
	return 0;
}

/**
 * vswitch_netdev_set_rx_headroom() - ndo_set_rx_headroom
 * @dev: the device
 * @headroom: what the stack above @dev wants in front of frames that it
 *	      receives; negative: nothing
 *
 * A tenant may stack as many tunnels as it likes: it gets no more than will do
 * for one or two.
 *
 * Context: any; Open vSwitch asks without RTNL.
 */
void vswitch_netdev_set_rx_headroom(struct net_device *dev, int headroom)
{
	struct vswitch_port *port = netdev_priv(dev);

	WRITE_ONCE(port->rx_headroom,
		   clamp(headroom, 0, VSWITCH_HEADROOM_MAX));
	vswitch_update_headroom(port->sw);
}

/**
 * vswitch_update_headroom() - let senders leave the headroom that receivers want
 * @sw: the switch
 *
 * A frame may go to any port, so all ports ask for what the most demanding one
 * needs.  Who asks at the same time as another may be left with less: it costs
 * a copy, as a port that comes later does.
 *
 * Context: any.
 */
void vswitch_update_headroom(struct vswitch *sw)
{
	struct vswitch_port *port;
	unsigned int headroom = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(port, &sw->ports, list) {
		if (port->kind == VSWITCH_PORT_KIND_UPLINK)
			headroom = max_t(unsigned int, headroom,
					 netdev_get_fwd_headroom(port->dev));
		else
			headroom = max_t(unsigned int, headroom,
					 READ_ONCE(port->rx_headroom));
	}

	list_for_each_entry_rcu(port, &sw->ports, list) {
		if (port->kind == VSWITCH_PORT_KIND_UPLINK)
			netdev_set_rx_headroom(port->dev, headroom);
		else
			WRITE_ONCE(port->dev->needed_headroom, headroom);
	}
	rcu_read_unlock();
}

// SPDX-License-Identifier: GPL-2.0
/*
 * ethtool on switch and port devices: counters, and the length of the queue.
 */
#include <linux/ethtool.h>
#include <linux/netdevice.h>
#include <net/rtnetlink.h>

#include "vswitch.h"

/* Known sources are not counted, and VSW_DROP_NOT is no reason. */
#define VSWITCH_LEARN_FIRST	VSW_LEARN_NEW
#define VSWITCH_LEARNS		(VSW_LEARN_MAX - VSWITCH_LEARN_FIRST)
#define VSWITCH_DROP_FIRST	(VSW_DROP_NOT + 1)
#define VSWITCH_DROPS		(VSWITCH_DROP_COUNT - VSWITCH_DROP_FIRST)

static void vswitch_get_drvinfo(struct net_device *dev,
				struct ethtool_drvinfo *info)
{
	strscpy(info->driver, dev->rtnl_link_ops->kind, sizeof(info->driver));
}

static int vswitch_get_sset_count(struct net_device *dev, int sset)
{
	if (sset != ETH_SS_STATS)
		return -EOPNOTSUPP;
	return VSWITCH_COUNT_MAX + VSWITCH_LEARNS + VSWITCH_DROPS;
}

static void vswitch_get_strings(struct net_device *dev, u32 sset, u8 *buf)
{
	unsigned int i;

	if (sset != ETH_SS_STATS)
		return;

	for (i = 0; i < VSWITCH_COUNT_MAX; i++)
		ethtool_puts(&buf, vswitch_counter_names[i]);
	for (i = VSWITCH_LEARN_FIRST; i < VSW_LEARN_MAX; i++)
		ethtool_sprintf(&buf, "learn_%s", vsw_learn_name(i));
	for (i = VSWITCH_DROP_FIRST; i < VSWITCH_DROP_COUNT; i++)
		ethtool_sprintf(&buf, "drop_%s", vswitch_drop_name(i));
}

static void vswitch_get_ethtool_stats(struct net_device *dev,
				      struct ethtool_stats *stats, u64 *data)
{
	struct vswitch_totals sum;

	vswitch_stats_sum(netdev_priv(dev), &sum);
	memcpy(data, sum.count, sizeof(sum.count));
	data += VSWITCH_COUNT_MAX;
	memcpy(data, &sum.learn[VSWITCH_LEARN_FIRST],
	       VSWITCH_LEARNS * sizeof(u64));
	data += VSWITCH_LEARNS;
	memcpy(data, &sum.drops[VSWITCH_DROP_FIRST],
	       VSWITCH_DROPS * sizeof(u64));
}

static void vswitch_get_ringparam(struct net_device *dev,
				  struct ethtool_ringparam *ring,
				  struct kernel_ethtool_ringparam *kernel_ring,
				  struct netlink_ext_ack *extack)
{
	struct vswitch_port *port = netdev_priv(dev);

	ring->rx_max_pending = VSWITCH_QUEUE_FRAMES_MAX;
	ring->rx_pending = port->queue.limit;
}

static int vswitch_set_ringparam(struct net_device *dev,
				 struct ethtool_ringparam *ring,
				 struct kernel_ethtool_ringparam *kernel_ring,
				 struct netlink_ext_ack *extack)
{
	struct vswitch_port *port = netdev_priv(dev);

	if (ring->rx_pending < VSWITCH_QUEUE_FRAMES_MIN) {
		NL_SET_ERR_MSG(extack, "The queue of a port holds at least one frame");
		return -EINVAL;
	}
	/* The queue is memory of the switch's owner. */
	if (vswitch_owner_capable(port->sw)) {
		port->queue.granted = ring->rx_pending;
	} else if (ring->rx_pending > port->queue.granted) {
		NL_SET_ERR_MSG(extack, "Only the owner of the switch may grant a longer queue");
		return -EPERM;
	}
	vswitch_queue_set_limit(&port->queue, ring->rx_pending);
	return 0;
}

const struct ethtool_ops vswitch_ethtool_ops = {
	.get_drvinfo		= vswitch_get_drvinfo,
	.get_link		= ethtool_op_get_link,
	.get_ts_info		= ethtool_op_get_ts_info,
	.get_sset_count		= vswitch_get_sset_count,
	.get_strings		= vswitch_get_strings,
	.get_ethtool_stats	= vswitch_get_ethtool_stats,
	.get_ringparam		= vswitch_get_ringparam,
	.set_ringparam		= vswitch_set_ringparam,
};

// SPDX-License-Identifier: GPL-2.0
/*
 * Counters of a port, summed up.
 */
#include <linux/netdevice.h>

#include "vswitch.h"

const char *const vswitch_counter_names[VSWITCH_COUNT_MAX] = {
	[VSWITCH_COUNT_FLOOD]	= "flood",
	[VSWITCH_COUNT_QUEUED]	= "queued",
};

/**
 * vswitch_stats_sum() - the counters of a port
 * @port: the port
 * @sum: where they go
 *
 * Context: any.
 */
void vswitch_stats_sum(const struct vswitch_port *port,
		       struct vswitch_totals *sum)
{
	const struct vswitch_stats *s;
	struct vswitch_totals one;
	unsigned int start, i;
	int cpu;

	memset(sum, 0, sizeof(*sum));
	for_each_possible_cpu(cpu) {
		s = per_cpu_ptr(port->stats, cpu);
		do {
			start = u64_stats_fetch_begin(&s->syncp);
			one.in_packets = u64_stats_read(&s->in_packets);
			one.in_bytes = u64_stats_read(&s->in_bytes);
			one.out_packets = u64_stats_read(&s->out_packets);
			one.out_bytes = u64_stats_read(&s->out_bytes);
			for (i = 0; i < VSWITCH_COUNT_MAX; i++)
				one.count[i] = u64_stats_read(&s->count[i]);
			for (i = 0; i < VSW_LEARN_MAX; i++)
				one.learn[i] = u64_stats_read(&s->learn[i]);
			for (i = 0; i < VSWITCH_DROP_COUNT; i++)
				one.drops[i] = u64_stats_read(&s->drops[i]);
		} while (u64_stats_fetch_retry(&s->syncp, start));

		sum->in_packets += one.in_packets;
		sum->in_bytes += one.in_bytes;
		sum->out_packets += one.out_packets;
		sum->out_bytes += one.out_bytes;
		for (i = 0; i < VSWITCH_COUNT_MAX; i++)
			sum->count[i] += one.count[i];
		for (i = 0; i < VSW_LEARN_MAX; i++)
			sum->learn[i] += one.learn[i];
		for (i = 0; i < VSWITCH_DROP_COUNT; i++)
			sum->drops[i] += one.drops[i];
	}
}

/* Drops that are counted at the port that the frame was for. */
static bool vswitch_drop_is_rx(unsigned int drop)
{
	return drop == VSWITCH_DROP_TOO_BIG || drop == VSWITCH_DROP_QUEUE_FULL;
}

/**
 * vswitch_get_stats64() - ndo_get_stats64 of switch and port devices
 * @dev: the device
 * @stats: where they go
 *
 * What a device receives is what the switch sends to it.
 *
 * Context: any.
 */
void vswitch_get_stats64(struct net_device *dev,
			 struct rtnl_link_stats64 *stats)
{
	struct vswitch_totals sum;
	unsigned int i;

	vswitch_stats_sum(netdev_priv(dev), &sum);

	stats->rx_packets = sum.out_packets;
	stats->rx_bytes = sum.out_bytes;
	stats->tx_packets = sum.in_packets;
	stats->tx_bytes = sum.in_bytes;
	for (i = VSW_DROP_NOT + 1; i < VSWITCH_DROP_COUNT; i++) {
		if (vswitch_drop_is_rx(i))
			stats->rx_dropped += sum.drops[i];
		else
			stats->tx_dropped += sum.drops[i];
	}
}

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Counters of a port.
 */
#ifndef __VSWITCH_STATS_H
#define __VSWITCH_STATS_H

#include <linux/percpu.h>
#include <linux/u64_stats_sync.h>

#include "fdb.h"
#include "reason.h"

struct rtnl_link_stats64;
struct vswitch_port;

/**
 * enum vswitch_counter - what is neither a drop nor about learning
 * @VSWITCH_COUNT_FLOOD: frames sent to all ports that may have them
 * @VSWITCH_COUNT_QUEUED: frames that came to the port by its queue
 * @VSWITCH_COUNT_MAX: how many there are
 */
enum vswitch_counter {
	VSWITCH_COUNT_FLOOD,
	VSWITCH_COUNT_QUEUED,
	VSWITCH_COUNT_MAX,
};

extern const char *const vswitch_counter_names[VSWITCH_COUNT_MAX];

/**
 * struct vswitch_stats - counters of a port, of one CPU
 * @in_packets: frames that the port sent into the switch
 * @in_bytes: their bytes
 * @out_packets: frames that the switch sent to the port
 * @out_bytes: their bytes
 * @syncp: for readers on 32 bits
 * @count: others
 * @learn: what became of sources, but those that were known
 * @drops: frames dropped, by reason; at the port that they came from, or, if it
 *	   is that port's fault, at the one that they were for
 */
struct vswitch_stats {
	u64_stats_t		in_packets;
	u64_stats_t		in_bytes;
	u64_stats_t		out_packets;
	u64_stats_t		out_bytes;
	struct u64_stats_sync	syncp;
	u64_stats_t		count[VSWITCH_COUNT_MAX];
	u64_stats_t		learn[VSW_LEARN_MAX];
	u64_stats_t		drops[VSWITCH_DROP_COUNT];
};

/* The sum of them. */
struct vswitch_totals {
	u64	in_packets;
	u64	in_bytes;
	u64	out_packets;
	u64	out_bytes;
	u64	count[VSWITCH_COUNT_MAX];
	u64	learn[VSW_LEARN_MAX];
	u64	drops[VSWITCH_DROP_COUNT];
};

void vswitch_stats_sum(const struct vswitch_port *port,
		       struct vswitch_totals *sum);
void vswitch_get_stats64(struct net_device *dev,
			 struct rtnl_link_stats64 *stats);

/* Context of these: BHs off. */
static inline void vswitch_stats_in(struct vswitch_stats __percpu *stats,
				    unsigned int bytes)
{
	struct vswitch_stats *s = this_cpu_ptr(stats);

	u64_stats_update_begin(&s->syncp);
	u64_stats_inc(&s->in_packets);
	u64_stats_add(&s->in_bytes, bytes);
	u64_stats_update_end(&s->syncp);
}

static inline void vswitch_stats_out(struct vswitch_stats __percpu *stats,
				     unsigned int bytes)
{
	struct vswitch_stats *s = this_cpu_ptr(stats);

	u64_stats_update_begin(&s->syncp);
	u64_stats_inc(&s->out_packets);
	u64_stats_add(&s->out_bytes, bytes);
	u64_stats_update_end(&s->syncp);
}

static inline void vswitch_stats_count(struct vswitch_stats __percpu *stats,
				       enum vswitch_counter what)
{
	struct vswitch_stats *s = this_cpu_ptr(stats);

	u64_stats_update_begin(&s->syncp);
	u64_stats_inc(&s->count[what]);
	u64_stats_update_end(&s->syncp);
}

static inline void vswitch_stats_learn(struct vswitch_stats __percpu *stats,
				       enum vsw_learn learn)
{
	struct vswitch_stats *s = this_cpu_ptr(stats);

	u64_stats_update_begin(&s->syncp);
	u64_stats_inc(&s->learn[learn]);
	u64_stats_update_end(&s->syncp);
}

static inline void vswitch_stats_drop(struct vswitch_stats __percpu *stats,
				      unsigned int drop)
{
	struct vswitch_stats *s = this_cpu_ptr(stats);

	u64_stats_update_begin(&s->syncp);
	u64_stats_inc(&s->drops[drop]);
	u64_stats_update_end(&s->syncp);
}

#endif

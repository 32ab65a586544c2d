/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the KUnit tests of the switch's core have in common.  They also run in
 * user space, where kunit_user.h stands for KUnit.
 */
#ifndef _VSWITCH_TEST_H
#define _VSWITCH_TEST_H

#include "config.h"
#include "forward.h"

#ifdef __KERNEL__
#include <kunit/test.h>
#else
#include "kunit_user.h"
#endif

/* More than a share of a test's table, few enough for any. */
#define VSW_TEST_PORTS		9

/**
 * struct vsw_bench - a switch for a test
 * @core: the switch
 * @port: its ports; the first one is the local port
 * @now: the time, which the test sets
 * @events: how many of each event were told of
 * @kicks: how often housekeeping was asked for
 * @last: the last entry told of
 * @from: where it moved from
 */
struct vsw_bench {
	struct vsw_core		core;
	struct vsw_port_core	port[VSW_TEST_PORTS];
	unsigned long		now;
	unsigned int		events[VSW_FDB_REMOVED + 1];
	unsigned int		kicks;
	struct vsw_fdb_info	last;
	u16			from;
};

/* Addresses that are no station's. */
#define VSW_TEST_BROADCAST	0xffffffff
#define VSW_TEST_MULTICAST	0xfffffffe
#define VSW_TEST_RESERVED	0xfffffffd	/* 01:80:C2:00:00:0E */
#define VSW_TEST_ZERO		0xfffffffc

u64 vsw_test_key(u32 station, u16 vid);

struct vsw_bench *vsw_bench_new(struct kunit *test,
				const struct vsw_fdb_params *params,
				unsigned long flags);
void vsw_bench_exit(struct kunit *test);
enum vsw_learn vsw_bench_learn(struct vsw_bench *b, unsigned int port, u64 key);
int vsw_bench_find(struct vsw_bench *b, u64 key);
void vsw_bench_housekeep(struct vsw_bench *b);
enum vsw_verdict vsw_bench_frame(struct vsw_bench *b, unsigned int in,
				 const struct vsw_frame *frame,
				 struct vsw_decision *d);
enum vsw_verdict vsw_bench_tagged(struct vsw_bench *b, unsigned int in,
				  u32 dst, u32 src, enum vsw_tags tags, u16 tci,
				  struct vsw_decision *d);
enum vsw_verdict vsw_bench_forward(struct vsw_bench *b, unsigned int in,
				   u32 dst, u32 src, struct vsw_decision *d);
unsigned int vsw_bench_flood(struct vsw_bench *b, const struct vsw_decision *d,
			     enum vsw_copy *copies);

extern struct kunit_suite vsw_fdb_suite;
extern struct kunit_suite vsw_allow_suite;
extern struct kunit_suite vsw_vlan_suite;
extern struct kunit_suite vsw_forward_suite;
extern struct kunit_suite vsw_config_suite;

#endif /* _VSWITCH_TEST_H */

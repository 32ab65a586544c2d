// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit tests of the switch's core: what they have in common.
 */
#include "vswitch_test.h"

/* A station has an address of its own; some numbers are for special ones. */
u64 vsw_test_key(u32 station, u16 vid)
{
	u8 addr[ETH_ALEN] = { 0x02 };

	switch (station) {
	case VSW_TEST_BROADCAST:
		return VSW_KEY_ADDR_MASK | (u64)vid << VSW_KEY_VID_SHIFT;
	case VSW_TEST_MULTICAST:
		return vsw_key((const u8 *)"\x01\x00\x5e\x00\x00\x01", vid);
	case VSW_TEST_RESERVED:
		return vsw_key((const u8 *)"\x01\x80\xc2\x00\x00\x0e", vid);
	case VSW_TEST_ZERO:
		return (u64)vid << VSW_KEY_VID_SHIFT;
	}
	addr[2] = station >> 24;
	addr[3] = station >> 16;
	addr[4] = station >> 8;
	addr[5] = station;
	return vsw_key(addr, vid);
}

static void vsw_bench_event(struct vsw_fdb *fdb, enum vsw_fdb_event event,
			    const struct vsw_fdb_info *info, u16 from)
{
	struct vsw_bench *b = container_of(fdb, struct vsw_bench, core.fdb);

	b->events[event]++;
	b->last = *info;
	b->from = from;
}

static void vsw_bench_kick(struct vsw_fdb *fdb)
{
	struct vsw_bench *b = container_of(fdb, struct vsw_bench, core.fdb);

	b->kicks++;
}

static const struct vsw_fdb_client vsw_bench_client = {
	.event	= vsw_bench_event,
	.kick	= vsw_bench_kick,
};

/* A switch with all its ports, or NULL if it cannot be made so. */
struct vsw_bench *vsw_bench_new(struct kunit *test,
				const struct vsw_fdb_params *params,
				unsigned long flags)
{
	struct vsw_bench *b = kunit_kzalloc(test, sizeof(*b), GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, b);
	/* Soon after the start of a test, time wraps round. */
	b->now = -1000UL;
	if (vsw_core_init(&b->core, flags, params, &vsw_bench_client))
		return NULL;
	test->priv = b;
	for (i = 0; i < VSW_TEST_PORTS && i < b->core.fdb.max_ports; i++)
		KUNIT_ASSERT_EQ(test,
				vsw_port_join(&b->core, &b->port[i], i), 0);
	return b;
}

void vsw_bench_exit(struct kunit *test)
{
	struct vsw_bench *b = test->priv;
	unsigned int i;

	if (!b)
		return;
	for (i = 0; i < VSW_TEST_PORTS; i++) {
		if (rcu_access_pointer(b->core.fdb.ports[i]) ==
		    &b->port[i].fdb)
			vsw_port_leave(&b->core, &b->port[i]);
		vsw_port_free(&b->port[i]);
	}
	synchronize_rcu();
	KUNIT_EXPECT_EQ(test, b->core.fdb.entries, 0);
	KUNIT_EXPECT_EQ(test, b->core.fdb.pool_used, 0);
	vsw_core_destroy(&b->core);
}

static void vsw_bench_lock(void)
	__acquires(RCU)
{
#ifdef __KERNEL__
	local_bh_disable();
#endif
	rcu_read_lock();
}

static void vsw_bench_unlock(void)
	__releases(RCU)
{
	rcu_read_unlock();
#ifdef __KERNEL__
	local_bh_enable();
#endif
}

enum vsw_learn vsw_bench_learn(struct vsw_bench *b, unsigned int port, u64 key)
{
	enum vsw_learn ret;

	vsw_bench_lock();
	ret = vsw_fdb_learn(&b->core.fdb, &b->port[port].fdb, key, b->now);
	vsw_bench_unlock();
	return ret;
}

/* The port that a key is behind, -1 if there is no valid entry. */
int vsw_bench_find(struct vsw_bench *b, u64 key)
{
	const struct vsw_fdb_entry *e;
	int port = -1;

	vsw_bench_lock();
	e = vsw_fdb_lookup(&b->core.fdb, key, b->now);
	if (e)
		port = e->port;
	vsw_bench_unlock();
	return port;
}

/* All that is to be done now. */
void vsw_bench_housekeep(struct vsw_bench *b)
{
	while (vsw_fdb_housekeep(&b->core.fdb, b->now) == 1)
		;
}

enum vsw_verdict vsw_bench_frame(struct vsw_bench *b, unsigned int in,
				 const struct vsw_frame *frame,
				 struct vsw_decision *d)
{
	enum vsw_verdict ret;

	vsw_bench_lock();
	ret = vsw_forward(&b->core, &b->port[in], frame, b->now, d);
	vsw_bench_unlock();
	return ret;
}

enum vsw_verdict vsw_bench_tagged(struct vsw_bench *b, unsigned int in,
				  u32 dst, u32 src, enum vsw_tags tags, u16 tci,
				  struct vsw_decision *d)
{
	struct vsw_frame frame = { .tags = VSW_TAGS_UNKNOWN, .tci = tci };
	u8 addr[2 * ETH_ALEN];

	if (b->core.flags & VSW_CORE_VLAN)
		frame.tags = tags;

	vsw_key_addr(vsw_test_key(dst, 0), addr);
	vsw_key_addr(vsw_test_key(src, 0), addr + ETH_ALEN);
	frame.addr = addr;
	return vsw_bench_frame(b, in, &frame, d);
}

enum vsw_verdict vsw_bench_forward(struct vsw_bench *b, unsigned int in,
				   u32 dst, u32 src, struct vsw_decision *d)
{
	return vsw_bench_tagged(b, in, dst, src, VSW_TAGS_NONE, 0, d);
}

/* A bit for each port that gets a copy; how it leaves in @copies, or NULL. */
unsigned int vsw_bench_flood(struct vsw_bench *b, const struct vsw_decision *d,
			     enum vsw_copy *copies)
{
	unsigned int i, ports = 0;
	enum vsw_copy copy;
	enum vsw_drop why;

	vsw_bench_lock();
	for (i = 0; i < VSW_TEST_PORTS; i++) {
		copy = vsw_flood_copy(d, &b->port[i], &why);
		if (copies)
			copies[i] = copy;
		if (copy != VSW_COPY_NO)
			ports |= BIT(i);
	}
	vsw_bench_unlock();
	return ports;
}

kunit_test_suites(&vsw_fdb_suite, &vsw_allow_suite, &vsw_vlan_suite,
		  &vsw_forward_suite, &vsw_config_suite);

// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit tests of the switch's table: each runs with each structure.
 */
#include "vswitch_test.h"

static const struct vsw_fdb_params vsw_test_types[] = {
	{ .type = VSW_FDB_HASH },
	{ .type = VSW_FDB_LINEAR },
};

static void vsw_test_type_desc(const struct vsw_fdb_params *params, char *desc)
{
	strscpy(desc, vsw_fdb_type_name(params->type), KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(vsw_fdb, vsw_test_types, vsw_test_type_desc);

/* A switch of the test's structure, otherwise as @params say. */
static struct vsw_bench *fdb_bench(struct kunit *test,
				   struct vsw_fdb_params params)
{
	const struct vsw_fdb_params *type = test->param_value;
	struct vsw_bench *b;

	params.type = type->type;
	b = vsw_bench_new(test, &params, 0);
	KUNIT_ASSERT_NOT_NULL(test, b);
	return b;
}

#define BENCH(test, ...)						\
	fdb_bench(test, (struct vsw_fdb_params){ __VA_ARGS__ })

static void keys(struct kunit *test)
{
	static const u8 addr[] = { 0x02, 0x34, 0x56, 0x78, 0x9a, 0xbc };
	u64 key = vsw_key(addr, 0xdef);
	u8 back[ETH_ALEN];

	vsw_key_addr(key, back);
	KUNIT_EXPECT_EQ(test, memcmp(addr, back, ETH_ALEN), 0);
	KUNIT_EXPECT_EQ(test, vsw_key_vid(key), 0xdef);
	KUNIT_EXPECT_TRUE(test, vsw_key_unicast(key));
	KUNIT_EXPECT_FALSE(test, vsw_key_unicast(vsw_test_key(VSW_TEST_ZERO, 1)));
	KUNIT_EXPECT_FALSE(test,
			   vsw_key_unicast(vsw_test_key(VSW_TEST_MULTICAST, 1)));
	KUNIT_EXPECT_FALSE(test,
			   vsw_key_unicast(vsw_test_key(VSW_TEST_BROADCAST, 0)));
}

static void parameters(struct kunit *test)
{
	static const struct {
		struct vsw_fdb_params params;
		int err;
	} cases[] = {
		{ { .type = VSW_FDB_HASH }, 0 },
		{ { .type = VSW_FDB_HASH, .limit = VSW_FDB_LIMIT_MAX }, 0 },
		{ { .type = VSW_FDB_HASH, .limit = VSW_FDB_LIMIT_MAX + 1 },
		  -EINVAL },
		{ { .type = VSW_FDB_HASH, .limit = 1 }, 0 },
		{ { .type = VSW_FDB_HASH, .limit = 9, .ports = 10 }, -EINVAL },
		{ { .type = VSW_FDB_HASH, .ports = VSW_MAX_PORTS }, 0 },
		{ { .type = VSW_FDB_HASH, .ports = VSW_MAX_PORTS + 1 },
		  -EINVAL },
		{ { .type = VSW_FDB_LINEAR }, 0 },
		{ { .type = VSW_FDB_LINEAR, .limit = 256 }, 0 },
		{ { .type = VSW_FDB_LINEAR, .limit = 257 }, -EINVAL },
		{ { .type = VSW_FDB_LINEAR, .ports = 65 }, -EINVAL },
		{ { .type = VSW_FDB_TYPES }, -EINVAL },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		KUNIT_EXPECT_EQ_MSG(test, vsw_fdb_check(&cases[i].params),
				    cases[i].err, "case %u", i);
}

static void learns(struct kunit *test)
{
	struct vsw_bench *b = BENCH(test, .ageing = 300);
	u64 key = vsw_test_key(1, 0);

	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, key), -1);
	KUNIT_EXPECT_EQ(test, vsw_bench_learn(b, 3, key), VSW_LEARN_NEW);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, key), 3);
	KUNIT_EXPECT_EQ(test, b->events[VSW_FDB_ADDED], 1);
	KUNIT_EXPECT_EQ(test, b->last.port, 3);
	KUNIT_EXPECT_EQ(test, b->last.flags, 0);
	KUNIT_EXPECT_EQ(test, b->last.addr[5], 1);

	KUNIT_EXPECT_EQ(test, vsw_bench_learn(b, 3, key), VSW_LEARN_KNOWN);
	KUNIT_EXPECT_EQ(test, b->events[VSW_FDB_ADDED], 1);
	KUNIT_EXPECT_EQ(test, b->core.fdb.entries, 1);
	KUNIT_EXPECT_EQ(test, b->port[3].fdb.entries, 1);
}

static void learns_per_vlan(struct kunit *test)
{
	struct vsw_bench *b = BENCH(test, .ageing = 300);

	vsw_bench_learn(b, 1, vsw_test_key(1, 10));
	vsw_bench_learn(b, 2, vsw_test_key(1, 20));
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, vsw_test_key(1, 10)), 1);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, vsw_test_key(1, 20)), 2);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, vsw_test_key(1, 0)), -1);
	KUNIT_EXPECT_EQ(test, b->events[VSW_FDB_MOVED], 0);
}

static void ages(struct kunit *test)
{
	struct vsw_bench *b = BENCH(test, .ageing = 640);
	u64 quiet = vsw_test_key(1, 0), busy = vsw_test_key(2, 0);
	unsigned int i;

	vsw_bench_learn(b, 1, quiet);
	vsw_bench_learn(b, 1, busy);
	for (i = 0; i < 639; i++) {
		b->now++;
		vsw_bench_learn(b, 1, busy);
	}
	vsw_bench_housekeep(b);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, quiet), 1);
	KUNIT_EXPECT_EQ(test, b->events[VSW_FDB_AGED], 0);

	/* Not valid from now on, whenever housekeeping comes. */
	b->now++;
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, quiet), -1);
	KUNIT_EXPECT_EQ(test, b->core.fdb.entries, 2);
	vsw_bench_housekeep(b);
	KUNIT_EXPECT_EQ(test, b->core.fdb.entries, 1);
	KUNIT_EXPECT_EQ(test, b->events[VSW_FDB_AGED], 1);
	KUNIT_EXPECT_EQ(test, b->last.addr[5], 1);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, busy), 1);
	KUNIT_EXPECT_EQ(test, vsw_bench_learn(b, 1, quiet), VSW_LEARN_NEW);

	/* Another ageing time is for what is there, too. */
	vsw_fdb_set_ageing(&b->core.fdb, 10, 0);
	b->now += 10;
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, busy), -1);
	/* An entry that is too old, but was not removed, is as good as new. */
	KUNIT_EXPECT_EQ(test, vsw_bench_learn(b, 1, busy), VSW_LEARN_KNOWN);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, busy), 1);
}

static void ageing_none(struct kunit *test)
{
	struct vsw_bench *b = BENCH(test, .ageing = 0);
	u64 key = vsw_test_key(1, 0);

	vsw_bench_learn(b, 1, key);
	b->now += 1UL << 30;
	KUNIT_EXPECT_EQ(test, vsw_fdb_housekeep(&b->core.fdb, b->now),
			ULONG_MAX);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, key), 1);
}

static void ageing_bounded(struct kunit *test)
{
	struct vsw_bench *b = BENCH(test, .ageing = 1600, .limit = 256,
				    .ports = 4);

	/* A round takes a while, but a pause of a 16th follows it. */
	vsw_bench_housekeep(b);
	KUNIT_EXPECT_EQ(test, vsw_fdb_housekeep(&b->core.fdb, b->now), 100);
}

static void stamps(struct kunit *test)
{
	struct vsw_bench *b = BENCH(test, .ageing = 6400);
	u64 key = vsw_test_key(1, 0);
	struct vsw_fdb_entry *e;
	unsigned long start;

	start = b->now;
	vsw_bench_learn(b, 1, key);
	rcu_read_lock();
	e = vsw_fdb_find(&b->core.fdb, key);
	rcu_read_unlock();
	/* Nobody else removes it. */
	b->now += 99;
	vsw_bench_learn(b, 1, key);
	KUNIT_EXPECT_EQ(test, e->stamp, start);
	b->now++;
	vsw_bench_learn(b, 1, key);
	KUNIT_EXPECT_EQ(test, e->stamp, start + 100);
}

static void moves(struct kunit *test)
{
	struct vsw_bench *b = BENCH(test, .ageing = 300);
	u64 key = vsw_test_key(1, 0);

	vsw_bench_learn(b, 1, key);
	b->now += 50;
	KUNIT_EXPECT_EQ(test, vsw_bench_learn(b, 2, key), VSW_LEARN_MOVED);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, key), 2);
	KUNIT_EXPECT_EQ(test, b->events[VSW_FDB_MOVED], 1);
	KUNIT_EXPECT_EQ(test, b->from, 1);
	KUNIT_EXPECT_EQ(test, b->last.port, 2);
	KUNIT_EXPECT_EQ(test, b->port[1].fdb.entries, 0);
	KUNIT_EXPECT_EQ(test, b->port[2].fdb.entries, 1);
	KUNIT_EXPECT_EQ(test, b->core.fdb.entries, 1);
	b->now += 299;
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, key), 2);
}

static void moves_not_held(struct kunit *test)
{
	struct vsw_bench *b = BENCH(test, .ageing = 300, .hold = 20);
	u64 key = vsw_test_key(1, 0);

	vsw_bench_learn(b, 1, key);
	b->now += 19;
	KUNIT_EXPECT_EQ(test, vsw_bench_learn(b, 2, key), VSW_LEARN_HELD);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, key), 1);
	/* What was refused does not put it off. */
	b->now++;
	KUNIT_EXPECT_EQ(test, vsw_bench_learn(b, 2, key), VSW_LEARN_MOVED);
}

static void moves_not_sticky(struct kunit *test)
{
	struct vsw_bench *b = BENCH(test, .ageing = 300);
	u64 key = vsw_test_key(1, 0), local = vsw_test_key(2, 0);

	vsw_fdb_port_set(&b->port[1].fdb, U32_MAX, true);
	vsw_bench_learn(b, 1, key);
	KUNIT_EXPECT_EQ(test, b->last.flags, VSW_FDB_STICKY);
	KUNIT_EXPECT_EQ(test, vsw_bench_learn(b, 2, key), VSW_LEARN_STICKY);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, key), 1);

	/* It ages, and then it is anybody's, and not sticky there. */
	b->now += 300;
	KUNIT_EXPECT_EQ(test, vsw_bench_learn(b, 2, key), VSW_LEARN_MOVED);
	KUNIT_EXPECT_EQ(test, b->last.flags, 0);

	/* Nobody gets frames for the switch by using its address. */
	vsw_fdb_add(&b->core.fdb, &b->port[0].fdb, local,
		    VSW_FDB_STATIC | VSW_FDB_LOCAL, VSW_FDB_CREATE, b->now);
	KUNIT_EXPECT_EQ(test, vsw_bench_learn(b, 2, local), VSW_LEARN_STICKY);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, local), 0);
}

static void static_stays(struct kunit *test)
{
	struct vsw_bench *b = BENCH(test, .ageing = 300);
	struct vsw_fdb *fdb = &b->core.fdb;
	u64 key = vsw_test_key(1, 0), sticky = vsw_test_key(2, 0);

	vsw_fdb_add(fdb, &b->port[1].fdb, key, VSW_FDB_STATIC, VSW_FDB_CREATE,
		    b->now);
	vsw_fdb_add(fdb, &b->port[1].fdb, sticky,
		    VSW_FDB_STATIC | VSW_FDB_STICKY, VSW_FDB_CREATE, b->now);
	b->now += 100000;
	vsw_bench_housekeep(b);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, key), 1);
	KUNIT_EXPECT_EQ(test, vsw_bench_learn(b, 2, sticky), VSW_LEARN_STICKY);
	/* It may move, and is still static then. */
	KUNIT_EXPECT_EQ(test, vsw_bench_learn(b, 2, key), VSW_LEARN_MOVED);
	KUNIT_EXPECT_EQ(test, b->last.flags, VSW_FDB_STATIC);
	b->now += 100000;
	vsw_bench_housekeep(b);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, key), 2);
}

static void by_hand(struct kunit *test)
{
	struct vsw_bench *b = BENCH(test, .ageing = 300);
	struct vsw_fdb_port *p1 = &b->port[1].fdb, *p2 = &b->port[2].fdb;
	u64 key = vsw_test_key(1, 0), mac = vsw_test_key(3, 0);
	struct vsw_fdb *fdb = &b->core.fdb;

	KUNIT_EXPECT_EQ(test, vsw_fdb_add(fdb, p1, key, 0, VSW_FDB_REPLACE,
					  b->now), -ENOENT);
	KUNIT_EXPECT_EQ(test, vsw_fdb_add(fdb, p1, key, 0, VSW_FDB_CREATE,
					  b->now), 0);
	KUNIT_EXPECT_EQ(test, vsw_fdb_add(fdb, p1, key, 0, VSW_FDB_CREATE,
					  b->now), -EEXIST);
	KUNIT_EXPECT_EQ(test, vsw_fdb_add(fdb, p1, key, VSW_FDB_STICKY,
					  VSW_FDB_CREATE | VSW_FDB_REPLACE,
					  b->now), 0);
	KUNIT_EXPECT_EQ(test, b->events[VSW_FDB_CHANGED], 1);
	KUNIT_EXPECT_EQ(test, b->last.flags, VSW_FDB_STICKY);
	KUNIT_EXPECT_EQ(test, b->core.fdb.entries, 1);

	/* By hand even a sticky one moves. */
	KUNIT_EXPECT_EQ(test, vsw_fdb_add(fdb, p2, key, VSW_FDB_STICKY,
					  VSW_FDB_REPLACE, b->now), 0);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, key), 2);
	KUNIT_EXPECT_EQ(test, p1->entries, 0);
	KUNIT_EXPECT_EQ(test, p2->entries, 1);

	KUNIT_EXPECT_EQ(test, vsw_fdb_add(fdb, p1,
					  vsw_test_key(VSW_TEST_MULTICAST, 0),
					  0, VSW_FDB_CREATE, b->now), -EINVAL);
	KUNIT_EXPECT_EQ(test, vsw_fdb_add(fdb, p1,
					  vsw_test_key(VSW_TEST_ZERO, 5),
					  0, VSW_FDB_CREATE, b->now), -EINVAL);
	KUNIT_EXPECT_EQ(test, vsw_fdb_add(fdb, p1, vsw_test_key(3, 4095), 0,
					  VSW_FDB_CREATE, b->now), -EINVAL);
	KUNIT_EXPECT_EQ(test, vsw_fdb_add(fdb, p1, mac, 0x80, VSW_FDB_CREATE,
					  b->now), -EINVAL);
	vsw_fdb_port_set(p1, 0, false);
	KUNIT_EXPECT_EQ(test, vsw_fdb_add(fdb, p1, mac, 0, VSW_FDB_CREATE,
					  b->now), -ENOSPC);
	KUNIT_EXPECT_EQ(test, vsw_fdb_add(fdb, p1, key, 0, VSW_FDB_REPLACE,
					  b->now), -ENOSPC);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, key), 2);

	KUNIT_EXPECT_EQ(test, vsw_fdb_del(fdb, mac, NULL), -ENOENT);
	KUNIT_EXPECT_EQ(test, vsw_fdb_del(fdb, key, p1), -ENOENT);
	KUNIT_EXPECT_EQ(test, vsw_fdb_del(fdb, key, p2), 0);
	KUNIT_EXPECT_EQ(test, b->events[VSW_FDB_REMOVED], 1);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, key), -1);
	KUNIT_EXPECT_EQ(test, fdb->entries, 0);
}

static void port_limit(struct kunit *test)
{
	struct vsw_bench *b = BENCH(test, .ageing = 300);

	vsw_fdb_port_set(&b->port[1].fdb, 2, false);
	vsw_bench_learn(b, 1, vsw_test_key(1, 0));
	vsw_bench_learn(b, 1, vsw_test_key(2, 0));
	KUNIT_EXPECT_EQ(test, vsw_bench_learn(b, 1, vsw_test_key(3, 0)),
			VSW_LEARN_PORT_FULL);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, vsw_test_key(3, 0)), -1);
	/* What it knows it still knows. */
	KUNIT_EXPECT_EQ(test, vsw_bench_learn(b, 1, vsw_test_key(2, 0)),
			VSW_LEARN_KNOWN);
	/* Nor does it get an address by a move; the other port keeps it. */
	vsw_bench_learn(b, 2, vsw_test_key(3, 0));
	KUNIT_EXPECT_EQ(test, vsw_bench_learn(b, 1, vsw_test_key(3, 0)),
			VSW_LEARN_PORT_FULL);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, vsw_test_key(3, 0)), 2);

	vsw_fdb_del(&b->core.fdb, vsw_test_key(1, 0), NULL);
	KUNIT_EXPECT_EQ(test, vsw_bench_learn(b, 1, vsw_test_key(4, 0)),
			VSW_LEARN_NEW);
}

static void shares(struct kunit *test)
{
	/* 8 ports with a share of 8 each, and a pool of 64. */
	struct vsw_bench *b = BENCH(test, .ageing = 300, .limit = 128,
				    .ports = 8);
	unsigned int i, port, learned = 0;

	vsw_bench_learn(b, 2, vsw_test_key(1, 2));
	/* One port makes up addresses. */
	for (i = 0; i < 1000; i++)
		learned += vsw_bench_learn(b, 1, vsw_test_key(i, 1)) ==
			   VSW_LEARN_NEW;
	KUNIT_EXPECT_EQ(test, learned, 8 + 64);
	KUNIT_EXPECT_EQ(test, vsw_bench_learn(b, 1, vsw_test_key(1000, 1)),
			VSW_LEARN_SWITCH_FULL);
	/* Nobody lost what he had, and each has his share. */
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, vsw_test_key(1, 2)), 2);
	for (port = 2; port < 8; port++) {
		for (i = 1; i <= 8; i++)
			KUNIT_EXPECT_LE(test,
					vsw_bench_learn(b, port,
							vsw_test_key(i, port)),
					VSW_LEARN_NEW);
		KUNIT_EXPECT_EQ(test, b->port[port].fdb.entries, 8);
		KUNIT_EXPECT_EQ(test,
				vsw_bench_learn(b, port, vsw_test_key(9, port)),
				VSW_LEARN_SWITCH_FULL);
	}
	/* The local port has its share, too, so the table is not full. */
	KUNIT_EXPECT_EQ(test, b->core.fdb.entries, 128 - 8);

	/* To move out of the pool makes room there. */
	KUNIT_EXPECT_EQ(test, vsw_bench_learn(b, 2, vsw_test_key(5, 1)),
			VSW_LEARN_MOVED);
	KUNIT_EXPECT_EQ(test, b->core.fdb.pool_used, 64);
	/* To move out of a share does not. */
	KUNIT_EXPECT_EQ(test, vsw_bench_learn(b, 4, vsw_test_key(1, 3)),
			VSW_LEARN_SWITCH_FULL);
	vsw_fdb_del(&b->core.fdb, vsw_test_key(6, 1), NULL);
	KUNIT_EXPECT_EQ(test, vsw_bench_learn(b, 4, vsw_test_key(1, 3)),
			VSW_LEARN_MOVED);
}

static void share_of_small(struct kunit *test)
{
	/* As many ports as entries: each has one, and there is no pool. */
	struct vsw_bench *b = BENCH(test, .ageing = 300, .limit = 4,
				    .ports = 4);

	KUNIT_EXPECT_EQ(test, vsw_bench_learn(b, 1, vsw_test_key(1, 0)),
			VSW_LEARN_NEW);
	KUNIT_EXPECT_EQ(test, vsw_bench_learn(b, 1, vsw_test_key(2, 0)),
			VSW_LEARN_SWITCH_FULL);
	KUNIT_EXPECT_EQ(test, vsw_bench_learn(b, 2, vsw_test_key(2, 0)),
			VSW_LEARN_NEW);
	KUNIT_EXPECT_EQ(test, vsw_bench_learn(b, 3, vsw_test_key(3, 0)),
			VSW_LEARN_NEW);
	KUNIT_EXPECT_EQ(test, vsw_bench_learn(b, 0, vsw_test_key(4, 0)),
			VSW_LEARN_NEW);
}

static void flushes(struct kunit *test)
{
	struct vsw_fdb_filter all = { .port = -1, .vid = -1 }, f;
	struct vsw_bench *b = BENCH(test, .ageing = 300);
	struct vsw_fdb *fdb = &b->core.fdb;
	unsigned long *keep;
	unsigned int i;

	keep = kunit_kzalloc(test, VSW_VLANS / 8, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, keep);
	for (i = 0; i < 12; i++)
		vsw_bench_learn(b, 1 + i % 2, vsw_test_key(i, i % 3));
	vsw_fdb_add(fdb, &b->port[1].fdb, vsw_test_key(12, 0), VSW_FDB_STATIC,
		    VSW_FDB_CREATE, b->now);

	f = all;
	f.port = 1;
	f.vid = 2;
	KUNIT_EXPECT_EQ(test, vsw_fdb_flush(fdb, &f), 2);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, vsw_test_key(2, 2)), -1);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, vsw_test_key(0, 0)), 1);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, vsw_test_key(5, 2)), 2);

	f = all;
	f.mask = VSW_FDB_STATIC;
	f.keep = keep;
	__set_bit(0, keep);
	__set_bit(1, keep);
	KUNIT_EXPECT_EQ(test, vsw_fdb_flush(fdb, &f), 2);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, vsw_test_key(1, 1)), 2);

	f.keep = NULL;
	KUNIT_EXPECT_EQ(test, vsw_fdb_flush(fdb, &f), 8);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, vsw_test_key(12, 0)), 1);
	KUNIT_EXPECT_EQ(test, vsw_fdb_flush(fdb, &all), 1);
	KUNIT_EXPECT_EQ(test, fdb->entries, 0);
	KUNIT_EXPECT_EQ(test, b->events[VSW_FDB_REMOVED], 13);
}

static void ports_come_and_go(struct kunit *test)
{
	struct vsw_bench *b = BENCH(test, .ageing = 300, .ports = 9);
	struct vsw_fdb *fdb = &b->core.fdb;
	struct vsw_fdb_port other = {};

	KUNIT_EXPECT_EQ(test, vsw_fdb_port_join(fdb, &other, 3), -EBUSY);
	KUNIT_EXPECT_EQ(test, vsw_fdb_port_join(fdb, &other, 9), -ERANGE);

	vsw_bench_learn(b, 3, vsw_test_key(1, 0));
	vsw_bench_learn(b, 4, vsw_test_key(2, 0));
	vsw_fdb_port_leave(fdb, &b->port[3].fdb);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, vsw_test_key(1, 0)), -1);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, vsw_test_key(2, 0)), 4);
	/* A frame that was under way teaches nothing. */
	KUNIT_EXPECT_EQ(test, vsw_bench_learn(b, 3, vsw_test_key(1, 0)),
			VSW_LEARN_GONE);
	KUNIT_EXPECT_EQ(test, vsw_bench_learn(b, 3, vsw_test_key(2, 0)),
			VSW_LEARN_GONE);
	KUNIT_EXPECT_EQ(test, vsw_fdb_add(fdb, &b->port[3].fdb,
					  vsw_test_key(1, 0), 0, VSW_FDB_CREATE,
					  b->now), -ENODEV);
	KUNIT_EXPECT_EQ(test, fdb->entries, 1);

	KUNIT_EXPECT_EQ(test, vsw_fdb_port_join(fdb, &other, 3), 0);
	KUNIT_EXPECT_EQ(test, other.no, 3);
	vsw_fdb_port_leave(fdb, &other);
}

struct seen {
	struct kunit	*test;
	unsigned int	count[256];
	unsigned int	stop;
};

static bool see(const struct vsw_fdb_info *info, void *arg)
{
	struct seen *seen = arg;

	if (!seen->stop)
		return false;
	seen->stop--;
	if (info->addr[4] == 0)
		seen->count[info->addr[5]]++;
	return true;
}

/* So many that some share a bucket, whatever the secret of the hash function is. */
#define DUMPED 150

/* Stopped after each entry, while others come and go: nothing twice or never. */
static void dumps(struct kunit *test)
{
	struct vsw_bench *b = BENCH(test, .ageing = 300, .limit = 256,
				    .ports = 4);
	struct seen *seen = kunit_kzalloc(test, sizeof(*seen), GFP_KERNEL);
	struct vsw_fdb_cursor cursor = {};
	unsigned int i, n = 0;
	bool end;

	KUNIT_ASSERT_NOT_NULL(test, seen);
	for (i = 0; i < DUMPED; i++)
		KUNIT_ASSERT_EQ(test, vsw_bench_learn(b, 1, vsw_test_key(i, 0)),
				VSW_LEARN_NEW);
	do {
		seen->stop = 1;
		end = vsw_fdb_dump(&b->core.fdb, &cursor, see, seen);
		vsw_bench_learn(b, 2, vsw_test_key(256 + n, 0));
		if (n > 20)
			vsw_fdb_del(&b->core.fdb, vsw_test_key(256 + n - 20, 0),
				    NULL);
		/* A table that can, grows and shrinks meanwhile. */
		vsw_fdb_housekeep(&b->core.fdb, b->now);
		KUNIT_ASSERT_GT(test, 1000, ++n);
	} while (!end);
	for (i = 0; i < DUMPED; i++)
		KUNIT_EXPECT_EQ_MSG(test, seen->count[i], 1, "entry %u", i);
	/* At the end it stays. */
	seen->stop = 1;
	KUNIT_EXPECT_TRUE(test, vsw_fdb_dump(&b->core.fdb, &cursor, see, seen));
}

/* Whether exactly stations from..to - 1 are in the table. */
static void expect_stations(struct kunit *test, struct vsw_bench *b,
			    unsigned int from, unsigned int to,
			    unsigned int max)
{
	unsigned int i, wrong = 0;

	for (i = 0; i < max; i++)
		wrong += vsw_bench_find(b, vsw_test_key(i, 0)) !=
			 (i >= from && i < to ? 1 : -1);
	KUNIT_EXPECT_EQ(test, wrong, 0);
}

#define MANY	20000

static void grows_and_shrinks(struct kunit *test)
{
	struct vsw_fdb_params params = {
		.type = VSW_FDB_HASH, .limit = 65536, .ports = 9,
	};
	struct vsw_bench *b = vsw_bench_new(test, &params, 0);
	unsigned int i, from = 0, to, steps = 0;

	KUNIT_ASSERT_NOT_NULL(test, b);
	for (i = 0; i < MANY; i++)
		KUNIT_ASSERT_EQ(test, vsw_bench_learn(b, 1, vsw_test_key(i, 0)),
				VSW_LEARN_NEW);
	to = MANY;
	KUNIT_EXPECT_GT(test, b->kicks, 0);
	/* Between two pieces of the work entries come and go. */
	while (vsw_fdb_housekeep(&b->core.fdb, b->now) == 1) {
		for (i = 0; i < 100; i++) {
			vsw_bench_learn(b, 1, vsw_test_key(to++, 0));
			vsw_fdb_del(&b->core.fdb, vsw_test_key(from++, 0),
				    NULL);
		}
		expect_stations(test, b, from, to, MANY + 2000);
		KUNIT_ASSERT_GT(test, 100, ++steps);
	}
	expect_stations(test, b, from, to, MANY + 2000);
	KUNIT_EXPECT_EQ(test, b->core.fdb.entries, MANY);

	/* The table has its size now, and asks for nothing. */
	b->kicks = 0;
	vsw_bench_learn(b, 1, vsw_test_key(to++, 0));
	KUNIT_EXPECT_EQ(test, b->kicks, 0);

	while (from < to - 100)
		vsw_fdb_del(&b->core.fdb, vsw_test_key(from++, 0), NULL);
	steps = 0;
	while (vsw_fdb_housekeep(&b->core.fdb, b->now) == 1) {
		/* So many that some are where the work has been. */
		for (i = 0; i < 50; i++) {
			vsw_bench_learn(b, 1, vsw_test_key(to++, 0));
			vsw_fdb_del(&b->core.fdb, vsw_test_key(from++, 0),
				    NULL);
		}
		expect_stations(test, b, from, to, MANY + 2000);
		KUNIT_ASSERT_GT(test, 100, ++steps);
	}
	KUNIT_EXPECT_GT(test, steps, 0);
	expect_stations(test, b, from, to, MANY + 2000);
}

static struct kunit_case vsw_fdb_cases[] = {
	KUNIT_CASE(keys),
	KUNIT_CASE(parameters),
	KUNIT_CASE_PARAM(learns, vsw_fdb_gen_params),
	KUNIT_CASE_PARAM(learns_per_vlan, vsw_fdb_gen_params),
	KUNIT_CASE_PARAM(ages, vsw_fdb_gen_params),
	KUNIT_CASE_PARAM(ageing_none, vsw_fdb_gen_params),
	KUNIT_CASE_PARAM(ageing_bounded, vsw_fdb_gen_params),
	KUNIT_CASE_PARAM(stamps, vsw_fdb_gen_params),
	KUNIT_CASE_PARAM(moves, vsw_fdb_gen_params),
	KUNIT_CASE_PARAM(moves_not_held, vsw_fdb_gen_params),
	KUNIT_CASE_PARAM(moves_not_sticky, vsw_fdb_gen_params),
	KUNIT_CASE_PARAM(static_stays, vsw_fdb_gen_params),
	KUNIT_CASE_PARAM(by_hand, vsw_fdb_gen_params),
	KUNIT_CASE_PARAM(port_limit, vsw_fdb_gen_params),
	KUNIT_CASE_PARAM(shares, vsw_fdb_gen_params),
	KUNIT_CASE_PARAM(share_of_small, vsw_fdb_gen_params),
	KUNIT_CASE_PARAM(flushes, vsw_fdb_gen_params),
	KUNIT_CASE_PARAM(ports_come_and_go, vsw_fdb_gen_params),
	KUNIT_CASE_PARAM(dumps, vsw_fdb_gen_params),
	KUNIT_CASE_SLOW(grows_and_shrinks),
	{}
};

struct kunit_suite vsw_fdb_suite = {
	.name		= "vswitch-fdb",
	.exit		= vsw_bench_exit,
	.test_cases	= vsw_fdb_cases,
};

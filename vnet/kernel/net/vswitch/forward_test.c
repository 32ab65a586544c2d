// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit tests of the decision.  Station n is behind port n, unless a test moves
 * it; port 0 is the switch itself.
 */
#include "vswitch_test.h"

#define ALL	((1U << VSW_TEST_PORTS) - 1)

static struct vsw_bench *forward_bench(struct kunit *test, unsigned long flags)
{
	struct vsw_fdb_params params = { .type = VSW_FDB_HASH, .ageing = 300 };
	struct vsw_bench *b = vsw_bench_new(test, &params, flags);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, b);
	for (i = 0; i < VSW_TEST_PORTS; i++)
		vsw_bench_learn(b, i, vsw_test_key(i, flags & VSW_CORE_VLAN ?
						      1 : 0));
	return b;
}

static void expect_unicast(struct kunit *test, struct vsw_bench *b,
			   unsigned int in, u32 dst, unsigned int out)
{
	struct vsw_decision d;

	KUNIT_EXPECT_EQ(test, vsw_bench_forward(b, in, dst, in, &d),
			VSW_UNICAST);
	KUNIT_EXPECT_EQ(test, d.verdict, VSW_UNICAST);
	KUNIT_EXPECT_PTR_EQ(test, d.out, &b->port[out]);
}

static void expect_flood(struct kunit *test, struct vsw_bench *b,
			 unsigned int in, u32 dst, unsigned int ports)
{
	struct vsw_decision d;

	KUNIT_EXPECT_EQ(test, vsw_bench_forward(b, in, dst, in, &d),
			VSW_FLOOD);
	KUNIT_EXPECT_EQ(test, vsw_bench_flood(b, &d, NULL), ports);
}

static void expect_drop(struct kunit *test, struct vsw_bench *b,
			unsigned int in, u32 dst, u32 src, enum vsw_drop why)
{
	struct vsw_decision d;

	KUNIT_EXPECT_EQ(test, vsw_bench_forward(b, in, dst, src, &d), VSW_DROP);
	KUNIT_EXPECT_EQ(test, d.verdict, VSW_DROP);
	KUNIT_EXPECT_EQ(test, d.drop, why);
}

static void unicast(struct kunit *test)
{
	struct vsw_bench *b = forward_bench(test, 0);
	struct vsw_decision d;

	expect_unicast(test, b, 1, 2, 2);
	expect_unicast(test, b, 1, 0, 0);
	expect_unicast(test, b, 0, 8, 8);
	vsw_bench_forward(b, 1, 2, 1, &d);
	KUNIT_EXPECT_EQ(test, d.copy, VSW_COPY_AS_IS);
	KUNIT_EXPECT_EQ(test, d.learn, VSW_LEARN_KNOWN);
	KUNIT_EXPECT_EQ(test, d.vid, 0);

	/* A new source is learned, also from a frame that goes nowhere. */
	vsw_bench_forward(b, 1, 1, 100, &d);
	KUNIT_EXPECT_EQ(test, d.learn, VSW_LEARN_NEW);
	expect_unicast(test, b, 2, 100, 1);
	expect_drop(test, b, 1, 1, 1, VSW_DROP_SAME_PORT);
	expect_drop(test, b, 1, 100, 1, VSW_DROP_SAME_PORT);
}

static void floods(struct kunit *test)
{
	struct vsw_bench *b = forward_bench(test, 0);

	expect_flood(test, b, 3, VSW_TEST_BROADCAST, ALL & ~BIT(3));
	expect_flood(test, b, 3, VSW_TEST_MULTICAST, ALL & ~BIT(3));
	expect_flood(test, b, 3, 1000, ALL & ~BIT(3));
	expect_flood(test, b, 0, VSW_TEST_BROADCAST, ALL & ~BIT(0));

	/* A port may be left out of each kind of flood. */
	vsw_port_set_flags(&b->port[4], 0, VSW_PORT_BCAST_FLOOD);
	vsw_port_set_flags(&b->port[5], 0, VSW_PORT_MCAST_FLOOD);
	vsw_port_set_flags(&b->port[6], 0, VSW_PORT_FLOOD);
	expect_flood(test, b, 3, VSW_TEST_BROADCAST, ALL & ~BIT(3) & ~BIT(4));
	expect_flood(test, b, 3, VSW_TEST_MULTICAST, ALL & ~BIT(3) & ~BIT(5));
	expect_flood(test, b, 3, 1000, ALL & ~BIT(3) & ~BIT(6));
	expect_unicast(test, b, 3, 6, 6);

	/* What is too old floods; so does what was behind a port that left. */
	b->now += 299;
	expect_unicast(test, b, 3, 8, 8);
	b->now += 1;
	expect_flood(test, b, 3, 8, ALL & ~BIT(3) & ~BIT(6));
}

static void never(struct kunit *test)
{
	struct vsw_bench *b = forward_bench(test, 0);

	expect_drop(test, b, 1, 2, VSW_TEST_ZERO, VSW_DROP_SOURCE);
	expect_drop(test, b, 1, 2, VSW_TEST_MULTICAST, VSW_DROP_SOURCE);
	expect_drop(test, b, 1, 2, VSW_TEST_BROADCAST, VSW_DROP_SOURCE);
	/* What is for the nearest bridge teaches this one nothing. */
	expect_drop(test, b, 1, VSW_TEST_RESERVED, 100, VSW_DROP_RESERVED);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, vsw_test_key(100, 0)), -1);
}

static void reserved(struct kunit *test)
{
	static const u8 src[ETH_ALEN] = { 0x02, 0, 0, 0, 0, 1 };
	static const struct {
		u8		dst[ETH_ALEN];
		enum vsw_verdict verdict;
	} cases[] = {
		{ { 0x01, 0x80, 0xc2, 0, 0, 0x00 }, VSW_DROP },
		{ { 0x01, 0x80, 0xc2, 0, 0, 0x01 }, VSW_DROP },
		{ { 0x01, 0x80, 0xc2, 0, 0, 0x0f }, VSW_DROP },
		{ { 0x01, 0x80, 0xc2, 0, 0, 0x10 }, VSW_FLOOD },
		{ { 0x01, 0x80, 0xc2, 0, 0, 0x21 }, VSW_FLOOD },
		{ { 0x01, 0x80, 0xc2, 0, 1, 0x00 }, VSW_FLOOD },
		{ { 0x01, 0x80, 0xc2, 1, 0, 0x00 }, VSW_FLOOD },
		{ { 0x01, 0x80, 0xc3, 0, 0, 0x00 }, VSW_FLOOD },
		{ { 0x03, 0x80, 0xc2, 0, 0, 0x00 }, VSW_FLOOD },
	};
	struct vsw_bench *b = forward_bench(test, 0);
	struct vsw_frame frame = {};
	u8 addr[2 * ETH_ALEN];
	struct vsw_decision d;
	unsigned int i;

	memcpy(addr + ETH_ALEN, src, ETH_ALEN);
	frame.addr = addr;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		memcpy(addr, cases[i].dst, ETH_ALEN);
		KUNIT_EXPECT_EQ_MSG(test, vsw_bench_frame(b, 1, &frame, &d),
				    cases[i].verdict, "case %u", i);
	}
}

static void allow_lists(struct kunit *test)
{
	struct vsw_bench *b = forward_bench(test, 0);

	vsw_allow_set(&b->port[1].allow, VSW_ALLOW_OWNER, 2, false);
	expect_drop(test, b, 1, 2, 1, VSW_DROP_ALLOW);
	expect_unicast(test, b, 1, 3, 3);
	/* The other direction is another list. */
	expect_unicast(test, b, 2, 1, 1);
	/* It is for every copy of a flood. */
	expect_flood(test, b, 1, VSW_TEST_BROADCAST, ALL & ~BIT(1) & ~BIT(2));
	expect_flood(test, b, 1, VSW_TEST_MULTICAST, ALL & ~BIT(1) & ~BIT(2));
	expect_flood(test, b, 1, 1000, ALL & ~BIT(1) & ~BIT(2));
	/* To say no to the port itself changes nothing. */
	vsw_allow_set(&b->port[1].allow, VSW_ALLOW_OWNER, 0, false);
	expect_drop(test, b, 1, 0, 1, VSW_DROP_ALLOW);

	vsw_allow_set(&b->port[1].allow, VSW_ALLOW_OWNER, 2, true);
	expect_unicast(test, b, 1, 2, 2);
}

/* The copies of one frame go by the list that there was for its decision. */
static void allow_list_of_a_flood(struct kunit *test)
{
	struct vsw_bench *b = forward_bench(test, 0);
	DECLARE_BITMAP(none, VSW_MAX_PORTS);
	struct vsw_decision d;

	bitmap_zero(none, VSW_MAX_PORTS);
	vsw_bench_forward(b, 1, VSW_TEST_BROADCAST, 1, &d);
	vsw_allow_replace(&b->port[1].allow, VSW_ALLOW_OWNER, none, false);
	KUNIT_EXPECT_EQ(test, vsw_bench_flood(b, &d, NULL), ALL & ~BIT(1));
	expect_flood(test, b, 1, VSW_TEST_BROADCAST, 0);
}

static void default_deny(struct kunit *test)
{
	struct vsw_bench *b = forward_bench(test, VSW_CORE_DEFAULT_DENY);

	expect_drop(test, b, 1, 2, 1, VSW_DROP_ALLOW);
	expect_drop(test, b, 1, 0, 1, VSW_DROP_ALLOW);
	expect_flood(test, b, 1, VSW_TEST_BROADCAST, 0);
	vsw_allow_set(&b->port[1].allow, VSW_ALLOW_OWNER, 2, true);
	expect_unicast(test, b, 1, 2, 2);
	expect_flood(test, b, 1, VSW_TEST_BROADCAST, BIT(2));

	/* Another port that gets the number is not meant. */
	vsw_port_leave(&b->core, &b->port[2]);
	synchronize_rcu();
	vsw_port_free(&b->port[2]);
	memset(&b->port[2], 0, sizeof(b->port[2]));
	KUNIT_EXPECT_EQ(test, vsw_port_join(&b->core, &b->port[2], 2), 0);
	vsw_bench_learn(b, 2, vsw_test_key(2, 0));
	expect_drop(test, b, 1, 2, 1, VSW_DROP_ALLOW);
}

static void isolated(struct kunit *test)
{
	struct vsw_bench *b = forward_bench(test, 0);

	vsw_port_set_flags(&b->port[1], VSW_PORT_ISOLATED, VSW_PORT_ISOLATED);
	vsw_port_set_flags(&b->port[2], VSW_PORT_ISOLATED, VSW_PORT_ISOLATED);
	expect_drop(test, b, 1, 2, 1, VSW_DROP_ISOLATED);
	expect_flood(test, b, 1, VSW_TEST_BROADCAST, ALL & ~BIT(1) & ~BIT(2));
	expect_unicast(test, b, 1, 3, 3);
	expect_unicast(test, b, 3, 1, 1);
}

static void locked(struct kunit *test)
{
	struct vsw_bench *b = forward_bench(test, 0);

	vsw_port_set_flags(&b->port[1], VSW_PORT_LOCKED, VSW_PORT_LOCKED);
	expect_unicast(test, b, 1, 2, 2);
	expect_drop(test, b, 1, 2, 100, VSW_DROP_LOCKED);
	expect_drop(test, b, 1, 2, 3, VSW_DROP_LOCKED);
	expect_drop(test, b, 1, VSW_TEST_BROADCAST, 100, VSW_DROP_LOCKED);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, vsw_test_key(100, 0)), -1);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, vsw_test_key(3, 0)), 3);
	/* Frames to it are as ever. */
	expect_unicast(test, b, 2, 1, 1);
}

static void learning_off(struct kunit *test)
{
	struct vsw_bench *b = forward_bench(test, 0);
	struct vsw_decision d;

	vsw_port_set_flags(&b->port[1], 0, VSW_PORT_LEARNING);
	vsw_bench_forward(b, 1, 2, 100, &d);
	KUNIT_EXPECT_EQ(test, d.learn, VSW_LEARN_OFF);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, vsw_test_key(100, 0)), -1);
	expect_flood(test, b, 2, 100, ALL & ~BIT(2));
}

/* 1 and 2 are access ports of 10, 3 of 20; 4 has both, 5 too, with 10 native. */
static struct vsw_bench *vlan_bench(struct kunit *test)
{
	struct vsw_bench *b = forward_bench(test, VSW_CORE_VLAN);
	DECLARE_BITMAP(vids, VSW_VLANS);

	bitmap_zero(vids, VSW_VLANS);
	__set_bit(10, vids);
	__set_bit(20, vids);
	KUNIT_ASSERT_EQ(test, vsw_port_set_access(&b->core, &b->port[1], 10),
			0);
	KUNIT_ASSERT_EQ(test, vsw_port_set_access(&b->core, &b->port[2], 10),
			0);
	KUNIT_ASSERT_EQ(test, vsw_port_set_access(&b->core, &b->port[3], 20),
			0);
	KUNIT_ASSERT_EQ(test, vsw_port_set_trunk(&b->core, &b->port[4], 0,
						 vids), 0);
	KUNIT_ASSERT_EQ(test, vsw_port_set_trunk(&b->core, &b->port[5], 10,
						 vids), 0);
	return b;
}

static void vlans(struct kunit *test)
{
	struct vsw_bench *b = vlan_bench(test);
	enum vsw_copy copies[VSW_TEST_PORTS];
	struct vsw_decision d;

	/* A flood stays in its VLAN, and leaves each port in that one's way. */
	KUNIT_EXPECT_EQ(test, vsw_bench_forward(b, 1, VSW_TEST_BROADCAST, 1,
						&d), VSW_FLOOD);
	KUNIT_EXPECT_EQ(test, d.vid, 10);
	KUNIT_EXPECT_EQ(test, d.tci, 10);
	KUNIT_EXPECT_EQ(test, vsw_bench_flood(b, &d, copies),
			BIT(2) | BIT(4) | BIT(5));
	KUNIT_EXPECT_EQ(test, copies[2], VSW_COPY_UNTAGGED);
	KUNIT_EXPECT_EQ(test, copies[4], VSW_COPY_TAGGED);
	KUNIT_EXPECT_EQ(test, copies[5], VSW_COPY_UNTAGGED);

	/* An address is learned in its VLAN. */
	KUNIT_EXPECT_EQ(test, vsw_bench_tagged(b, 4, 1, 4, VSW_TAGS_ONE,
					       0xb000 | 10, &d), VSW_UNICAST);
	KUNIT_EXPECT_PTR_EQ(test, d.out, &b->port[1]);
	KUNIT_EXPECT_EQ(test, d.copy, VSW_COPY_UNTAGGED);
	KUNIT_EXPECT_EQ(test, d.tci, 0xb000 | 10);
	KUNIT_EXPECT_EQ(test, vsw_bench_forward(b, 2, 4, 2, &d), VSW_UNICAST);
	KUNIT_EXPECT_EQ(test, d.copy, VSW_COPY_TAGGED);
	KUNIT_EXPECT_EQ(test, vsw_bench_forward(b, 3, 4, 3, &d), VSW_FLOOD);
	KUNIT_EXPECT_EQ(test, vsw_bench_flood(b, &d, NULL), BIT(4) | BIT(5));

	/* A priority is kept for a tag; a frame without one has none. */
	vsw_bench_tagged(b, 1, 4, 1, VSW_TAGS_ONE, 0xb000, &d);
	KUNIT_EXPECT_EQ(test, d.tci, 0xb000 | 10);
	vsw_bench_tagged(b, 1, 4, 1, VSW_TAGS_NONE, 0xb000, &d);
	KUNIT_EXPECT_EQ(test, d.tci, 10);
}

static void vlan_drops(struct kunit *test)
{
	struct vsw_bench *b = vlan_bench(test);
	struct vsw_decision d;

	vsw_bench_tagged(b, 1, 2, 100, VSW_TAGS_ONE, 20, &d);
	KUNIT_EXPECT_EQ(test, d.drop, VSW_DROP_VLAN_TAGGED);
	vsw_bench_tagged(b, 4, 2, 100, VSW_TAGS_NONE, 0, &d);
	KUNIT_EXPECT_EQ(test, d.drop, VSW_DROP_VLAN_UNTAGGED);
	vsw_bench_tagged(b, 4, 2, 100, VSW_TAGS_ONE, 30, &d);
	KUNIT_EXPECT_EQ(test, d.drop, VSW_DROP_VLAN_INGRESS);
	/* What does not come in teaches nothing. */
	KUNIT_EXPECT_EQ(test, d.learn, VSW_LEARN_OFF);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, vsw_test_key(100, 20)), -1);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, vsw_test_key(100, 30)), -1);

	/* A frame with two tags goes on only where the first one stays. */
	vsw_bench_tagged(b, 4, VSW_TEST_BROADCAST, 4, VSW_TAGS_MORE, 10, &d);
	KUNIT_EXPECT_EQ(test, vsw_bench_flood(b, &d, NULL), 0);
	vsw_bench_tagged(b, 5, VSW_TEST_BROADCAST, 5, VSW_TAGS_MORE, 10, &d);
	KUNIT_EXPECT_EQ(test, vsw_bench_flood(b, &d, NULL), BIT(4));

	/* An entry by hand that is not where its VLAN is. */
	vsw_fdb_add(&b->core.fdb, &b->port[3].fdb, vsw_test_key(50, 10), 0,
		    VSW_FDB_CREATE, b->now);
	vsw_bench_forward(b, 1, 50, 1, &d);
	KUNIT_EXPECT_EQ(test, d.drop, VSW_DROP_VLAN_EGRESS);

	KUNIT_EXPECT_EQ(test, vsw_port_set_access(&b->core, &b->port[1], 0),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, vsw_port_set_access(&b->core, &b->port[1], 4095),
			-EINVAL);
}

static void vlan_changes(struct kunit *test)
{
	struct vsw_bench *b = vlan_bench(test);
	struct vsw_decision d;

	vsw_bench_forward(b, 1, VSW_TEST_BROADCAST, 1, &d);
	vsw_fdb_add(&b->core.fdb, &b->port[1].fdb, vsw_test_key(60, 10),
		    VSW_FDB_STATIC, VSW_FDB_CREATE, b->now);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, vsw_test_key(1, 10)), 1);
	vsw_port_set_access(&b->core, &b->port[1], 20);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, vsw_test_key(1, 10)), -1);
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, vsw_test_key(60, 10)), 1);
	vsw_bench_forward(b, 1, VSW_TEST_BROADCAST, 1, &d);
	KUNIT_EXPECT_EQ(test, vsw_bench_flood(b, &d, NULL),
			BIT(3) | BIT(4) | BIT(5));

	/* Without VLANs tags are none of the switch's business. */
	vsw_core_set_vlan(&b->core, false);
	KUNIT_EXPECT_EQ(test, b->core.fdb.entries, 1);
	vsw_bench_tagged(b, 1, VSW_TEST_BROADCAST, 1, VSW_TAGS_MORE, 77, &d);
	KUNIT_EXPECT_EQ(test, vsw_bench_flood(b, &d, NULL), ALL & ~BIT(1));
	KUNIT_EXPECT_EQ(test, vsw_bench_find(b, vsw_test_key(1, 0)), 1);
}

/* A frame is what it was when its tags were looked for, or were not. */
static void vlan_changes_under_way(struct kunit *test)
{
	static const u8 addr[] = {
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02, 0, 0, 0, 0, 1,
	};
	struct vsw_frame frame = { .addr = addr };
	struct vsw_bench *b = vlan_bench(test);
	struct vsw_decision d;

	frame.tags = VSW_TAGS_UNKNOWN;
	KUNIT_EXPECT_EQ(test, vsw_bench_frame(b, 1, &frame, &d), VSW_FLOOD);
	KUNIT_EXPECT_EQ(test, d.vid, 0);
	KUNIT_EXPECT_EQ(test, vsw_bench_flood(b, &d, NULL), ALL & ~BIT(1));

	frame.tags = VSW_TAGS_NONE;
	vsw_core_set_vlan(&b->core, false);
	KUNIT_EXPECT_EQ(test, vsw_bench_frame(b, 1, &frame, &d), VSW_FLOOD);
	KUNIT_EXPECT_EQ(test, d.vid, 10);
	KUNIT_EXPECT_EQ(test, vsw_bench_flood(b, &d, NULL),
			BIT(2) | BIT(4) | BIT(5));
}

static void names(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < VSW_DROP_CORE; i++)
		KUNIT_EXPECT_NOT_NULL(test, vsw_drop_name(i));
	KUNIT_EXPECT_NULL(test, vsw_drop_name(VSW_DROP_CORE));
	for (i = 0; i < VSW_LEARN_MAX; i++)
		KUNIT_EXPECT_NOT_NULL(test, vsw_learn_name(i));
	KUNIT_EXPECT_NULL(test, vsw_learn_name(VSW_LEARN_MAX));
	KUNIT_EXPECT_STREQ(test, vsw_drop_name(VSW_DROP_ALLOW), "allow");
	KUNIT_EXPECT_STREQ(test, vsw_learn_name(VSW_LEARN_HELD), "held");
}

static struct kunit_case vsw_forward_cases[] = {
	KUNIT_CASE(unicast),
	KUNIT_CASE(floods),
	KUNIT_CASE(never),
	KUNIT_CASE(reserved),
	KUNIT_CASE(allow_lists),
	KUNIT_CASE(allow_list_of_a_flood),
	KUNIT_CASE(default_deny),
	KUNIT_CASE(isolated),
	KUNIT_CASE(locked),
	KUNIT_CASE(learning_off),
	KUNIT_CASE(vlans),
	KUNIT_CASE(vlan_drops),
	KUNIT_CASE(vlan_changes),
	KUNIT_CASE(vlan_changes_under_way),
	KUNIT_CASE(names),
	{}
};

struct kunit_suite vsw_forward_suite = {
	.name		= "vswitch-forward",
	.exit		= vsw_bench_exit,
	.test_cases	= vsw_forward_cases,
};

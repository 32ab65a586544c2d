// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit tests of VLANs: what comes in, what goes out, and how.
 */
#include "vswitch_test.h"

#define PRIO	0xb000	/* priority 5, drop eligible */

/* An access port of VLAN 10, and trunks of 10, 20 to 29 and 4094. */
struct ports {
	struct vsw_vlan access, trunk, native, none;
};

static int vlan_init(struct kunit *test)
{
	struct ports *p = kunit_kzalloc(test, sizeof(*p), GFP_KERNEL);
	DECLARE_BITMAP(vids, VSW_VLANS);

	KUNIT_ASSERT_NOT_NULL(test, p);
	test->priv = p;
	bitmap_zero(vids, VSW_VLANS);
	__set_bit(0, vids);
	__set_bit(10, vids);
	bitmap_set(vids, 20, 10);
	__set_bit(4094, vids);
	__set_bit(4095, vids);
	vsw_vlan_set_access(&p->access, 10);
	KUNIT_ASSERT_EQ(test, vsw_vlan_set_trunk(&p->trunk, 0, vids), 0);
	/* The native VLAN is one of the trunk's without being said to be. */
	KUNIT_ASSERT_EQ(test, vsw_vlan_set_trunk(&p->native, 30, vids), 0);
	return 0;
}

static void vlan_exit(struct kunit *test)
{
	struct ports *p = test->priv;

	vsw_vlan_destroy(&p->access);
	vsw_vlan_destroy(&p->trunk);
	vsw_vlan_destroy(&p->native);
}

static void ingress(struct kunit *test)
{
	struct ports *p = test->priv;
	const struct {
		const struct vsw_vlan	*vlan;
		enum vsw_tags		tags;
		u16			tci;
		enum vsw_drop		drop;
		u16			vid;
	} cases[] = {
		/* An access port takes what has no VLAN, if it hides none. */
		{ &p->access, VSW_TAGS_NONE, 0, VSW_DROP_NOT, 10 },
		{ &p->access, VSW_TAGS_NONE, 20, VSW_DROP_NOT, 10 },
		{ &p->access, VSW_TAGS_ONE, 0, VSW_DROP_NOT, 10 },
		{ &p->access, VSW_TAGS_ONE, PRIO, VSW_DROP_NOT, 10 },
		{ &p->access, VSW_TAGS_ONE, 20, VSW_DROP_VLAN_TAGGED, 0 },
		{ &p->access, VSW_TAGS_ONE, 10, VSW_DROP_VLAN_TAGGED, 0 },
		{ &p->access, VSW_TAGS_ONE, 4095, VSW_DROP_VLAN_TAGGED, 0 },
		{ &p->access, VSW_TAGS_MORE, 0, VSW_DROP_VLAN_TAGGED, 0 },
		/* A trunk takes its VLANs, and nothing without one. */
		{ &p->trunk, VSW_TAGS_NONE, 10, VSW_DROP_VLAN_UNTAGGED, 0 },
		{ &p->trunk, VSW_TAGS_ONE, 0, VSW_DROP_VLAN_UNTAGGED, 0 },
		{ &p->trunk, VSW_TAGS_ONE, PRIO, VSW_DROP_VLAN_UNTAGGED, 0 },
		{ &p->trunk, VSW_TAGS_ONE, 10, VSW_DROP_NOT, 10 },
		{ &p->trunk, VSW_TAGS_ONE, PRIO | 29, VSW_DROP_NOT, 29 },
		{ &p->trunk, VSW_TAGS_MORE, 20, VSW_DROP_NOT, 20 },
		{ &p->trunk, VSW_TAGS_ONE, 19, VSW_DROP_VLAN_INGRESS, 0 },
		{ &p->trunk, VSW_TAGS_ONE, 30, VSW_DROP_VLAN_INGRESS, 0 },
		{ &p->trunk, VSW_TAGS_ONE, 4094, VSW_DROP_NOT, 4094 },
		{ &p->trunk, VSW_TAGS_ONE, 4095, VSW_DROP_VLAN_INGRESS, 0 },
		/* One with a native VLAN takes that, tagged or not. */
		{ &p->native, VSW_TAGS_NONE, 0, VSW_DROP_NOT, 30 },
		{ &p->native, VSW_TAGS_ONE, PRIO, VSW_DROP_NOT, 30 },
		{ &p->native, VSW_TAGS_ONE, 30, VSW_DROP_NOT, 30 },
		{ &p->native, VSW_TAGS_ONE, 20, VSW_DROP_NOT, 20 },
		{ &p->native, VSW_TAGS_ONE, 31, VSW_DROP_VLAN_INGRESS, 0 },
		/* What is neither takes nothing. */
		{ &p->none, VSW_TAGS_NONE, 0, VSW_DROP_VLAN_INGRESS, 0 },
		{ &p->none, VSW_TAGS_ONE, 10, VSW_DROP_VLAN_INGRESS, 0 },
	};
	enum vsw_drop drop;
	unsigned int i;
	u16 vid;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		vid = 0;
		rcu_read_lock();
		drop = vsw_vlan_ingress(cases[i].vlan, cases[i].tags,
					cases[i].tci, &vid);
		rcu_read_unlock();
		KUNIT_EXPECT_EQ_MSG(test, drop, cases[i].drop, "case %u", i);
		KUNIT_EXPECT_EQ_MSG(test, vid, cases[i].vid, "case %u", i);
	}
}

static void egress(struct kunit *test)
{
	struct ports *p = test->priv;
	const struct {
		const struct vsw_vlan	*vlan;
		enum vsw_tags		tags;
		u16			vid;
		enum vsw_copy		copy;
		enum vsw_drop		drop;
	} cases[] = {
		{ &p->access, VSW_TAGS_NONE, 10, VSW_COPY_UNTAGGED, 0 },
		{ &p->access, VSW_TAGS_ONE, 10, VSW_COPY_UNTAGGED, 0 },
		{ &p->access, VSW_TAGS_NONE, 20, VSW_COPY_NO,
		  VSW_DROP_VLAN_EGRESS },
		{ &p->access, VSW_TAGS_MORE, 10, VSW_COPY_NO,
		  VSW_DROP_VLAN_INNER },
		{ &p->trunk, VSW_TAGS_NONE, 10, VSW_COPY_TAGGED, 0 },
		{ &p->trunk, VSW_TAGS_MORE, 10, VSW_COPY_TAGGED, 0 },
		{ &p->trunk, VSW_TAGS_ONE, 30, VSW_COPY_NO,
		  VSW_DROP_VLAN_EGRESS },
		{ &p->native, VSW_TAGS_ONE, 30, VSW_COPY_UNTAGGED, 0 },
		{ &p->native, VSW_TAGS_MORE, 30, VSW_COPY_NO,
		  VSW_DROP_VLAN_INNER },
		{ &p->native, VSW_TAGS_MORE, 20, VSW_COPY_TAGGED, 0 },
		{ &p->none, VSW_TAGS_NONE, 10, VSW_COPY_NO,
		  VSW_DROP_VLAN_EGRESS },
	};
	enum vsw_copy copy;
	enum vsw_drop drop;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		drop = VSW_DROP_NOT;
		rcu_read_lock();
		copy = vsw_vlan_egress(cases[i].vlan, cases[i].vid,
				       cases[i].tags, &drop);
		rcu_read_unlock();
		KUNIT_EXPECT_EQ_MSG(test, copy, cases[i].copy, "case %u", i);
		KUNIT_EXPECT_EQ_MSG(test, drop, cases[i].drop, "case %u", i);
	}
}

static void changes(struct kunit *test)
{
	struct ports *p = test->priv;
	DECLARE_BITMAP(vids, VSW_VLANS);
	u16 access, native;

	vsw_vlan_get(&p->native, &access, &native, vids);
	KUNIT_EXPECT_EQ(test, access, 0);
	KUNIT_EXPECT_EQ(test, native, 30);
	KUNIT_EXPECT_TRUE(test, test_bit(30, vids));
	KUNIT_EXPECT_TRUE(test, test_bit(10, vids));
	KUNIT_EXPECT_FALSE(test, test_bit(0, vids));
	KUNIT_EXPECT_FALSE(test, test_bit(4095, vids));

	vsw_vlan_set_access(&p->native, 77);
	vsw_vlan_get(&p->native, &access, &native, vids);
	KUNIT_EXPECT_EQ(test, access, 77);
	KUNIT_EXPECT_EQ(test, native, 0);
	KUNIT_EXPECT_TRUE(test, test_bit(77, vids));
	KUNIT_EXPECT_FALSE(test, test_bit(10, vids));

	bitmap_zero(vids, VSW_VLANS);
	__set_bit(8, vids);
	KUNIT_EXPECT_EQ(test, vsw_vlan_set_trunk(&p->native, 0, vids), 0);
	vsw_vlan_get(&p->native, &access, &native, vids);
	KUNIT_EXPECT_EQ(test, access, 0);
	KUNIT_EXPECT_EQ(test, native, 0);
	KUNIT_EXPECT_TRUE(test, test_bit(8, vids));
	KUNIT_EXPECT_FALSE(test, test_bit(77, vids));
}

static struct kunit_case vsw_vlan_cases[] = {
	KUNIT_CASE(ingress),
	KUNIT_CASE(egress),
	KUNIT_CASE(changes),
	{}
};

struct kunit_suite vsw_vlan_suite = {
	.name		= "vswitch-vlan",
	.init		= vlan_init,
	.exit		= vlan_exit,
	.test_cases	= vsw_vlan_cases,
};

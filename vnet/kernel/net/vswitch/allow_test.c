// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit tests of allow-lists.
 */
#include "vswitch_test.h"

/* How many of all ports a list allows. */
static unsigned int allowed(struct vsw_allow __rcu **slot)
{
	unsigned int i, n = 0;

	rcu_read_lock();
	for (i = 0; i < VSW_MAX_PORTS; i++)
		n += vsw_allowed(rcu_dereference(*slot), i);
	rcu_read_unlock();
	return n;
}

static bool allows(struct vsw_allow __rcu **slot, u16 to)
{
	bool ret;

	rcu_read_lock();
	ret = vsw_allowed(rcu_dereference(*slot), to);
	rcu_read_unlock();
	return ret;
}

static void each_bit(struct kunit *test)
{
	struct vsw_allow __rcu *slot = NULL;
	unsigned int i;

	KUNIT_EXPECT_EQ(test, allowed(&slot), VSW_MAX_PORTS);
	for (i = 0; i < VSW_MAX_PORTS; i++) {
		KUNIT_EXPECT_EQ(test, vsw_allow_set(&slot, VSW_ALLOW_OWNER, i,
						    false), 0);
		KUNIT_EXPECT_FALSE(test, allows(&slot, i));
		KUNIT_EXPECT_EQ(test, allowed(&slot), VSW_MAX_PORTS - 1);
		KUNIT_EXPECT_EQ(test, vsw_allow_set(&slot, VSW_ALLOW_OWNER, i,
						    true), 0);
	}
	KUNIT_EXPECT_EQ(test, allowed(&slot), VSW_MAX_PORTS);
	KUNIT_EXPECT_EQ(test, vsw_allow_set(&slot, VSW_ALLOW_OWNER,
					    VSW_MAX_PORTS, false), -ERANGE);
	vsw_allow_destroy(&slot);
	KUNIT_EXPECT_NULL(test, rcu_access_pointer(slot));
}

static void whole_list(struct kunit *test)
{
	DECLARE_BITMAP(bits, VSW_MAX_PORTS);
	struct vsw_allow __rcu *slot = NULL;
	DECLARE_BITMAP(back, VSW_MAX_PORTS);

	bitmap_zero(bits, VSW_MAX_PORTS);
	__set_bit(5, bits);
	__set_bit(1023, bits);
	KUNIT_EXPECT_EQ(test, vsw_allow_replace(&slot, VSW_ALLOW_OWNER, bits,
						false), 0);
	KUNIT_EXPECT_EQ(test, allowed(&slot), 2);
	KUNIT_EXPECT_TRUE(test, allows(&slot, 5));
	KUNIT_EXPECT_TRUE(test, allows(&slot, 1023));
	KUNIT_EXPECT_FALSE(test, vsw_allow_get(&slot, VSW_ALLOW_OWNER, back));
	KUNIT_EXPECT_TRUE(test, bitmap_equal(bits, back, VSW_MAX_PORTS));
	KUNIT_EXPECT_TRUE(test, vsw_allow_get(&slot, VSW_ALLOW_TENANT, back));
	KUNIT_EXPECT_TRUE(test, bitmap_full(back, VSW_MAX_PORTS));

	/* One that allows everything is none; one that only looks so is not. */
	bitmap_fill(bits, VSW_MAX_PORTS);
	vsw_allow_replace(&slot, VSW_ALLOW_OWNER, bits, false);
	KUNIT_EXPECT_NOT_NULL(test, rcu_access_pointer(slot));
	vsw_allow_replace(&slot, VSW_ALLOW_OWNER, bits, true);
	KUNIT_EXPECT_NULL(test, rcu_access_pointer(slot));
}

static void tenant_narrows(struct kunit *test)
{
	DECLARE_BITMAP(bits, VSW_MAX_PORTS);
	struct vsw_allow __rcu *slot = NULL;

	bitmap_zero(bits, VSW_MAX_PORTS);
	__set_bit(1, bits);
	__set_bit(2, bits);
	vsw_allow_replace(&slot, VSW_ALLOW_OWNER, bits, false);

	/* He may say what he likes: */
	bitmap_fill(bits, VSW_MAX_PORTS);
	vsw_allow_replace(&slot, VSW_ALLOW_TENANT, bits, true);
	vsw_allow_set(&slot, VSW_ALLOW_TENANT, 3, true);
	KUNIT_EXPECT_EQ(test, allowed(&slot), 2);
	vsw_allow_set(&slot, VSW_ALLOW_TENANT, 1, false);
	KUNIT_EXPECT_EQ(test, allowed(&slot), 1);
	KUNIT_EXPECT_TRUE(test, allows(&slot, 2));

	/* and what the owner does is not undone by what he said. */
	vsw_allow_set(&slot, VSW_ALLOW_OWNER, 1, true);
	KUNIT_EXPECT_FALSE(test, allows(&slot, 1));
	vsw_allow_set(&slot, VSW_ALLOW_TENANT, 1, true);
	KUNIT_EXPECT_TRUE(test, allows(&slot, 1));
	vsw_allow_set(&slot, VSW_ALLOW_OWNER, 1, false);
	vsw_allow_set(&slot, VSW_ALLOW_TENANT, 1, true);
	KUNIT_EXPECT_FALSE(test, allows(&slot, 1));
	vsw_allow_destroy(&slot);
}

static void numbers_are_reused(struct kunit *test)
{
	struct vsw_allow __rcu *list = NULL, *but = NULL;
	DECLARE_BITMAP(bits, VSW_MAX_PORTS);

	/* "Only 7": the next port 7 is another port, and not allowed. */
	bitmap_zero(bits, VSW_MAX_PORTS);
	__set_bit(7, bits);
	vsw_allow_replace(&list, VSW_ALLOW_OWNER, bits, false);
	vsw_allow_forget(&list, 7);
	KUNIT_EXPECT_EQ(test, allowed(&list), 0);

	/* "All but 7": the next port 7 is like any other. */
	vsw_allow_set(&but, VSW_ALLOW_OWNER, 7, false);
	KUNIT_EXPECT_FALSE(test, allows(&but, 7));
	vsw_allow_forget(&but, 7);
	KUNIT_EXPECT_EQ(test, allowed(&but), VSW_MAX_PORTS);

	/* A tenant's list that opens to new ports does not open the owner's. */
	vsw_allow_set(&list, VSW_ALLOW_TENANT, 8, true);
	vsw_allow_forget(&list, 8);
	KUNIT_EXPECT_EQ(test, allowed(&list), 0);
	vsw_allow_destroy(&list);
	vsw_allow_destroy(&but);
}

/* That a port leaves shows in a tenant's list only if it could send there. */
static void tenant_learns_nothing(struct kunit *test)
{
	DECLARE_BITMAP(bits, VSW_MAX_PORTS);
	struct vsw_allow __rcu *slot = NULL;

	bitmap_zero(bits, VSW_MAX_PORTS);
	__set_bit(1, bits);
	vsw_allow_replace(&slot, VSW_ALLOW_OWNER, bits, false);
	bitmap_fill(bits, VSW_MAX_PORTS);
	vsw_allow_replace(&slot, VSW_ALLOW_TENANT, bits, false);
	vsw_allow_forget(&slot, 2);
	vsw_allow_get(&slot, VSW_ALLOW_TENANT, bits);
	KUNIT_EXPECT_TRUE(test, bitmap_full(bits, VSW_MAX_PORTS));
	KUNIT_EXPECT_FALSE(test, allows(&slot, 2));

	vsw_allow_forget(&slot, 1);
	vsw_allow_get(&slot, VSW_ALLOW_TENANT, bits);
	KUNIT_EXPECT_FALSE(test, test_bit(1, bits));
	KUNIT_EXPECT_EQ(test, allowed(&slot), 0);
	vsw_allow_destroy(&slot);
}

static void one_list_is_reset(struct kunit *test)
{
	DECLARE_BITMAP(bits, VSW_MAX_PORTS);
	struct vsw_allow __rcu *slot = NULL;

	vsw_allow_reset(&slot, VSW_ALLOW_TENANT);
	KUNIT_EXPECT_NULL(test, rcu_access_pointer(slot));

	/* What the owner said stays. */
	vsw_allow_set(&slot, VSW_ALLOW_OWNER, 3, false);
	bitmap_zero(bits, VSW_MAX_PORTS);
	vsw_allow_replace(&slot, VSW_ALLOW_TENANT, bits, false);
	KUNIT_EXPECT_EQ(test, allowed(&slot), 0);
	vsw_allow_reset(&slot, VSW_ALLOW_TENANT);
	KUNIT_EXPECT_EQ(test, allowed(&slot), VSW_MAX_PORTS - 1);
	KUNIT_EXPECT_FALSE(test, allows(&slot, 3));
	KUNIT_EXPECT_TRUE(test, vsw_allow_get(&slot, VSW_ALLOW_TENANT, bits));

	/* Two lists that allow everything are none. */
	vsw_allow_set(&slot, VSW_ALLOW_TENANT, 4, false);
	vsw_allow_set(&slot, VSW_ALLOW_OWNER, 3, true);
	vsw_allow_reset(&slot, VSW_ALLOW_TENANT);
	KUNIT_EXPECT_NULL(test, rcu_access_pointer(slot));
}

static struct kunit_case vsw_allow_cases[] = {
	KUNIT_CASE(each_bit),
	KUNIT_CASE(whole_list),
	KUNIT_CASE(tenant_narrows),
	KUNIT_CASE(numbers_are_reused),
	KUNIT_CASE(tenant_learns_nothing),
	KUNIT_CASE(one_list_is_reset),
	{}
};

struct kunit_suite vsw_allow_suite = {
	.name		= "vswitch-allow",
	.test_cases	= vsw_allow_cases,
};

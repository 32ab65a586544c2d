// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of the secrets of a vnet: see include/net/vnet/random.h.
 */
#include <kunit/test.h>
#include <linux/string.h>
#include <net/vnet/random.h>

#define WORDS	8

/* A secret that stays zero in one word in four thousand million is none. */
static void vnet_random_made_once(struct kunit *test)
{
	u32 secret[WORDS] = { 0 }, was[WORDS];
	unsigned int i, zero = 0;

	vnet_random_once(secret, sizeof(secret));
	KUNIT_EXPECT_NE(test, secret[0], 0);
	for (i = 0; i < WORDS; i++)
		zero += !secret[i];
	KUNIT_EXPECT_LE(test, zero, 1);

	memcpy(was, secret, sizeof(was));
	vnet_random_once(secret, sizeof(secret));
	KUNIT_EXPECT_MEMEQ(test, secret, was, sizeof(secret));
}

static void vnet_random_within(struct kunit *test)
{
	u32 words[3] = { 0 };

	vnet_random_once(&words[1], sizeof(words[1]));
	KUNIT_EXPECT_EQ(test, words[0], 0);
	KUNIT_EXPECT_NE(test, words[1], 0);
	KUNIT_EXPECT_EQ(test, words[2], 0);
}

static void vnet_random_differs(struct kunit *test)
{
	u32 one[WORDS] = { 0 }, other[WORDS] = { 0 };

	vnet_random_once(one, sizeof(one));
	vnet_random_once(other, sizeof(other));
	KUNIT_EXPECT_MEMNEQ(test, one, other, sizeof(one));
}

static struct kunit_case vnet_random_cases[] = {
	KUNIT_CASE(vnet_random_made_once),
	KUNIT_CASE(vnet_random_within),
	KUNIT_CASE(vnet_random_differs),
	{}
};

static struct kunit_suite vnet_random_suite = {
	.name		= "vnet-random",
	.test_cases	= vnet_random_cases,
};

kunit_test_suite(vnet_random_suite);

MODULE_DESCRIPTION("KUnit tests of the secrets of a vnet");
MODULE_LICENSE("GPL");

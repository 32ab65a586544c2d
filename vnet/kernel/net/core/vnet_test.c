// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit tests of the vnet module registry.
 *
 * Three modules, witness, a and b, note every call of their constructors and
 * destructors.  The witness is registered first, so its destructor is the last
 * one of a dying namespace and tells when the others are through.
 */
#include <kunit/test.h>
#include <linux/cleanup.h>
#include <linux/completion.h>
#include <linux/rtnetlink.h>
#include <linux/sysctl.h>
#include <linux/user_namespace.h>
#include <net/net_namespace.h>
#include <net/vnet.h>

#define EVENTS_MAX	32

struct vnet_state {
	int before;
	int value;
	int after;
};

static struct vnet_state state_w, state_a, state_b;
static struct net *fail_on;		/* b's constructor fails for this one */
static bool fail_children;		/* ... or for all but the initial one */
static struct completion witnessed;

static struct {
	char what[3];			/* "+a": constructed, "-a": destructed */
	struct net *net;
} events[EVENTS_MAX];
static int nr_events;

static void note(char sign, char name, struct net *net)
{
	if (nr_events == EVENTS_MAX)
		return;
	events[nr_events].what[0] = sign;
	events[nr_events].what[1] = name;
	events[nr_events].net = net;
	nr_events++;
}

static void expect_event(struct kunit *test, int i, const char *what,
			 const struct net *net)
{
	KUNIT_ASSERT_LT(test, i, nr_events);
	KUNIT_EXPECT_STREQ(test, events[i].what, what);
	KUNIT_EXPECT_PTR_EQ(test, events[i].net, (struct net *)net);
}

static int construct_w(struct net *net)
{
	return 0;
}

static void destruct_w(struct net *net)
{
	complete(&witnessed);
}

static int construct_a(struct net *net)
{
	note('+', 'a', net);
	return 0;
}

static void destruct_a(struct net *net)
{
	note('-', 'a', net);
}

static int construct_b(struct net *net)
{
	if (net == fail_on || (fail_children && net != &init_net))
		return -EDOM;
	note('+', 'b', net);
	return 0;
}

static void destruct_b(struct net *net)
{
	note('-', 'b', net);
}

#define TEST_MOD(x) {					\
	.name		= "test-" #x,			\
	.id		= VNET_MOD_ANY,			\
	.flags		= VNET_MOD_PER_VNET,		\
	.size		= sizeof(struct vnet_state),	\
	.instance0	= &state_##x,			\
	.construct	= construct_##x,		\
	.destruct	= destruct_##x,			\
}

static struct vnet_mod mod_w = TEST_MOD(w);
static struct vnet_mod mod_a = TEST_MOD(a);
static struct vnet_mod mod_b = TEST_MOD(b);

static struct net *child_create(void)
{
	return copy_net_ns(CLONE_NEWNET, &init_user_ns, &init_net);
}

static struct net *child_new(struct kunit *test)
{
	struct net *net = child_create();

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, net);
	return net;
}

/* Put the last reference and wait until all modules have destructed. */
static void child_destroy(struct net *net)
{
	reinit_completion(&witnessed);
	put_net(net);
	if (IS_ENABLED(CONFIG_VNET))
		wait_for_completion(&witnessed);
	net_ns_barrier();
}

static void register_both(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, vnet_mod_register(&mod_a), 0);
	KUNIT_ASSERT_EQ(test, vnet_mod_register(&mod_b), 0);
}

static void unregister_both(void)
{
	vnet_mod_unregister(&mod_b);
	vnet_mod_unregister(&mod_a);
}

static void vnet_test_initial(struct kunit *test)
{
	register_both(test);
	KUNIT_EXPECT_EQ(test, nr_events, 2);
	expect_event(test, 0, "+a", &init_net);
	expect_event(test, 1, "+b", &init_net);

	unregister_both();
	KUNIT_EXPECT_EQ(test, nr_events, 4);
	expect_event(test, 2, "-b", &init_net);
	expect_event(test, 3, "-a", &init_net);
}

static void vnet_test_ids(struct kunit *test)
{
	struct vnet_mod *spare;
	int i;

	spare = kunit_kcalloc(test, VNET_MOD_SPARE, sizeof(*spare), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, spare);

	/* The witness has the first spare id. */
	for (i = 0; i < VNET_MOD_SPARE; i++) {
		spare[i] = mod_a;
		KUNIT_EXPECT_EQ(test, vnet_mod_register(&spare[i]),
				i < VNET_MOD_SPARE - 1 ? 0 : -ENOSPC);
	}
	KUNIT_EXPECT_EQ(test, spare[0].id, VNET_MOD_STATIC_COUNT + 1);

	for (i = 0; i < VNET_MOD_SPARE - 1; i++)
		vnet_mod_unregister(&spare[i]);
	KUNIT_EXPECT_EQ(test, spare[0].id, VNET_MOD_ANY);
}

static void vnet_test_bad_module(struct kunit *test)
{
	struct vnet_mod bad = mod_a;

	bad.id = VNET_MOD_MAX;
	KUNIT_EXPECT_EQ(test, vnet_mod_register(&bad), -EINVAL);
	bad.id = -2;
	KUNIT_EXPECT_EQ(test, vnet_mod_register(&bad), -EINVAL);
	/* A spare id is given, never asked for. */
	bad.id = VNET_MOD_STATIC_COUNT;
	KUNIT_EXPECT_EQ(test, vnet_mod_register(&bad), -EINVAL);

	bad = mod_a;
	bad.name = NULL;
	KUNIT_EXPECT_EQ(test, vnet_mod_register(&bad), -EINVAL);

	if (IS_ENABLED(CONFIG_VNET)) {
		bad = mod_a;
		bad.size = 0;
		KUNIT_EXPECT_EQ(test, vnet_mod_register(&bad), -EINVAL);
		bad = mod_a;
		bad.instance0 = NULL;
		KUNIT_EXPECT_EQ(test, vnet_mod_register(&bad), -EINVAL);
		/* Without storage all vnets share what there is. */
		bad.size = 0;
		bad.flags = VNET_MOD_PER_VNET;
		KUNIT_EXPECT_EQ(test, vnet_mod_register(&bad), -EINVAL);
		bad.flags = 0;
		bad.construct = NULL;
		bad.destruct = NULL;
		KUNIT_EXPECT_EQ(test, vnet_mod_register(&bad), 0);
		vnet_mod_unregister(&bad);
	}
	KUNIT_EXPECT_EQ(test, nr_events, 0);
}

/* Without CONFIG_VNET a namespace comes and goes unnoticed. */
static void vnet_test_one_instance(struct kunit *test)
{
	struct net *child;

	if (IS_ENABLED(CONFIG_VNET))
		kunit_skip(test, "namespaces have instances of their own");

	register_both(test);
	child = child_new(test);
	child_destroy(child);
	KUNIT_EXPECT_EQ(test, nr_events, 2);
	unregister_both();
	KUNIT_EXPECT_EQ(test, nr_events, 4);
}

#ifdef CONFIG_VNET
static void vnet_test_order(struct kunit *test)
{
	struct net *child;

	register_both(test);
	child = child_new(test);
	KUNIT_EXPECT_EQ(test, nr_events, 4);
	expect_event(test, 2, "+a", child);
	expect_event(test, 3, "+b", child);
	KUNIT_EXPECT_EQ(test, atomic_read(&mod_a.instances), 2);

	child_destroy(child);
	KUNIT_EXPECT_EQ(test, nr_events, 6);
	expect_event(test, 4, "-b", child);
	expect_event(test, 5, "-a", child);
	KUNIT_EXPECT_EQ(test, atomic_read(&mod_a.instances), 1);
	unregister_both();
}

static void vnet_test_storage(struct kunit *test)
{
	struct net *one, *two;
	struct vnet_state *s1, *s2;

	state_a.value = 7;
	register_both(test);
	one = child_new(test);
	two = child_new(test);
	s1 = one->vnet.instance[mod_a.id];
	s2 = two->vnet.instance[mod_a.id];

	KUNIT_EXPECT_PTR_EQ(test, init_net.vnet.instance[mod_a.id], (void *)&state_a);
	KUNIT_EXPECT_PTR_NE(test, s1, &state_a);
	KUNIT_EXPECT_PTR_NE(test, s1, s2);
	KUNIT_EXPECT_EQ(test, s1->value, 0);
	s1->value = 1;
	KUNIT_EXPECT_EQ(test, s2->value, 0);
	KUNIT_EXPECT_EQ(test, state_a.value, 7);

	child_destroy(two);
	child_destroy(one);
	unregister_both();
}

/* A module that has not gone per vnet: one instance, one construction. */
static void vnet_test_shared(struct kunit *test)
{
	struct vnet_mod shared = mod_a;
	struct net *child;

	shared.flags = 0;
	KUNIT_ASSERT_EQ(test, vnet_mod_register(&shared), 0);
	child = child_new(test);
	KUNIT_EXPECT_PTR_EQ(test, child->vnet.instance[shared.id], (void *)&state_a);
	KUNIT_EXPECT_EQ(test, nr_events, 1);

	/* Gone before the namespace is: it must not be freed with it. */
	vnet_mod_unregister(&shared);
	KUNIT_EXPECT_EQ(test, nr_events, 2);
	child_destroy(child);
	KUNIT_EXPECT_EQ(test, nr_events, 2);
}

static void vnet_test_constructor_fails(struct kunit *test)
{
	struct net *child;

	register_both(test);
	fail_children = true;
	child = child_create();
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(child), -EDOM);

	/* a was constructed and destructed for it, b neither. */
	KUNIT_EXPECT_EQ(test, nr_events, 4);
	KUNIT_EXPECT_STREQ(test, events[2].what, "+a");
	KUNIT_EXPECT_STREQ(test, events[3].what, "-a");
	KUNIT_EXPECT_PTR_EQ(test, events[2].net, events[3].net);
	KUNIT_EXPECT_EQ(test, atomic_read(&mod_a.instances), 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&mod_b.instances), 1);

	fail_children = false;
	child = child_new(test);
	child_destroy(child);
	unregister_both();
}

static void vnet_test_late(struct kunit *test)
{
	struct net *one = child_new(test), *two = child_new(test);

	KUNIT_ASSERT_EQ(test, vnet_mod_register(&mod_a), 0);
	KUNIT_EXPECT_EQ(test, nr_events, 3);
	expect_event(test, 0, "+a", &init_net);
	expect_event(test, 1, "+a", one);
	expect_event(test, 2, "+a", two);
	KUNIT_EXPECT_NOT_NULL(test, two->vnet.instance[mod_a.id]);

	child_destroy(one);
	KUNIT_EXPECT_EQ(test, nr_events, 4);
	expect_event(test, 3, "-a", one);

	/* Unregistration destructs in what is left, and nowhere twice. */
	vnet_mod_unregister(&mod_a);
	KUNIT_EXPECT_EQ(test, nr_events, 6);
	child_destroy(two);
	KUNIT_EXPECT_EQ(test, nr_events, 6);
}

static void vnet_test_late_fails(struct kunit *test)
{
	struct net *one = child_new(test), *two = child_new(test);

	fail_on = two;
	KUNIT_EXPECT_EQ(test, vnet_mod_register(&mod_b), -EDOM);
	KUNIT_EXPECT_EQ(test, nr_events, 4);
	expect_event(test, 0, "+b", &init_net);
	expect_event(test, 1, "+b", one);
	expect_event(test, 2, "-b", &init_net);
	expect_event(test, 3, "-b", one);
	KUNIT_EXPECT_EQ(test, mod_b.id, VNET_MOD_ANY);
	KUNIT_EXPECT_NULL(test, one->vnet.instance[VNET_MOD_STATIC_COUNT + 1]);

	fail_on = NULL;
	KUNIT_EXPECT_EQ(test, vnet_mod_register(&mod_b), 0);
	vnet_mod_unregister(&mod_b);
	child_destroy(two);
	child_destroy(one);
}

static void vnet_test_foreach(struct kunit *test)
{
	struct net *child = child_new(test), *net;
	int nr = 0, seen = 0;

	scoped_guard(rwsem_read, &net_rwsem) {
		vnet_for_each(net) {
			nr++;
			seen += net == child || net == &init_net;
		}
	}
	KUNIT_EXPECT_GE(test, nr, 2);
	KUNIT_EXPECT_EQ(test, seen, 2);
	child_destroy(child);
}

static void vnet_test_sysctl_rebase(struct kunit *test)
{
	struct vnet_state *state, elsewhere;
	struct ctl_table table[] = {
		{ .procname = "value", .data = &state_a.value },
		{ .procname = "elsewhere", .data = &elsewhere.value },
		{ .procname = "beyond", .data = &state_a + 1 },
		{ .procname = "none" },
	};
	struct net *child;

	register_both(test);
	child = child_new(test);
	state = child->vnet.instance[mod_a.id];
	vnet_sysctl_rebase(child, mod_a.id, table, ARRAY_SIZE(table));
	KUNIT_EXPECT_PTR_EQ(test, table[0].data, (void *)&state->value);
	KUNIT_EXPECT_PTR_EQ(test, table[1].data, (void *)&elsewhere.value);
	KUNIT_EXPECT_PTR_EQ(test, table[2].data, (void *)(&state_a + 1));
	KUNIT_EXPECT_NULL(test, table[3].data);
	child_destroy(child);
	unregister_both();
}
#endif /* CONFIG_VNET */

static int vnet_test_init(struct kunit *test)
{
	init_completion(&witnessed);
	memset(events, 0, sizeof(events));
	nr_events = 0;
	fail_on = NULL;
	fail_children = false;
	return vnet_mod_register(&mod_w);
}

static void vnet_test_exit(struct kunit *test)
{
	vnet_mod_unregister(&mod_w);
}

static struct kunit_case vnet_test_cases[] = {
	KUNIT_CASE(vnet_test_initial),
	KUNIT_CASE(vnet_test_ids),
	KUNIT_CASE(vnet_test_bad_module),
	KUNIT_CASE(vnet_test_one_instance),
#ifdef CONFIG_VNET
	KUNIT_CASE(vnet_test_order),
	KUNIT_CASE(vnet_test_storage),
	KUNIT_CASE(vnet_test_shared),
	KUNIT_CASE(vnet_test_constructor_fails),
	KUNIT_CASE(vnet_test_late),
	KUNIT_CASE(vnet_test_late_fails),
	KUNIT_CASE(vnet_test_foreach),
	KUNIT_CASE(vnet_test_sysctl_rebase),
#endif
	{}
};

static struct kunit_suite vnet_test_suite = {
	.name		= "vnet",
	.init		= vnet_test_init,
	.exit		= vnet_test_exit,
	.test_cases	= vnet_test_cases,
};
kunit_test_suite(vnet_test_suite);

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
#include <linux/percpu.h>
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

/*
 * A module as the series makes them, with per-CPU variables: in each mode, what
 * its file has.
 */
struct counters {
	u64 packets;
	u8 aligned[32] __aligned(32);
};

static int construct_pcpu(struct net *net);

#ifdef CONFIG_VNET_GLOBALS
static struct vnet_mod vnet_kunit_mod;
static DEFINE_PER_CPU(int, kunit_nr);
static DEFINE_PER_CPU(struct counters, kunit_counters);
static int kunit_plain;

#define V_kunit_nr		VNET_GLOBAL(kunit, kunit_nr)
#define V_kunit_counters	VNET_GLOBAL(kunit, kunit_counters)
#define V_kunit_plain		VNET_GLOBAL(kunit, kunit_plain)
#define INIT_VNET_KUNIT(net)	VNET_CHECK_CONTEXT(kunit, net)
#else
struct vnet_kunit_pcpu {
	int _kunit_nr;
	struct counters _kunit_counters;
};

struct vnet_kunit {
#ifdef CONFIG_VNET
	struct vnet_kunit_pcpu __percpu *pcpu;
#endif
	int _kunit_plain;
};

static struct vnet_mod vnet_kunit_mod;
static DEFINE_PER_CPU(struct vnet_kunit_pcpu, vnet_kunit_pcpu_0);
static struct vnet_kunit vnet_kunit_0;

#define V_kunit_nr		VNET_VAR_PCPU(kunit, kunit_nr)
#define V_kunit_counters	VNET_VAR_PCPU(kunit, kunit_counters)
#define V_kunit_plain		VNET_VAR(kunit, kunit_plain)
#define INIT_VNET_KUNIT(net)	VNET_CONTEXT_ID(kunit, vnet_kunit_mod.id, net)
#endif /* CONFIG_VNET_GLOBALS */

static struct vnet_mod vnet_kunit_mod = {
	.name		= "kunit",
	.id		= VNET_MOD_ANY,
	.flags		= VNET_MOD_PER_VNET,
	.construct	= construct_pcpu,
	VNET_MOD_INSTANCE_PCPU(kunit)
};

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

	bad = mod_a;
	bad.requires = VNET_REQUIRES(VNET_MOD_MAX);
	KUNIT_EXPECT_EQ(test, vnet_mod_register(&bad), -ENOENT);
	/* A spare id that is not taken. */
	bad.requires = VNET_REQUIRES(VNET_MOD_MAX - 1);
	KUNIT_EXPECT_EQ(test, vnet_mod_register(&bad), -ENOENT);
	/* The witness. */
	bad.requires = VNET_REQUIRES(VNET_MOD_STATIC_COUNT);
	KUNIT_EXPECT_EQ(test, vnet_mod_register(&bad), 0);
	vnet_mod_unregister(&bad);
	nr_events = 0;

	if (IS_ENABLED(CONFIG_VNET)) {
		bad = mod_a;
		bad.pcpu_size = 8;
		bad.pcpu_align = 8;
		KUNIT_EXPECT_EQ(test, vnet_mod_register(&bad), -EINVAL);

		/* A struct of locks can be empty, an instance it has. */
		bad = mod_a;
		bad.size = 0;
		bad.flags = 0;
		bad.construct = NULL;
		bad.destruct = NULL;
		KUNIT_EXPECT_EQ(test, vnet_mod_register(&bad), 0);
		vnet_mod_unregister(&bad);
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

/* The words of vnet_mods_order(), and its modules as it leaves them. */
static char why[128];
static char order[64];

static struct vnet_mod *sort_mod(struct kunit *test, const char *name, int id,
				 const s16 *requires)
{
	struct vnet_mod *mod = kunit_kzalloc(test, sizeof(*mod), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, mod);
	mod->name = name;
	mod->id = id;
	mod->requires = requires;
	return mod;
}

static int sort_mods(struct vnet_mod **mods, size_t nr, int present)
{
	DECLARE_BITMAP(have, VNET_MOD_MAX) = { };
	size_t i, len = 0;
	int err;

	if (present != VNET_MOD_ANY)
		__set_bit(present, have);
	memset(why, 0, sizeof(why));
	err = vnet_mods_order(mods, nr, have, why, sizeof(why));
	for (i = 0; i < nr; i++)
		len += scnprintf(order + len, sizeof(order) - len, "%s",
				 mods[i]->name);
	return err;
}

#define SORT(name, id, ...)						\
	sort_mod(test, name, id, ((const s16[]){ __VA_ARGS__ }))

static void vnet_test_sort(struct kunit *test)
{
	struct vnet_mod *mods[] = {
		SORT("z", VNET_MOD_ANY, VNET_MOD_ANY),
		SORT("c", 2, VNET_MOD_ANY),
		SORT("a", 0, 3, 2, VNET_MOD_ANY),
		SORT("y", VNET_MOD_ANY, VNET_MOD_ANY),
		SORT("b", 1, VNET_MOD_ANY),
		SORT("d", 3, 1, VNET_MOD_ANY),
	};

	/* By id, but for a, which has to wait for d; without an id, as it was. */
	KUNIT_EXPECT_EQ(test, sort_mods(mods, ARRAY_SIZE(mods), VNET_MOD_ANY), 0);
	KUNIT_EXPECT_STREQ(test, order, "bcdazy");
	KUNIT_EXPECT_STREQ(test, why, "");

	/* Again, and none at all. */
	KUNIT_EXPECT_EQ(test, sort_mods(mods, ARRAY_SIZE(mods), VNET_MOD_ANY), 0);
	KUNIT_EXPECT_STREQ(test, order, "bcdazy");
	KUNIT_EXPECT_EQ(test, sort_mods(mods, 0, VNET_MOD_ANY), 0);

	/* c and d from elsewhere. */
	mods[0] = SORT("a", 0, 3, VNET_MOD_ANY);
	KUNIT_EXPECT_EQ(test, sort_mods(mods, 1, 3), 0);
	mods[0]->requires = NULL;
	KUNIT_EXPECT_EQ(test, sort_mods(mods, 1, VNET_MOD_ANY), 0);
}

static void vnet_test_sort_missing(struct kunit *test)
{
	struct vnet_mod *mods[] = {
		SORT("a", 0, 1, VNET_MOD_ANY),
		SORT("b", 1, 2, VNET_MOD_FLOWLABEL, VNET_MOD_CORE, VNET_MOD_ANY),
		SORT("c", 2, VNET_MOD_ANY),
	};

	mods[0]->id = VNET_MOD_MAX - 1;
	mods[1]->id = VNET_MOD_MAX - 2;
	mods[0]->requires = VNET_REQUIRES(VNET_MOD_MAX - 2);
	KUNIT_EXPECT_EQ(test, sort_mods(mods, ARRAY_SIZE(mods), VNET_MOD_CORE), -ENOENT);
	KUNIT_EXPECT_STREQ(test, why, "b requires flowlabel, which is not there");

	KUNIT_EXPECT_EQ(test, sort_mods(mods, ARRAY_SIZE(mods), VNET_MOD_FLOWLABEL), -ENOENT);
	KUNIT_EXPECT_STREQ(test, why, "b requires core, which is not there");

	mods[0] = SORT("a", 0, VNET_MOD_MAX, VNET_MOD_ANY);
	KUNIT_EXPECT_EQ(test, sort_mods(mods, 1, VNET_MOD_ANY), -ENOENT);
	KUNIT_EXPECT_STREQ(test, why, "a requires unknown, which is not there");
}

static void vnet_test_sort_cycle(struct kunit *test)
{
	struct vnet_mod *mods[] = {
		SORT("a", 0, 1, VNET_MOD_ANY),
		SORT("b", 1, 2, VNET_MOD_ANY),
		SORT("c", 2, 3, VNET_MOD_ANY),
		SORT("d", 3, 1, VNET_MOD_ANY),
		SORT("e", 4, VNET_MOD_ANY),
	};
	DECLARE_BITMAP(none, VNET_MOD_MAX) = { };

	/* a waits for the three that go round, and is not one of them. */
	KUNIT_EXPECT_EQ(test, sort_mods(mods, ARRAY_SIZE(mods), VNET_MOD_ANY), -ELOOP);
	KUNIT_EXPECT_STREQ(test, why, "b requires c requires d requires b");

	mods[0] = SORT("a", 0, 0, VNET_MOD_ANY);
	KUNIT_EXPECT_EQ(test, sort_mods(mods, 1, VNET_MOD_ANY), -ELOOP);
	KUNIT_EXPECT_STREQ(test, why, "a requires a");

	/* No room for the words is no harm. */
	KUNIT_EXPECT_EQ(test, vnet_mods_order(mods, 1, none, why, 4), -ELOOP);
	KUNIT_EXPECT_STREQ(test, why, "a r");
}

static int construct_pcpu(struct net *net)
{
	INIT_VNET_KUNIT(net)
	int cpu;

	V_kunit_plain = 1;
	for_each_possible_cpu(cpu)
		per_cpu(V_kunit_nr, cpu) = 100 + cpu;

	/* Storage is zeroed, but the initial vnet's is left from the last run. */
	if (net_eq(net, &init_net))
		for_each_possible_cpu(cpu)
			memset(per_cpu_ptr(&V_kunit_counters, cpu), 0,
			       sizeof(struct counters));
	return 0;
}

/* All that is done with a per-CPU variable; the sum over all processors. */
static u64 use_pcpu(struct kunit *test, struct net *net)
{
	INIT_VNET_KUNIT(net)
	u64 sum = 0;
	int cpu;

	this_cpu_inc(V_kunit_nr);
	raw_cpu_add(V_kunit_nr, 2);
	preempt_disable();
	__this_cpu_sub(V_kunit_nr, 1);
	this_cpu_ptr(&V_kunit_counters)->packets++;
	raw_cpu_ptr(&V_kunit_counters)->packets++;
	preempt_enable();
	get_cpu_var(V_kunit_counters).packets++;
	put_cpu_var(V_kunit_counters);
	this_cpu_inc(V_kunit_counters.packets);

	for_each_possible_cpu(cpu) {
		const struct counters *c = per_cpu_ptr(&V_kunit_counters, cpu);

		KUNIT_EXPECT_TRUE(test, IS_ALIGNED((unsigned long)c->aligned, 32));
		sum += c->packets + per_cpu(V_kunit_nr, cpu) - 100 - cpu;
	}
	return sum;
}

static void vnet_test_pcpu(struct kunit *test)
{
	struct net *one, *two;

	KUNIT_ASSERT_EQ(test, vnet_mod_register(&vnet_kunit_mod), 0);
	KUNIT_EXPECT_EQ(test, use_pcpu(test, &init_net), 6);

	if (!IS_ENABLED(CONFIG_VNET))
		goto unregister;

	/* Of their own, zeroed but for what the constructor says. */
	one = child_new(test);
	two = child_new(test);
	KUNIT_EXPECT_EQ(test, use_pcpu(test, one), 6);
	KUNIT_EXPECT_EQ(test, use_pcpu(test, two), 6);
	child_destroy(one);
	child_destroy(two);

	/* Shared, as long as the module has not gone per vnet. */
	vnet_mod_unregister(&vnet_kunit_mod);
	vnet_kunit_mod.flags = 0;
	KUNIT_ASSERT_EQ(test, vnet_mod_register(&vnet_kunit_mod), 0);
	one = child_new(test);
	KUNIT_EXPECT_EQ(test, use_pcpu(test, &init_net), 6);
	KUNIT_EXPECT_EQ(test, use_pcpu(test, one), 12);
	child_destroy(one);
	vnet_kunit_mod.flags = VNET_MOD_PER_VNET;
unregister:
	vnet_mod_unregister(&vnet_kunit_mod);
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
	KUNIT_CASE(vnet_test_sort),
	KUNIT_CASE(vnet_test_sort_missing),
	KUNIT_CASE(vnet_test_sort_cycle),
	KUNIT_CASE(vnet_test_pcpu),
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

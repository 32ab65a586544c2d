/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A loadable module with two vnet modules, first and second, that tell the log
 * of their constructors and destructors.  Its init function tells, too.
 */
#include <linux/module.h>
#include <net/net_namespace.h>
#include <net/vnet.h>

#ifndef FAIL_AT
#define FAIL_AT	0
#endif

struct vnet_first {
	int _value;
};

struct vnet_second {
	int _value;
};

static struct vnet_first vnet_first_0;
static struct vnet_second vnet_second_0;

static void tell(const char *what, const struct net *net)
{
	pr_info(KBUILD_MODNAME ": %s %s\n", what,
		net_eq(net, &init_net) ? "host" : "other");
}

/* The FAIL_AT-th constructor fails. */
static int construct(const char *what, const struct net *net)
{
	static int calls;

	if (++calls == FAIL_AT)
		return -EDOM;
	tell(what, net);
	return 0;
}

static int first_construct(struct net *net)
{
	return construct("+first", net);
}

static void first_destruct(struct net *net)
{
	tell("-first", net);
}

static int second_construct(struct net *net)
{
	return construct("+second", net);
}

static void second_destruct(struct net *net)
{
	tell("-second", net);
}

static struct vnet_mod vnet_first_mod = {
	.name		= "first",
	.id		= FIRST_ID,
	.flags		= VNET_MOD_PER_VNET,
	.requires	= FIRST_REQUIRES,
	.construct	= first_construct,
	.destruct	= first_destruct,
	.size		= sizeof(struct vnet_first),
	.instance0	= &vnet_first_0,
};

static struct vnet_mod vnet_second_mod = {
	.name		= "second",
	.id		= SECOND_ID,
	.flags		= VNET_MOD_PER_VNET,
	.requires	= SECOND_REQUIRES,
	.construct	= second_construct,
	.destruct	= second_destruct,
	.size		= sizeof(struct vnet_second),
	.instance0	= &vnet_second_0,
};

VNET_MOD(first);

VNET_MOD(second);

static int __init pair_init(void)
{
	pr_info(KBUILD_MODNAME ": init\n");
	return 0;
}

static void __exit pair_exit(void)
{
	pr_info(KBUILD_MODNAME ": exit\n");
}

module_init(pair_init);
module_exit(pair_exit);
MODULE_DESCRIPTION("Two vnet modules, for a test");
MODULE_LICENSE("GPL");

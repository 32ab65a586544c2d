// SPDX-License-Identifier: GPL-2.0
/*
 * A loadable module with state per vnet: /proc/net/vnet_sample tells how often
 * it has been opened, in this vnet with CONFIG_VNET, in all of them otherwise.
 *
 * What the macros below spell out is generated from a table for the modules of
 * the kernel's own source.  This one is not in the table and so asks for one of
 * the spare ids.  VNET_MOD() has it registered before vnet_sample_init() and
 * unregistered after vnet_sample_exit(): the state is there whenever a file is.
 */
#include <linux/atomic.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <net/net_namespace.h>
#include <net/vnet.h>

static struct vnet_mod vnet_sample_mod;

#ifdef CONFIG_VNET_GLOBALS
static atomic_t opened;

#define V_opened	opened
#define INIT_VNET_SAMPLE(net)
#else
struct vnet_sample {
	atomic_t _opened;
};

static struct vnet_sample vnet_sample_0;

#define V_opened	VNET_VAR(sample, opened)
#define INIT_VNET_SAMPLE(net)	VNET_CONTEXT_ID(sample, vnet_sample_mod.id, net)
#endif /* CONFIG_VNET_GLOBALS */

static int vnet_sample_show(struct seq_file *seq, void *v)
{
	INIT_VNET_SAMPLE(seq_file_single_net(seq))

	seq_printf(seq, "%d\n", atomic_inc_return(&V_opened));
	return 0;
}

static int __net_init vnet_sample_net_init(struct net *net)
{
	if (!proc_create_net_single("vnet_sample", 0444, net->proc_net,
				    vnet_sample_show, NULL))
		return -ENOMEM;
	return 0;
}

static void __net_exit vnet_sample_net_exit(struct net *net)
{
	remove_proc_entry("vnet_sample", net->proc_net);
}

static struct pernet_operations vnet_sample_net_ops = {
	.init = vnet_sample_net_init,
	.exit = vnet_sample_net_exit,
};

static int vnet_sample_construct(struct net *net)
{
	INIT_VNET_SAMPLE(net)

	atomic_set(&V_opened, 0);
	return 0;
}

static struct vnet_mod vnet_sample_mod = {
	.name		= "sample",
	.id		= VNET_MOD_ANY,
	.flags		= VNET_MOD_PER_VNET,
	.construct	= vnet_sample_construct,
	VNET_MOD_INSTANCE(sample)
};
VNET_MOD(sample);

static int __init vnet_sample_init(void)
{
	return register_pernet_subsys(&vnet_sample_net_ops);
}

static void __exit vnet_sample_exit(void)
{
	unregister_pernet_subsys(&vnet_sample_net_ops);
}

module_init(vnet_sample_init);
module_exit(vnet_sample_exit);
MODULE_DESCRIPTION("Sample of a loadable module with state per vnet");
MODULE_LICENSE("GPL");

// SPDX-License-Identifier: GPL-2.0
/*
 * Registry of vnet modules: constructs their instances when a network
 * namespace is made or a module is registered, destructs them in reverse.
 */
#include <linux/bitops.h>
#include <linux/cache.h>
#include <linux/debugfs.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/panic.h>
#include <linux/rcupdate.h>
#include <linux/rtnetlink.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/sysctl.h>
#include <net/net_namespace.h>
#include <net/vnet.h>

/*
 * All state of this file is protected by pernet_ops_rwsem: registration holds
 * it for writing, namespace set-up and tear-down hold it for reading.  So a
 * module never comes or goes while a vnet does.
 */
static LIST_HEAD(vnet_mods);
static struct vnet_mod *vnet_mod_by_id[VNET_MOD_MAX];

static int vnet_construct(struct vnet_mod *mod, struct net *net)
{
	int err = mod->construct ? mod->construct(net) : 0;

	if (!err)
		atomic_inc(&mod->instances);
	return err;
}

static void vnet_destruct(struct vnet_mod *mod, struct net *net)
{
	if (mod->destruct)
		mod->destruct(net);
	atomic_dec(&mod->instances);
}

#ifdef CONFIG_VNET
/* Has @net an instance of @mod that no other vnet uses? */
static bool vnet_owns(const struct vnet_mod *mod, const struct net *net)
{
	return net_eq(net, &init_net) || (mod->flags & VNET_MOD_PER_VNET);
}

static void vnet_release(struct vnet_mod *mod, struct net *net)
{
	void *instance = net->vnet.instance[mod->id];

	net->vnet.instance[mod->id] = NULL;
	if (__test_and_clear_bit(mod->id, net->vnet.own))
		kvfree(instance);
}

/*
 * Storage is not freed by the destructor but here and by vnet_free(), so that
 * what outlives the destructor (RCU callbacks, the last put of a socket) may
 * still look at it: it lives as long as struct net.
 */
static int vnet_attach(struct vnet_mod *mod, struct net *net)
{
	void *instance = mod->instance0;
	int err;

	if (!net_eq(net, &init_net) && vnet_owns(mod, net)) {
		/* kmalloc() aligns to cache lines what is a multiple of one. */
		instance = kvzalloc(ALIGN(mod->size, SMP_CACHE_BYTES),
				    GFP_KERNEL_ACCOUNT);
		if (!instance)
			return -ENOMEM;
		__set_bit(mod->id, net->vnet.own);
	}

	net->vnet.instance[mod->id] = instance;
	if (!vnet_owns(mod, net))
		return 0;

	err = vnet_construct(mod, net);
	if (err)
		vnet_release(mod, net);
	return err;
}

static void vnet_detach(struct vnet_mod *mod, struct net *net)
{
	if (vnet_owns(mod, net))
		vnet_destruct(mod, net);
}

/*
 * A module whose variables are still globals has a constructor, and no storage
 * until they are members of a struct; until then all vnets share them.
 */
static int vnet_check(const struct vnet_mod *mod)
{
	if (!mod->size && !mod->instance0 && !(mod->flags & VNET_MOD_PER_VNET))
		return 0;
	return mod->size && mod->instance0 ? 0 : -EINVAL;
}
#else
static int vnet_attach(struct vnet_mod *mod, struct net *net)
{
	return vnet_construct(mod, net);
}

static void vnet_detach(struct vnet_mod *mod, struct net *net)
{
	vnet_destruct(mod, net);
}

static void vnet_release(struct vnet_mod *mod, struct net *net)
{
}

static int vnet_check(const struct vnet_mod *mod)
{
	return 0;
}
#endif /* CONFIG_VNET */

/* Undo @mod in all vnets from the first one up to, not including, @end. */
static void vnet_detach_until(struct vnet_mod *mod, const struct net *end)
{
	struct net *net;

	vnet_for_each(net) {
		if (net == end)
			break;
		vnet_detach(mod, net);
	}

	/* Callbacks that destructors left behind may still use the storage. */
	rcu_barrier();

	vnet_for_each(net) {
		if (net == end)
			break;
		vnet_release(mod, net);
	}
}

static int vnet_id_get(struct vnet_mod *mod)
{
	int id = mod->id;

	if (id == VNET_MOD_ANY) {
		for (id = VNET_MOD_STATIC_COUNT; id < VNET_MOD_MAX; id++)
			if (!vnet_mod_by_id[id])
				break;
		if (id == VNET_MOD_MAX)
			return -ENOSPC;
		mod->id = id;
	} else if (id < 0 || id >= VNET_MOD_STATIC_COUNT) {
		return -EINVAL;
	} else if (vnet_mod_by_id[id]) {
		return -EBUSY;
	}
	vnet_mod_by_id[id] = mod;
	return 0;
}

static void vnet_id_put(struct vnet_mod *mod)
{
	vnet_mod_by_id[mod->id] = NULL;
	if (mod->id >= VNET_MOD_STATIC_COUNT)
		mod->id = VNET_MOD_ANY;
}

/**
 * vnet_mod_register - add a module to every vnet, present and future
 * @mod: the module; must stay valid until vnet_mod_unregister()
 *
 * Constructs the instance of the initial vnet first.  With CONFIG_VNET and
 * VNET_MOD_PER_VNET it then constructs one for every other vnet that exists,
 * and from now on one for every vnet that is created, after those of the
 * modules registered earlier and before any other per-namespace set-up.  When
 * a constructor fails, all that this call did is undone.
 *
 * Context: Process context, may sleep.  Takes pernet_ops_rwsem for writing, so
 * it must not be called from a constructor, destructor or pernet operation.
 *
 * Return: 0; -EINVAL when @mod has no name or no such id, or is per vnet and
 * has no storage; -EBUSY when its id is taken; -ENOSPC when no spare id is
 * left; -ENOMEM, or what a constructor returned.
 */
int vnet_mod_register(struct vnet_mod *mod)
{
	struct net *net;
	int err;

	if (!mod->name || vnet_check(mod))
		return -EINVAL;

	down_write(&pernet_ops_rwsem);
	err = vnet_id_get(mod);
	if (err)
		goto unlock;

	atomic_set(&mod->instances, 0);
	vnet_for_each(net) {
		err = vnet_attach(mod, net);
		if (err)
			goto undo;
	}
	list_add_tail(&mod->list, &vnet_mods);
unlock:
	up_write(&pernet_ops_rwsem);
	return err;

undo:
	vnet_detach_until(mod, net);
	vnet_id_put(mod);
	goto unlock;
}
EXPORT_SYMBOL_GPL(vnet_mod_register);

/**
 * vnet_mod_unregister - take a module out of every vnet
 * @mod: a module that vnet_mod_register() accepted
 *
 * Destructs every instance, waits for RCU callbacks, and frees the storage.
 * Nothing may use the module's V_ names any more when it is called.
 *
 * Context: Process context, may sleep.  Takes pernet_ops_rwsem for writing, so
 * it must not be called from a constructor, destructor or pernet operation.
 */
void vnet_mod_unregister(struct vnet_mod *mod)
{
	down_write(&pernet_ops_rwsem);
	list_del(&mod->list);
	vnet_detach_until(mod, NULL);
	vnet_id_put(mod);
	up_write(&pernet_ops_rwsem);
}
EXPORT_SYMBOL_GPL(vnet_mod_unregister);

#ifdef CONFIG_VNET
/**
 * vnet_sysctl_rebase - point a vnet's copy of a sysctl table at its variables
 * @net: vnet that the copy is for
 * @id: module whose variables the table names through SYSCTL_V_*()
 * @table: the copy; entries that point elsewhere are left alone
 * @entries: number of entries in @table
 *
 * A static table can only name the initial vnet's instance.  This moves those
 * pointers to the same variables of @net's.
 *
 * Context: Where the module cannot go away: its own code, or a pernet
 * operation.  It must be registered.
 */
void vnet_sysctl_rebase(const struct net *net, int id, struct ctl_table *table,
			size_t entries)
{
	const struct vnet_mod *mod = vnet_mod_by_id[id];
	char *base = mod->instance0;
	char *instance = net->vnet.instance[id];
	size_t i;

	for (i = 0; i < entries; i++) {
		char *data = table[i].data;

		if (data >= base && data < base + mod->size)
			table[i].data = instance + (data - base);
	}
}
EXPORT_SYMBOL_GPL(vnet_sysctl_rebase);

static void __net_exit vnet_net_exit(struct net *net)
{
	struct vnet_mod *mod;

	list_for_each_entry_reverse(mod, &vnet_mods, list)
		vnet_detach(mod, net);
}

static int __net_init vnet_net_init(struct net *net)
{
	struct vnet_mod *mod;
	int err;

	list_for_each_entry(mod, &vnet_mods, list) {
		err = vnet_attach(mod, net);
		if (err)
			goto undo;
	}
	return 0;

undo:
	list_for_each_entry_continue_reverse(mod, &vnet_mods, list)
		vnet_detach(mod, net);
	return err;
}

static struct pernet_operations vnet_net_ops = {
	.init = vnet_net_init,
	.exit = vnet_net_exit,
};

/**
 * vnet_init - have vnet modules follow network namespaces
 *
 * Must be the first pernet subsystem: what is set up first is torn down last,
 * and all others may use V_ names in their own set-up and tear-down.
 *
 * Context: Early boot, once, right after the initial namespace is set up.
 */
void __init vnet_init(void)
{
	if (register_pernet_subsys(&vnet_net_ops))
		panic("Could not register the vnet framework");
}

/**
 * vnet_free - free the storage of a vnet's modules
 * @net: namespace about to be freed, its destructors long done
 *
 * Context: Process context; nothing can reach @net any more.
 */
void vnet_free(struct net *net)
{
	unsigned int id;

	for_each_set_bit(id, net->vnet.own, VNET_MOD_MAX)
		kvfree(net->vnet.instance[id]);
}
#endif /* CONFIG_VNET */

#ifdef CONFIG_DEBUG_FS
static int vnet_modules_show(struct seq_file *seq, void *v)
{
	struct vnet_mod *mod;

	seq_puts(seq, "id name per-vnet size instances\n");
	down_read(&pernet_ops_rwsem);
	list_for_each_entry(mod, &vnet_mods, list)
		seq_printf(seq, "%d %s %s %zu %u\n", mod->id, mod->name,
			   mod->flags & VNET_MOD_PER_VNET ? "yes" : "no",
			   mod->size, atomic_read(&mod->instances));
	up_read(&pernet_ops_rwsem);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(vnet_modules);

static int __init vnet_debugfs_init(void)
{
	debugfs_create_file("modules", 0400, debugfs_create_dir("vnet", NULL),
			    NULL, &vnet_modules_fops);
	return 0;
}
late_initcall(vnet_debugfs_init);
#endif /* CONFIG_DEBUG_FS */

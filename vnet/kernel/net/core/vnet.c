// SPDX-License-Identifier: GPL-2.0
/*
 * Registry of vnet modules: constructs their instances when a network
 * namespace is made or a module is registered, destructs them in reverse.
 */
#include <linux/bitmap.h>
#include <linux/bitops.h>
#include <linux/cache.h>
#include <linux/debugfs.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/log2.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/panic.h>
#include <linux/percpu.h>
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

/* Where an instance has the pointer to its per-CPU variables. */
static void __percpu **vnet_pcpu(void *instance)
{
	return instance;
}

static void vnet_release(struct vnet_mod *mod, struct net *net)
{
	void *instance = net->vnet.instance[mod->id];

	net->vnet.instance[mod->id] = NULL;
	if (__test_and_clear_bit(mod->id, net->vnet.own_pcpu))
		free_percpu(*vnet_pcpu(instance));
	if (__test_and_clear_bit(mod->id, net->vnet.own))
		kvfree(instance);
}

static void *vnet_alloc(const struct vnet_mod *mod, struct net *net)
{
	void __percpu *pcpu;
	void *instance;

	/* kmalloc() aligns to cache lines what is a multiple of one. */
	instance = kvzalloc(ALIGN(mod->size, SMP_CACHE_BYTES),
			    GFP_KERNEL_ACCOUNT);
	if (!instance)
		return NULL;

	if (mod->pcpu_size) {
		pcpu = __alloc_percpu_gfp(mod->pcpu_size, mod->pcpu_align,
					  GFP_KERNEL_ACCOUNT);
		if (!pcpu) {
			kvfree(instance);
			return NULL;
		}
		*vnet_pcpu(instance) = pcpu;
		__set_bit(mod->id, net->vnet.own_pcpu);
	}
	__set_bit(mod->id, net->vnet.own);
	return instance;
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

	if (net_eq(net, &init_net)) {
		if (mod->pcpu_size)
			*vnet_pcpu(instance) = mod->pcpu0;
	} else if (vnet_owns(mod, net)) {
		instance = vnet_alloc(mod, net);
		if (!instance)
			return -ENOMEM;
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
 * until they are members of a struct; until then all vnets share them.  A
 * struct of nothing but locks is empty where locks are.
 */
static int vnet_check(const struct vnet_mod *mod)
{
	if (!mod->size && !mod->instance0 && !mod->pcpu_size &&
	    !(mod->flags & VNET_MOD_PER_VNET))
		return 0;
	if (!mod->instance0)
		return -EINVAL;
	if (mod->pcpu_size &&
	    (mod->size < sizeof(mod->pcpu0) || !mod->pcpu0 ||
	     !is_power_of_2(mod->pcpu_align)))
		return -EINVAL;
	return 0;
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
	bool any = false;
	struct net *net;

	vnet_for_each(net) {
		if (net == end)
			break;
		vnet_detach(mod, net);
		any = true;
	}

	/* Callbacks that destructors left behind may still use the storage. */
	if (any)
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

static const char *vnet_name(int id)
{
	static const char *const names[VNET_MOD_STATIC_COUNT] = {
		VNET_MOD_NAMES
	};

	return id >= 0 && id < VNET_MOD_STATIC_COUNT ? names[id] : "unknown";
}

/* The first module that @mod requires and @present has not; VNET_MOD_ANY: none. */
static int vnet_lacks(const struct vnet_mod *mod, const unsigned long *present)
{
	const s16 *id;

	for (id = mod->requires; id && *id != VNET_MOD_ANY; id++)
		if (*id < 0 || *id >= VNET_MOD_MAX || !test_bit(*id, present))
			return *id;
	return VNET_MOD_ANY;
}

static struct vnet_mod *vnet_find(struct vnet_mod **mods, size_t nr, int id)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (mods[i]->id == id)
			return mods[i];
	return NULL;
}

/* Each of @mods lacks something: is it nowhere, or among themselves? */
static int vnet_order_fault(struct vnet_mod **mods, size_t nr,
			    const unsigned long *present,
			    char *why, size_t size)
{
	struct vnet_mod *mod, *first;
	size_t i, len;

	for (i = 0; i < nr; i++) {
		int id = vnet_lacks(mods[i], present);

		if (!vnet_find(mods, nr, id)) {
			scnprintf(why, size, "%s requires %s, which is not there",
				  mods[i]->name, vnet_name(id));
			return -ENOENT;
		}
	}

	/* Whoever goes on for so long, goes round. */
	mod = mods[0];
	for (i = 0; i < nr; i++)
		mod = vnet_find(mods, nr, vnet_lacks(mod, present));

	first = mod;
	len = scnprintf(why, size, "%s", mod->name);
	do {
		mod = vnet_find(mods, nr, vnet_lacks(mod, present));
		len += scnprintf(why + len, size - len, " requires %s",
				 mod->name);
	} while (mod != first);
	return -ELOOP;
}

/**
 * vnet_mods_order - sort modules so that each follows those that it requires
 * @mods: the modules; among those that may be next, the lowest id is, and ids
 *	that are still to be given come last
 * @nr: number of them
 * @present: bitmap of VNET_MOD_MAX ids, of modules that are registered already
 * @why: what is wrong, in words, if something is
 * @size: bytes of @why, at least 1
 *
 * Return: 0; -ENOENT when one requires what is neither in @mods nor in
 * @present; -ELOOP when some require each other.
 */
int vnet_mods_order(struct vnet_mod **mods, size_t nr,
		    const unsigned long *present, char *why, size_t size)
{
	DECLARE_BITMAP(have, VNET_MOD_MAX);
	struct vnet_mod *mod;
	size_t done, i, next;

	bitmap_copy(have, present, VNET_MOD_MAX);
	for (done = 0; done < nr; done++) {
		next = nr;
		for (i = done; i < nr; i++) {
			if (vnet_lacks(mods[i], have) != VNET_MOD_ANY)
				continue;
			/* VNET_MOD_ANY is the highest. */
			if (next == nr ||
			    (unsigned int)mods[i]->id < (unsigned int)mods[next]->id)
				next = i;
		}
		if (next == nr)
			return vnet_order_fault(mods + done, nr - done, have,
						why, size);

		mod = mods[next];
		memmove(mods + done + 1, mods + done,
			(next - done) * sizeof(*mods));
		mods[done] = mod;
		if (mod->id >= 0 && mod->id < VNET_MOD_MAX)
			__set_bit(mod->id, have);
	}
	return 0;
}

static void vnet_present(unsigned long *present)
{
	struct vnet_mod *mod;

	bitmap_zero(present, VNET_MOD_MAX);
	list_for_each_entry(mod, &vnet_mods, list)
		__set_bit(mod->id, present);
}

static int vnet_mod_add(struct vnet_mod *mod)
{
	DECLARE_BITMAP(present, VNET_MOD_MAX);
	struct net *net;
	int err;

	if (!mod->name || vnet_check(mod))
		return -EINVAL;

	vnet_present(present);
	if (vnet_lacks(mod, present) != VNET_MOD_ANY)
		return -ENOENT;

	err = vnet_id_get(mod);
	if (err)
		return err;

	atomic_set(&mod->instances, 0);
	vnet_for_each(net) {
		err = vnet_attach(mod, net);
		if (err)
			goto undo;
	}
	list_add_tail(&mod->list, &vnet_mods);
	return 0;

undo:
	vnet_detach_until(mod, net);
	vnet_id_put(mod);
	return err;
}

static void vnet_mod_del(struct vnet_mod *mod)
{
	struct vnet_mod *user;
	const s16 *id;

	list_del(&mod->list);
	list_for_each_entry(user, &vnet_mods, list)
		for (id = user->requires; id && *id != VNET_MOD_ANY; id++)
			WARN(*id == mod->id, "vnet: %s goes, but %s requires it\n",
			     mod->name, user->name);

	vnet_detach_until(mod, NULL);
	vnet_id_put(mod);
}

/* Register @mods, sorted; @done tells how many of them it is, on error, too. */
static int vnet_mods_add(struct vnet_mod **mods, size_t nr, size_t *done,
			 char *why, size_t size)
{
	DECLARE_BITMAP(present, VNET_MOD_MAX);
	int err;

	*done = 0;
	vnet_present(present);
	err = vnet_mods_order(mods, nr, present, why, size);
	if (err)
		return err;

	for (; *done < nr; ++*done) {
		err = vnet_mod_add(mods[*done]);
		if (err) {
			scnprintf(why, size, "registering %s: error %d",
				  mods[*done]->name ?: "one without a name", err);
			return err;
		}
	}
	return 0;
}

/**
 * vnet_mod_register - add a module to every vnet, present and future
 * @mod: the module; must stay valid until vnet_mod_unregister()
 *
 * For modules that VNET_MOD() does not suit.
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
 * has no storage; -ENOENT when a module that it requires is not registered;
 * -EBUSY when its id is taken; -ENOSPC when no spare id is left; -ENOMEM, or
 * what a constructor returned.
 */
int vnet_mod_register(struct vnet_mod *mod)
{
	int err;

	down_write(&pernet_ops_rwsem);
	err = vnet_mod_add(mod);
	up_write(&pernet_ops_rwsem);
	return err;
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
	vnet_mod_del(mod);
	up_write(&pernet_ops_rwsem);
}
EXPORT_SYMBOL_GPL(vnet_mod_unregister);

#ifdef CONFIG_MODULES
static void vnet_mods_del(struct vnet_mod **mods, size_t nr)
{
	while (nr--)
		vnet_mod_del(mods[nr]);
}

static int vnet_module_coming(struct module *module)
{
	char why[128] = "";
	size_t done;
	int err;

	down_write(&pernet_ops_rwsem);
	err = vnet_mods_add(module->vnet_mods, module->num_vnet_mods, &done,
			    why, sizeof(why));
	if (err) {
		vnet_mods_del(module->vnet_mods, done);
		pr_err("vnet: %s: %s\n", module->name, why);
	}
	up_write(&pernet_ops_rwsem);
	return err;
}

/* Before the init function of a loadable module, and after its exit function. */
static int vnet_module_notify(struct notifier_block *nb, unsigned long state,
			      void *data)
{
	struct module *module = data;

	if (!module->num_vnet_mods)
		return NOTIFY_DONE;

	switch (state) {
	case MODULE_STATE_COMING:
		return notifier_from_errno(vnet_module_coming(module));
	case MODULE_STATE_GOING:
		down_write(&pernet_ops_rwsem);
		vnet_mods_del(module->vnet_mods, module->num_vnet_mods);
		up_write(&pernet_ops_rwsem);
		break;
	}
	return NOTIFY_OK;
}

static struct notifier_block vnet_module_nb = {
	.notifier_call = vnet_module_notify,
};

static void __init vnet_follow_modules(void)
{
	if (register_module_notifier(&vnet_module_nb))
		panic("vnet: could not register the notifier of modules");
}
#else
static void __init vnet_follow_modules(void)
{
}
#endif /* CONFIG_MODULES */

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

/*
 * The first pernet subsystem: what is set up first is torn down last, and all
 * others may use V_ names in their own set-up and tear-down.
 */
static void __init vnet_follow_namespaces(void)
{
	if (register_pernet_subsys(&vnet_net_ops))
		panic("vnet: could not register the pernet operations");
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

	for_each_set_bit(id, net->vnet.own_pcpu, VNET_MOD_MAX)
		free_percpu(*vnet_pcpu(net->vnet.instance[id]));
	for_each_set_bit(id, net->vnet.own, VNET_MOD_MAX)
		kvfree(net->vnet.instance[id]);
}
#else
static void __init vnet_follow_namespaces(void)
{
}
#endif /* CONFIG_VNET */

/**
 * vnet_init - construct the modules of the kernel itself for the initial vnet
 *
 * From here on modules follow network namespaces, and those of loadable modules
 * come and go with them.  A module that requires one that is not there, or that
 * fails to be constructed, is fatal.
 *
 * Context: Early boot, once, right after the initial namespace is set up:
 * memory, per-CPU memory, timers, and RCU are there, work can be queued, but
 * no initcall has run.
 */
void __init vnet_init(void)
{
	char why[256] = "";
	size_t done;
	int err;

	vnet_follow_namespaces();
	vnet_follow_modules();

	down_write(&pernet_ops_rwsem);
	err = vnet_mods_add(__vnet_mods_start, __vnet_mods_end - __vnet_mods_start,
			    &done, why, sizeof(why));
	up_write(&pernet_ops_rwsem);
	if (err)
		panic("vnet: %s", why);
}

#ifdef CONFIG_DEBUG_FS
static void vnet_requires_show(struct seq_file *seq, const struct vnet_mod *mod)
{
	const s16 *id = mod->requires;

	if (!id || *id == VNET_MOD_ANY) {
		seq_puts(seq, "-\n");
		return;
	}
	seq_puts(seq, vnet_name(*id));
	while (*++id != VNET_MOD_ANY)
		seq_printf(seq, ",%s", vnet_name(*id));
	seq_putc(seq, '\n');
}

static int vnet_modules_show(struct seq_file *seq, void *v)
{
	unsigned int order = 0;
	struct vnet_mod *mod;

	seq_puts(seq, "id name per-vnet size instances pcpu order requires\n");
	down_read(&pernet_ops_rwsem);
	list_for_each_entry(mod, &vnet_mods, list) {
		seq_printf(seq, "%d %s %s %zu %u %zu %u ", mod->id, mod->name,
			   mod->flags & VNET_MOD_PER_VNET ? "yes" : "no",
			   mod->size, atomic_read(&mod->instances),
			   mod->pcpu_size, ++order);
		vnet_requires_show(seq, mod);
	}
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

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Virtualised state of the network stack.
 *
 * A vnet is one instance of the network stack: a network namespace plus its
 * instance of every vnet module.  A module groups variables that are named
 * V_foo in all code; what V_foo stands for is chosen at build time:
 *
 *	CONFIG_VNET_GLOBALS	foo			the global variable
 *	CONFIG_VNET_STRUCTS	vnet_mod_0._foo		one struct per module
 *	CONFIG_VNET		vnet_mod->_foo		one per module and vnet
 *
 * A function that uses V_ names of module mod says once, as its first line
 * and without a semicolon, which vnet they belong to: INIT_VNET_MOD(net).
 *
 * See Documentation/networking/vnet.rst.
 */
#ifndef _NET_VNET_H
#define _NET_VNET_H

#include <linux/atomic.h>
#include <linux/bits.h>
#include <linux/container_of.h>
#include <linux/list.h>
#include <linux/types.h>
#include <net/vnet/ids.h>

struct ctl_table;
struct net;

/*
 * With CONFIG_VNET_CHECK a global can only be named where INIT_VNET_MOD() stands
 * above, and what that is given has to be a network namespace.  And it has to be
 * a global: the address of a parameter or a local of that name is no constant.
 */
#ifdef CONFIG_VNET_CHECK
#define VNET_GLOBAL(mod, var)						\
	(*({								\
		static typeof(var) *const				\
			vnet_global = &(var);				\
		(void)vnet_##mod;					\
		vnet_global;						\
	}))
#define VNET_CHECK_CONTEXT(mod, from)					\
	const struct net *vnet_##mod __maybe_unused = (from);
#define VNET_CHECK_CONTEXT_OF(mod, ptr)					\
	const void *vnet_##mod __maybe_unused = (ptr);
#else
#define VNET_GLOBAL(mod, var)	var
#define VNET_CHECK_CONTEXT(mod, from)
#define VNET_CHECK_CONTEXT_OF(mod, ptr)
#endif

/*
 * What the per-module macros V_*, INIT_VNET_* and struct vnet_mod are made of.
 *
 * The per-CPU variables of a module are members of struct vnet_mod_pcpu.  That
 * of the initial vnet is DEFINE_PER_CPU(struct vnet_mod_pcpu, vnet_mod_pcpu_0);
 * with CONFIG_VNET struct vnet_mod begins with a pointer to it,
 *
 *	struct vnet_mod_pcpu __percpu *pcpu;
 *
 * which the framework sets.
 */
#if defined(CONFIG_VNET)
#define VNET_VAR(mod, var)	(vnet_##mod->_##var)
#define VNET_VAR_PCPU(mod, var)	(vnet_##mod->pcpu->_##var)
#define VNET_CONTEXT_ID(mod, id, net)					\
	struct vnet_##mod *vnet_##mod __maybe_unused =			\
		(net)->vnet.instance[id];
#define VNET_CONTEXT_OF(mod, ptr, member)				\
	struct vnet_##mod *vnet_##mod __maybe_unused =			\
		container_of(ptr, struct vnet_##mod, _##member);
#elif defined(CONFIG_VNET_STRUCTS)
#define VNET_VAR(mod, var)	(vnet_##mod##_0._##var)
#define VNET_VAR_PCPU(mod, var)	(vnet_##mod##_pcpu_0._##var)
#define VNET_CONTEXT_ID(mod, id, net)
#define VNET_CONTEXT_OF(mod, ptr, member)
#endif
#define VNET_CONTEXT(mod, MOD, net)	VNET_CONTEXT_ID(mod, VNET_MOD_##MOD, net)

/*
 * The last line of the definition of a struct vnet_mod: the first for a module
 * without, the second for one with per-CPU variables.
 */
#ifdef CONFIG_VNET_GLOBALS
#define VNET_MOD_INSTANCE(mod)
#define VNET_MOD_INSTANCE_PCPU(mod)
#else
#define VNET_MOD_INSTANCE(mod)						\
	.size		= sizeof(struct vnet_##mod),			\
	.instance0	= &vnet_##mod##_0
#define VNET_MOD_INSTANCE_PCPU(mod)					\
	VNET_MOD_INSTANCE(mod),						\
	.pcpu_size	= sizeof(struct vnet_##mod##_pcpu),		\
	.pcpu_align	= __alignof__(struct vnet_##mod##_pcpu),	\
	.pcpu0		= &vnet_##mod##_pcpu_0
#endif

/*
 * At file scope, once for a module of the kernel's own or of a loadable one:
 * has struct vnet_mod vnet_name_mod registered before anything can use its
 * variables, and unregistered after everything has stopped doing so.
 */
#define VNET_MOD(name)							\
	static struct vnet_mod *__vnet_mod_##name			\
	__used __section(".vnet_mods") = &vnet_##name##_mod

/* struct vnet_mod.requires: VNET_REQUIRES(VNET_MOD_A, VNET_MOD_B). */
#define VNET_REQUIRES(...)	((const s16[]){ __VA_ARGS__, VNET_MOD_ANY })

/* struct vnet_mod.id of a module that has no place in enum vnet_mod_id. */
#define VNET_MOD_ANY		(-1)

/* struct vnet_mod.flags: every vnet has an instance of its own (CONFIG_VNET). */
#define VNET_MOD_PER_VNET	BIT(0)

/**
 * struct vnet_mod - a group of virtualised variables
 * @name: short name, as in struct vnet_<name>
 * @id: slot in struct netns_vnet: one of enum vnet_mod_id, or VNET_MOD_ANY to
 *	be given a spare one while registered
 * @flags: VNET_MOD_PER_VNET, or 0 while all vnets share the initial one's
 * @requires: ids of modules that are constructed before it and destructed after
 *	it, made by VNET_REQUIRES(); or NULL
 * @size: bytes of an instance; set by VNET_MOD_INSTANCE()
 * @instance0: the instance of the initial vnet; set by VNET_MOD_INSTANCE()
 * @pcpu_size: bytes of an instance's per-CPU variables, 0 without such; this and
 *	the following two are set by VNET_MOD_INSTANCE_PCPU()
 * @pcpu_align: their alignment
 * @pcpu0: those of the initial vnet
 * @construct: gives the variables of a vnet their initial values; storage is
 *	zeroed and reachable through INIT_VNET_*(@net) when it is called.  May
 *	sleep.  On error it undoes what it did and returns a negative errno.
 * @destruct: releases what @construct and the running vnet acquired: memory,
 *	timers, work.  May sleep.  The storage itself is not its business.
 * @instances: how many are constructed now (private to the framework)
 * @list: in order of construction (private to the framework)
 */
struct vnet_mod {
	const char	 *name;
	int		  id;
	unsigned int	  flags;
	const s16	 *requires;
	size_t		  size;
	void		 *instance0;
	size_t		  pcpu_size;
	size_t		  pcpu_align;
	void __percpu	 *pcpu0;
	int		(*construct)(struct net *net);
	void		(*destruct)(struct net *net);
	atomic_t	  instances;
	struct list_head  list;
};

int vnet_mod_register(struct vnet_mod *mod);
void vnet_mod_unregister(struct vnet_mod *mod);
int vnet_mods_order(struct vnet_mod **mods, size_t nr,
		    const unsigned long *present, char *why, size_t size);
void vnet_init(void);

/* What VNET_MOD() collects of the kernel itself, until vnet_init(). */
extern struct vnet_mod *__vnet_mods_start[];
extern struct vnet_mod *__vnet_mods_end[];

/*
 * vnet_for_each(), vnet_for_each_rcu(): run once for every instance that a
 * per-vnet module can have.  Without CONFIG_VNET there is one, and it belongs
 * to the initial vnet.  The first wants net_rwsem or pernet_ops_rwsem held, the
 * second an RCU read section, as for_each_net() and for_each_net_rcu() do.
 */
#ifdef CONFIG_VNET
#define vnet_for_each(net)	for_each_net(net)
#define vnet_for_each_rcu(net)	for_each_net_rcu(net)
#else
#define vnet_for_each(net)						\
	for ((net) = &init_net; (net); (net) = NULL)
#define vnet_for_each_rcu(net)	vnet_for_each(net)
#endif

/* Nothing to do where there is one instance. */
#ifdef CONFIG_VNET
void vnet_free(struct net *net);
void vnet_sysctl_rebase(const struct net *net, int id, struct ctl_table *table,
			size_t entries);
#else
static inline void vnet_free(struct net *net) { }
static inline void vnet_sysctl_rebase(const struct net *net, int id,
				      struct ctl_table *table, size_t entries)
{
}
#endif

#endif /* _NET_VNET_H */

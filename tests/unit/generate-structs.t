#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Stages 2.2 and 3.0: variables become members of a struct; the names go
# through the vnet's pointer.

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/fixtures/generate.sh
. "$(dirname "$0")/../fixtures/generate.sh"

project
src net/core/lim.c <<'END'
#include <net/lim.h>

/* The limits. */
int lim_max __read_mostly = 5;
EXPORT_SYMBOL(lim_max);
int lim_min __read_mostly;

static int between;

unsigned long
	lim_table[2]
	__read_mostly;
EXPORT_SYMBOL_GPL(lim_table);
END
src include/net/lim.h <<'END'
#include <net/net.h>

extern int lim_max;
extern int lim_min;

extern int other;

extern unsigned long lim_table[2];
END
variable lim_min lim net/core/lim.c global 'int @' read_mostly
variable lim_table lim net/core/lim.c global 'unsigned long @[2]' 'read_mostly export_gpl'
src net/ipv6/priv.c <<'END'
#include <net/lim.h>

static int count;

/* between */
static spinlock_t lock;

int priv_next(struct sock *sk)
{
	spin_lock(&lock);
	return count++;
}
END
variable lock priv net/ipv6/priv.c file 'spinlock_t @' -
stock

run_ok 'stage 2.2 is made' after structs-priv
is "$(file net/core/lim.c | sed -n '3,23p')" '/* The limits. */
#ifdef CONFIG_VNET_GLOBALS
int lim_max __read_mostly;
EXPORT_SYMBOL(lim_max);
int lim_min __read_mostly;
#endif

static int between;

#ifdef CONFIG_VNET_GLOBALS
unsigned long
	lim_table[2]
	__read_mostly;
EXPORT_SYMBOL_GPL(lim_table);
#else
struct vnet_lim vnet_lim_0 __read_mostly;
EXPORT_SYMBOL(vnet_lim_0);
#endif

static int vnet_lim_construct(struct net *net)
{' 'runs of definitions are for VNET_GLOBALS, the instance follows the last'
like "$(file net/core/lim.c)" '= vnet_lim_construct,
	VNET_MOD_INSTANCE\(lim\)
\};' 'the module names its instance'
is "$(file include/net/lim.h)" '#include <net/net.h>
#include <net/vnet/lim.h>

#ifdef CONFIG_VNET_GLOBALS
extern int lim_max;
extern int lim_min;
#endif

extern int other;

#ifdef CONFIG_VNET_GLOBALS
extern unsigned long lim_table[2];
#endif' 'so are runs of declarations'
is "$(file include/net/vnet/lim.h | sed -n '8,$p')" '#ifdef CONFIG_VNET_GLOBALS
#define V_lim_max	VNET_GLOBAL(lim, lim_max)
#define V_lim_min	VNET_GLOBAL(lim, lim_min)
#define V_lim_table	VNET_GLOBAL(lim, lim_table)
#define SYSCTL_V_LIM(var)	(&(var))

#define INIT_VNET_LIM(net)	VNET_CHECK_CONTEXT(lim, net)
#else
/**
 * struct vnet_lim - the limits of a vnet
 * @_lim_max: about lim_max
 * @_lim_min: about lim_min
 * @_lim_table: about lim_table
 */
struct vnet_lim {
	int _lim_max;
	int _lim_min;
	unsigned long _lim_table[2];
};

extern struct vnet_lim vnet_lim_0;

#define V_lim_max	(vnet_lim_0._lim_max)
#define V_lim_min	(vnet_lim_0._lim_min)
#define V_lim_table	(vnet_lim_0._lim_table)
#define SYSCTL_V_LIM(var)	(&vnet_lim_0._##var)

#define INIT_VNET_LIM(net)
#endif /* CONFIG_VNET_GLOBALS */

#endif /* _NET_VNET_LIM_H */' 'the header has the struct'
is "$(file net/ipv6/priv.c | sed -n '4,36p')" '#ifdef CONFIG_VNET_GLOBALS
static int count;
#endif

/* between */
#ifdef CONFIG_VNET_GLOBALS
static spinlock_t lock;

#define V_count	VNET_GLOBAL(priv, count)
#define V_lock	VNET_GLOBAL(priv, lock)

#define INIT_VNET_PRIV(net)	VNET_CHECK_CONTEXT(priv, net)
#else
/**
 * struct vnet_priv - the private things of a vnet
 * @_count: about count
 * @_lock: about lock
 */
struct vnet_priv {
	int _count;
	spinlock_t _lock;
};

static struct vnet_priv vnet_priv_0;

#define V_count	(vnet_priv_0._count)
#define V_lock	(vnet_priv_0._lock)

#define INIT_VNET_PRIV(net)
#endif /* CONFIG_VNET_GLOBALS */

int priv_next(struct sock *sk)
{' 'a private module has it all in its file'

run_ok 'stage 3.0 is made' after live-priv
is "$(file include/net/vnet/lim.h | sed -n '13,16p;30,40p')" '
#define INIT_VNET_LIM(net)	VNET_CHECK_CONTEXT(lim, net)
#else
/**
#define V_lim_max	VNET_VAR(lim, lim_max)
#define V_lim_min	VNET_VAR(lim, lim_min)
#define V_lim_table	VNET_VAR(lim, lim_table)
#define SYSCTL_V_LIM(var)	(&vnet_lim_0._##var)

#define INIT_VNET_LIM(net)	VNET_CONTEXT(lim, LIM, net)
#endif /* CONFIG_VNET_GLOBALS */

#endif /* _NET_VNET_LIM_H */' 'the names go through the context'
like "$(file net/ipv6/priv.c)" '#define V_count	VNET_VAR\(priv, count\)
.*
#define INIT_VNET_PRIV\(net\)	VNET_CONTEXT\(priv, PRIV, net\)
#endif' 'those of a private module too'
is "$(git -C "$K" diff --name-only result~2 result | tr '\n' ' ')" \
	'include/net/vnet/lim.h net/ipv6/priv.c ' 'nothing else changes in stage 3.0'
done_testing

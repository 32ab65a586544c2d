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
# A name of the module's, for something else.
foreign='static const int lim_min[] = { 1 };

const int *foreign(void)
{
	return lim_min;
}'
src net/ipv6/foreign.c <<< "$foreign"
stock

run_ok 'stage 2.2 is made' after structs-priv
is "$(file net/ipv6/foreign.c)" "$foreign" 'a file that has a variable of its own by that name is left alone'
is "$(file net/core/lim.c | sed -n '3,26p')" '/* The limits. */
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
#endif

#ifndef CONFIG_VNET_GLOBALS
struct vnet_lim vnet_lim_0 __read_mostly;
EXPORT_SYMBOL(vnet_lim_0);
#endif

static int vnet_lim_construct(struct net *net)
{
	INIT_VNET_LIM(net)' 'runs of definitions are for VNET_GLOBALS, the instance precedes the constructor'
like "$(file net/core/lim.c)" '= vnet_lim_construct,
	VNET_MOD_INSTANCE\(lim\)
\};

VNET_MOD\(lim\);' 'the module names its instance'
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

# What is special: conditions, per-CPU variables, statics of functions, cache lines.
project
src net/ipv6/priv.c <<'END'
#include <net/lim.h>

#ifdef CONFIG_B
static struct list_head other;
#endif

static DEFINE_SPINLOCK(count) ____cacheline_aligned_in_smp;
static int mostly __read_mostly = 3; /* a comment
				      * of two lines
				      */
static int written;
static DEFINE_PER_CPU(int, each);
static DEFINE_PER_CPU_ALIGNED(struct pair, pairs);

int f(struct net *net)
{
	static u32 handle = 7;
	int n;

	this_cpu_inc(each);
	return g(&pairs, &count, mostly, written) + handle++;
}

static struct proto prot = {
	.each = &each,
	.written = &written,
};

#ifdef CONFIG_B
int h(struct net *net)
{
	return list_empty(&other);
}
#endif
END
sed -i 's/^count\t.*/count\tpriv\tnet\/ipv6\/priv.c\tfile\tspinlock_t @\tper-vnet\tlive-priv\taligned\tabout count/' \
	"$TOP/vnet/variables.tsv"
variable mostly priv net/ipv6/priv.c file 'int @' read_mostly
variable written priv net/ipv6/priv.c file 'int @' -
variable other priv net/ipv6/priv.c file 'struct list_head @' -
variable each priv net/ipv6/priv.c file 'int @' percpu
variable pairs priv net/ipv6/priv.c file 'struct pair @' percpu
variable handle priv net/ipv6/priv.c in:f 'u32 @' -
sed -i '/1.5\tgenerated\|constructors\|structs\|live/d' "$TOP/vnet/steps.tsv"
n=2
for step in 1.5:sysctl-lim 1.5:statics-priv 1.5:context-lim 1.5:context-priv 2.1:constructors-lim \
	2.1:constructors-priv 2.2:structs-lim 2.2:structs-priv 3.0:live-lim 3.0:live-priv; do
	n=$((n + 1))
	row steps "$(printf %04d $n)" "${step#*:}" "${step%:*}" generated "${step##*-}" boot none -
done
stock
run_ok 'variables in special places' after structs-priv
is "$(file net/ipv6/priv.c | sed -n '4,$p')" '#ifdef CONFIG_B
#ifdef CONFIG_VNET_GLOBALS
static struct list_head other;
#endif
#endif

#ifdef CONFIG_VNET_GLOBALS
static spinlock_t count ____cacheline_aligned_in_smp;
static int mostly __read_mostly; /* a comment
				      * of two lines
				      */
static int written;
static DEFINE_PER_CPU(int, each);
static DEFINE_PER_CPU_ALIGNED(struct pair, pairs);

#define V_count		VNET_GLOBAL(priv, count)
#define V_mostly	VNET_GLOBAL(priv, mostly)
#define V_written	VNET_GLOBAL(priv, written)
#define V_other		VNET_GLOBAL(priv, other)
#define V_each		VNET_GLOBAL(priv, each)
#define V_pairs		VNET_GLOBAL(priv, pairs)
#define V_handle	VNET_GLOBAL(priv, handle)
#define STATIC_V_PRIV(var)	(&(var))
#define STATIC_V_PRIV_PCPU(var)	(&(var))

#define INIT_VNET_PRIV(net)	VNET_CHECK_CONTEXT(priv, net)
#else
/**
 * struct vnet_priv_pcpu - the private things of a vnet, on each processor
 * @_each: about each
 * @_pairs: about pairs
 */
struct vnet_priv_pcpu {
	int _each;
	struct pair _pairs ____cacheline_aligned;
};

/**
 * struct vnet_priv - the private things of a vnet
 * @pcpu: those that each processor has
 * @_mostly: about mostly
 * @_written: about written
 * @_handle: about handle
 * @_other: about other
 * @_count: about count
 */
struct vnet_priv {
	struct vnet_priv_pcpu __percpu *pcpu;
	int _mostly;
	int _written ____cacheline_aligned_in_smp;
	u32 _handle;
#ifdef CONFIG_B
	struct list_head _other;
#endif
	spinlock_t _count ____cacheline_aligned_in_smp;
};

static struct vnet_priv vnet_priv_0;
static DEFINE_PER_CPU(struct vnet_priv_pcpu, vnet_priv_pcpu_0);

#define V_count		(vnet_priv_0._count)
#define V_mostly	(vnet_priv_0._mostly)
#define V_written	(vnet_priv_0._written)
#define V_other		(vnet_priv_0._other)
#define V_each		(vnet_priv_pcpu_0._each)
#define V_pairs		(vnet_priv_pcpu_0._pairs)
#define V_handle	(vnet_priv_0._handle)
#define STATIC_V_PRIV(var)	(&vnet_priv_0._##var)
#define STATIC_V_PRIV_PCPU(var)	(&vnet_priv_pcpu_0._##var)

#define INIT_VNET_PRIV(net)
#endif /* CONFIG_VNET_GLOBALS */

int f(struct net *net)
{
	INIT_VNET_PRIV(net)
#ifdef CONFIG_VNET_GLOBALS
	static u32 handle = 7;
#endif
	int n;

	this_cpu_inc(V_each);
	return g(&V_pairs, &V_count, V_mostly, V_written) + V_handle++;
}

static struct proto prot = {
	.each = STATIC_V_PRIV_PCPU(each),
	.written = STATIC_V_PRIV(written),
};

#ifdef CONFIG_B
int h(struct net *net)
{
	INIT_VNET_PRIV(net)
	return list_empty(&V_other);
}
#endif

static int vnet_priv_construct(struct net *net)
{
	INIT_VNET_PRIV(net)

	spin_lock_init(&V_count);
	V_mostly = 3;
#ifndef CONFIG_VNET_GLOBALS
	V_handle = 7;
#endif

	return 0;
}

static struct vnet_mod vnet_priv_mod = {
	.name		= "priv",
	.id		= VNET_MOD_PRIV,
	.construct	= vnet_priv_construct,
	VNET_MOD_INSTANCE_PCPU(priv)
};

VNET_MOD(priv);' 'become members in theirs'
run_ok 'and live pointers to them' after live-priv
like "$(file net/ipv6/priv.c)" '#define V_each		VNET_VAR_PCPU\(priv, each\)
#define V_pairs		VNET_VAR_PCPU\(priv, pairs\)
#define V_handle	VNET_VAR\(priv, handle\)
#define STATIC_V_PRIV\(var\)	\(&vnet_priv_0._##var\)' 'are made'

# Members that go by macros, and what the header needs.
project
sed -i '/^lim\t/s/\t-\t-\t-\tnet: lim/\t-\tlinux\/types.h\tlinux\/list.h linux\/mutex.h\tnet: lim/' \
	"$TOP/vnet/modules.tsv"
src net/core/hot.c <<'END'
#include <net/lim.h>

struct hot hot = {
	.frags = MAX_FRAGS,
	.other = 1,
};
EXPORT_SYMBOL_GPL(hot);
END
src include/net/hot.h <<'END'
#include <net/net.h>

struct hot {
	int frags;
	int other;
	struct sub last;
};

#define hot_frags (hot.frags)
#define hot_secret hot.last.secret

extern struct hot hot;
END
src net/core/user.c <<'END'
#include <net/hot.h>

int f(struct net *net)
{
	return g(&hot_secret) + hot_frags;
}
END
src include/net/lim.h <<'END'
#include <net/net.h>
END
src net/core/lim.c <<'END'
#include <net/lim.h>
END
sed -i '/^lim_max\t/d' "$TOP/vnet/variables.tsv"
sed -i '/sysctl-lim/d' "$TOP/vnet/steps.tsv"
awk -F'\t' -v OFS='\t' '/^[0-9]/ { $1 = sprintf("%04d", ++n) } { print }' "$TOP/vnet/steps.tsv" > "$TOP/steps" &&
	mv "$TOP/steps" "$TOP/vnet/steps.tsv"
row variables hot lim net/core/hot.c global 'struct hot @' shared boot - hot
row variables hot.frags lim net/core/hot.c global 'int @' per-vnet live-lim as:hot_frags frags
row variables hot.last.secret lim net/core/hot.c global 'u32 @' per-vnet live-lim as:hot_secret secret
stock
run_ok 'members that go by macros' after structs-lim
is "$(file include/net/hot.h | sed -n '3,$p')" 'struct hot {
#ifdef CONFIG_VNET_GLOBALS
	int frags;
#endif
	int other;
	struct sub last;
};

#ifdef CONFIG_VNET_GLOBALS
#define hot_frags (hot.frags)
#define hot_secret hot.last.secret
#endif

extern struct hot hot;' 'are there for VNET_GLOBALS, but for those of a type that others have'
like "$(file net/core/lim.c)" 'struct vnet_lim vnet_lim_0;
EXPORT_SYMBOL_GPL\(vnet_lim_0\);' 'the instance is exported as their object'
is "$(file include/net/vnet/lim.h | sed -n '/^#include/p')" '#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/types.h>
#include <net/vnet.h>' 'the header has what its struct needs'
row variables hot.gone lim net/core/hot.c global 'int @' per-vnet live-lim as:hot_gone gone
printf '#define hot_gone hot.gone\n' >> "$K/include/net/hot.h"
git -C "$K" tag -d stock > /dev/null
stock
fails "no struct hot has a member 'gone'" 'a member that is not there' after structs-lim
done_testing

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Stage 2.1: initial values become statements; the module is registered.

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/fixtures/generate.sh
. "$(dirname "$0")/../fixtures/generate.sh"

# values: a private module with the variables of standard input, a line
# "TYPE<tab>DEFINITION" each, named v1, v2 ... ; a user for each.
values() {
	local type definition n=0
	project
	table variables variable module file scope type verdict 'step|reason' attrs note
	variable lim_max lim net/core/lim.c global 'int @' 'read_mostly export'
	{
		printf '#include <net/lim.h>\n\n'
		while IFS=$'\t' read -r type definition; do
			n=$((n + 1))
			printf 'static %s;\n' "${definition//@/v$n}"
			variable "v$n" priv net/ipv6/priv.c file "$type" -
		done
		printf '\nint f(struct net *net)\n{\n\treturn g(&v1);\n}\n'
	} | src net/ipv6/priv.c
	stock
}

# constructor: the statements that the last run made.
constructor() {
	file net/ipv6/priv.c | sed -n '/_construct(/,/^}/p' | grep -v 'INIT_VNET\|return\|^[^	]\|^$' |
		sed 's/^\t//'
}
definitions() { file net/ipv6/priv.c | sed -n '/^static [^{]*;$/p'; }

values <<'END'
int @	int @
int @	int @ = 0
bool @	bool @ = false
void *@	void *@ = NULL
int @	int @ = -1
u32 @	u32 @ __read_mostly = 5 * HZ
unsigned long @	unsigned long @ = FLAG_A | (1 << FLAG_B)
struct sock *@	struct sock *@ = &other.sock
atomic_t @	atomic_t @ = ATOMIC_INIT(0)
atomic_t @	atomic_t @ = ATOMIC_INIT(3)
refcount_t @	refcount_t @ = REFCOUNT_INIT(1)
spinlock_t @	DEFINE_SPINLOCK(@)
struct mutex @	DEFINE_MUTEX(@)
rwlock_t @	DEFINE_RWLOCK(@)
struct list_head @	LIST_HEAD(@)
struct list_head @	struct list_head @ = LIST_HEAD_INIT(@)
struct hlist_head @	HLIST_HEAD(@)
struct timer_list @	DEFINE_TIMER(@, tick)
struct work_struct @	DECLARE_WORK(@, run)
struct delayed_work @	DECLARE_DEFERRABLE_WORK(@, run)
wait_queue_head_t @	DECLARE_WAIT_QUEUE_HEAD(@)
struct idr @	DEFINE_IDR(@)
unsigned long @[BITS_TO_LONGS(64)]	DECLARE_BITMAP(@, 64)
int @[3]	int @[3] = { 1, 0, 3 }
u8 @[4]	u8 @[4] = { [1] = 7, [3] = 9 }
struct pair @	struct pair @ = { .a = 1, .lock = __SPIN_LOCK_UNLOCKED(@.lock), .b = 0 }
struct pair @	struct pair @ = { 0 }
struct pair @[2]	struct pair @[2] = { { .a = 1 }, { .a = 2 } }
struct list_head *@	struct list_head *@ = &v15
struct pair @	struct pair @ = { .self = &@, .v1 = 2 }
END
row variables x_shared lim net/core/lim.c global 'int @' shared boot - 'never looked at'
sed -i "s/^\\(v6\\t.*\\)-\\tabout/\\1read_mostly\\tabout/" "$TOP/vnet/variables.tsv"
run_ok 'every kind of initialiser' after constructors-priv
is "$(constructor)" 'V_v5 = -1;
V_v6 = 5 * HZ;
V_v7 = FLAG_A | (1 << FLAG_B);
V_v8 = &other.sock;
atomic_set(&V_v10, 3);
refcount_set(&V_v11, 1);
spin_lock_init(&V_v12);
mutex_init(&V_v13);
rwlock_init(&V_v14);
INIT_LIST_HEAD(&V_v15);
INIT_LIST_HEAD(&V_v16);
timer_setup(&V_v18, tick, 0);
INIT_WORK(&V_v19, run);
INIT_DEFERRABLE_WORK(&V_v20, run);
init_waitqueue_head(&V_v21);
idr_init(&V_v22);
V_v24[0] = 1;
V_v24[2] = 3;
V_v25[1] = 7;
V_v25[3] = 9;
V_v26.a = 1;
spin_lock_init(&V_v26.lock);
V_v28[0].a = 1;
V_v28[1].a = 2;
V_v29 = &V_v15;
V_v30.self = &V_v30;
V_v30.v1 = 2;' 'gives the statement that does the same; zeroes need none'
is "$(definitions | sed -n '5,6p;12p;18p;23,24p;26p')" 'static int v5;
static u32 v6 __read_mostly;
static spinlock_t v12;
static struct timer_list v18;
static unsigned long v23[BITS_TO_LONGS(64)];
static int v24[3];
static struct pair v26;' 'and leaves a bare definition'
like "$(file net/core/lim.c)" 'int lim_max __read_mostly;
EXPORT_SYMBOL\(lim_max\);

static int (__net_init )?vnet_lim_construct\(struct net \*net\)
\{
	INIT_VNET_LIM\(net\)

	V_lim_max = 5;

	return 0;
\}

static struct vnet_mod vnet_lim_mod = \{
	.name		= "lim",
	.id		= VNET_MOD_LIM,
	.construct	= vnet_lim_construct,
\};

VNET_MOD\(lim\);' 'a module with a global is registered at the end of its home'

values <<'END'
int @	int @
END
run_ok 'nothing to initialise' after constructors-priv
is "$(constructor)" '' 'gives an empty constructor'

for bad in 'struct odd @	struct odd @ = ODD_INIT(1)' 'struct pair @	struct pair @ = { 1, 2 }' \
	'odd_t @	odd_t @ = __ODD_LOCK_UNLOCKED(@)'; do
	values <<< "$bad"
	fails "net/ipv6/priv.c:4: .*(hand step|initialisers.tsv)" \
		"an initialiser that is not known (${bad#*= })" after constructors-priv
done

# What has a condition keeps it; what all variables have is the constructor's.
project
src net/ipv6/priv.c <<'END'
#include <net/lim.h>

#if IS_ENABLED(CONFIG_A)
static int count = 1;
#ifdef CONFIG_B
static int other = 2;
#endif

int f(struct net *net)
{
	return count;
}
#endif
END
variable other priv net/ipv6/priv.c file 'int @' -
stock
run_ok 'definitions with conditions' after constructors-priv
is "$(file net/ipv6/priv.c | sed -n '/^	return V_count/,$p')" '	return V_count;
}
#endif

#if IS_ENABLED(CONFIG_A)
static int vnet_priv_construct(struct net *net)
{
	INIT_VNET_PRIV(net)

	V_count = 1;
#ifdef CONFIG_B
	V_other = 2;
#endif

	return 0;
}

static struct vnet_mod vnet_priv_mod = {
	.name		= "priv",
	.id		= VNET_MOD_PRIV,
	.construct	= vnet_priv_construct,
};

VNET_MOD(priv);
#endif' 'give statements with the same'

project
src net/ipv6/priv.c <<'END'
#include <net/lim.h>

#ifdef CONFIG_A
static int elsewhere;
#else
static int count = 1;
#endif
END
stock
fails "defines 'count' behind an #else" 'a definition behind an #else' after constructors-priv

# Per-CPU variables, statics of functions, attributes before the type, a requirement.
project
sed -i '/^priv\t/s/\t-\t-\t-\tipv6/\tlim\t-\t-\tipv6/' "$TOP/vnet/modules.tsv"
src net/ipv6/priv.c <<'END'
#include <net/lim.h>

static __cacheline_aligned_in_smp DEFINE_SPINLOCK(lock);
static __read_mostly bool count = true;
static DEFINE_PER_CPU(struct pair, pairs) = {
	.bh_lock = INIT_LOCAL_LOCK(bh_lock),
};
static DEFINE_PER_CPU_ALIGNED(int, each);

int f(struct net *net)
{
	static u32 handle = 7;

	return count + handle++;
}
END
sed -i 's/^count\t.*/count\tpriv\tnet\/ipv6\/priv.c\tfile\tbool @\tper-vnet\tlive-priv\tread_mostly\tabout count/' \
	"$TOP/vnet/variables.tsv"
variable lock priv net/ipv6/priv.c file 'spinlock_t @' aligned
variable pairs priv net/ipv6/priv.c file 'struct pair @' percpu
variable each priv net/ipv6/priv.c file 'int @' percpu
variable handle priv net/ipv6/priv.c in:f 'u32 @' -
stock
run_ok 'what is kept in special places' after constructors-priv
is "$(file net/ipv6/priv.c | sed -n '4,7p;/_construct(/,/^VNET/p')" 'static __cacheline_aligned_in_smp spinlock_t lock;
static __read_mostly bool count;
static DEFINE_PER_CPU(struct pair, pairs);
static DEFINE_PER_CPU_ALIGNED(int, each);
static int vnet_priv_construct(struct net *net)
{
	INIT_VNET_PRIV(net)
	int cpu;

	V_count = true;
	spin_lock_init(&V_lock);
	for_each_possible_cpu(cpu)
		local_lock_init(&per_cpu(V_pairs, cpu).bh_lock);

	return 0;
}

static struct vnet_mod vnet_priv_mod = {
	.name		= "priv",
	.id		= VNET_MOD_PRIV,
	.requires	= VNET_REQUIRES(VNET_MOD_LIM),
	.construct	= vnet_priv_construct,
};

VNET_MOD(priv);' 'gets its value where it is'
like "$(file net/ipv6/priv.c)" 'static u32 handle = 7;' 'a static of a function keeps its own as long as it is one'

# pairs INITIALISER: the module with a per-CPU variable of that value.
pairs() {
	project
	printf '#include <net/lim.h>\n\nstatic DEFINE_PER_CPU(struct pair, pairs) = %s;\n' "$1" |
		src net/ipv6/priv.c
	sed -i '/^count\t/d' "$TOP/vnet/variables.tsv"
	variable pairs priv net/ipv6/priv.c file 'struct pair @' percpu
	stock
}
pairs '{ .a = 1, .b = 2 }'
fails "'V_pairs' needs 2 statements for each" 'a per-CPU variable of two values' after constructors-priv

values <<'END'
struct pair @	struct pair @ = { .inner = { 1, 2 } }
END
fails "'V_v1.inner' is given a list without names" 'a list in a struct' after constructors-priv

# A member that goes by a macro.
project
src net/core/hot.c <<'END'
#include <net/lim.h>

struct hot hot = {
	.list = LIST_HEAD_INIT(hot.list),
	.frags = MAX_FRAGS,
	.last = { .secret = 1 }
};
END
src include/net/hot.h <<'END'
#include <net/net.h>

struct hot {
	struct list_head list;
	int frags;
	struct sub last;
};

#define hot_list hot.list
#define hot_frags hot.frags
#define hot_secret hot.last.secret
extern struct hot hot;
END
src net/core/user.c <<'END'
#include <net/hot.h>

int f(struct net *net)
{
	return g(&hot_list) + hot_frags;
}
END
row variables hot lim net/core/hot.c global 'struct hot @' shared boot - hot
row variables hot.list lim net/core/hot.c global 'struct list_head @' per-vnet live-lim as:hot_list list
row variables hot.frags lim net/core/hot.c global 'int @' per-vnet live-lim as:hot_frags frags
stock
run_ok 'members that go by macros' after constructors-lim
is "$(file net/core/hot.c | sed -n '3,$p')" 'struct hot hot = {
	.last = { .secret = 1 }
};' 'lose their values, and nothing else does'
like "$(file net/core/lim.c)" '	V_lim_max = 5;
	INIT_LIST_HEAD\(&V_hot_list\);
	V_hot_frags = MAX_FRAGS;' 'which the constructor gives them'

row variables hot.last.secret lim net/core/hot.c global 'u32 @' per-vnet live-lim as:hot_secret secret
sed -i 's/return g(/return hot_secret + g(/' "$K/net/core/user.c"
git -C "$K" tag -d stock > /dev/null
stock
fails "'last.secret' is in the value of 'last'" 'a value that is in another' after constructors-lim

# A group's modules in one step.
project
row groups both 'net: both' 'both things'
sed -i 's/^\(lim\|priv\)\t\(lim\|priv\)\t/\1\tboth\t/' "$TOP/vnet/modules.tsv"
sed -i '/\(constructors\|structs\|live\)-/d' "$TOP/vnet/steps.tsv"
row steps 0006 constructors-both 2.1 generated both boot none -
row steps 0007 live-lim 3.0 generated lim boot none -
row steps 0008 live-priv 3.0 generated priv boot none -
stock
run_ok 'a group' after constructors-both
like "$(file net/core/lim.c)" 'VNET_MOD\(lim\);' 'has the one'
like "$(file net/ipv6/priv.c)" 'VNET_MOD\(priv\);' 'and the other'
like "$(git -C "$K" log -1 --format=%B result)" 'net: both: initialise the both things in constructors.* lim: the limits [(]1 variable' \
	'and says so'
done_testing

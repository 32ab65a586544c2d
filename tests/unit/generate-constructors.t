#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Stage 2.1: initial values become statements; the module registers.

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

static int __init vnet_lim_init\(void\)
\{
	return vnet_mod_register\(&vnet_lim_mod\);
\}
pure_initcall\(vnet_lim_init\);' 'a module with a global registers at the end of its home'

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

project
src net/ipv6/priv.c <<'END'
#include <net/lim.h>

#ifdef CONFIG_A
static int count = 1;
#endif
END
stock
fails "net/ipv6/priv.c:5: 'count' is defined under an #if" 'a conditional definition' \
	after constructors-priv

# by hand: the module registers in an init function that is there.
project
table modules module group MACRO header includer home register requires includes prefix title
row modules lim lim LIM include/net/vnet/lim.h include/net/lim.h net/core/lim.c pure_initcall - - 'net: lim' limits
row modules priv priv PRIV - - net/ipv6/priv.c by-hand:priv_init - - 'ipv6: priv' 'private things'
src net/ipv6/priv.c <<'END'
#include <net/lim.h>

static int count = 1;

int other(void)
{
	return 0;
}

/* Comment of the function. */
static int __init
priv_init(void)
{
	return other();
}
END
stock
fails 'vnet/cocci/priv-register.cocci: module .priv. needs this rule' 'a missing rule' \
	after constructors-priv
cat > "$TOP/vnet/cocci/priv-register.cocci" <<'END'
@@
@@

int priv_init(void)
{
-	return other();
+	int err;
+
+	err = vnet_mod_register(&vnet_priv_mod);
+	if (err)
+		return err;
+
+	return other();
}
END
run_ok 'with the rule it is made' after constructors-priv
is "$(file net/ipv6/priv.c | sed -n '/^struct\|^static struct/,$p')" 'static struct vnet_mod vnet_priv_mod = {
	.name		= "priv",
	.id		= VNET_MOD_PRIV,
	.construct	= vnet_priv_construct,
};

/* Comment of the function. */
static int __init
priv_init(void)
{
	int err;

	err = vnet_mod_register(&vnet_priv_mod);
	if (err)
		return err;

	return other();
}' 'the constructor stands before the function, which registers the module'
sed -i 's/priv_init/nowhere/' "$TOP/vnet/cocci/priv-register.cocci"
fails 'priv-register.cocci: matches nothing in net/ipv6/priv.c' 'a rule that matches nothing' \
	after constructors-priv
done_testing

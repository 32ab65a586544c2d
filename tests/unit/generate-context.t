#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Stage 1.5: sysctl tables, and which functions are given a context from where.

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/fixtures/generate.sh
. "$(dirname "$0")/../fixtures/generate.sh"

project
row contexts net/core/user.c at_exit lim init '&init_net' - 'runs once'
row contexts net/core/user.c nothing lim none - - 'only takes its size'
src include/net/twice.h <<'END'
#define TWICE_MAX	(lim_max * 2)
#define FOUR_MAX	(TWICE_MAX * 2)

static inline int twice(const struct net *net)
{
	return TWICE_MAX;
}
END
src net/core/sysctl_lim.c <<'END'
static struct ctl_table table[] = {
	{ .data = &lim_max, .maxlen = sizeof(lim_max), .extra1 = &lim_max },
};

void init(struct ctl_table *t)
{
	if (t->data == &lim_max)
		t[0].data = &lim_max;
}
END
src net/core/user.c <<'END'
#include <net/twice.h>

#define LOCAL	(FOUR_MAX + 1)

int by_sock(int a, struct sock *sk, int b)
{
	int c = lim_max;

	return a + b + c;
}

#ifdef CONFIG_A
static int by_dev(struct net_device *dev)
{
	return LOCAL;
}
#else
static int by_dev(struct net_device *dev, struct net *net)
{
	return LOCAL;
}
#endif

int no_use(struct sock *sk)
{
	return sk->lim_max;
}

void at_exit(void)
	__acquires(lim_max)
{
	pr_info("%d", lim_max);
}

int nothing(void)
{
	return sizeof(lim_max);
}
END
stock
run_ok 'the contexts are made' after context-lim
is "$(file net/core/sysctl_lim.c)" 'static struct ctl_table table[] = {
	{ .data = SYSCTL_V_LIM(lim_max), .maxlen = sizeof(*SYSCTL_V_LIM(lim_max)), .extra1 = SYSCTL_V_LIM(lim_max) },
};

void init(struct ctl_table *t)
{
	if (t->data == SYSCTL_V_LIM(lim_max))
		t[0].data = SYSCTL_V_LIM(lim_max);
}' 'addresses in tables, compared and assigned; no context for them'
is "$(file net/core/user.c)" '#include <net/twice.h>

#define LOCAL	(FOUR_MAX + 1)

int by_sock(int a, struct sock *sk, int b)
{
	INIT_VNET_LIM(sock_net(sk))
	int c = V_lim_max;

	return a + b + c;
}

#ifdef CONFIG_A
static int by_dev(struct net_device *dev)
{
	INIT_VNET_LIM(dev_net(dev))
	return LOCAL;
}
#else
static int by_dev(struct net_device *dev, struct net *net)
{
	INIT_VNET_LIM(net)
	return LOCAL;
}
#endif

int no_use(struct sock *sk)
{
	return sk->lim_max;
}

void at_exit(void)
	__acquires(V_lim_max)
{
	INIT_VNET_LIM(&init_net)
	pr_info("%d", V_lim_max);
}

int nothing(void)
{
	return sizeof(V_lim_max);
}' 'by parameter in order of preference, through macros of macros, in both branches, by exception'
like "$(file include/net/twice.h)" 'INIT_VNET_LIM\(net\)' 'an inline function of a header, const or not'
like "$(file include/net/vnet/lim.h)" '#define V_lim_max	VNET_GLOBAL\(lim, lim_max\)

#define SYSCTL_V_LIM\(var\)	\(&\(var\)\)

#define INIT_VNET_LIM\(net\)	VNET_CHECK_CONTEXT\(lim, net\)

#endif' 'the header has the macros'
like "$(git -C "$K" log -1 --format=%B result)" \
	'used by 5 functions in 2 files' 'the message has the figures'

project
src net/ipv6/priv.c <<'END'
#include <net/lim.h>

static DEFINE_TIMER(clock, tick);
static DECLARE_DELAYED_WORK(work, run);

static void tick(struct timer_list *t)
{
	mod_timer(&clock, 1);
}

static void run(struct work_struct *w)
{
	schedule_delayed_work(&work, 1);
}
END
table variables variable module file scope type verdict 'step|reason' attrs note
variable lim_max lim net/core/lim.c global 'int @' 'read_mostly export'
variable clock priv net/ipv6/priv.c file 'struct timer_list @' -
variable work priv net/ipv6/priv.c file 'struct delayed_work @' -
row contexts net/ipv6/priv.c run priv expr OF:w:work.work - 'a delayed work holds a work'
stock
run_ok 'callbacks are given contexts' after context-priv
text=$(file net/ipv6/priv.c)
like "$text" 'INIT_VNET_PRIV_OF\(t, clock\)' 'a timer callback finds the struct from its timer'
like "$text" 'INIT_VNET_PRIV_OF\(w, work\.work\)' 'an exception names a member of a member'
like "$text" '#define INIT_VNET_PRIV_OF\(ptr, member\)' 'the macro for it is defined'

project
src net/core/user.c <<'END'
int lost(int a)
{
	return lim_max;
}

int stray(void)
{
	return lim_max;
}
END
stock
fails 'user.c: lost\(\) uses module .lim. and has no parameter' 'no net in reach' after context-lim
like "$(stderr)" 'stray\(\)' 'all of them are named, not only the first'

project
src net/core/user.c <<'END'
struct proto p = { .limit = &lim_max };
END
stock
fails "user.c:1: 'V_lim_max' stands outside any function" 'a use at file scope' after context-lim

project
src net/core/user.c <<'END'
static int *array[] = { &lim_max, NULL };
struct proto p = {
	.limit = &lim_max,
	.first = &lim_list[1],
	.array = lim_list,
};
module_param_call(max, set_max, param_get_int, &lim_max, 0600);

int get(struct sock *sk)
{
	return lim_max;
}
END
src net/core/list.c <<'END'
int lim_list[3];
END
variable lim_list lim net/core/list.c global 'int @[3]' -
sed -i '/sysctl-lim/ { p; s/sysctl-lim/statics-lim/ }' "$TOP/vnet/steps.tsv"
awk -F'\t' -v OFS='\t' '/^[0-9]/ { $1 = sprintf("%04d", ++n) } 1' "$TOP/vnet/steps.tsv" > "$TEST_TMP/steps"
mv "$TEST_TMP/steps" "$TOP/vnet/steps.tsv"
stock
run_ok 'static initialisers get constants' after context-lim
is "$(file net/core/user.c)" 'static int *array[] = { STATIC_V_LIM(lim_max), NULL };
struct proto p = {
	.limit = STATIC_V_LIM(lim_max),
	.first = &(*STATIC_V_LIM(lim_list))[1],
	.array = *STATIC_V_LIM(lim_list),
};
module_param_call(max, set_max, param_get_int, STATIC_V_LIM(lim_max), 0600);

int get(struct sock *sk)
{
	INIT_VNET_LIM(sock_net(sk))
	return V_lim_max;
}' '... addresses, elements and arrays, outside functions only; a module parameter by another name, too'
like "$(file include/net/vnet/lim.h)" 'SYSCTL_V_LIM\(var\)	\(&\(var\)\)
#define STATIC_V_LIM\(var\)	\(&\(var\)\)' '... beside those for sysctl tables'

project
src net/core/user.c <<'END'
static int __init setup(void)
{
	return lim_max;
}

void late(struct socket *sock)
{
	struct sock *sk = sock->sk;

	if (!sk)
		return;

	use(lim_max);
	if (sk->x)
		use(lim_max);
}

void inner(struct list_head *list)
{
	struct net *net;

	for_each(net, list) {
		use(lim_max);
	}
}
END
row contexts net/core/user.c late lim expr 'sock_net(sk)' 'before use(V_lim_max);' 'no socket, no net'
row contexts net/core/user.c inner lim expr net 'behind for_each(net, list) {' 'each of them'
stock
fails "late\(\) has 2 lines 'use\(V_lim_max\);'" 'a place that is two places' after context-lim
sed -i 's/before use(V_lim_max);/before if (sk->x)/' "$TOP/vnet/contexts.tsv"
run_ok 'places are found' after context-lim
like "$(file net/core/user.c)" '^static int __init setup\(void\)
\{
	INIT_VNET_LIM\(&init_net\)
' 'what runs once works for the initial vnet'
like "$(file net/core/user.c)" '
	INIT_VNET_LIM\(sock_net\(sk\)\)
	if \(sk->x\)
' 'before a line'
like "$(file net/core/user.c)" '
	for_each\(net, list\) \{
		INIT_VNET_LIM\(net\)
		use\(V_lim_max\);
' 'behind a line, as far from the margin as what follows'
row contexts net/core/user.c gone lim expr net - 'it was there'
fails 'contexts.tsv:[0-9]+: no function gone\(\) of net/core/user.c uses module .lim.' \
	'a row that nothing needs' after context-lim

project
src net/core/user.c <<'END'
int one_line(struct net *net) { return lim_max; }
END
stock
fails 'user.c:1: one_line\(\) has its body on the line' 'a function in one line' after context-lim
done_testing

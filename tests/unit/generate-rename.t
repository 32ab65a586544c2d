#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Stage 1.0: what is renamed, and what only looks like it.

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/fixtures/generate.sh
. "$(dirname "$0")/../fixtures/generate.sh"

project
src drivers/net/user.c <<'END'
/* lim_max in a comment */
struct s { int lim_max; };
static struct s s = { .lim_max = 1 };
static int *pointer = &lim_max;
#define TWICE(x)	(lim_max * 2 + \
			 (x)->lim_max)
#define SHADOW(lim_max)	((lim_max) + 1)
int prototype(int lim_max);

int uses(struct s *p, int n)
{
	int y = lim_max, z = n * lim_max;

	p->lim_max = lim_max + s.lim_max;
	pr_info("lim_max %d\n", lim_max);
#ifdef CONFIG_A
	n += lim_max;
#else
	n -= lim_max;
#endif
	if (n) {
		int lim_max = 4;

		n = lim_max;
	}
	return n ? lim_max : lim_max + sizeof(lim_max) + y + z;
}

int parameter(int lim_max)
{
	return lim_max;
}

int locals(void)
{
	struct s a, *lim_max;

	lim_max = &a;
	for (int i = 0; i < 3; i++)
		lim_max->lim_max++;
	return 0;
}

int after_locals(void)
	__acquires(lim_max)
{
	goto lim_max;
lim_max:
	return lim_max;
}
END
src drivers/net/own.c <<'END'
static int lim_max;

int own(void)
{
	return lim_max;
}
END
src drivers/net/count.c <<'END'
int count;
END
stock
run_ok 'the steps of stage 1.0 are made' after rename-priv
file drivers/net/user.c > "$TEST_TMP/user.c"
cat > "$TEST_TMP/want.c" <<'END'
/* lim_max in a comment */
struct s { int lim_max; };
static struct s s = { .lim_max = 1 };
static int *pointer = &V_lim_max;
#define TWICE(x)	(V_lim_max * 2 + \
			 (x)->lim_max)
#define SHADOW(lim_max)	((lim_max) + 1)
int prototype(int lim_max);

int uses(struct s *p, int n)
{
	int y = V_lim_max, z = n * V_lim_max;

	p->lim_max = V_lim_max + s.lim_max;
	pr_info("lim_max %d\n", V_lim_max);
#ifdef CONFIG_A
	n += V_lim_max;
#else
	n -= V_lim_max;
#endif
	if (n) {
		int lim_max = 4;

		n = lim_max;
	}
	return n ? V_lim_max : V_lim_max + sizeof(V_lim_max) + y + z;
}

int parameter(int lim_max)
{
	return lim_max;
}

int locals(void)
{
	struct s a, *lim_max;

	lim_max = &a;
	for (int i = 0; i < 3; i++)
		lim_max->lim_max++;
	return 0;
}

int after_locals(void)
	__acquires(V_lim_max)
{
	goto lim_max;
lim_max:
	return V_lim_max;
}
END
run_ok 'uses are renamed: in initialisers, macros, both branches of an #ifdef; fields, locals, parameters, labels, strings and comments are not' \
	diff -u "$TEST_TMP/want.c" "$TEST_TMP/user.c"
is "$(file drivers/net/own.c)" "$(cat "$K/drivers/net/own.c")" \
	"another file's own static of that name is left alone"
is "$(file drivers/net/count.c)" 'int count;' \
	'a static is renamed in its file only'
is "$(file net/core/lim.c)" "$(cat "$K/net/core/lim.c")" \
	'definition and export keep the name'
is "$(file include/net/lim.h)" "$(printf '%s\n' '#include <linux/types.h>' \
	'#include <net/net.h>' '#include <net/vnet/lim.h>' '#include <uapi/other.h>' \
	'' 'extern int lim_max;')" \
	'the declaration keeps it; the header is included behind the <net/...> ones'
is "$(file include/net/vnet/lim.h)" '/* SPDX-License-Identifier: GPL-2.0 */
/* Generated from the variable table (vnet/variables.tsv): module lim. */
#ifndef _NET_VNET_LIM_H
#define _NET_VNET_LIM_H

#include <net/vnet.h>

#define V_lim_max	lim_max

#endif /* _NET_VNET_LIM_H */' 'the header is written'
is "$(file net/ipv6/priv.c)" '#include <net/lim.h>
#include <net/vnet.h>

static int count;

#define V_count	count

int priv_next(struct sock *sk)
{
	return V_count++;
}' 'a private module has its names behind the definition'
like "$(git -C "$K" log -1 --format=%B result~1)" 'Coccinelle finds [0-9]+ of the 14 uses in 2 files as expressions' \
	'the message has the figures'
is "$(git -C "$K" log -1 --format='%an %ae %at %ct %f' result)" \
	'Linux VNET vnet@example.org 1000000120 1000000120 ipv6-priv-name-the-private-things-V_' \
	'author and dates are fixed'

project
src drivers/net/user.c <<'END'
int V_lim_max;
END
stock
fails "drivers/net/user.c: has a 'V_lim_max' already" 'a V_ name that exists' \
	after rename-lim

project
src net/core/lim.c <<'END'
#include <net/lim.h>
int lim_max __read_mostly = 5;
EXPORT_SYMBOL(lim_max);
module_param(lim_max, int, 0644);
END
stock
fails "net/core/lim.c:4: module parameter 'lim_max'" 'a module parameter' after rename-lim

project
src net/core/lim.c <<'END'
#include <net/lim.h>
int lim_min, lim_max = 5;
EXPORT_SYMBOL(lim_max);
END
stock
fails 'variables.tsv:5:.*shares its definition' 'a shared definition' after rename-lim

project
src net/ipv6/priv.c <<'END'
#include <net/lim.h>

static int first;

int early(void)
{
	return first;
}

static int count;
END
variable first priv net/ipv6/priv.c file 'int @' -
stock
run_ok 'a use before the last definition' after rename-priv
is "$(file net/ipv6/priv.c)" '#include <net/lim.h>
#include <net/vnet.h>

static int first;

#define V_count	count
#define V_first	first

int early(void)
{
	return V_first;
}

static int count;' 'the names stand before it'

# A longer name moves the parenthesis behind it, and what stands under that.
project
src net/core/user.c <<'END'
#include <net/lim.h>

int user(int a)
{
	lim_max = min(a,
		      max(2, /* ( */
			  3));
	if (lim_max > max(a,
			  5) &&
	    a)
		a = max(lim_max,
			1);
	return lim_max + f(")",
			   a);
}
END
stock
run_ok 'calls of several lines' after rename-lim
is "$(file net/core/user.c)" '#include <net/lim.h>

int user(int a)
{
	V_lim_max = min(a,
			max(2, /* ( */
			    3));
	if (V_lim_max > max(a,
			    5) &&
	    a)
		a = max(V_lim_max,
			1);
	return V_lim_max + f(")",
			     a);
}' 'arguments stay below the parenthesis'

# One of each processor.
project
src include/net/lim.h <<'END'
#include <net/net.h>

DECLARE_PER_CPU(unsigned int, lim_max);
END
src net/core/lim.c <<'END'
#include <net/lim.h>

DEFINE_PER_CPU(unsigned int, lim_max) = 5;
EXPORT_PER_CPU_SYMBOL_GPL(lim_max);

void more(void)
{
	this_cpu_inc(lim_max);
}
END
sed -i '/^lim_max/d' "$TOP/vnet/variables.tsv"
variable lim_max lim net/core/lim.c global 'unsigned int @' 'percpu export_gpl'
stock
run_ok 'a variable of each processor' after rename-lim
is "$(file net/core/lim.c)" '#include <net/lim.h>

DEFINE_PER_CPU(unsigned int, lim_max) = 5;
EXPORT_PER_CPU_SYMBOL_GPL(lim_max);

void more(void)
{
	this_cpu_inc(V_lim_max);
}' 'its definition and its export keep the name'
like "$(file include/net/lim.h)" 'DECLARE_PER_CPU\(unsigned int, lim_max\)' '... and its declaration'

# A group: one step for all its modules.
project
row groups both 'net: both' 'two kinds of things'
sed -i 's/^lim\tlim\t/lim\tboth\t/; s/^priv\tpriv\t/priv\tboth\t/' "$TOP/vnet/modules.tsv"
table steps number slug stage origin module proof modes files
row steps 0001 rename-both 1.0 generated both same-object none -
sed -i 's/live-lim/limits/; s/live-priv/things/' "$TOP/vnet/variables.tsv"
stock
run_ok 'a group' after rename-both
like "$(file net/core/sysctl_lim.c)" '&V_lim_max' 'one of its modules is renamed'
like "$(file net/ipv6/priv.c)" '#define V_count	count' '... and the other'
like "$(file include/net/vnet/lim.h)" '#define V_lim_max	lim_max' '... each with its names where they belong'
like "$(git -C "$K" log -1 --format=%B result)" '^net: both: name the two kinds of things V_\*' 'the message is of the group'
like "$(git -C "$K" log -1 --format=%B result)" ' lim: the limits \(1 variable\)
 priv: the private things \(1 variable\)' '... and lists the modules'
row modules both both BOTH - - net/ipv6/both.c - - - both both
fails "'both' is a group in vnet/groups.tsv" 'a module with the name of a group' after rename-both
done_testing

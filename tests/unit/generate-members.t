#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# What is no variable at file scope: a static of a function, a member that a macro
# names, an object whose members are judged one by one.

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/fixtures/generate.sh
. "$(dirname "$0")/../fixtures/generate.sh"

# --- a static of a function ---------------------------------------------------

# counter: of the module priv, in priv_next().
counter() {
	project
	sed -i '/^count\t/d' "$TOP/vnet/variables.tsv"
	variable count priv net/ipv6/priv.c in:priv_next 'int @' -
	cat > "$K/net/ipv6/priv.c"
	stock
}

counter <<'END'
#include <net/lim.h>

int other(int count)
{
	static int count;

	return count;
}

int priv_next(struct sock *sk)
{
	static int count = 3;

	if (sk)
		count--;
	return sk->count + count++;
}
END
run_ok 'a static of a function is converted' after rename-priv
is "$(file net/ipv6/priv.c)" '#include <net/lim.h>
#include <net/vnet.h>

int other(int count)
{
	static int count;

	return count;
}

#define V_count	count

int priv_next(struct sock *sk)
{
	static int count = 3;

	if (sk)
		V_count--;
	return sk->count + V_count++;
}' 'its uses are renamed, in its function only; the names stand before that'

counter <<'END'
#include <net/lim.h>

int priv_next(struct sock *sk)
{
	int count = 3;

	return count++;
}
END
fails "the scope of 'count' is 'global'" 'a local variable that is no static' after rename-priv

counter <<'END'
#include <net/lim.h>

static int count;

int priv_next(struct sock *sk)
{
	return count++;
}
END
fails "defines 'count' 0 times in priv_next\(\): one is wanted" \
	'a static that is in no function' after rename-priv

# --- an object as a whole, and a member by its alias -----------------------------

# object ATTRS_OF_MEMBER STEP NAME: struct lim lims, whose member max is per vnet.
object() {
	project
	sed -i '/^lim_max\t/d' "$TOP/vnet/variables.tsv"
	row variables lims - net/core/lim.c global 'struct lim @' shared registry export 'about lims'
	row variables lims.max lim net/core/lim.c global 'int @' per-vnet live-lim "$1" 'about max'
	src include/net/lim.h <<'END'
#include <net/net.h>

struct lim { int max; void *ops; };
extern struct lim lims;
#define lim_limit	(lims.max)
END
	src net/core/lim.c <<'END'
#include <net/lim.h>

struct lim lims = {
	.max = 5,
	.ops = &lims,
};
EXPORT_SYMBOL(lims);
END
	src net/core/sysctl_lim.c <<'END'
#include <net/lim.h>

static struct ctl_table table[] = {
	{ .data = &lims.max, .maxlen = 4, },
};
static int *first = &lims.max;
static struct lim *whole = &lims;

int fits(struct sock *sk, int n)
{
	return n < lim_limit && lims.ops;
}
END
	stock
	run_ok "$3" after "$2"
}

object - sysctl-lim 'an object is converted as a whole'
is "$(file net/core/sysctl_lim.c)" '#include <net/lim.h>

static struct ctl_table table[] = {
	{ .data = &SYSCTL_V_LIM(lims)->max, .maxlen = 4, },
};
static int *first = &V_lims.max;
static struct lim *whole = &V_lims;

int fits(struct sock *sk, int n)
{
	return n < lim_limit && V_lims.ops;
}' "... wherever its name stands; a sysctl's member keeps a constant address"
like "$(file include/net/lim.h)" '#define lim_limit	\(V_lims.max\)' '... also in a macro'
is "$(file net/core/lim.c)" "$(cat "$K/net/core/lim.c")" '... but in its own definition'
like "$(file include/net/vnet/lim.h)" '#define V_lims	lims' '... and has a name'

sed -i 's/sysctl-lim/statics-lim/' "$TOP/vnet/steps.tsv"
run_ok 'and its static initialisers' after statics-lim
like "$(file net/core/sysctl_lim.c)" '\.data = &STATIC_V_LIM\(lims\)->max.*first = &STATIC_V_LIM\(lims\)->max;.*whole = STATIC_V_LIM\(lims\);' \
	'... name a member, or the whole, by a constant address'

object as:lim_limit rename-priv 'a member is converted by its alias'
is "$(file net/core/sysctl_lim.c)" "$(sed 's/n < lim_limit/n < V_lim_limit/' "$K/net/core/sysctl_lim.c")" \
	'... only where code says that name'
is "$(file include/net/lim.h | tail -n 1)" "#define lim_limit	(lims.max)" '... the alias itself stays'
like "$(file include/net/vnet/lim.h)" '#define V_lim_limit	lim_limit' '... and gets a name'

sed -i 's/as:lim_limit/as:lim_other/' "$TOP/vnet/variables.tsv"
fails "variables.tsv:7: no macro 'lim_other' stands for lims.max" 'an alias that is not there' after rename-lim
sed -i 's/as:lim_other/as:lim_limit/' "$TOP/vnet/variables.tsv"
sed -i 's/(lims.max)/(lims.min)/' "$K/include/net/lim.h"
stock
fails "no macro 'lim_limit' stands for lims.max" 'an alias of another member' after rename-lim
sed -i '7s/lims\.max/lims/; 6d' "$TOP/vnet/variables.tsv"
fails "'as:' is for a member of a struct" 'an alias for what is no member' generate --list

# --- the series without the plain names ---------------------------------------------

project
src drivers/net/own.c <<'END'
static int lim_max;
int own(void) { return lim_max; }
END
src drivers/net/left.c <<'END'
int left(struct sock *sk)
{
	return lim_max;
}
END
stock
generate --step context-priv --branch main > /dev/null
run_ok 'the plain names are taken away' generate --absent
id=$(stdout)
is "$(git -C "$K" rev-parse absent absent^)" "$id
$(git -C "$K" rev-parse main)" '... in a commit on top of main, whose id is printed'
at() { git -C "$K" show "absent:$1"; }
is "$(at net/core/lim.c)" '#include <net/lim.h>

int vnet_raw_lim_max __read_mostly = 5;
EXPORT_SYMBOL(vnet_raw_lim_max);' 'definition and export say another name'
like "$(at include/net/lim.h)" 'extern int vnet_raw_lim_max;' 'so does the declaration'
like "$(at include/net/vnet/lim.h)" '#define V_lim_max	VNET_GLOBAL\(lim, vnet_raw_lim_max\)' 'the V_ name stands for it'
like "$(at include/net/vnet/lim.h)" '#define SYSCTL_V_LIM\(var\)	\(&\(vnet_raw_##var\)\)' 'so does the constant address'
is "$(at drivers/net/own.c)" "$(cat "$K/drivers/net/own.c")" 'what another file has of that name is left alone'
like "$(at drivers/net/left.c)" 'return V_lim_max;' 'uses are as they are'
is "$(generate --absent)" "$id" 'a second time it is there already'
status_is 2 'not for another version' generate --kernel 6.1 --absent
done_testing

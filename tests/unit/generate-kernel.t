#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Another version of the kernel: the same tables with their exceptions; what is not
# there is passed over by rule and listed; what nothing explains is an error.

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/fixtures/generate.sh
. "$(dirname "$0")/../fixtures/generate.sh"

K=$TOP/build/linux-5.9
V=$TOP/vnet/versions/5.9

# other: the fixture's tables, with a version that needs no exception.
other() {
	project
	mkdir -p "$V"
	printf '%s\n' '# a table' '# series: 1.0 1.5' \
		"$(printf '%s\t' table key column value)why" > "$V/exceptions.tsv"
	echo 'struct net *sock_net(const struct sock *sk);' | src include/net/net.h
	src net/core/user.c <<'END'
int user(struct net *net)
{
	return lim_max;
}
END
}
# except TABLE KEY COLUMN VALUE: an exception, in line 4 and the following.
except() { row versions/5.9/exceptions "$@" because; }
kernel() { generate --kernel 5.9 "$@"; }
series() { git -C "$K" show "series:$1"; }
reported() { grep -P "$1" "$V/report.tsv"; }

other
stock
before=$(git -C "$K" rev-parse HEAD; git -C "$K" status --porcelain)
run_ok 'the first stages are made' kernel
is "$(git -C "$K" log --reverse --format=%s stock..series | wc -l)" 5 'all generated steps of these stages'
is "$(git -C "$K" rev-parse HEAD; git -C "$K" status --porcelain)" "$before" 'nothing is checked out'
like "$(series net/core/user.c)" 'INIT_VNET_LIM\(net\)
	return V_lim_max;' 'with names and contexts'
run_ok 'patches are not kept' test ! -e "$TOP/patches"
is "$(grep -v '^#' "$V/series.tsv" | cut -f 2 | paste -sd ' ')" \
	'slug rename-lim rename-priv sysctl-lim context-lim context-priv' 'but a hash of each'
is "$(grep -vc '^#' "$V/report.tsv")" 1 'and that nothing was passed over'
run_ok '--check finds all as it was' kernel --check
cp "$V/series.tsv" "$TEST_TMP/series.tsv"
rm -rf "$TOP/build/generate-5.9"
run_ok 'a second run' kernel
run_ok 'gives the same hashes' cmp "$TEST_TMP/series.tsv" "$V/series.tsv"
sed -i '/^int user/a\	int one = 1;' "$K/net/core/user.c"
sed -i 's/	/&&/' "$K/net/core/user.c"
stock
fails 'vnet/versions/5.9/series.tsv is not what is generated' 'a source that is another' kernel --check
rm "$V/report.tsv"
fails 'report.tsv' 'a report that is missing' kernel --list-exceptions

other
variable lim_more lim net/core/lim.c global 'int @' read_mostly
printf '\nint lim_more __read_mostly;\n' >> "$K/net/core/lim.c"
except variables lim_more - drop
except variables 'lim_max net/core/lim.c' type 'unsigned int @'
sed -i 's/int lim_max/unsigned &/' "$K/net/core/lim.c" "$K/include/net/lim.h"
sed -i 's/lim_max;/lim_max + lim_more;/' "$K/net/core/user.c"
stock
run_ok 'a row that is dropped and a column that is changed' kernel
like "$(series net/core/user.c)" 'return V_lim_max \+ lim_more;' 'hold'
like "$(kernel --list-exceptions)" "variables	lim_more	-	drop	because
.*
variables	3	2	2	0
.*
all	[0-9]+	2	2	0" 'and are counted'

other
row modules none none NONE - - net/ipv6/none.c - - - 'ipv6: none' nothing
variable lim_new lim net/core/lim.c global 'int @' -
variable fresh none net/ipv6/none.c file 'int @' -
sed -i 's/\tlive-none\t/\tlive-lim\t/' "$TOP/vnet/variables.tsv"
row contexts net/ipv6/none.c fill none expr '&init_net' - 'not there'
row contexts net/core/user.c new_user lim expr '&init_net' - 'not there'
row contexts net/core/lim.c lim_call lim expr '&init_net' - 'does not use it'
sed -i 's/ __read_mostly//' "$K/net/core/lim.c"
cat >> "$K/net/core/lim.c" <<'END'

void lim_call(void)
{
	int lim_new = 0;

	call(lim_new);
}

DEFINE_SOMETHING(lim, struct net *net)

static int no_net(int a)
{
	return lim_max + a;
}
END
stock
run_ok 'what is not there is passed over' kernel
run_ok 'a variable' reported '^variable\tlim_new\tnet/core/lim.c\tlim\tnot in 5.9$'
run_ok 'a module without variables' reported '^module\tnone\t'
run_ok 'a context in a file that is not there' reported '^context\tfill\t.*\tno such file$'
run_ok 'of a function that is not there' reported '^context\tnew_user\t.*\tno such function$'
run_ok 'or of one that uses none' reported '^context\tlim_call\t.*\tuses no variable of the module$'
run_ok 'attributes are those of the source' reported '^attributes\tlim_max\t.*\tthere: export$'
run_ok 'a function without a net is left to hand, by its own name' reported '^left\tno_net\tnet/core/lim.c\tlim\t'
like "$(series net/core/lim.c)" '\{
	return V_lim_max \+ a;' 'and has no context'
like "$(series include/net/vnet/lim.h)" 'define V_lim_max' 'what is there has its name'
unlike "$(series include/net/vnet/lim.h)" 'lim_new' 'what is not has none'

other
rm "$K/net/core/sysctl_lim.c"
stock
run_ok 'a step with nothing to do' kernel
run_ok 'is left out' reported '^step\tsysctl-lim\t-\tlim\tno ctl_table entry'
is "$(grep -v '^#' "$V/series.tsv" | cut -f 1,2 | tail -n 2 | paste -sd ' ')" \
	'0003	context-lim 0004	context-priv' 'and leaves no gap'
is "$(git -C "$K" log -1 --format=%at series)" 1000000240 'nor in the dates'

other
mkdir -p "$K/net/other"
sed '/lim_max/!d' "$K/net/core/lim.c" > "$K/net/other/lim.c"
sed -i '/lim_max/d' "$K/net/core/lim.c"
stock
run_ok 'a global that has moved is found' kernel
run_ok 'and listed' reported '^moved\tlim_max\tnet/other/lim.c\tlim\tfrom net/core/lim.c$'

other
sed -i 's/^static int count/static long count/' "$K/net/ipv6/priv.c"
stock
fails "the type of 'count' is 'long @'" 'another type' kernel
sed -i 's/^static long count/static int count_of/' "$K/net/ipv6/priv.c"
stock
fails "'count' is not defined in net/ipv6/priv.c on 5.9, but net/ipv6/priv.c says it" \
	'a name that nothing defines' kernel
sed -i 's/count++/count_of++/' "$K/net/ipv6/priv.c"
printf 'static int count;\n' > "$K/net/ipv6/prival.c"
stock
fails "'count' is not defined .* but net/ipv6/prival.c says it" \
	'what another file keeps to itself is not taken for it' kernel
except variables count - drop
except modules priv - drop
fails "'priv' is not in vnet/modules.tsv" 'a drop that others refer to' kernel
sed -i '/modules/d' "$V/exceptions.tsv"
run_ok 'a row that is dropped leaves its module empty' kernel
run_ok 'which drops the steps' reported '^step\tcontext-priv\t'

# stale EXCEPTION... PATTERN NAME
stale() {
	other
	stock
	except "${@:1:4}"
	fails "vnet/versions/5.9/exceptions.tsv:4: .*$5" "$6" kernel
}
stale variables lim_min - drop "no row of vnet/variables.tsv has the key 'lim_min'" 'an exception for no row'
stale variables lim_max type 'int @' 'not needed' 'one that changes nothing'
stale variables lim_max kind 'int @' "has no column 'kind'" 'one for no column'
stale initialisers LIST_HEAD - drop "column 'table' is 'initialisers'" 'one for a table that has none'
other
variable lim_new lim net/core/lim.c global 'int @' -
stock
except variables lim_new type 'long @'
fails "exceptions.tsv:4: 'lim_new' is not in 5.9" 'one for what is not there' kernel
other
row contexts net/core/none.c none lim expr '&init_net' - 'not there'
stock
except contexts 'net/core/none.c none' expression net
fails "exceptions.tsv:4: none\(\) of net/core/none.c: no such file" 'for a context of nothing' kernel
other
stock
except steps live-lim proof boot
fails "exceptions.tsv:4: step 'live-lim' is not made on 5.9" 'one for a step of another stage' kernel
other
variable count lim net/core/lim.c file 'int @' -
stock
except variables count - drop
fails "exceptions.tsv:4: 2 rows .* say more of it" 'a key of two rows' kernel
other
row contexts net/core/user.c user lim expr 'sock_net(sk)' - 'by its socket'
stock
fails "user\(\): 'sk', which its context names, is not there" 'a context by what is not there' kernel
except contexts 'net/core/user.c user' expression net
run_ok 'mended by an exception' kernel

other
sed -i 's/struct net \*net/int a/' "$K/net/core/user.c"
stock
rm -rf "$TOP/build/linux"
cp -r "$K" "$TOP/build/linux"
fails 'has no parameter that leads to a net' 'control: in the series itself, no net is an error' \
	generate --step context-lim
status_is 2 'a version that is not there is a usage error' generate --kernel 5.8
status_is 2 'so is --ids for another version' kernel --ids
status_is 2 'and its exceptions without it' generate --list-exceptions
done_testing

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The inventory of the real kernel: nothing is without a verdict, and what is added to
# the source is found: a static that a function writes, one in a function, one of each
# processor, and a member of net_hotdata.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
: "${VNET_BUILD:=$VNET_TOP/build}"
out=$VNET_BUILD/inventory/x86
[[ -d $VNET_BUILD/linux/.git ]] || skip_all "there is no kernel tree: run 'make tree'"
[[ -s $out/vmlinux.o ]] || skip_all "there is no kernel with DWARF: run 'make inventory'"

inventory() { "$VNET_TOP/scripts/inventory" "$@"; }

run_ok 'every global has a verdict, and the list in the project is right' \
	inventory --image "$out/vmlinux.o"
like "$(stdout)" 'unclassified: 0' '... as it says'

# compiled UNIT: the file as the kernel's build compiled it, with the text on
# standard input, below the stock kernel's headers.
mkdir -p "$TEST_TMP/src"
git -C "$VNET_BUILD/linux" archive stock include arch/x86/include net/ipv4 net/core |
	tar x -C "$TEST_TMP/src"
compiled() {
	local unit=$1 flags
	cat > "$TEST_TMP/src/$unit"
	flags=$(sed -n '1s/^[^=]*:= *//p' "$out/$(dirname "$unit")/.$(basename "${unit%.c}").o.cmd" |
		sed -E "s/;.*//; s/ -o [^ ]+ [^ ]+ *$//; s/-Wp,-MMD,[^ ]+//; s|/[^ ='\"]*/src/|$TEST_TMP/src/|g")
	# The flags are quoted for a shell.
	(cd "$out" && eval "$flags -ffile-prefix-map=$TEST_TMP/src/= -o $TEST_TMP/unit.o $TEST_TMP/src/$unit") ||
		bail_out "$unit does not compile"
}
stock() { git -C "$VNET_BUILD/linux" show "stock:$1"; }

# finds PATTERN NAME: in the object just compiled.
finds() {
	status_is 1 "$2: fails" inventory --partial --image "$TEST_TMP/unit.o"
	like "$(stderr)" "$1" "... and names it"
}

compiled net/ipv4/ping.c < <(stock net/ipv4/ping.c)
inventory --partial --image "$TEST_TMP/unit.o" > /dev/null 2> "$TEST_TMP/err"
is "$(grep -c 'new:\|no verdict' "$TEST_TMP/err")" 0 'control: a file as it is has nothing new'

compiled net/ipv4/ping.c < <(stock net/ipv4/ping.c
	echo 'static int probe; int vnet_probe(void); int vnet_probe(void) { return probe++; }')
finds 'probe \(net/ipv4/ping.c\) .* has no verdict: written by vnet_probe' 'a static int that a function writes'
compiled net/ipv4/ping.c < <(stock net/ipv4/ping.c
	echo 'int vnet_probe(void); int vnet_probe(void) { static int probe; return probe++; }')
finds 'probe in vnet_probe\(\) \(net/ipv4/ping.c\) .* has no verdict' 'a static in a function'
compiled net/ipv4/ping.c < <(stock net/ipv4/ping.c
	echo 'static DEFINE_PER_CPU(int, probe); void vnet_probe(void); void vnet_probe(void) { this_cpu_inc(probe); }')
finds 'probe \(net/ipv4/ping.c\) .* has no verdict: written by vnet_probe' 'one of each processor'

stock include/net/hotdata.h | sed 's/^struct net_hotdata {/&\n\tint probe;/' > "$TEST_TMP/src/include/net/hotdata.h"
compiled net/core/hotdata.c < <(stock net/core/hotdata.c)
finds 'new: net_hotdata.probe \(net/core/hotdata.c\)' 'a member of net_hotdata'
done_testing

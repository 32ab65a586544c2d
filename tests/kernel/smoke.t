#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# smoke, which regress runs in every kernel: holds for the stock kernel as the
# stock kernel's, for the full vnet kernel with its modules private, and for
# neither the other way round: it sees the difference.
# VNET_TEST_KERNEL=globals or structs: that kernel too, as the stock kernel.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

build=${VNET_BUILD:-$VNET_TOP/build}
for k in stock vnet; do
	[[ -x $build/$k/um/linux ]] || skip_all "no $k kernel for um: scripts/build $k um"
done
make -s -C "$VNET_TOP/tests/probes" OUT="$build/probes" > "$TEST_TMP/probes" 2>&1 ||
	bail_out "the probes do not compile: run 'make -C tests/probes'"

tools=$VNET_TOP/scripts/regress.d
private='core flowlabel'
# smoke NAME KERNEL [MODULES]: begins a boot; its status comes in NAME.status.
smoke() {
	"$VNET_TOP/scripts/boot" --kernel "$2" --timeout 600 --env VNET_BUILD -- \
		"$tools/smoke" --private "${3:-}" > "$TEST_TMP/$1" 2> "$TEST_TMP/$1.err" < /dev/null
	echo $? > "$TEST_TMP/$1.status"
}
smoke stock stock &
smoke vnet vnet "$private" &
wait
smoke stock-as-vnet stock "$private" &
smoke vnet-as-stock vnet &
wait
mode=${VNET_TEST_KERNEL:-}
[[ $mode == @(globals|structs)* ]] || mode=''
if [[ -n $mode ]]; then
	[[ -x $build/$mode/um/linux ]] || bail_out "no $mode kernel for um: scripts/build $mode um"
	smoke "$mode" "$mode"
fi

status() { cat "$TEST_TMP/$1.status"; }
failing() { sed -n 's/^not ok [0-9]* - //p' "$TEST_TMP/$1"; }
for name in stock vnet ${mode:+"$mode"}; do
	is "$(status "$name") $(failing "$name")" '0 ' "$name: all assertions hold" ||
		diag "$(tail -n 5 "$TEST_TMP/$name.err")"
done
is "$(status stock-as-vnet)" 1 'the stock kernel taken for a vnet kernel: not so'
is "$(failing stock-as-vnet)" "an ordinary user in another namespace still gets one
a child's have their own
which the child sets
for its sockets" '... namely'
is "$(status vnet-as-stock)" 1 'the vnet kernel taken for a stock kernel: not so'
is "$(failing vnet-as-stock)" "and then another namespace gets none
a child's have it, too
which the child cannot set" '... namely'

compare() { "$tools/compare-sysctls" "$TEST_TMP/stock" "$TEST_TMP/$1" "${@:2}"; }
status_is 0 "sysctls of another boot of the stock kernel" compare stock-as-vnet
status_is 0 "sysctls of the vnet kernel, its modules private" compare vnet "$private"
status_is 1 "... and not private" compare vnet
like "$(stdout)" 'net/core/rmem_max \(child\): its mode is 644, not 444' '... are named'
[[ -z $mode ]] || status_is 0 "sysctls of the $mode kernel" compare "$mode"
done_testing

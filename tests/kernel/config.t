#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# build.d/configure: a kernel is configured as the fragments say, or it says
# what it is not; every fragment of the project can be had as a whole.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

# shellcheck source=scripts/lib.sh
. "$VNET_TOP/scripts/lib.sh"
[[ -d $VNET_LINUX/.git ]] || skip_all "no kernel tree: make tree"

cfg=$VNET_TOP/scripts/config
# shellcheck disable=SC2317 # called by status_is and run_ok
configure() { "$VNET_TOP/scripts/build.d/configure" "$VNET_LINUX" "$TEST_TMP/out" "$@"; }

# What a mode's symbol is in needs the series.
modes=(globals structs vnet check)
grep -qs VNET_STRUCTS "$VNET_LINUX"/net/core/Kconfig* || modes=(globals)
for arch in um x86; do
	base=("$cfg/broad.config" "$cfg/$arch.config" "$cfg/test.config")
	own=()
	[[ ! -e $cfg/$arch-debug.config ]] || own=("$cfg/$arch-debug.config")
	for mode in "${modes[@]}"; do
		run_ok "$arch: $mode" configure "$arch" "${base[@]}" "$cfg/$mode.config"
	done
	run_ok "$arch: debug" configure "$arch" "${base[@]}" "$cfg/debug.config" "${own[@]}"
	[[ $arch != um ]] || run_ok "$arch: loadable" configure "$arch" "${base[@]}" "$cfg/loadable.config"
	run_ok "$arch: debuginfo" configure "$arch" "${base[@]}" "$cfg/debuginfo.config"
done

printf '%s\n' 'CONFIG_NET_9P_VIRTIO=y' > "$TEST_TMP/wants"
status_is 1 'a symbol whose dependency is missing' configure um "$cfg/um.config" "$TEST_TMP/wants"
like "$(stderr)" 'CONFIG_NET_9P_VIRTIO is n, but wants asks for y' '... is named, with its fragment'
printf '%s\n' 'CONFIG_NOBODY_KNOWS_THIS=y' > "$TEST_TMP/wants"
run_ok 'a symbol that the source does not know' configure um "$cfg/um.config" "$TEST_TMP/wants"
like "$(stderr)" 'not in this source: CONFIG_NOBODY_KNOWS_THIS' '... is named and passed over'
printf '%s\n' '# CONFIG_HOSTFS is not set' > "$TEST_TMP/wants"
run_ok 'the last fragment has the last word' configure um "$cfg/um.config" "$TEST_TMP/wants"
like "$(< "$TEST_TMP/out/.config")" '# CONFIG_HOSTFS is not set' '... also when it says no'
printf '%s\n' 'CONFIG HOSTFS' > "$TEST_TMP/wants"
status_is 1 'a line that is none of Kconfig' configure um "$cfg/um.config" "$TEST_TMP/wants"
like "$(stderr)" 'wants:1: not a line of a Kconfig fragment' '... is named'
status_is 2 'no such fragment' configure um "$cfg/none.config"
status_is 2 'no such architecture' configure vax "$cfg/um.config"
done_testing

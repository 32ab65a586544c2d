#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: vnet modules of the kernel itself that require each other, or one that is
# not there, do not let it boot, and it says which.
#
#  - gdb gives a module a requirement before vnet_init() looks at it.
#  - Control: with a requirement that can be fulfilled the kernel boots, and the order is
#    another.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/kernel/guest.sh
. "$VNET_TOP/tests/kernel/guest.sh"
# shellcheck source=tests/kernel/gdb.sh
. "$VNET_TOP/tests/kernel/gdb.sh"

kernel_built vnet-debuginfo um || skip_all \
	"there is no kernel with debug information: run 'scripts/build --debuginfo --out build/vnet-debuginfo/um vnet um'"
image=$VNET_BUILD/vnet-debuginfo/um/linux
[[ $(nm "$image" | grep -c ' __vnet_mod_') -gt 1 ]] ||
	skip_all 'no two modules of the kernel itself are registered by VNET_MOD() in it'

# requires NAME COMMAND...: boot until the root would be mounted, with these commands of
# gdb before the modules are constructed.  The console comes in NAME.console.
requires() {
	local name=$1 command args=()
	shift
	for command; do
		args+=(-ex "$command")
	done
	mkdir -p "$TEST_TMP/$name.d"
	TMPDIR=$TEST_TMP/$name.d timeout 600 gdb -nx -batch -iex 'set auto-load off' \
		-ex 'set pagination off' -ex 'set confirm off' \
		-ex 'handle all nostop noprint pass' -ex 'handle SIGTRAP stop nopass' \
		-ex 'break vnet_init' -ex 'break prepare_namespace' \
		-ex "run mem=256M umid=um uml_dir=$TEST_TMP/$name.d/ con=null con0=null,fd:1 ssl=null panic=-1 \
			< /dev/null > $TEST_TMP/$name.console 2>&1" \
		"${args[@]}" -ex continue -ex kill "$image" > "$TEST_TMP/$name.gdb" 2>&1
}

# What is required is a list of ids in memory: room that nobody uses before the end.
list() {
	local at=$1 id n=0
	shift
	for id in "$@" -1; do
		printf 'set var *(short *)((long)&boot_command_line + %d) = %s\n' $((at + 2 * n++)) "$id"
	done
}
mapfile -t core < <(list 1000 VNET_MOD_CORE)
mapfile -t flowlabel < <(list 1200 VNET_MOD_FLOWLABEL)
mapfile -t missing < <(list 1400 32000)
needs() { printf 'set var vnet_%s_mod.requires = (void *)((long)&boot_command_line + %d)' "$1" "$2"; }

requires cycle "${core[@]}" "${flowlabel[@]}" "$(needs core 1200)" "$(needs flowlabel 1000)"
like "$(cat "$TEST_TMP/cycle.console")" \
	'Kernel panic - not syncing: vnet: (core requires flowlabel requires core|flowlabel requires core requires flowlabel)' \
	'modules that require each other are named, and the kernel does not boot'
unlike "$(cat "$TEST_TMP/cycle.gdb")" 'Breakpoint 2, .*prepare_namespace' 'it goes no further'

requires itself "${core[@]}" "$(needs core 1000)"
like "$(cat "$TEST_TMP/itself.console")" 'Kernel panic - not syncing: vnet: core requires core' \
	'so is one that requires itself'

requires missing "${missing[@]}" "$(needs flowlabel 1400)"
like "$(cat "$TEST_TMP/missing.console")" \
	'Kernel panic - not syncing: vnet: flowlabel requires unknown, which is not there' \
	'one that requires what is not there is named, and the kernel does not boot'

requires control "${flowlabel[@]}" "$(needs core 1200)"
like "$(cat "$TEST_TMP/control.gdb")" 'Breakpoint 2, .*prepare_namespace' \
	'control: with a requirement that can be fulfilled it boots'
done_testing

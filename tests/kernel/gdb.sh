# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# For the tests that look into a kernel by gdb: User Mode Linux is a process.  Source it
# after guest.sh; without gdb the test is skipped.

type gdb > /dev/null 2>&1 || skip_all "gdb is missing: run 'make setup'"

# gdb_scripts: VNET_GDB_SCRIPTS, a directory of the scripts that the series has for gdb.
gdb_scripts() {
	VNET_GDB_SCRIPTS=$TEST_TMP/gdb
	export VNET_GDB_SCRIPTS
	mkdir "$VNET_GDB_SCRIPTS"
	git -C "$VNET_BUILD/linux" archive main scripts/gdb | tar -x --strip-components 2 -C "$VNET_GDB_SCRIPTS" ||
		bail_out "build/linux has no main: run 'make tree'"
}

# process PARENT IMAGE: the first process below PARENT that runs IMAGE.
process() {
	local child children=()
	read -r -d '' -a children < <(cat "/proc/$1/task/"*/children 2> /dev/null)
	for child in "${children[@]}"; do
		if [[ $(readlink "/proc/$child/exe") == "$2" ]]; then
			echo "$child"
			return
		fi
		process "$child" "$2"
	done
}

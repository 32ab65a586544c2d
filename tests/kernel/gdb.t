#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: gdb prints any virtualised variable, of any vnet, in every mode.
#
#  - $lx_vnet() is asked for every variable of the table that is a vnet's: it is where C
#    says.  By the modules' names, and where there is only one of that name without.
#  - lx-vnet prints a limit of each namespace as the namespace itself sees it, a per-CPU
#    counter as /proc does, and the list of modules.
#  - Controls: a variable that does not exist, a module and a namespace that do not; an
#    address that is not the variable's is noticed.
#
# gdb is attached to User Mode Linux, which is a process, built with debug information.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/kernel/guest.sh
. "$VNET_TOP/tests/kernel/guest.sh"
# shellcheck source=tests/kernel/gdb.sh
. "$VNET_TOP/tests/kernel/gdb.sh"

gdb_scripts

# attached KERNEL COMMAND...: what gdb prints of these.
attached() {
	local kernel=$1 command args=()
	shift
	for command; do
		args+=(-ex "$command")
	done
	timeout 300 gdb -nx -batch -p "$pid" -iex 'set auto-load off' \
		-ex "python import sys; sys.path.insert(0, '$VNET_GDB_SCRIPTS'); import linux.vnet" \
		"${args[@]}" "$VNET_BUILD/$kernel/um/linux" 2>&1
}

# printed KERNEL COMMAND: the last line.
printed() { attached "$@" | grep -v '^\[Inferior 1 .* detached\]$' | tail -n 1; }

begin() {
	local n
	make -s -C "$VNET_TOP/tests/probes" OUT="$VNET_BUILD/probes" > "$TEST_TMP/probes.log" 2>&1 ||
		bail_out "the probes do not compile: run 'make -C tests/probes'"
	"$VNET_TOP/scripts/boot" --kernel "$1" --arch um --env VNET_BUILD --show "$VNET_BUILD" -- \
		"$VNET_TOP/tests/kernel/guest/gdb" > "$TEST_TMP/$1.out" 2> "$TEST_TMP/$1.err" < /dev/null &
	boot=$!
	at_end "kill $boot 2> /dev/null"
	GUEST_NAME=$1 GUEST_KERNEL=$1 pid=''
	for ((n = 0; n < 1200; n++)); do
		[[ $(got ready) != yes ]] || break
		kill -0 "$boot" 2> /dev/null || break
		sleep 0.1
	done
	pid=$(process "$boot" "$(realpath "$VNET_BUILD/$1/um/linux")" | head -n 1)
	[[ $(got ready) == yes && -n $pid ]]
}

debugged=()
for mode in vnet structs globals; do
	! kernel_built "$mode-debuginfo" um || debugged+=("$mode-debuginfo")
done
((${#debugged[@]})) || skip_all \
	"no kernel has debug information: run 'scripts/build --debuginfo --out build/vnet-debuginfo/um vnet um'"

for kernel in "${debugged[@]}"; do
	if begin "$kernel"; then
		ok "$kernel: boots"
	else
		not_ok "$kernel: boots" "$(tail -n 20 "$TEST_TMP/$kernel.err")"
		continue
	fi

	# Every name.
	attached "$kernel" "python sys.path.insert(0, '$VNET_TOP/tests/kernel/gdb'); import names" \
		"python names.ask('$VNET_TOP/vnet/variables.tsv', '$TEST_TMP/names')" > "$TEST_TMP/ask"
		n=$(grep -c ' ok$' "$TEST_TMP/names")
	if ((n > 150)); then
		ok "$kernel: all variables were asked for ($n)"
	else
		not_ok "$kernel: all variables were asked for" "only $n"$'\n'"$(tail -n 5 "$TEST_TMP/ask")"
	fi
	is "$(grep -vE ' (ok|is not there|is one of several)$' "$TEST_TMP/names")" '' "$kernel: each is where C says"

	# What is in them, of each namespace.
	host=$(got host-inum) child=$(got child-inum)
	attached "$kernel" 'lx-vnet sysctl_rmem_max all' > "$TEST_TMP/all"
	is "$(grep -F "net:[$host]" "$TEST_TMP/all")" \
		"sysctl_rmem_max net:[$host] = $(got host-rmem_max)" "$kernel: the host's limit is as it sees it"
	is "$(grep -F "net:[$child]" "$TEST_TMP/all")" \
		"sysctl_rmem_max net:[$child] = $(got child-rmem_max)" "$kernel: the child's limit is as it sees it"
	is "$(printed "$kernel" "print \$lx_vnet(\"core::sysctl_rmem_max\", $child)")" \
		"\$1 = $(got child-rmem_max)" "$kernel: the function takes a module's name and a namespace's number"
	is "$(printed "$kernel" "print \$lx_vnet(\"V_sysctl_rmem_max\", &init_net)")" \
		"\$1 = $(got host-rmem_max)" "$kernel: and a pointer to the namespace"
	is "$(printed "$kernel" "print \$lx_vnet(\"rt_cache_stat\").out_slow_tot")" \
		"\$1 = $(got routed)" "$kernel: a per-CPU counter is as in /proc"
	like "$(printed "$kernel" 'lx-vnet rt_cache_stat.out_slow_tot')" \
		"^rt_cache_stat.out_slow_tot net:\[$host\] (cpu 0 )?= $(got routed)\$" "$kernel: and lx-vnet prints it"
	is "$(attached "$kernel" lx-vnet | grep -c '^core  *0 ')" 1 "$kernel: the modules are listed"

	# What is not there.
	like "$(printed "$kernel" 'lx-vnet no_such_variable')" 'no V_no_such_variable is known' \
		"$kernel: control: a variable that does not exist"
	like "$(printed "$kernel" 'lx-vnet nosuch::sysctl_rmem_max')" "no module 'nosuch' is registered" \
		"$kernel: control: a module that does not exist"
	like "$(printed "$kernel" 'lx-vnet sysctl_rmem_max 1')" 'no network namespace has the number 1' \
		"$kernel: control: a namespace that does not exist"
	attached "$kernel" "python sys.path.insert(0, '$VNET_TOP/tests/kernel/gdb'); import names" \
		"python names.by_c = lambda module, name, row: 1" \
		"python names.ask('$VNET_TOP/vnet/variables.tsv', '$TEST_TMP/names')" > "$TEST_TMP/ask"
	is "$(grep -c 'is said to be at' "$TEST_TMP/names")" "$n" "$kernel: control: a wrong address is noticed"

	kill "$boot"
	wait "$boot" 2> /dev/null
done
done_testing

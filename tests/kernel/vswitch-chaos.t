#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: whatever happens to switches, in whatever order, nothing breaks and
# nothing is left.
#
#  - Switches, ports, pairs of veth, bridges and namespaces come and go; devices move,
#    change, become uplinks and go up and down; stations, lists, VLANs and queues are
#    changed; dumps are begun and finished later; all the while frames flow.  Requests
#    to the netlink family, well formed by what the kernel says of itself, nearly so and
#    not at all, and configurations as text to /dev/vswitch, whole and broken.
#  - On one processor (User Mode Linux) and on two (QEMU).
#  - The kernel has nothing to report (that is status 125).  Afterwards there is no
#    device of a switch, no namespace and no promiscuous device, and no slab cache has
#    grown.  In a debug kernel kmemleak looks, too.
#  - Every operation and every command was carried out at least once, and frames arrived.
#  - What /dev/vswitch says can be written there, and is then what it says.
#  - Controls: switches that are left are noticed, and so is a switch that does not free
#    an allow-list.
#
# VNET_CHAOS_SECONDS: for so long each of the two modes, in each guest (default: 5).  VNET_CHAOS_SEED: this
# seed; by default 1, or a new one when it is told how long.  The seed is printed.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/kernel/guest.sh
. "$VNET_TOP/tests/kernel/guest.sh"

seconds=${VNET_CHAOS_SECONDS:-5} seed=1
[[ -z ${VNET_CHAOS_SECONDS:-} ]] || seed=$((SRANDOM % 1000000000))
seed=${VNET_CHAOS_SEED:-$seed}
[[ $seed =~ ^[0-9]+$ && $seconds =~ ^[0-9]+$ ]] ||
	bail_out 'VNET_CHAOS_SEED and VNET_CHAOS_SECONDS are numbers'
note "VNET_CHAOS_SEED=$seed VNET_CHAOS_SECONDS=$seconds"

# chaos NAME KERNEL ARCH OPS SECONDS [OPTION]...
chaos() {
	observe "$1" "$2" "$3" vswitch-chaos --timeout $((900 + 4 * $5)) --env "SEED=$seed" \
		--env "OPS=$4" --env "SECONDS_OF=$5" "${@:6}"
}
# never PREFIX SUFFIX NAME...: those of them that were not done.
never() {
	local name
	for name in "${@:3}"; do
		[[ $(got "$1$name$2") =~ ^[1-9] ]] || printf '%s ' "$name"
	done
}
operations=(add-switch add-port add-pair add-bridge add-upper del-link del-group set-up change
	rename move master fdb dump dump-slowly ring request request-by-policy garbage-link
	listen text text-again frame namespace)
commands=(switch-get switch-set port-get port-set allow deny stats-get)

# judged: what came of both modes in the guest that was observed.
judged() {
	local mode
	for mode in random requests; do
		note "$GUEST_NAME: $mode: $(got $mode.ops) operations, $(got $mode.frames) frames sent, $(got $mode.seen) received"
		expect $mode.status 0 "$mode: it was done"
		is "$(never "$mode." .ok "${operations[@]}")" '' "$GUEST_NAME: $mode: all operations were carried out"
		is "$(never "$mode.command." '' "${commands[@]}")" '' "$GUEST_NAME: $mode: so were all commands"
		isnt "$(got $mode.seen)" 0 "$GUEST_NAME: $mode: frames arrived"
		isnt "$(got $mode.again)" 0 "$GUEST_NAME: $mode: what /dev/vswitch says was written there"
		is "$(got $mode.again.failed) $(got $mode.again.said)" '0 none' "$GUEST_NAME: $mode: without an error"
		expect $mode.again.differs 0 "$mode: and is then what it says"
		expect $mode.ports 0 "$mode: without switches there are no ports"
		expect $mode.promiscuous 0 "$mode: and no device is promiscuous"
		expect $mode.left 0 "$mode: all can be deleted"
		expect $mode.namespaces 1 "$mode: all namespaces are gone"
		expect $mode.devices 0 "$mode: all switches and ports are gone"
		expect $mode.slab '' "$mode: no slab cache has grown"
	done
}

# A debug kernel has more to keep of each frame that waits, and a loop makes all queues full.
mem=1G
[[ $TEST_KERNEL != *-debug ]] || mem=4G
chaos mine "$TEST_KERNEL" um 4000 "$seconds" --mem "$mem"
observed mine
judged
expect control.namespaces 2 'control: a namespace is left'
expect control.devices 61 'control: devices are left'
like "$(got control.slab)" '[+]' 'control: which take memory'

### The same on two processors: who sends is not who changes
if kernel_built "$TEST_KERNEL" x86; then
	chaos smp "$TEST_KERNEL" x86 2000 "$seconds" --cpus 2 --mem "$mem"
	observed smp
	judged
else
	skip 'two processors' "there is no $TEST_KERNEL kernel for x86: run 'scripts/build $TEST_KERNEL x86'"
fi

### Control: a switch that does not free the lists that it replaces
if kernel_built vnet-loadable um; then
	"$VNET_TOP/tests/vswitch/mutant-module" "$VNET_BUILD/mutants/leak" allow.c \
		'/^void vsw_allow_publish/,/^}/s/kfree_rcu(old, rcu);/(void)old;/' 2> "$TEST_TMP/log" ||
		bail_out "no module that leaks: $(tail -n 3 "$TEST_TMP/log")"
	chaos control vnet-loadable um 30000 0 --env "MODULE=$VNET_BUILD/mutants/leak/vswitch.ko"
	observed control
	like "$(got random.slab)" 'kmalloc-[a-z0-9-]*[+]' 'control: a leak is seen'
else
	skip 'a switch that leaks is found out' \
		"there is no vnet-loadable kernel: run 'scripts/build --config scripts/config/loadable.config --out build/vnet-loadable/um vnet um'"
fi
done_testing

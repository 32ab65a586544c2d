#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# boot.d/faults: every kind of report is found in a log, whatever stands before
# it on the line; what only looks like one is not.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

faults=$VNET_TOP/scripts/boot.d/faults

# One line each, as kernels print them.
while IFS= read -r line; do
	all=1
	for before in '' '[    0.270000] ' '[   12.345678][   T71] ' '<4>[    1.000000] '; do
		printf '%s%s\r\n' "[    0.1] Linux version"$'\n' "$before$line" > "$TEST_TMP/log"
		"$faults" "$TEST_TMP/log" > "$TEST_TMP/out"
		case $?:$(< "$TEST_TMP/out") in
		1:*"$line"*) ;;
		*) all=''; break ;;
		esac
	done
	if [[ $all ]]; then
		ok "found: $line"
	else
		not_ok "found: $line" "after '$before'"
	fi
done <<-'END'
	WARNING: CPU: 0 PID: 69 at net/core/sock.c:112 sk_clone_lock+0x3d/0x41
	WARNING: possible circular locking dependency detected
	WARNING: possible recursive locking detected
	WARNING: suspicious RCU usage
	WARNING: inconsistent lock state
	WARNING: bad unlock balance detected!
	BUG: KASAN: slab-use-after-free in fl_release+0x96/0x193
	BUG: kernel NULL pointer dereference, address: 0000000000000000
	BUG: unable to handle page fault for address: ffffc90000000000
	BUG: sleeping function called from invalid context at mm/page_alloc.c:4
	BUG: scheduling while atomic: sh/71/0x00000002
	BUG: workqueue lockup - pool cpus=0 node=0 flags=0x0 nice=0 stuck for 40s!
	BUG skbuff_head_cache (Tainted: G    B  ): Poison overwritten
	kernel BUG at net/core/skbuff.c:211!
	Oops: 0002 [#1] SMP PTI
	Oops: general protection fault, probably for non-canonical address: 0000 [#1]
	Kernel panic - not syncing: Kernel mode fault at addr 0x0, ip 0x60616f0e
	Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000100
	UBSAN: array-index-out-of-bounds in net/core/sock.c:406:16
	ODEBUG: free active (active state 0) object: 0000 object type: timer_list
	kmemleak: 3 new suspected memory leaks (see /sys/kernel/debug/kmemleak)
	INFO: task sh:71 blocked for more than 120 seconds.
	INFO: trying to register non-static key.
	rcu: INFO: rcu_sched self-detected stall on CPU
	rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:
	watchdog: BUG: soft lockup - CPU#0 stuck for 22s! [sh:71]
	unregister_netdevice: waiting for lo to become free. Usage count = 2
	ref_tracker: net notrefcnt@00000000 has 1/1 users at
	list_add corruption. prev->next should be next (0000), but was 0001.
	DEBUG_LOCKS_WARN_ON(1)
END

status_is 0 'nothing is found in a log without faults' "$faults" /dev/stdin <<-'END'
	[    0.000000] Linux version 6.12.117 (vnet@vnet) #1
	[    0.000000] Kernel command line: panic=-1 oops=panic
	[    0.000000] rcu: RCU restricting CPUs from NR_CPUS=8 to nr_cpu_ids=1.
	[    0.410000] kmemleak: Kernel memory leak detector initialized (mem pool available: 39855)
	[    0.500000] Running RCU self tests
	[    0.600000] INFO: a driver that says so
	[    0.700000] lkdtm: Crash points unregistered, no BUG: here, no WARNING: either
	[    0.800000] watchdog: Delayed init of the lockup detector
	Warning: tempdir /tmp is not on tmpfs
END
is "$(stdout)" '' '... and nothing is printed'

cat > "$TEST_TMP/log" <<-'END'
	[    0.1] before
	[    0.2] WARNING: CPU: 0 PID: 69 at a.c:1 f+0x3d/0x41
	[    0.2] Call Trace:
	[    0.2]  f+0x1/0x2
	[    0.2] ---[ end trace 0000000000000000 ]---
	[    0.3] between
	[    0.4] WARNING: CPU: 0 PID: 69 at b.c:1 g+0x3d/0x41
	[    0.4] ---[ end trace 0000000000000000 ]---
	[    0.5] after
END
status_is 1 'two reports' "$faults" "$TEST_TMP/log"
is "$(stdout)" "$(sed -n 2,5p "$TEST_TMP/log"; echo ...; sed -n 7,8p "$TEST_TMP/log")" \
	'each is shown from its first line to its end, and nothing else'
status_is 2 'a bad option is a usage error' "$faults" --bad
done_testing

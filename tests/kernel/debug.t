#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The kernel with the checkers on: each of them really reports, and boot makes
# a failure of it; without a fault, it boots without a report.
#
# VNET_TEST_KERNEL names the kernel (default: vnet), of which the -debug is used.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

kernel=${VNET_TEST_KERNEL:-vnet}
kernel=${kernel%-debug}
dir=${VNET_BUILD:-$VNET_TOP/build}/$kernel-debug/um
[[ -x $dir/linux ]] || skip_all "no $kernel-debug kernel for um: scripts/build --debug $kernel um"

# shellcheck disable=SC2317 # called by status_is, like the next
boot() { "$VNET_TOP/scripts/boot" --kernel "$kernel-debug" --timeout 120 "$@" < /dev/null; }
# shellcheck disable=SC2317
provoke() { boot -- sh -c "echo $1 > /sys/kernel/debug/provoke-crash/DIRECT"; }

# shellcheck disable=SC2016 # for the guest's shell
run_ok 'namespaces come and go without a report' boot --kmemleak -- bash -ec '
	for i in 1 2 3 4 5; do
		ip netns add n$i
		ip netns exec n$i ip link set lo up
		ip netns del n$i
	done'
while read -r type report; do
	status_is 125 "$type is noticed" provoke "$type"
	like "$(stderr)" "$report" "... and reported: $report"
done <<-'END'
	READ_AFTER_FREE BUG: KASAN: slab-use-after-free
	SLAB_LINEAR_OVERFLOW BUG: KASAN: slab-out-of-bounds
	ARRAY_BOUNDS UBSAN: array-index-out-of-bounds
	CORRUPT_LIST_ADD list_add corruption
	SPINLOCKUP BUG: s
END
status_is 125 'a hung task is noticed' boot --timeout 15 -- sh -c '
	echo 2 > /proc/sys/kernel/hung_task_timeout_secs
	echo HUNG_TASK > /sys/kernel/debug/provoke-crash/DIRECT'
like "$(stderr)" 'INFO: task sh:.* blocked for more than' '... and reported'

leaky=$dir/samples/kmemleak/kmemleak-test.ko
status_is 125 'leaked memory is noticed' boot --kmemleak -- insmod "$leaky"
like "$(stderr)" 'kmemleak: [0-9]+ new suspected memory leaks' '... and reported'
like "$(stderr)" 'unreferenced object.*kmemleak_test' '... with where it was allocated'
# shellcheck disable=SC2016 # for the guest's shell
run_ok 'an allocation can be made to fail, by its number' boot -- bash -c '
	echo N > /sys/kernel/debug/failslab/ignore-gfp-wait
	for ((n = 1; n < 200; n++)); do
		bash -c "echo $n > /proc/self/fail-nth; exec 3< /proc/self/status" 2> /dev/null || exit 0
	done
	exit 1'
done_testing

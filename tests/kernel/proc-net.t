#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: every file of a namespace can be read, by everyone who may.
#
#  - A file whose code asks for its namespace has one: reading all that is below
#    /proc/net and /proc/sys/net neither faults nor hangs.  In the first namespace,
#    in another, and in one of an ordinary user; as root and as an ordinary user.
#  - What cannot be read, and by what error, is as on the stock kernel.
#  - /proc/net/stat/rt_cache holds its namespace while it is open, as others do.
#  - Controls: a file that must not be read is noticed; on the stock kernel rt_cache
#    does not hold its namespace.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/kernel/guest.sh
. "$VNET_TOP/tests/kernel/guest.sh"

places=(root user child-root child-user owner)

# statuses NAME: "PLACE PATH STATUS" of all files.
statuses() { grep -E '^[a-z-]+ /proc/' "$TEST_TMP/$1.out" | sort; }

kernels=(stock "$TEST_KERNEL")
for mode in globals structs; do
	! kernel_built $mode um || kernels+=("$mode")
done
for kernel in "${kernels[@]}"; do
	observe "$kernel" "$kernel" um proc-net
done

for kernel in "${kernels[@]}"; do
	observed "$kernel"
	is "$(grep '^control ' "$TEST_TMP/$kernel.out")" \
		$'control control/closed EACCES\ncontrol control/open read' \
		"$kernel: control: a file that cannot be read is noticed"
	for place in "${places[@]}"; do
		expect "$place" 'done' "$place has read all"
		n=$(statuses "$kernel" | grep -c "^$place /proc/net/")
		if ((n >= 30)); then
			ok "$kernel: $place found the files ($n below /proc/net)"
		else
			not_ok "$kernel: $place found the files" "only $n below /proc/net"
		fi
		is "$(statuses "$kernel" | grep "^$place /proc/net/stat/rt_cache ")" \
			"$place /proc/net/stat/rt_cache read" "$kernel: $place has read stat/rt_cache"
	done
	is "$(statuses "$kernel" | grep ' waits$')" '' "$kernel: no file keeps its reader waiting"
	expect oops 0 'the kernel complains of nothing'
	[[ $kernel != stock ]] || {
		isnt "$(got kept)" "$(got wanted)" 'stock, control: an open rt_cache does not keep its namespace'
		continue
	}
	is "$(comm -23 <(statuses stock) <(statuses "$kernel"))" '' \
		"$kernel: each file that the stock kernel has can be read as there"
	is "$(got kept)" "$(got wanted)" "$kernel: an open rt_cache keeps its namespace"
done
done_testing

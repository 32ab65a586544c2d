#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: switches, ports, uplinks and vnets can be made, changed, moved and deleted
# in any order, under traffic, and the kernel has nothing to report (a report is status
# 125; in a debug kernel, a leak as well).
#
# VNET_RANDOM_SECONDS=N: for so long, from VNET_RANDOM_SEED (default: the time) on.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/kernel/guest.sh
. "$VNET_TOP/tests/kernel/guest.sh"

seconds=${VNET_RANDOM_SECONDS:-} seed=1
[[ -z $seconds ]] || seed=${VNET_RANDOM_SEED:-$(date +%s)}
observe random "$TEST_KERNEL" um vswitch-random --env CHAOS_SECONDS="$seconds" --env CHAOS_SEED="$seed" \
	--timeout $((${seconds:-0} + 600))
observed random

expect random.status 0 'all was tried'
for what in add-switch add-port add-pair del-link set-up move master fdb request frame namespace; do
	like "$(got "random.$what.ok")" '^[1-9]' "some of it was done: $what"
done
expect random.left 0 'all that was made can be deleted'
note "seed $seed: $(got random.ops) operations"
note "$(grep '^random\.' "$TEST_TMP/random.out" | sed 's/^random\.//' | paste -sd ' ')"
done_testing

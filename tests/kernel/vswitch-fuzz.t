#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: whatever is said to the switch, and whatever frame comes, the kernel has
# nothing to report (a report is status 125), and goes on.
#
#  - Requests to the family vswitch and to rtnetlink: valid ones, nearly valid ones and
#    garbage, in an order that a seed decides: the same seed gets the same answers.
#  - Frames of any length, with any header and any number of tags, and some that are to be
#    cut up later, by the ports of switches that change now and then.
#
# VNET_FUZZ_SECONDS=N: for so long each, from VNET_FUZZ_SEED (default: the time) on.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/kernel/guest.sh
. "$VNET_TOP/tests/kernel/guest.sh"

seconds=${VNET_FUZZ_SECONDS:-} seed=1
[[ -z $seconds ]] || seed=${VNET_FUZZ_SEED:-$(date +%s)}

observe fuzz "$TEST_KERNEL" um vswitch-fuzz --env CHAOS_SECONDS="$seconds" --env CHAOS_SEED="$seed" \
	--timeout $((${seconds:-0} * 2 + 600))
observed fuzz

expect netlink.status 0 'all requests were made'
expect frames.status 0 'all frames were sent'
for what in add-switch.ok add-port.ok request.ok request.refused garbage-request.refused fdb.ok dump.ok; do
	like "$(got "netlink.$what")" '^[1-9]' "some are answered as they should be: $what"
done
like "$(got frames.frames)" '^[1-9]' 'frames were taken'
expect netlink.left 0 'all that was made can be deleted'
expect frames.left 0 'also after frames'
if [[ -z $seconds ]]; then
	expect again.answers "$(got netlink.answers)" 'the same seed gets the same answers'
	isnt "$(got other.answers)" "$(got netlink.answers)" 'another one gets others'
fi
note "seed $seed: $(got netlink.ops) requests, $(got frames.ops) operations with $(got frames.frames) frames"
done_testing

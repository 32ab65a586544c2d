#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: a frame carries nothing from one vnet to another but its bytes.
#
#  - Mark, priority, conntrack entry, time stamp and IPsec state of its sender's stack
#    are gone when the receiver's stack first sees it; its memory is not its sender's
#    any more.
#  - Controls: a switch that does not call skb_scrub_packet(), and one that leaves the
#    priority, are found out.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/kernel/guest.sh
. "$VNET_TOP/tests/kernel/guest.sh"

observe mine "$TEST_KERNEL" um vswitch-scrub
observed mine
expect all 3 'frames of another vnet are seen'
expect mark 0 'without its mark'
expect priority 0 'without its priority'
expect ct 0 'without its conntrack entry'
expect ping '3 received' 'and are answered'
expect udp.received 0 'a socket is told of no mark'
expect udp.stamp ok 'a departure time in an hour is no time of arrival'
expect udp.charged 0 'the sender is not charged for what the receiver has not read'
expect uplinks.qdisc fq 'an uplink has a qdisc that goes by time stamps'
expect uplinks.ping '3 received' 'the time at which an uplink received a frame delays it at no other'
expect esp.states 2 'what one vnet has decrypted is forwarded to another'
expect esp.ping '2 received' 'where it is not taken for what that one decrypted'

# control NAME FILE EXPRESSION: boots the loadable kernel with a faulty module.
control() {
	"$VNET_TOP/tests/vswitch/mutant-module" "$VNET_BUILD/mutants/$1" "$2" "$3" 2> "$TEST_TMP/log" ||
		bail_out "no module without $1: $(tail -n 3 "$TEST_TMP/log")"
	observe "without $1" vnet-loadable um vswitch-scrub --env "MODULE=$VNET_BUILD/mutants/$1/vswitch.ko"
	observed "without $1"
}
if kernel_built vnet-loadable um; then
	control scrub xmit.c '/skb_scrub_packet(skb,/d'
	expect mark 3 'control: the mark is seen'
	expect ct 3 'control: so is the conntrack entry'
	expect udp.received 0x77 'control: a socket is told of the mark'
	expect esp.ping '0 received' 'control: what was decrypted elsewhere is refused'
	control stamp xmit.c '/skb_clear_tstamp(skb);/d'
	expect uplinks.ping '0 received' 'control: with that time, a qdisc drops it'
	control priority xmit.c '/skb->priority = 0;/d'
	expect priority 3 'control: the priority is seen'
else
	skip 'a switch that does not scrub is found out' \
		"there is no vnet-loadable kernel: run 'scripts/build --config scripts/config/loadable.config --out build/vnet-loadable/um vnet um'"
fi
done_testing

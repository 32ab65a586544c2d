#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What a switch has no port for goes to all others, but to those that are told
# not to take such frames; what is reserved for the link goes to none.

# shellcheck source-path=SCRIPTDIR source=switch_lib.sh
source "$(dirname "$(readlink -f "$0")")/switch_lib.sh"

# one_kind FLAG DESTINATION OTHER...: without the flag, frames to DESTINATION do
# not go to port 3, and those to OTHERs do.
one_kind()
{
	local flag=$1 to=$2 other

	expect "h2 h3" "$(frame 1 "$to")" "with $flag"
	port_flag 3 "$flag" off
	expect h2 "$(frame 1 "$to")" "without $flag"
	for other in "${@:3}"; do
		expect "h2 h3" "$(frame 1 "$other")" "another kind, without $flag"
	done
	port_flag 3 "$flag" on
	expect "h2 h3" "$(frame 1 "$to")" "with $flag again"
}

unknown_unicast()
{
	one_kind flood "$S" "$GROUP" "$ALL"
	log_test "unknown unicast floods where it may ($SWITCH)"
}

multicast()
{
	one_kind mcast_flood "$GROUP" "$S" "$ALL"
	log_test "multicast floods where it may ($SWITCH)"
}

broadcast()
{
	one_kind bcast_flood "$ALL" "$S" "$GROUP"
	log_test "broadcast floods where it may ($SWITCH)"
}

known_is_no_flood()
{
	station 3 "$S"
	port_flag 3 flood off
	expect h3 "$(frame 1 "$S")" "a known station at that port"
	port_flag 3 flood on
	log_test "a port that takes no flood takes frames to its stations ($SWITCH)"
}

reserved()
{
	expect - "$(frame 1 01:80:c2:00:00:0e)" "to the nearest bridge"
	expect - "$(frame 1 01:80:c2:00:00:03)" "to the nearest port"
	log_test "what is for the link is not forwarded ($SWITCH)"
}

run_tests unknown_unicast multicast broadcast known_is_no_flood reserved

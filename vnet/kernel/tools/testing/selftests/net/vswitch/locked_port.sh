#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A locked port takes frames only from stations that the table has there.

# shellcheck source-path=SCRIPTDIR source=switch_lib.sh
source "$(dirname "$(readlink -f "$0")")/switch_lib.sh"

unknown()
{
	port_flag 1 learning off
	port_flag 1 locked on
	expect - "$(frame 1 "$ALL" "$S")" "from an unknown station"
	expect "h1 h3" "$(frame 2 "$ALL")" "to the port"
	port_flag 1 locked off
	expect "h2 h3" "$(frame 1 "$ALL" "$S")" "when it is locked no more"
	port_flag 1 locked on
	log_test "a locked port takes nothing from unknown stations ($SWITCH)"
}

known()
{
	fdb add 1 "$S" static
	expect "h2 h3" "$(frame 1 "$ALL" "$S")" "from its station"
	fdb del 1 "$S"
	expect - "$(frame 1 "$ALL" "$S")" "when the entry is gone"
	log_test "a locked port takes frames from its stations ($SWITCH)"
}

elsewhere()
{
	fdb add 2 "$S" static
	expect - "$(frame 1 "$ALL" "$S")" "from a station of another port"
	fdb_has 2 "$S"
	expect 0 $? "its entry, where it was"
	log_test "a locked port takes nothing from stations of other ports ($SWITCH)"
}

run_tests unknown known elsewhere

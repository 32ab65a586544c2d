#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A switch that knows VLANs keeps them apart: hosts 1 and 2 are at untagged ports
# of VLANs 10 and 20, host 3 is at a tagged port of both.

# shellcheck source-path=SCRIPTDIR source=switch_lib.sh
source "$(dirname "$(readlink -f "$0")")/switch_lib.sh"

tagged()
{
	port_access 1 10
	port_access 2 20
	port_trunk 3 0 10 20
	expect h3@10 "$(frame 1 "$ALL")" "from VLAN 10"
	expect h3@20 "$(frame 2 "$ALL")" "from VLAN 20"
	expect h1 "$(frame 3 "$ALL" "" 10)" "into VLAN 10"
	expect h2 "$(frame 3 "$ALL" "" 20)" "into VLAN 20"
	log_test "VLANs are apart, and tagged where they should be ($SWITCH)"
}

no_native()
{
	expect - "$(frame 3 "$ALL")" "without a tag"
	log_test "untagged frames are dropped where there is no VLAN for them ($SWITCH)"
}

apart()
{
	# In VLAN 10 it is at port 1, in 20 at port 3.
	station 1 "$S"
	sleep "$HOLD"
	station 3 "$S" 20
	expect h1 "$(frame 3 "$S" "" 10)" "in VLAN 10"
	expect h3@20 "$(frame 2 "$S")" "in VLAN 20"
	log_test "an address is learned in its VLAN ($SWITCH)"
}

static()
{
	port_access 2 10
	fdb add 3 "$S" static vlan 10
	expect 0 $? "to add it"
	expect h3@10 "$(frame 1 "$S")" "in its VLAN"
	fdb_has 3 "$S" "vlan 10"
	expect 0 $? "in the table"
	port_access 2 20
	port_access 1 20
	expect "h2 h3@20" "$(frame 1 "$S")" "in another one"
	port_access 1 10
	log_test "an entry is of one VLAN ($SWITCH)"
}

native()
{
	port_trunk 3 20 10 20
	expect h3@10 "$(frame 1 "$ALL")" "from VLAN 10"
	expect h3 "$(frame 2 "$ALL")" "from VLAN 20"
	expect h2 "$(frame 3 "$ALL")" "without a tag"
	expect h1 "$(frame 3 "$ALL" "" 10)" "with one"
	log_test "untagged frames are in the port's own VLAN ($SWITCH)"
}

not_a_member()
{
	port_trunk 3 0 10
	expect - "$(frame 2 "$ALL")" "from VLAN 20"
	expect - "$(frame 3 "$ALL" "" 20)" "into VLAN 20"
	log_test "a port is in no VLAN that it was not given ($SWITCH)"
}

run_tests vlan tagged no_native apart static native not_a_member

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A switch that knows no VLANs forwards tags as it finds them, and has one table.

# shellcheck source-path=SCRIPTDIR source=switch_lib.sh
source "$(dirname "$(readlink -f "$0")")/switch_lib.sh"

tags_pass()
{
	expect "h2@10 h3@10" "$(frame 1 "$ALL" "$S" 10)" "tagged"
	expect "h2@4094 h3@4094" "$(frame 1 "$ALL" "$S" 4094)" "with another tag"
	expect "h2 h3" "$(frame 1 "$ALL" "$S")" "untagged"
	log_test "tags pass as they are ($SWITCH)"
}

one_table()
{
	station 2 "$S" 10
	expect h2 "$(frame 1 "$S")" "learned with a tag, sent to without"
	expect h2@20 "$(frame 1 "$S" "" 20)" "and with another"
	log_test "an address is one, whatever its tag ($SWITCH)"
}

run_tests tags_pass one_table

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A sticky entry stays at its port, whatever its station does; a static one that
# is not sticky, and a learned one, go with the station.

# shellcheck source-path=SCRIPTDIR source=switch_lib.sh
source "$(dirname "$(readlink -f "$0")")/switch_lib.sh"

sticky()
{
	fdb add 2 "$S" static sticky
	expect 0 $? "to add it"
	fdb_has 2 "$S" sticky
	expect 0 $? "in the table"
	expect h2 "$(frame 1 "$S")" "where it is"
	sleep "$HOLD"
	station 3 "$S"
	expect h2 "$(frame 1 "$S")" "when its station sends elsewhere"
	fdb_has 3 "$S"
	expect 1 $? "in the table, elsewhere"
	log_test "a sticky entry does not move ($SWITCH)"
}

static()
{
	fdb add 2 "$S" static
	expect h2 "$(frame 1 "$S")" "where it is"
	sleep "$HOLD"
	station 3 "$S"
	expect h3 "$(frame 1 "$S")" "when its station sends elsewhere"
	log_test "a static entry that is not sticky moves ($SWITCH)"
}

deleted()
{
	fdb add 2 "$S" static sticky
	fdb del 2 "$S"
	expect 0 $? "to delete it"
	expect "h2 h3" "$(frame 1 "$S")" "afterwards"
	station 3 "$S"
	expect h3 "$(frame 1 "$S")" "when its station sends"
	log_test "a sticky entry that is deleted is gone ($SWITCH)"
}

run_tests sticky static deleted

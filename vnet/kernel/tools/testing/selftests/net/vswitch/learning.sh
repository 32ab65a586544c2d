#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A switch learns by which port it reaches a station, from the frames that it
# sends, and follows it; a port can be told not to learn.

# shellcheck source-path=SCRIPTDIR source=switch_lib.sh
source "$(dirname "$(readlink -f "$0")")/switch_lib.sh"

learned()
{
	expect "h2 h3" "$(frame 1 "$S")" "before it has sent"
	station 2 "$S"
	expect h2 "$(frame 1 "$S")" "when it has"
	expect h2 "$(frame 3 "$S")" "from another port"
	fdb_has 2 "$S"
	expect 0 $? "in the table"
	log_test "a station that sends is learned ($SWITCH)"
}

same_port()
{
	station 2 "$S"
	expect - "$(frame 2 "$S")" "from its own port"
	log_test "a frame to a station behind its own port stays there ($SWITCH)"
}

moved()
{
	station 2 "$S"
	sleep "$HOLD"
	station 3 "$S"
	expect h3 "$(frame 1 "$S")" "after its move"
	fdb_has 2 "$S"
	expect 1 $? "in the table, at the old port"
	log_test "a station is followed to another port ($SWITCH)"
}

learning_off()
{
	port_flag 2 learning off
	station 2 "$S"
	expect "h2 h3" "$(frame 1 "$S")" "a station that is not learned"
	port_flag 2 learning on
	station 2 "$S"
	expect h2 "$(frame 1 "$S")" "when the port learns again"
	log_test "a port does not learn if told so ($SWITCH)"
}

many()
{
	local first=$S n

	for n in 2 3 4; do
		station 2 "$S"
		new_station
	done
	station 3 "$S"
	expect h2 "$(frame 1 "$first")" "the first"
	expect h3 "$(frame 1 "$S")" "one at another port"
	STATION=$((STATION - 2))
	new_station
	expect h2 "$(frame 1 "$S")" "one in between"
	STATION=$((STATION + 1))
	log_test "there are many stations behind a port ($SWITCH)"
}

run_tests learned same_port moved learning_off many

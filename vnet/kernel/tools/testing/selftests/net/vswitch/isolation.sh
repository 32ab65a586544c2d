#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Isolated ports do not reach each other, and reach those that are not; by
# itself, to be isolated changes nothing.

# shellcheck source-path=SCRIPTDIR source=switch_lib.sh
source "$(dirname "$(readlink -f "$0")")/switch_lib.sh"

one_alone()
{
	port_flag 1 isolated on
	expect "h2 h3" "$(frame 1 "$S")" "from it"
	expect "h1 h3" "$(frame 2 "$S")" "to it"
	log_test "one isolated port reaches the others ($SWITCH)"
}

flooded()
{
	port_flag 2 isolated on
	expect h3 "$(frame 1 "$S")" "unknown unicast"
	expect h3 "$(frame 1 "$GROUP")" "multicast"
	expect h3 "$(frame 2 "$ALL")" "broadcast"
	expect "h1 h2" "$(frame 3 "$S")" "from a port that is not"
	log_test "no copy of a flood goes between isolated ports ($SWITCH)"
}

unicast()
{
	local n

	for n in 1 2 3; do
		station "$n" "$(mac "$n")"
	done
	expect - "$(frame 1 "$(mac 2)")" "between them"
	expect - "$(frame 2 "$(mac 1)")" "and back"
	expect h3 "$(frame 1 "$(mac 3)")" "to another"
	expect h1 "$(frame 3 "$(mac 1)")" "from another"
	port_flag 2 isolated off
	expect h2 "$(frame 1 "$(mac 2)")" "when one is isolated no more"
	port_flag 1 isolated off
	log_test "no frame goes between isolated ports ($SWITCH)"
}

# Only a vswitch has lists of the ports that a port may send to.
allow_list()
{
	if [[ $SWITCH == bridge ]]; then
		log_test_skip "a port sends only where its list allows ($SWITCH)" \
			"a bridge has no such lists"
		return
	fi
	vs_port deny 1 to=2
	expect h3 "$(frame 1 "$S")" "unknown unicast"
	expect h3 "$(frame 1 "$ALL")" "broadcast"
	expect "h1 h3" "$(frame 2 "$S")" "the other way"
	station 2 "$S"
	expect - "$(frame 1 "$S")" "unicast"
	vs_port allow 1 to=2
	expect h2 "$(frame 1 "$S")" "when it is allowed"
	log_test "a port sends only where its list allows ($SWITCH)"
}

run_tests one_alone flooded unicast allow_list

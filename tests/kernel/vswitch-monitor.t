#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: 'vnet switch monitor' prints what happens to a switch, its ports and the
# stations behind them, where the switch is; and where a port was handed to, what is
# about that port, and nothing of others: neither that they exist, nor where a station
# went, nor what the owner of the switch allows.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/kernel/guest.sh
. "$VNET_TOP/tests/kernel/guest.sh"

make -s -C "$VNET_TOP/vnet/user/vnet" O="$VNET_BUILD/bin" > "$TEST_TMP/make.log" 2>&1 ||
	bail_out "the program vnet does not compile: run 'make tools'"
observe mine "$TEST_KERNEL" um vswitch-monitor --timeout 1200
observed mine

is "$(got host.events)" "port-changed 1,port-changed 3,switch-changed,port-added 4,port-changed 1,port-changed 3,port-changed 1,fdb-added 1,fdb-moved 2<1,fdb-removed 2,port-changed 1,port-changed 4,switch-changed,port-changed 0,port-removed 3,port-removed 1,port-removed 2,port-removed 4,switch-removed,switch-removed" \
	'the owner is told of all that happens'
is "$(got a.events)" "port-changed 1,port-changed 1,port-changed 1,fdb-added 1,fdb-removed 1,port-removed 1,port-added 4,port-removed 4" \
	'a tenant is told of its ports as long as it has them, and of stations behind them'
is "$(got b.events)" "port-changed 3,port-changed 3,port-added 1,port-removed 3,port-removed 1" \
	'another one of its own'
is "$(got other.events)" "switch-changed,port-changed 0,switch-removed" 'a monitor of one switch is told of no other'
is "$(got a.knows)" 0 'a tenant is told nothing that is for the owner'
is "$(got b.knows)" 0 'nor is the other'
is "$(got a.names)" p1,p4 'its ports have the names of its devices'
json=$(got host.json)
is "${json% *}" "${json#* }" 'JSON is one object a line'
is "$(got host.switch)" 'sw0 60' 'what a switch has is told'
is "$(got host.deny)" '[2]' 'what a port may not send to'
is "$(got host.moved)" '["02:00:5e:00:53:01","static",2,1]' 'where a station came from'
is "$(got host.netns)" 2 'that a port went to another vnet'
is "$(got host.time)" '0 0' 'when it happened, if that is asked for'
is "$(got text)" 'fdb-added switch sw0 port 1 address 02:00:5e:00:53:01 state static|fdb-moved switch sw0 port 2 address 02:00:5e:00:53:01 from 1 state static' \
	'a line for people'
is "$(got text.port)" 'port-added switch sw0 port 4: p4 port access 1 entries 0' 'also of a port'
done_testing

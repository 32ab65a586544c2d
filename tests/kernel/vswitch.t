#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: a switch sends each frame where it belongs, and nowhere else.
#
#  - It learns, floods what it does not know, follows a station that moves, and
#    keeps static and sticky entries; bridge fdb shows and changes its table.
#  - A port sends to no port that its owner did not allow, to one or to all; who
#    was handed a port can narrow that, and cannot widen it.
#  - Access ports and trunks; nobody reaches a VLAN by adding tags.
#  - A device becomes an uplink by its master, and leaves; loops are refused.
#  - Switch, port and either vnet can be deleted in any order, also while frames
#    are under way; the kernel has nothing to report (a report is status 125).
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/kernel/guest.sh
. "$VNET_TOP/tests/kernel/guest.sh"

observe mine "$TEST_KERNEL" um vswitch --timeout 900
observed mine

# One assertion for each line of standard input, KEY|WANT|NAME.  Ports are called
# 1, 2, 3, host and wire; "-" is none, and NAME@VID has a tag.
observed_are() {
	local key want name
	while IFS='|' read -r key want name; do
		[[ -z $key ]] || is "$(got "$key")" "$want" "$name"
	done
}

observed_are <<'END'
flood.unknown|2 3 host|a frame to an unknown station goes to all other ports
flood.broadcast|2 3 host|so does broadcast
flood.group|2 3 host|and multicast
learned.unicast|1|a station that has sent gets frames at its port only
learned.back|2|in both directions
learned.host|1|also from the switch device
many.1|1 1 1|three stations behind one port send
many.back|3 3 3|and are reached there
same|-|a frame to a station behind its own port goes nowhere
same.count|1|which is counted
reserved|- -|reserved addresses are not forwarded
reserved.count|2|which is counted
source|- -|a source must be the address of one station
source.count|2|which is counted
move|1|a station sends by another port
move.to|3|and is reached there
move.count|1|which is counted
fdb.p1|02:00:5e:00:53:01 self|a port shows the stations behind it
fdb.add|ok|bridge fdb adds a static entry
fdb.add.to|1|which is used
fdb.sticky|ok|and a sticky one
fdb.sticky.move|1|its station sends by another port
fdb.sticky.to|2|and is still reached where the entry says
fdb.sticky.count|1|which is counted
fdb.p1.now|02:00:5e:00:53:01 self;02:00:5e:00:53:07 self static|the static entry is shown
fdb.del|ok|it is deleted
fdb.del.to|1 3 host|and not used any more
fdb.again|The port has no entry of this address.|to delete it again is an error that says so
fdb.twice|The switch has an entry of this address.|so is to add an entry that is there
fdb.group|Not the address of one station.|and one of a group
fdb.vlan|The switch knows no VLANs.|and one in a VLAN
fdb.sw0|6|the switch device shows entries of ports in other vnets
get|02:00:5e:00:53:01 dev p1 self|bridge fdb get finds the entry of an address
get.other|The device has no entry of this address.|but not one behind another port
get.sw0|1|which the switch device has
get.vlan|The switch knows no VLANs.|and none in a VLAN
flush|ok|bridge fdb flush removes entries of one kind
flush.p1|02:00:5e:00:53:01 self|behind that port
flush.p2|02:00:5e:00:53:02 self;02:00:5e:00:53:08 self sticky static;02:00:5e:00:53:22 self static|and of no other
flush.sticky|ok|at the switch device
flush.sticky.p2|02:00:5e:00:53:02 self;02:00:5e:00:53:08 self sticky static|behind all, here those that are not sticky
flush.vlan|The switch knows no VLANs.|in a VLAN only where there are VLANs
flush.flags|An entry is permanent, static, dynamic; it may be sticky.|and of kinds that a switch has
down.broadcast|3 host|a port that is down gets no frame
down.static|-|also if an entry says so
down.count|1|which is counted
down.forgot|2 3 host|what was learned at it is forgotten
mtu.long|1|what is too long for a port is dropped and counted there
mtu.ping|1 received|what is not too long passes
deny|ok|the owner denies a port another one
deny.broadcast|2 host|which gets no copy of its broadcast
deny.unicast|1 -|and no frame, while it may send back
deny.count|1|which is counted
deny.shown|0-2,4-1023|the list is shown
allow|ok|the owner allows it again
allow.unicast|3|at once
only|ok|a whole list is replaced
only.broadcast|2|and holds for broadcast
tenant.allow|ok|who was handed the port may allow what it likes
tenant.wider|2|and reaches no port that the owner does not allow
tenant.deny|ok|it may deny
tenant.narrower|-|and that holds
tenant.owners|EPERM|it may not change the owner's list
tenant.vlan|EPERM|nor its VLAN
tenant.sees|0|nor see the owner's list, or the switch
owner.tenants|EPERM This list is for who was handed the port|the owner does not write the tenant's list
nobody|EPERM|an ordinary user changes nothing
no.port|ENOENT The switch has no port of this number|a port that is not there is an error that says so
no.switch|EINVAL The device is not a vswitch|so is a device that is no switch
allow.all|2 3 host|all are allowed again
mask.alone|EINVAL A mask is of flags, which are missing|a mask without flags is refused
isolated.set|ok ok|two ports are isolated
isolated|3 host|and do not reach each other
noflood|2 host|a port without flooding gets no frame to unknown stations
noflood.broadcast|2 3 host|but broadcast
locked|-|a locked port takes no frame from a station that is not in the table
locked.count|1|which is counted
limit.set|ok|a port has a limit of stations
limit.first|2 3 host|a station above it is not learned
limit.second|2 3 host|nor the next one
limit.count|2|which is counted
vlan.on|ok|a switch learns to know VLANs
vlan.trunk|ok|a port becomes a trunk
vlan.shown|access=0 native=20 vids=10,20|which is shown
vlan.access|3@10|a frame of an access port leaves the trunk with a tag, and no other port
vlan.native|3|in the native VLAN without one
vlan.tagged|1|a tagged frame of the trunk leaves the access port without the tag
vlan.untagged|2|an untagged one is in the native VLAN
vlan.priority|2|so is one with a priority only
vlan.other|-|a VLAN that the trunk is not in is refused
vlan.other.count|1|which is counted
vlan.hop|- -|no frame comes into another VLAN by a second tag, or by one from an access port
vlan.learned|3@10|a station is learned in its VLAN
vlan.apart|3|and is unknown in another one
vlan.fdb|02:00:5e:00:53:01 vlan 10 self|the table shows the VLAN
vlan.both|EINVAL A port is an access port or a trunk|access port and trunk at once is an error that says so
vlan.empty|EINVAL A trunk needs its VLANs, an access port has one from 1 to 4094|so is neither
uplink.add|ok|a device becomes an uplink by its master
uplink.promisc|"promiscuity":1|and takes all frames
uplink.out|2 3 host wire|what is flooded goes to the wire
uplink.in|1 2 3 host|what comes from the wire is flooded
uplink.unicast|1 wire|in both directions to one station
uplink.back|-|nothing goes back to the wire
uplink.big|1 2 3 host|a frame in pages is whole at each port, with GRO, too
uplink.fdb|2|the switch device shows stations behind the uplink
uplink.twice|A switch cannot be an uplink, but its ports can.|a switch is no uplink of itself
uplink.switch|A switch cannot be an uplink, but its ports can.|nor another switch
uplink.own|The device is a port of this switch already.|nor one of its own ports
uplink.chain|ok|a port of one switch is an uplink of another
uplink.loop|Device or resource busy|but not both ways
uplink.carrier|2 3 host|without a carrier it gets no frames, and its stations are forgotten
uplink.del|ok|it leaves
uplink.gone|2 3 host|and gets no more frames
uplink.moved|1|moved to another vnet it leaves by itself
bad.nolink|A port needs a switch: link SWITCH.|a port without a switch is an error that says so
bad.link|The device is not a vswitch.|so is one of another device
bad.move|The interface netns is immutable.|a switch stays in its vnet
order.1|0|deleted: switch, vnet of a port
order.2|0|deleted: port, switch, vnet of the port
order.3|0|deleted: vnet of a port, switch
order.4|0|deleted: port, its vnet, switch
order.home|0|the vnet of the switch takes ports in others with it
order.stacked|0|a port goes from below a VLAN and a bridge
xdp|1 100 101|a frame that is sent back 200 times is not so many levels deep
traffic|0|all goes while frames are under way
loop.before|1|at the end there is no namespace but the first
loop.round|1|a frame of a socket in the namespace of a loop goes round and round
loop.after|1|and is nothing that keeps the namespace
END

### Control: a switch that forgets to ask its allow-lists
if kernel_built vnet-loadable um; then
	"$VNET_TOP/tests/vswitch/mutant-module" "$VNET_BUILD/mutants/allow" allow.h \
		's/return !allow || test_bit(to, allow->bits);/return true;/' 2> "$TEST_TMP/log" ||
		bail_out "no module without allow-lists: $(tail -n 3 "$TEST_TMP/log")"
	observe control vnet-loadable um vswitch --timeout 900 --env "MODULE=$VNET_BUILD/mutants/allow/vswitch.ko"
	observed control
	for key in deny.broadcast deny.count only.broadcast tenant.wider tenant.narrower; do
		GUEST_NAME=mine value=$(got $key)
		GUEST_NAME=control
		isnt "$(got $key)" "$value" "control: $key is not what it should be"
	done
	is "$(got learned.unicast)" 1 'control: what has nothing to do with lists is'
else
	skip 'a switch without allow-lists is found out' \
		"there is no vnet-loadable kernel: run 'scripts/build --config scripts/config/loadable.config --out build/vnet-loadable/um vnet um'"
fi
done_testing

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: every command of 'vnet switch' does to a switch of a booted kernel what
# it says, shows it as text and as JSON, and says what is wrong, with the kernel's own
# words, and with the status that goes with it.  A tenant sees its own port, and no other.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/kernel/guest.sh
. "$VNET_TOP/tests/kernel/guest.sh"

make -s -C "$VNET_TOP/vnet/user/vnet" O="$VNET_BUILD/bin" > "$TEST_TMP/make.log" 2>&1 ||
	bail_out "the program vnet does not compile: run 'make tools'"
observe readme "$TEST_KERNEL" um readme-switch --timeout 1200
observe mine "$TEST_KERNEL" um vnet-switch --timeout 1200
observed mine

# One assertion for each line of standard input, KEY|WANT|NAME.
while IFS='|' read -r key want name; do
	[[ -z $key ]] || is "$(got "$key")" "$want" "$name"
done <<'END'
none|[]|there is no switch
add|0|one is made
add.is|["sw0","linear",200,60000,false,"allow",true,1]|as it was asked for
add.twice|1 vnet switch add: sw0: there is one of this name|to make it again is an error
add.too-few|1 vnet switch add: sw1: The table cannot have so many or so few entries|the kernel's reason is told
set|0|times are set
set.is|[30000,500]|and shown
show.text|sw0: up ports 1 fdb linear entries 0 limit 200 ageing 30 hold 500 vlan off default allow|a line for people
show.none|1 vnet switch show: there is no device 'sw7' in this vnet: 'vnet switch show' lists its switches|a switch that does not exist
show.other|1 vnet switch show: lo: the device is not a vswitch: 'vnet switch show' lists those of this vnet|a device that is no switch
port.add|0|a port is made
port.netns|0|one in another vnet
port.number|0|one with a number
port.taken|1 vnet switch port: p4: The switch has a port of this number|a number is given once
port.nonetns|1 vnet switch port: there is no vnet 'nowhere': 'ip netns list' shows which there are|a vnet that does not exist
port.attach|0|a device becomes an uplink
port.attach.twice|1 vnet switch port: sw0: A switch cannot be an uplink, but its ports can|what cannot be one
port.show|[[0,"sw0","local"],[1,"p1","port"],[2,"p2","port"],[3,"up0","uplink"],[9,"p3","port"]]|all ports are shown
port.one|["p2",true,1,null,true,false]|one that is elsewhere
port.by-number|"p3"|one by its number
port.text|9: p3 port access 1 entries 0|a line for people
port.unknown|1 vnet switch port: sw0: there is no port 'p77': 'vnet switch port show sw0' lists its ports|a port that does not exist
port.set|0|properties are set
port.set.is|[5,true,false,true,true]|and shown, the others as they were
port.unset|0|and unset
port.unset.is|[null,false,true,false]|all of them
port.renamed|[[0,"sw0"],[1,"p1"],[2,"p2"],[3,"up0"],[9,"p3"]]|a tenant does not give a port its name
port.detach|0|an uplink is set free
port.detach.is|[null,0]|as it was before
port.detach.other|1 vnet switch port: sw0: port p1 is no uplink: 'vnet switch port rm' removes ports|a port is not
port.attach.again|0|it comes back
port.rm.uplink|1 vnet switch port: sw0: port up0 is an uplink: 'vnet switch port detach sw0 up0' sets it free|an uplink is not removed
port.rm.local|1 vnet switch port: sw0: port 0 is the switch's own: 'vnet switch rm sw0' removes both|nor the local port
deny|0|a port is denied two others
deny.is|[[0,1,3],true]|and has the rest, and ports to come
deny.text|1: p1 port access 1 entries 0 allow sw0 p1 up0 new|by name
allow|0|one is allowed again
allow.is|[0,1,2,3]|so it is
deny.all|0|all are denied
deny.all.is|[[],false]|those to come, too
allow.all|0|all are allowed
allow.all.is|[[0,1,2,3,9],true]|those to come, too
allow.wrong|1 vnet switch allow: sw0: there is no port 'nobody': 'vnet switch port show sw0' lists its ports|a name that is wrong, before anything is changed
tenant.show|[2,"p1",false,[],false]|a tenant sees its port, and not the owner's list
tenant.deny|0|it narrows where it sends
tenant.deny.is|[9]|so it is
tenant.owner|[[0,1,2,3,9],[0,1,2,3]]|the owner sees both lists
tenant.all|0|it takes that back
tenant.stats|[2,"p1"]|it sees the counters of its port
vlan.on|0|the switch knows VLANs
vlan.is|true|so it is
vlan.access|0|a port in a VLAN
vlan.trunk|0|a trunk
vlan.shown|[[0,1,null,null],[1,10,null,null],[2,1,null,null],[3,1,null,null],[9,null,[10,20,21,22,30],30]]|both are shown
vlan.text|9: p3 port trunk 10,20-22,30 native 30 entries 0|and for people
vlan.back|0|a trunk becomes an access port
fdb.add|0|a station is added
fdb.sticky|0|a sticky one, behind a port that is elsewhere
fdb.dynamic|0|one that ages, behind an uplink
fdb.local|0|one of the switch itself
fdb.show|[["01",10,1,"static",false],["02",1,2,"static",true],["03",1,3,"dynamic",false],["04",1,0,"static",false]]|all are shown
fdb.one|["02:00:5e:00:53:01"]|those of one port
fdb.text|02:00:5e:00:53:01 vlan 10 port p1 static|and for people
fdb.twice|1 vnet switch fdb: 02:00:5e:00:53:01: The switch has an entry of this address|one that is there
fdb.novlan|1 vnet switch fdb: 02:00:5e:00:53:05: An entry of this switch needs a VLAN, 1 to 4094|one without a VLAN
fdb.rm|0|one is removed
fdb.rm.again|1 vnet switch fdb: 02:00:5e:00:53:02: The port has no entry of this address|once
stats|[true,true,true,true]|counters
stats.ports|[0,1,2,3,9]|of all ports
stats.one|["p1"]|of one
stats.text|1|for people
config.lines|switch1 local1 port2 uplink1 port1|the configuration as text has all of it
apply|0|and is applied
apply.same|same|which changes nothing
apply.wrong|1 vnet switch apply: /tmp/wrong:3:18: trnk: a port has no such property|what is wrong is said with its place
apply.stdin|0|a text comes from standard input, without its last newline
apply.nofile|1 vnet switch apply: /tmp/nowhere: No such file or directory|a file that does not exist
policy|sw0: no policy|a switch without a policy
policy.json|[{"switch":"sw0","policy":null}]|in JSON, too
policy.none|1|there is none to be detached
policy.other|1 vnet switch policy: lo: the device is not a vswitch: 'vnet switch show' lists those of this vnet|a device that is no switch has none
port.rm|0|a port is removed
port.rm.netns|0|one in another vnet
port.rm.is|[0,3,9] 0|they are gone
rm|0|the switch is removed
rm.is|["sw5"]|it is gone
rm.again|1 vnet switch rm: there is no device 'sw0' in this vnet: 'vnet switch show' lists its switches|once
rm.other|1 vnet switch rm: wire: the device is not a vswitch: 'vnet switch show' lists those of this vnet|no other device is removed
END
like "$(got allow.user)" 'CAP_NET_ADMIN.*run this as root of the vnet' 'an ordinary user is told what is missing'
like "$(got apply.user)" 'stdin: CAP_NET_ADMIN is missing in this vnet: run this as root of the vnet' \
	'also by apply'
like "$(got tenant.vlan)" 'Only the owner of the switch may change this' 'a tenant cannot change what is the owner'\''s'
like "$(got netns.none)" "there is no vnet 'nowhere'" 'a vnet that does not exist'
same=$(got stats.same)
is "${same% *}" "${same#* }" 'counters are those of ethtool -S'

observed readme
is "$(got readme.status) $(got readme.ping) $(got readme.deny) $(got readme.stats)" '0 1 1 1' \
	'the commands of the README work as they stand there'
done_testing

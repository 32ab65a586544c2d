#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: who was handed a port, root of an unprivileged user namespace, can
# narrow what its port may do, and nothing else.
#
#  - It widens neither its allow-list nor its VLANs, flags, limits or queue, by any
#    of the ways that a port is configured; a refused request changes nothing.
#  - It learns nothing of ports that it may not send to: not by ip, bridge fdb,
#    ethtool, generic netlink, /proc, sysfs or notifications.
#  - What it narrowed does not stay when the port goes to another vnet; what the
#    owner set does.
#  - Control: the owner does each of these things and sees each of them.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/kernel/guest.sh
. "$VNET_TOP/tests/kernel/guest.sh"

observe mine "$TEST_KERNEL" um vswitch-privilege --timeout 900
observed mine

owners='EPERM Only the owner of the switch may change this'
# One assertion for each line of standard input: KEY|WANT|NAME.
while IFS='|' read -r key want name; do
	is "$(got "$key")" "$want" "$name"
done <<END
begin|2|the owner lets port 1 send to port 2 only
allow.owners|$owners|the tenant does not change the owner's list
allow.new|$owners|nor what it says of new ports
allow.access|$owners|nor its VLAN
allow.vids|$owners|nor makes a trunk of it
allow.native|$owners|nor names a native VLAN
allow.flags|$owners|nor its flags
allow.limit|$owners|nor its limit of addresses
allow.sticky|$owners|nor makes it sticky
allow.mixed|$owners|nor together with what it may change
allow.kept|flags=5 limit=10 sticky=0 access=1 tenant-allow=0-1023 allow=2 allow-new=0|and all is as the owner set it
switch.name|ENODEV No such device|the switch has no name or index in the tenant's vnet
switch.get|ENODEV No such device|it is not shown there
switch.set|ENODEV No such device|nor configured from there
switch.deny|ENODEV No such device|nor another port of it
tenant.all|ok|the tenant may allow itself everything
tenant.reach|2 2|and reaches what the owner allows
fdb.add|Only the owner of the switch may change its table.|it adds no address
fdb.sticky|Only the owner of the switch may change its table.|nor a sticky one
fdb.del|Only the owner of the switch may change its table.|nor deletes one
fdb.flush|Only the owner of the switch may change its table.|nor all
queue.shorter|ok|it makes its queue shorter
queue.back|ok|and as long as it was
queue.longer|refused|and not longer
queue.owner|ok|the owner grants a longer one
queue.granted|ok|which it may have
queue.more|refused|and no more than that
link.more|The device is not a vswitch.|it makes no port of its port
link.index|refused|nor one of the switch
link.home|refused|it does not move the port into the vnet of the switch
link.b|refused|nor into that of another tenant
see.link|0|ip shows no link of the port, where it is
see.link.index|0|not even an index
see.home|"link":"sw0"|control: where the switch is, it does
see.sysfs|lo p1 0 own|sysfs has its own devices, and nothing above or below
see.proc|lo p1|/proc/net/dev as well
see.fdb|1|bridge fdb shows the station at its port
see.fdb.others|0|and none of others
see.get|The device has no entry of this address.|nor does it get one whose address it knows
see.get.owner|yes|control: which the owner gets
see.fdb.owner|yes|control: the owner sees them
see.port|access entries flags kind limit number port result sticky tenant-allow tenant-allow-new|of its port it is told what it may do
see.nsid|0|it has no id of the switch's vnet
see.stats|1|counters of its port do not count others' frames
see.rx|same|nor does the device
see.stats.own|0|control: they count its own
see.gone|same|that ports come and go which it may not send to, changes nothing in its list
see.gone.allowed|changed|control: that one goes which it may send to, does
narrow|ok|it denies itself everything
narrow.holds|-|which holds
move|ok|the port moves to another vnet of its tenant's
move.up|ok|and is used there
move.list|tenant-allow=0-1023 tenant-allow-new=1|what the tenant denied is forgotten
move.queue|65536 2048|its queue is as the owner granted
move.owners|flags=5 limit=10 allow=2 allow-new=0|what the owner set is not
move.reach|2|so it reaches what the owner allows
told.own|yes|the tenant was told of its own port
told.others|0|and of nothing else
told.owner|yes|control: the owner was told of others
END
done_testing

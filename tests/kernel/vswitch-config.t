#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: one write to /dev/vswitch is one configuration, carried out as a whole or
# not at all.
#
#  - What was made of a text is as it says, and what is read can be written.
#  - What a text names is then as it says, also what it does not say; the rest stays.
#  - Whatever is wrong, nothing is changed, and the same open file says where it is.
#  - Only who has CAP_NET_ADMIN in the vnet, about that vnet, and with a file that
#    was opened by such a one; a tenant's names for its ports name nothing.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/kernel/guest.sh
. "$VNET_TOP/tests/kernel/guest.sh"

observe mine "$TEST_KERNEL" um vswitch-config --timeout 1200
observed mine

# One assertion for each line of standard input, KEY~WANT~NAME.
while IFS='~' read -r key want name; do
	[[ -z $key ]] || is "$(got "$key")" "$want" "$name"
done <<'END'
empty~0~without switches the device is empty
mode~character special file 666~everybody may open it
make~ok~a configuration is carried out
make.read~switch sw0 fdb linear limit 200 ports 50 ageing 60 hold 1500 vlan on default deny|local access 10 limit none sticky off ... locked on|port p2 number 1 access 4094 limit none sticky off ... locked off|port p3 number 2 trunk all limit none sticky off ... locked off|port p4 number 3 trunk none limit none sticky off ... locked off|port p1 number 7 access 10 limit 64 sticky on ... locked off|uplink up0 number 20 trunk 10,20-30 native 30 limit none sticky off ... locked off|allow p2 all|deny p2 p2 p1|deny p1 all|allow p1 sw0 p2~and read back
make.devices~p1@sw0 DOWN p2@sw0 DOWN p3@sw0 DOWN p4@sw0 DOWN sw0 DOWN up0@wire UP~its devices are there, as ip link makes them
make.master~["sw0",1]~the uplink is one
again~ok~what is read can be written
again.same~same~and changes nothing
renamed.read~deny p1 new~a switch that is called otherwise now is so in the text
renamed.again~ok~which can be written
beyond~same~what a list says of a port that there is not is not shown
remade~ok~also where there is no switch
remade.same~same~and makes the same
base~ok~a switch with ports
change~ok~another text about it
change.is~switch sw0 fdb hash|local access 1|port p1 number 1 access 10|port p2 number 2 access 20|port p4 number 5 access 1~what it does not say is as for a new one
change.kept~UNKNOWN 1~a port that stays is the same device, with its stations
change.gone~0 0 [null,0]~a port and an uplink that it does not name are gone
change.other~1~another switch is left alone
two~ok~two switches in one text
two.is~sw2~a port of one is an uplink of the other
away~port p1 number 1 access 10~a port that was handed over has the name that it had here
away.same~ok~and is named by it
away.is~port p1 number 1 access 11|port p2 number 2 access 20 p2~whatever it is called there
twice~port p1 number 1|port p2 number 2|port eth0 number 3|port port4.0 number 4~of two that were made with one name, each has one
twice.again~ok same~and what is read can be written
twice.which~EINVAL: 2:6: eth0: several ports in other vnets were called so: say the number; unchanged~a name for two of them is refused
twice.here~port p1 number 1|port p2 number 2|port port3.0 number 3|port port4.0 number 4|port eth0 number 5~a port that is here has its own name
twice.here.again~ok same~and this, too, can be written
twice.gone~ok 0 0~ports in other vnets that are not named are removed
name~cat: /dev/vswitch: Invalid or incomplete multibyte or wide character~a port whose name would be a comment cannot be read as one
name.away~0 ok~in another vnet it has a name that can be written
control~ok; changed~control: a change is seen
wrong.parse~EINVAL: 3:16: 5000: not a VLAN from 1 to 4094; unchanged~a text that does not parse
wrong.late~ENODEV: 6:10: nothing: there is no such device; unchanged~a device that is missing, in the last of several switches
wrong.uplink~EINVAL: 4:8: lo: Only an Ethernet device can be an uplink; unchanged~an uplink that cannot be one, after another was taken
wrong.name~EEXIST: 3:6: wire: a device of this name is no port of a vswitch; unchanged~a name that another device has
wrong.switch~EEXIST: 1:8: wire: a device of this name is no vswitch; unchanged~also for a switch
wrong.other~EEXIST: 2:6: o1: is a port of another switch; unchanged~a port of another switch
wrong.master~ok EBUSY: 2:8: up1: has a master already; unchanged~an uplink of another switch
wrong.loop~EBUSY: 7:8: la1: has a master already; unchanged~a device that is named for two
wrong.fixed~EOPNOTSUPP: 1:8: sw0: was made with another table, which only removing it changes; unchanged~what only making a switch decides
wrong.default~EOPNOTSUPP: 1:8: sw0: was made with default allow, which only removing it changes; unchanged~also whether it allows
wrong.number~EOPNOTSUPP: 2:6: p1: has number 1, which only removing it changes; unchanged~the number of a port that is here
wrong.taken~EBUSY: 2:6: new: another port has number 2; unchanged~a number that another port has
wrong.same~EINVAL: 3:6: pp: is a port that another line names; unchanged~one port in two lines
wrong.twice~EINVAL: 2:8: sw9: this switch is there already; unchanged~one switch twice
wrong.none~EINVAL: 2:1: there is no switch; unchanged~no switch
wrong.many~EINVAL: 65:1: more than 64 switches in one text; unchanged~too many
wrong.undo~ok ENODEV: 5:8: nothing: there is no such device; unchanged 0-39,41-1023~what was said of a number before a port had it stays
wrong.long~EINVAL: the text does not end with its last line~a text that is not whole
wrong.end~0~nor is what is left when a text does not fit
long~File too large~a text that is too long
user~EPERM: CAP_NET_ADMIN is missing in this vnet~an ordinary user may not
user.read~cat: /dev/vswitch: Operation not permitted~nor read
owner~ok~the root of a user namespace may, in its vnet
owner.is~sw0 t1@sw0~and has it there
owner.reads~2~and reads it
owner.not-ours~0~which is not ours
host.in~1~the host may in there, too
passed~EPERM: CAP_NET_ADMIN is missing in this vnet~who was passed a file may not use its opener's right
netns~ok 1~a vnet is that of who opens
read.small~same~it can be read in small pieces
many~0 300~300 ports in one text
END
like "$(got wrong.loop2)" '^E[A-Z]+: [38]*[0-9]:8: l[ab]1: .*; unchanged$' 'a loop of switches is refused'
done_testing

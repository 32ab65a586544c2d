#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: the switch as a module, and its tracepoints.
#
#  - It loads and unloads without switches, with switches and ports in several vnets,
#    and while frames are under way; its devices go with it, uplinks are let go.
#  - Tracepoints say who learned what, what moved and what was dropped, where and why;
#    switched off they say nothing.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/kernel/guest.sh
. "$VNET_TOP/tests/kernel/guest.sh"

kernel_built vnet-loadable um ||
	skip_all "there is no vnet-loadable kernel: run 'scripts/build --config scripts/config/loadable.config --out build/vnet-loadable/um vnet um'"
observe mine vnet-loadable um vswitch-module --timeout 900 --env "MODULE=$VNET_BUILD/vnet-loadable/um/net/vswitch/vswitch.ko"
observed mine

while IFS='|' read -r key want name; do
	is "$(got "$key")" "$want" "$name"
done <<'END'
before|no no|control: without the module there is no switch
load|ok yes|it is loaded
family|EINVAL|its netlink family answers
unload|ok no|it is unloaded
after|no|then there is no switch
devices|3|a switch and its ports are in three vnets
unload.devices|ok no|it is unloaded with them
unload.told|4|which who listens is told: of two ports, the uplink and the switch
gone|0|they are gone
uplink|1 0|the uplink is as it was
round.1|0|it is unloaded while frames are under way
round.2|0|again
round.3|0|and again
events|vswitch_drop vswitch_learn vswitch_move|there are three tracepoints
off|0|nothing is said before they are switched on
learn|1 vswitch_learn: sw sw0 port 1 dev p1 addr 02:00:5e:00:53:34 vid 10|a station is learned
learn.again|1|once
move|1 vswitch_move: sw sw0 port 2 dev p2 from port 1 addr 02:00:5e:00:53:34 vid 10|it moves
drop|1 vswitch_drop: sw sw0 port 2 dev p2 dst 02:00:5e:00:53:33 src 02:00:5e:00:53:35 vid 10 reason allow|a frame is refused by the allow-list
drop.reserved|1 vswitch_drop: sw sw0 port 1 dev p1 dst 01:80:c2:00:00:0e src 02:00:5e:00:53:33 vid 0 reason reserved|one is for the link
drop.big|1 vswitch_drop: sw sw0 port 2 dev p2 dst 02:00:5e:00:53:35 src 02:00:5e:00:53:33 vid 10 reason too_big|one is too long for its receiver, where it is counted
off.again|2|switched off they say no more
unload.traced|ok|the module goes, after it was traced
END
done_testing

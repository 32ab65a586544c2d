#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: a switch with a policy sends a frame only where the policy says so, too.
#
#  - Both examples do what they say, to one port and to each copy of a flood, and what
#    is denied is counted.
#  - A policy is told the truth about ports and frames, and can look at all of a frame.
#  - By 'vnet switch policy', it is attached, shown, replaced without a frame that is
#    decided by neither, detached; and it ends with its switch, and with the vnet of that.
#  - Only who has CAP_BPF, and CAP_NET_ADMIN over the switch's vnet, may attach it.
#  - The verifier refuses one that writes to anything, or reads what it did not ask for.
#
# On x86-64: User Mode Linux has no JIT for BPF, and so no struct_ops.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/kernel/guest.sh
. "$VNET_TOP/tests/kernel/guest.sh"

[[ $TEST_KERNEL != *-debug ]] || kernel_built "$TEST_KERNEL" x86 ||
	skip_all "the debug kernels are for User Mode Linux"
"$VNET_TOP/scripts/policies" > "$TEST_TMP/policies.log" 2>&1 ||
	bail_out "the policies do not compile: run 'scripts/policies'"
observe policy "$TEST_KERNEL" x86 policy --cpus 2 --timeout 1800
observed policy

# One assertion for each line of standard input, KEY|WANT|NAME.  Ports are called
# 1, 2, 3 and host; "-" is none, and NAME@VID has a tag.
observed_are() {
	local key want name
	while IFS='|' read -r key want name; do
		[[ -z $key ]] || is "$(got "$key")" "$want" "$name"
	done
}

observed_are <<'END_OF_LIST'
show.none|sw0: no policy|a switch has no policy at first
show.json.none|[{"switch":"sw0","policy":null}]|nor in JSON
show.switch.none|false|nor where the switch itself is shown
none.unicast|2|and sends to one port
none.flood|2 3 host|and to all
attach|ok|a policy is attached
attach.shown|sw0: policy protocols link N|and shown, with its name and the id of its link
attach.json|["sw0","protocols",true]|in JSON, too
attach.switch| default allow policy protocols protocols|and where the switch itself is shown
attach.all|sw0: policy protocols link N;sw1: no policy|all switches are shown, with a policy or without
attach.nofile|1 nowhere.bpf.o: No such file or directory|a file that does not exist is an error that says so
attach.nobpf|vnet switch policy: /bin/true: it cannot be read: BPF object format invalid|and so is one that is something else
attach.again|1 sw0: it has a policy: 'vnet switch policy replace' gives it another|a second policy is not attached
attach.which|1 facts.bpf.o has several policies, 'facts' and 'none' among them: say which|an object with several policies needs a name
attach.nothere|1 facts.bpf.o has no policy 'others'|that is in it
protocols.unicast|-|protocols: a frame of another protocol does not reach the port that it is for
protocols.flood|host|nor other vnets by a flood, but the switch's own
protocols.tagged|host@5|nor below a tag
protocols.count|5|each frame and each copy is counted at the port that it came from
protocols.home|1|the switch's own vnet may send what it likes
protocols.ping|1 received|ARP and IPv4 pass
protocols.others|0 0|and nothing is counted for them
binding|ok|a policy is replaced
binding.shown|sw0: policy binding link N|and the new one shown
binding.first|2 3 host|binding: a port's first station
binding.same|2|may go on
binding.other|-|another one may not send, not to one port
binding.other.flood|-|nor to all
binding.elsewhere|1 2 host|another port has a station of its own
binding.count|4 0|what is denied is counted at its port alone
binding.arp|2 3 host|ARP that says who its sender is passes
binding.arp.lie|-|ARP that says it is of another one does not
facts|ok|one of several policies in an object is attached
facts.flood|1 1 1 0 0|a policy is told of a flood, of the kind and number of the port, of no VLAN and no tag
facts.asked|3|and is asked for each copy
facts.unicast|0 1 2 0 15|of a frame to one port, of both ports, that their vnets are not the same, and of flags
facts.index|same|of the device's index in its own vnet
facts.len|60|of the length of the frame
facts.vlan.flood|3@10|in a switch that knows VLANs it is asked about ports of the VLAN only
facts.vlan|10 10 3|and told of the VLAN, of the frame and of the port
facts.vlan.tagged|1|a tagged frame
facts.vlan.tag|10 0 1|is one with a tag that is not among its bytes, from a trunk
none|ok|a policy with init and exit replaces it
none.begun|1 0|its init has run, its exit not
none.denies.unicast|-|what is not 1 denies: 256 does, to one port
none.denies.flood|-|and to all
none.count|4|each copy is counted
none.received|0|and the receiver counts none
refuse|1 sw0: the kernel does not attach facts.bpf.o: Invalid argument|a policy whose init fails does not replace another one
refuse.shown|sw0: policy none link N|which stays
none.replaced|ok|until it is replaced
none.ended|1 1|then its exit has run
deep|ok|a policy reads beyond the linear part of a frame
deep.other|1 received 205 0|where it finds what was sent, by a copy only
deep.denied|0 received 171 0|and denies by it
deep.short|1 received|a shorter frame has no such byte
traffic.replaced|6 ok|policies are replaced while frames are under way
traffic.lost|0% packet loss|and none is lost by it
detach|ok|a policy is detached
detach.shown|sw0: no policy|then there is none
detach.told|-|who listens is told
detach.told.all|- protocols binding facts none empty deep|and was told of each before
detach.again|1 sw0: it has no policy|to detach it again is an error that says so
detach.flood|2 3 host|and all frames go where they went
detach.pins|0|its link is not pinned any more
may.bpf|EPERM|without CAP_BPF nobody attaches a policy
may.net|EPERM|nor without CAP_NET_ADMIN
may.elsewhere|ENODEV|nor to a switch of another vnet
may.all|ok|with both it is attached
may.twice|EBUSY|once
may.update|EPERM|and not replaced without CAP_NET_ADMIN, by who has the link
may.gone|sw0: no policy|it goes with its link
may.user|vnet switch policy: /sys/fs/bpf/vswitch cannot be made: Permission denied: run this as root sw0: no policy|an ordinary user does not attach one
may.notswitch|1 lo: the device is not a vswitch: 'vnet switch show' lists those of this vnet|a device that is no switch is an error that says so
bad.data|cannot write into rdonly_mem|the verifier refuses to write to a frame's bytes
bad.frame|only read is supported|to what is said of the frame
bad.skb|only read is supported|to the skb
bad.port|only read is supported|to a port
bad.beyond|invalid access to memory, mem_size=14 off=14 size=1|to read more bytes than were asked for
bad.unchecked|invalid mem access 'rdonly_mem_or_null'|to read them without a look whether there are any
bad.forged|expected pointer to STRUCT vswitch_frame but|to take something else for a frame
bad.sleeps|unsupported member can_send|to sleep
bad.none|sw0: no policy|and none of them is attached
gone.switch|1|the switch is deleted: its policy ends
gone.again|ok|another switch of that name takes a policy
gone.pins|1|and the old link's pin is swept away
gone.vnet.attach|ok|a switch in another vnet takes a policy there
gone.vnet|ended|which ends with the vnet
gone.traffic|0|a switch with a policy is deleted while frames are under way
END_OF_LIST
done_testing

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# What guest/flowlabel and guest/flowlabel-total should have seen.  For a test that
# has sourced guest.sh and says which boot is looked at.

# labels_any_kernel: what holds on every kernel.
labels_any_kernel() {
	local who
	for who in b host U; do
		expect "$who.before" "$([[ $who == U ]] && echo 10 || echo 40)" "$who leases labels"
	done
	expect user.before 10 "an ordinary user leases labels"
	expect same.a none "a leases a label of its choice"
	expect same.b none "b leases the same label"
	expect same. none "the host leases the same label"
	expect same.again EEXIST "a does not lease its label anew while it lingers"
	expect a.more '0 ENOBUFS' "who has used up the labels gets no more"
	expect a.listed "$(got a.still)" "labels in use stay"
	expect a.lingering "$(got a.still)" "labels linger after their last user"
	like "$(got a.lapse)" '^[4-9]$' "$GUEST_NAME: and lapse after the six seconds of their linger"
	like "$(got b.lapse)" '^[0-9]$' "$GUEST_NAME: labels of b lapse while a holds its own"
	like "$(got host.lapse)" '^[0-9]$' "$GUEST_NAME: labels of the host lapse too"
	expect a.again 40 "a leases labels again"
	expect U.held ENOBUFS "an ordinary user comes to the end of the labels"
	expect U.many 1 "but has had many"
	expect host.after-U 40 "the host leases labels nonetheless"
}

# labels_isolated: what the others get when one has used up its labels.
labels_isolated() {
	untouched a.held '4096 ENOBUFS' "a gets 4096 labels, whatever others hold"
	untouched b.after 40 "b leases labels when a has used up its own"
	untouched host.after 40 "the host leases labels when a has used up its own"
	untouched user.after 10 "an ordinary user of the host does"
	untouched U.after 10 "an ordinary user's namespace does"
	untouched user.after-U 10 "a user's namespace does not use up the labels of the host's users"
}

# labels_total: all namespaces together.
labels_total() {
	expect instances.begin 1 "one instance at first"
	expect instances.gone 1 "namespaces with lingering labels go"
	expect full 65536 "16 namespaces hold 4096 labels each, none lost to those that went"
	expect instances.full 17 "an instance for each"
	expect late '256 ENOBUFS' "one that comes late gets 256"
	expect U '256 ENOBUFS' "an ordinary user's gets 256"
	expect late.again '0 ENOBUFS' "and no more while they linger"
	expect user 10 "an ordinary user of the host leases labels"
	# Those ten linger while the host takes the rest.
	expect host '4086 ENOBUFS' "the host gets all of its own"
	expect late.freed 1000 "when another has let go, the late one gets more"
	expect instances.end 1 "all instances are gone in the end"
}

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# What guest/sockbuf and guest/sockbuf-ceilings should have seen.  For a test that
# has sourced guest.sh and says which boot is looked at.

LIMITS=(rmem_max wmem_max rmem_default wmem_default)
CEILINGS=(rmem_ceiling wmem_ceiling)
SOCKET=(rcvbuf sndbuf rcvbuf-set sndbuf-set)

# limits_isolated: what the others see after a was given other limits.
limits_isolated() {
	local who l
	for who in host b; do
		for l in "${LIMITS[@]}"; do
			untouched "$who.$l.after" "$(got "$who.$l.before")" "$who's $l is not what a set"
		done
		for l in "${SOCKET[@]}"; do
			untouched "$who.socket.$l.after" "$(got "$who.socket.$l.before")" \
				"the $l of a new socket in $who is not what a set"
		done
		untouched "$who.wscale.after" "$(got "$who.wscale.before")" \
			"the window scale of $who is not what a's rmem_max makes it"
	done
	for l in "${LIMITS[@]}"; do
		untouched "from-host.$l" "$(got "host.$l.before")" \
			"a namespace created from the host does not start with a's $l"
	done
	untouched a.rmem_max.changed 64000000 "a's rmem_max does not follow the host's"
}

# limits_effect: a has what it was given, and the host what it sets, on whatever kernel.
limits_effect() {
	local max=64000000 want
	expect a.rmem_max.after 64000000 "a has the rmem_max it was given"
	expect a.wmem_max.after 5000000 "a has the wmem_max it was given"
	expect a.socket.rcvbuf.after 400000 "a new socket in a has its rmem_default"
	expect a.socket.sndbuf.after 300000 "a new socket in a has its wmem_default"
	expect a.socket.rcvbuf-set.after $((2 * max)) "SO_RCVBUF in a goes up to its rmem_max"
	expect a.socket.sndbuf-set.after 10000000 "SO_SNDBUF in a goes up to its wmem_max"
	isnt "$(got a.wscale.after)" "$(got a.wscale.before)" \
		"$GUEST_NAME: TCP's window scale in a follows its rmem_max"
	expect a.old.later "$(got a.old.set)" "a socket in a from before keeps its buffer"
	expect host.rmem_max.uid0 ok "the host's uid 0 sets the host's limits, without CAP_NET_ADMIN too"
	for want in from-a.rmem_max=64000000 from-a.wmem_max=5000000 \
		from-a.rmem_default=400000 from-a.wmem_default=300000; do
		expect "${want%=*}" "${want#*=}" "a namespace created from a starts with a's ${want#from-a.}"
	done
}

# limits_as_stock: what a namespace without limits of its own is like.
limits_as_stock() {
	local l
	for l in "${LIMITS[@]}"; do
		expect "host.$l.mode" 644 "$l is writable on the host"
		expect "a.$l.mode" 444 "$l is read-only in a namespace"
		expect "a.$l.set" EACCES "$l cannot be set in a namespace"
	done
	for l in "${CEILINGS[@]}"; do
		expect "host.$l.mode" none "there is no $l"
		expect "a.$l.mode" none "there is no $l in a namespace"
	done
	expect a.rmem_max.changed 700000 "the host's rmem_max is seen in a namespace"
}

# limits_own: what a namespace with limits of its own is like.
limits_own() {
	local l
	for l in "${LIMITS[@]}"; do
		expect "host.$l.mode" 644 "$l is writable on the host"
		expect "a.$l.mode" 644 "$l is writable in a namespace"
		expect "a.$l.new" "$(got host.max)" "a new namespace has the host's $l"
		expect "a.$l.set" ok "$l can be set in a namespace"
	done
	for l in "${CEILINGS[@]}"; do
		expect "host.$l.mode" 644 "$l is there"
		expect "a.$l.mode" 644 "$l is there in a namespace"
		expect "a.$l.new" 0 "$l is 0 in a new namespace"
	done
	expect host.rmem_max.changed 700000 "the host sets its own rmem_max"
	expect a.rmem_max.tiny EINVAL "less than the smallest receive buffer is refused"
	expect a.wmem_default.tiny EINVAL "less than the smallest send buffer is refused"
	expect a.rmem_max.words EINVAL "what is no number is refused"
	expect a.rmem_max.huge EINVAL "more than an int is refused"
	expect a.rmem_max.kept 64000000 "what is refused changes nothing"
}

# limits_bounded: what the owner of a namespace may, and what the host.
limits_bounded() {
	local l max
	max=$(got host.max)
	for l in "${LIMITS[@]}"; do
		expect "U.$l.lower" ok "a user lowers their own $l"
		expect "U.$l.lowered" 100000 "the lower $l holds"
		expect "U.$l.above" EPERM "a user cannot raise $l above the host's"
		expect "U.$l.still" 100000 "the $l refused changes nothing"
		expect "U.$l.back" ok "a user raises $l up to the host's"
		expect "U.$l.raised" "$max" "the raised $l holds"
	done
	expect U.mode 644:0 "the files belong to the namespace's root"
	expect host.unharmed "$max $max $max $max" "the host's limits are what they were"
	expect U.socket $((2 * max)) "a user's socket gets no more than the host's limit"
	expect U.follow 'ok EPERM' "the bound follows the host's default when that is more"
	expect U.follow-max 'ok EPERM' "the bound follows the host's maximum"
	expect U.granted 'ok 900000' "the host's root grants a user's namespace more"
	expect U.grant-lowered 'ok ok EPERM' "which the owner lowers, and does not raise again"
	expect a.by-user EACCES "who does not own a namespace sets nothing in it"
}

# ceilings: what they bound, and who sets them.
ceilings() {
	local max
	max=$(got host.max)
	expect U.ceiling.new '0 0' "no ceiling at first"
	expect U.ceiling.by-owner EPERM "a user sets no ceiling of their own namespace"
	expect U.ceiling.tiny EINVAL "a ceiling below the smallest buffer is refused"
	expect U.ceiling.negative EINVAL "a negative ceiling is refused"
	expect U.ceiling.by-host ok "the host's root sets a ceiling"
	expect U.ceiling.read '150000 0' "the ceiling is seen in the namespace, the other is as it was"
	expect U.ceiling.cut '150000 150000' "limits above a new ceiling come down to it"
	expect U.ceiling.other "$max $max" "limits of the other direction do not"
	expect U.ceiling.below 'ok ok' "limits are set up to the ceiling"
	expect U.ceiling.above 'EPERM EPERM' "and not above"
	expect U.ceiling.owner-0 EPERM "the owner does not remove the ceiling"
	expect U.ceiling.owner-100000 EPERM "the owner does not lower the ceiling"
	expect U.ceiling.owner-150001 EPERM "the owner does not raise the ceiling"
	expect U.ceiling.socket 300000 "a socket gets no more than the ceiling"
	expect host.ceiling "0 $max" "the host has no ceiling from it"

	expect V.inherits '150000 150000' "a namespace within inherits ceiling and limit"
	expect V.above EPERM "and is bound by it"
	expect V.owner EPERM "its owner does not set its ceiling"
	expect V.parent-raises EPERM "the owner's parent does not raise it"
	expect V.parent-frees EPERM "nor remove it"
	expect V.parent-lowers ok "but lowers it"
	expect V.cut '120000 120000' "which cuts the limits"
	expect V.lowered-above EPERM "and binds the owner"
	expect V.parent-back EPERM "for the parent there is no way back"
	expect V.wmem-parent ok "the parent sets the first ceiling below the host's limit"
	expect U.untouched '150000 0' "the parent's own ceilings are as they were"
	expect V.unshare-n 120000 "unshare -n inherits the ceiling"
	expect V.unshare-n-above EPERM "and does not escape it"
	expect V.unshare-Urn 120000 "unshare -Urn inherits the ceiling"
	expect V.unshare-Urn-above EPERM "and does not escape it"
	expect V.host-lifts 'ok ok' "the host's root lifts a ceiling"

	expect host.ceiling-set ok "the host's own namespace can have a ceiling"
	expect host.ceiling-uncut "$max $max" "which does not cut its limits"
	expect W.inherits 160000 "new namespaces inherit it"
	expect W.above EPERM "and are bound by it"
	expect W.limits '160000 160000' "and do not start above it"
}

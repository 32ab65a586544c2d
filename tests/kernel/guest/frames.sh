# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# For the scripts that run in a guest and send frames through a switch.  Source it
# after tests/probes/lib.sh.

# quiet_ns NAME...: vnets where nothing is sent but what the script sends, so that no
# address is learned but by it.
quiet_ns() {
	local ns
	echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
	for ns; do
		ip netns add "$ns"
		in_ns "$ns" sh -c 'echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6'
	done
}

# topology: the switch of the picture, with nothing learned; the ports are 1 to 3.
topology() {
	ip link add sw0 type vswitch
	ip link set dev sw0 up
	local ns n=0
	for ns in a b c; do
		n=$((n + 1))
		ip link add link sw0 name p$n netns $ns type vswport
		ip -n $ns link set dev p$n up
	done
}

# frames_at PORT...: from here on, "at REQUEST..." sends a frame by one of them.
frames_at() {
	local fd
	coproc "$PROBES/frames" "$@"
	exec {fd}<&"${COPROC[0]}"
	FRAMES_OUT=$fd
	exec {fd}>&"${COPROC[1]}"
	FRAMES_IN=$fd FRAMES_PID=$COPROC_PID
	# Or the probe would never see the end of its input.
	fd=${COPROC[1]}
	exec {fd}>&-
}
frames_end() {
	exec {FRAMES_IN}>&- {FRAMES_OUT}<&-
	wait "$FRAMES_PID" 2> /dev/null
}
at() {
	local out
	printf '%s\n' "$*" >&"$FRAMES_IN"
	read -r out <&"$FRAMES_OUT"
	printf '%s\n' "$out"
}

# vsw WORD...: the result of a request, and what the kernel says.
vsw() { "$PROBES/vsw" "$@" | sed -n 's/^result=//p; s/^message=//p' | paste -sd ' '; }
# count NS DEVICE NAME: a counter of ethtool -S.
count() { in_ns "$1" ethtool -S "$2" | sed -n "s/^ *$3: //p"; }
fdb() { "${@:2}" bridge fdb show dev "$1" | sed 's/ *$//' | sort | paste -sd ';'; }
# what COMMAND...: "ok", or what it complains of.
what() { local out; if out=$("$@" 2>&1); then echo ok; else sed -n 's/^Error: //p; s/^RTNETLINK answers: //p' <<< "$out" | paste -sd ' '; fi; }

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# For the guests of bench-switch: the ways from one vnet to another, and pktgen.
# Source it.

PROBES=${VNET_BUILD:?is set by bench-switch}/probes

# A station behind the receiving device, which is not that device: IPv4 there
# drops the frames before it looks at them.  There is no cheaper end.
STATION=02:00:5e:00:53:01
export STATION

fail() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }
in_ns() { nsenter --net="/run/netns/$1" "${@:2}"; }

# Nothing but what is sent here.
echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6

# new_vnet NAME
new_vnet() {
	ip netns add "$1"
	in_ns "$1" sh -c 'echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6'
}

# batch [VNET]: the commands of standard input, by one ip: to start a program takes
# User Mode Linux longer than what it does.
batch() { ip ${1:+-netns "$1"} -batch -; }

# way_WAY A N B...: a device in the vnet A, and one for each B, between which frames
# pass; FROM is the first's name, TO the others'.  N is a number that is in all names.

way_bridge() {
	local a=$1 n=$2 b i=0
	shift 2
	FROM=b$n.0 TO=()
	{
		printf 'link add br%s type bridge\n' "$n"
		printf 'link add name bp%s.0 type veth peer name %s netns %s\n' "$n" "$FROM" "$a"
		for b; do
			i=$((i + 1))
			printf 'link add name bp%s.%d type veth peer name b%s.%d netns %s\n' "$n" "$i" "$n" "$i" "$b"
		done
		for ((; i >= 0; i--)); do
			printf 'link set dev bp%s.%d master br%s up\n' "$n" "$i" "$n"
		done
		printf 'link set dev br%s up\n' "$n"
	} | batch
	for ((i = 1; i <= $#; i++)); do
		TO+=("b$n.$i")
	done
	bridge fdb add "$STATION" dev "bp$n.1" master static
}

way_veth() {
	FROM=v$2.0 TO=("v$2.1")
	ip -n "$1" link add "$FROM" type veth peer name "${TO[0]}" netns "$3"
}

# A list that says no to the last port there can be is one that has to be asked.
way_vswitch() {
	local a=$1 n=$2 b i=0
	shift 2
	FROM=p$n.0 TO=()
	{
		printf 'link add sw%s type vswitch\n' "$n"
		printf 'link add link sw%s name %s netns %s type vswport\n' "$n" "$FROM" "$a"
		for b; do
			i=$((i + 1))
			printf 'link add link sw%s name p%s.%d netns %s type vswport\n' "$n" "$n" "$i" "$b"
		done
	} | batch
	for ((i = 1; i <= $#; i++)); do
		TO+=("p$n.$i")
	done
	[[ $("$PROBES/vsw" deny switch="sw$n" number=1 to=1023) == result=ok* ]] ||
		fail "the allow-list of $FROM cannot be set"
	in_ns "$1" bridge fdb add "$STATION" dev "${TO[0]}" self static
}

# No way at all: what pktgen takes for a frame that is then dropped.
way_none() {
	FROM=none$2 TO=()
	ip -n "$1" link add "$FROM" type dummy
}

# The same, and what the receiving end takes, with nothing in between.
way_receive() { way_none "$@"; }

cases=0
declare -A CASE_TO BEFORE

# make_case CASE: see switch-guest.  Its vnets are a-CASE and b-CASE.
make_case() {
	local a=a-$1 b=b-$1 dev to
	to=("$b")
	[[ $1 != *+flood && $1 != *+bcast ]] || to=("$b" "$b" "$b" "$b" "$b" "$b" "$b" "$b")
	cases=$((cases + 1))
	new_vnet "$a"
	new_vnet "$b"
	"way_${1%%+*}" "$a" "$cases" "${to[@]}"
	[[ $1 != *+open ]] || "$PROBES/vsw" allow switch="sw$cases" number=1 to=1023 > /dev/null
	ip -n "$a" link set dev "$FROM" up
	for dev in "${TO[@]}"; do
		printf 'link set dev %s up\n' "$dev"
	done | batch "$b"
	CASE_TO[$1]=${TO[*]}
}

# received CASE: frames that came to the end, at all its devices.
# shellcheck disable=SC2016 # awk
received() {
	in_ns "b-$1" awk -v devices=" ${CASE_TO[$1]} " '
		split($0, part, ":") == 2 && index(devices, " " trim(part[1]) " ") {
			split(part[2], n, " ")
			sum += n[2]
		}
		function trim(s) { gsub(/ /, "", s); return s }
		END { printf "%d\n", sum }' /proc/self/net/dev
}
count_begin() { BEFORE[$1]=$(received "$1"); }
# count_end CASE FRAMES: that all have arrived, by every device.
count_end() {
	local to got
	read -ra to <<< "${CASE_TO[$1]}"
	got=$(($(received "$1") - BEFORE[$1]))
	((got >= $2 * ${#to[@]})) ||
		fail "$1: of $(($2 * ${#to[@]})) frames only $got arrived"
}

# pktgen_rounds DEVICE FRAMES SETTING...: in the sending vnet: sets pktgen up, then
# sends so many frames for each line that it reads, and prints the rate.  No program is
# run, because that takes User Mode Linux a millisecond.
# shellcheck disable=SC2317 # called in another shell
pktgen_rounds() {
	local dev=$1 frames=$2 setting line
	pg() { printf '%s\n' "$2" > "/proc/net/pktgen/$1"; }
	pg kpktgend_0 rem_device_all
	pg kpktgend_0 "add_device $dev"
	for setting in "count $frames" 'pkt_size 60' 'clone_skb 0' 'delay 0' \
		'dst_min 198.51.100.2' 'dst_max 198.51.100.2' \
		'src_min 192.0.2.1' 'src_max 192.0.2.1' "${@:3}" ${FLAG:+"$FLAG"}; do
		pg "$dev" "$setting"
	done
	while read -r; do
		pg pgctrl start
		while read -r line; do
			[[ $line =~ ([0-9]+)pps ]] && printf '%s\n' "${BASH_REMATCH[1]}"
		done < "/proc/net/pktgen/$dev"
	done
}
export -f pktgen_rounds

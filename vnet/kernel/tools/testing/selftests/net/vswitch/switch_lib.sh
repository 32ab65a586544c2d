# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Three hosts at one switch, which is a bridge or a vswitch: SWITCH says which, or
# the test is run on both.  What a test asks for and what it expects is the same.
#
#  +-- hosts --------------------------------------------+
#  |     h1                 h2                 h3        |
#  +-----|------------------|------------------|---------+
#        |                  |                  |
#  +-----|------------------|------------------|---------+
#  |  port 1             port 2             port 3       |
#  |                       sw0                      (sw) |
#  +-----------------------------------------------------+
#
# The bridge has veth pairs whose other ends are p1 to p3, in sw.  The ports of a
# vswitch are h1 to h3 themselves.  A host is a device that the program frames
# sends and receives frames by, with any address; host N has 02:00:5e:00:53:0N.

DIR=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
# shellcheck source=/dev/null
source "$DIR/../lib.sh"

: "${SWITCH:=both}"
# Programs to use instead: of tools/net/ynl/cli.py, see vs_do(); and of frames.
: "${VSW:=}"
: "${FRAMES:=$DIR/frames}"
# What else a bridge is made with, to see a test fail.
: "${BRIDGE:=}"

# How long after a frame an address may be refused a move, in seconds.
# shellcheck disable=SC2034 # tests use it
HOLD=0.2

# Made by setup_ns, and said by lib.sh.
hosts='' sw=''
: "${ksft_skip:=4}" "${ksft_fail:=1}" "${EXIT_STATUS:=0}"

# shellcheck disable=SC2034 # tests use them
ALL=ff:ff:ff:ff:ff:ff GROUP=01:00:5e:00:53:01

mac()
{
	printf '02:00:5e:00:53:%02x\n' "$1"
}

# Stations by number, and how many there have been: each test has new ones, so
# that what the switch learned before does not matter.
STATION=32

# new_station: its address is in S.
new_station()
{
	STATION=$((STATION + 1))
	# shellcheck disable=SC2034 # tests use it
	S=$(mac $STATION)
}

# switch_create [vlan]
switch_create()
{
	local vlan=${1:+1} n quiet out in

	setup_ns hosts sw || exit "$ksft_skip"
	quiet="net.ipv6.conf.default.disable_ipv6=1"
	ip netns exec "$hosts" sysctl -qw $quiet
	ip netns exec "$sw" sysctl -qw $quiet

	if [[ $SWITCH == bridge ]]; then
		echo "link add sw0 type bridge mcast_snooping 0 vlan_filtering ${vlan:-0} $BRIDGE"
		echo "link set dev sw0 up"
		for n in 1 2 3; do
			echo "link add p$n type veth peer name h$n netns $hosts"
			echo "link set dev p$n master sw0 up"
		done
	else
		echo "link add sw0 type vswitch"
		echo "link set dev sw0 up"
		for n in 1 2 3; do
			echo "link add link sw0 name h$n netns $hosts type vswport"
		done
	fi | ip -n "$sw" -batch - || exit "$ksft_skip"
	for n in 1 2 3; do
		echo "link set dev h$n address $(mac $n) up"
	done | ip -n "$hosts" -batch -
	SWITCH_INDEX=$(ip -n "$sw" -o link show dev sw0 | cut -d: -f1)
	if [[ $SWITCH == vswitch && $vlan ]]; then
		vs_do switch-set "ifindex=$SWITCH_INDEX" vlan-aware=1
	fi

	coproc ip netns exec "$hosts" "$FRAMES" h1 h2 h3
	out=${COPROC[0]} in=${COPROC[1]}
	exec {FRAMES_OUT}<&"$out" {FRAMES_IN}>&"$in"
	# Or the program would not see the end of its input.
	exec {in}>&-
}

switch_destroy()
{
	exec {FRAMES_IN}>&- {FRAMES_OUT}<&-
	wait
	cleanup_ns "$hosts" "$sw"
}

### What only a vswitch is asked, by generic netlink

# vs_do OPERATION KEY=VALUE...
vs_do()
{
	local op=$1 pair json="" top=${DIR%/tools/testing/*}

	shift
	if [[ $VSW ]]; then
		ip netns exec "$sw" "$VSW" "$op" "${@/#ifindex=/switch=}" |
			grep -qx 'result=ok'
		return
	fi
	for pair; do
		json+="${json:+, }\"${pair%%=*}\": ${pair#*=}"
	done
	ip netns exec "$sw" python3 "$top/tools/net/ynl/cli.py" --no-schema \
		--spec "$top/Documentation/netlink/specs/vswitch.yaml" \
		--do "$op" --json "{$json}" >/dev/null
}

# vs_port OPERATION N KEY=VALUE...
vs_port()
{
	vs_do "$1" "switch=$SWITCH_INDEX" "number=$2" "${@:3}"
}

### The same for both

# port_flag N FLAG on|off: learning, flood, mcast_flood, bcast_flood, isolated or
# locked.
port_flag()
{
	local -A bits=([learning]=1 [flood]=2 [mcast_flood]=4 [bcast_flood]=8
		       [isolated]=16 [locked]=32)
	local bit=${bits[$2]} value=0

	if [[ $SWITCH == bridge ]]; then
		bridge -n "$sw" link set dev "p$1" "$2" "$3"
		return
	fi
	[[ $3 == off ]] || value=$bit
	vs_port port-set "$1" "flags=$value" "flags-mask=$bit"
}

# port_access N VID: untagged in this VLAN, and in no other.
port_access()
{
	if [[ $SWITCH == bridge ]]; then
		bridge -n "$sw" vlan del dev "p$1" vid 1-4094
		bridge -n "$sw" vlan add dev "p$1" vid "$2" pvid untagged
	else
		vs_port port-set "$1" "access=$2"
	fi
}

# port_trunk N NATIVE VID...: tagged in these, untagged in NATIVE; 0 for none.
port_trunk()
{
	local n=$1 native=$2 vid bits

	shift 2
	if [[ $SWITCH == bridge ]]; then
		bridge -n "$sw" vlan del dev "p$n" vid 1-4094
		for vid; do
			bridge -n "$sw" vlan add dev "p$n" vid "$vid"
		done
		if ((native)); then
			bridge -n "$sw" vlan add dev "p$n" vid "$native" \
				pvid untagged
		fi
		return
	fi
	bits=$(IFS=,; echo "$*")
	[[ $VSW ]] || bits=$(python3 -c '
import sys
vids = sum(1 << int(v) for v in sys.argv[1].split(","))
print("\"" + vids.to_bytes(512, "little").hex() + "\"")' "$bits")
	vs_port port-set "$n" "native=$native" "vids=$bits"
}

# fdb add|del N MAC [WORD]...: an entry at a port.
fdb()
{
	if [[ $SWITCH == bridge ]]; then
		bridge -n "$sw" fdb "$1" "$3" dev "p$2" master "${@:4}"
	else
		bridge -n "$hosts" fdb "$1" "$3" dev "h$2" self "${@:4}"
	fi
}

# fdb_has N MAC [WORD]: whether the table has it at this port.
fdb_has()
{
	local entries

	if [[ $SWITCH == bridge ]]; then
		entries=$(bridge -n "$sw" fdb show dev "p$1" | grep master)
	else
		entries=$(bridge -n "$hosts" fdb show dev "h$1")
	fi
	grep "^$2 " <<<"$entries" | grep -q -- "${3:-}"
}

### Frames

# frame N DESTINATION [SOURCE [VID]]: send one from host N, with its own address
# unless another is named, and print who received it: "h2 h3@10", or "-".
frame()
{
	local out

	echo "h$1 $2 ${3:-$(mac "$1")} ${4:-}" >&"$FRAMES_IN"
	read -r out <&"$FRAMES_OUT"
	echo "$out"
}

# station N MAC [VID]: a station of that address is now at host N, and sends.
station()
{
	frame "$1" "$ALL" "$2" "${3:-}" >/dev/null
}

# expect WANT GOT WHAT
expect()
{
	[[ $1 == "$2" ]] && return
	RET=$ksft_fail
	# shellcheck disable=SC2034 # log_test shows it
	retmsg="$3: got '$2', want '$1'"
}

# run_tests [vlan] TEST...: on a switch of each kind.
run_tests()
{
	local vlan="" kind t kinds=(bridge vswitch)

	if [[ $1 == vlan ]]; then
		vlan=vlan
		shift
	fi
	[[ $SWITCH == both ]] || kinds=("$SWITCH")
	for kind in "${kinds[@]}"; do
		SWITCH=$kind
		switch_create $vlan
		for t; do
			# shellcheck disable=SC2034 # log_test reads them
			RET=0 retmsg=
			new_station
			"$t"
		done
		switch_destroy
	done
	exit "$EXIT_STATUS"
}

trap cleanup_all_ns EXIT

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# For the scripts that run in a guest, as its root: acting and looking from
# several places, and telling what was seen.  Source it; it only finds the probes.
#
# A place is given as the last arguments, the words that go before a command to
# run it there: none for the guest's first namespace, the "host" of the others;
# "in_ns a", "as_owner PID", "host_in PID", "parent_in PARENT PID", as below.

VNET_TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
PROBES_MADE=${VNET_BUILD:-$VNET_TOP/build}/probes
[[ -x $PROBES_MADE/put ]] || {
	echo "there are no probes in $PROBES_MADE: run 'make -C tests/probes'" >&2
	exit 1
}
# Ordinary users run them too, and the project may be where those may not look,
# such as /root.  The guest's /tmp goes with the guest.
PROBES=$(mktemp -d /tmp/probes.XXXXXX) && chmod 755 "$PROBES" &&
	cp "$PROBES_MADE"/* "$PROBES" || exit 1

# in_ns NAME COMMAND...: in the network namespace that 'ip netns' calls NAME.
# ('ip netns exec' would mount /sys anew each time.)
in_ns() { nsenter --net="/run/netns/$1" "${@:2}"; }

# as_user COMMAND...: as an ordinary user.
as_user() { setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; }

# as_owner PID COMMAND...: in the user and network namespaces of PID, which
# as_user made, as their root.
as_owner() { as_user nsenter -t "$1" -U -n --preserve-credentials "${@:2}"; }

# host_in PID COMMAND...: in PID's network namespace, with the host's privilege.
host_in() { nsenter -t "$1" -n "${@:2}"; }

# parent_in PARENT PID COMMAND...: in PID's network namespace, as root of
# PARENT's user namespace.
parent_in() {
	as_user nsenter -t "$1" -U --preserve-credentials \
		nsenter -t "$2" -n "${@:3}"
}

# say KEY VALUE: one observation, for the test that started the guest.
say() { printf '%s=%s\n' "$1" "$2"; }

# field KEY: its value among the key=value lines of standard input.
field() { sed -n "s/^$1=//p"; }

# get NAME [PLACE...]: a sysctl of net.core, or "none".
get() { "${@:2}" cat "/proc/sys/net/core/$1" 2> /dev/null || echo none; }

# put NAME VALUE [PLACE...]: set a sysctl of net.core; prints ok or the error.
put() { "${@:3}" "$PROBES/put" "/proc/sys/net/core/$1" "$2"; }

# sockbuf KEY RCV SND [PLACE...]: one line of what a socket there gets.
sockbuf() { "${@:4}" "$PROBES/sockbuf" --rcv "$2" --snd "$3" | field "$1"; }

# lease COUNT [PLACE...]: lease labels there and return them at once; prints
# how many there were, and the error, if any, that ended it.
lease() {
	"${@:2}" "$PROBES/fl-lease" --count "$1" |
		sed -n 's/^leased=//p; s/^errno=\([A-Z]\)/\1/p' | paste -sd ' '
}

# labels [PLACE...]: how many labels /proc lists there.
labels() { "$@" sed 1d /proc/net/ip6_flowlabel | wc -l; }

# stay COMMAND...: run COMMAND, an unshare, with a process that stays in what it
# made; its pid comes in STAY_PID.
stay() {
	local out
	exec {out}< <("$@" sh -c 'echo $$; exec sleep 600 > /dev/null')
	# shellcheck disable=SC2034 # the caller has it
	read -r STAY_PID <&"$out"
	exec {out}<&-
}

# hold COUNT [PLACE...]: lease labels there and keep them until HELD_PID is
# killed; the labels come in HELD, the error in HELD_ERRNO.
hold() {
	local out line
	# A pipe with both ends here: the probe waits for its end, which never comes.
	[[ -n ${HOLD_IN:-} ]] || exec {HOLD_IN}<> <(:)
	exec {out}< <("${@:2}" "$PROBES/fl-lease" --count "$1" --hold <&"$HOLD_IN")
	HELD_PID='' HELD=0 HELD_ERRNO=EOF
	# shellcheck disable=SC2034 # the caller has them
	while read -r line <&"$out"; do
		case $line in
		pid=*) HELD_PID=${line#*=} ;;
		leased=*) HELD=${line#*=} ;;
		errno=*) HELD_ERRNO=${line#*=}; break ;;
		esac
	done
	exec {out}<&-
}
# release PID...: end holds and stays.
release() {
	local pid
	kill "$@"
	for pid; do
		until_is "" 10 ls -d "/proc/$pid" > /dev/null 2>&1
	done
}

# until_is WANT SECONDS COMMAND...: wait until COMMAND prints WANT; prints what it
# printed last.
until_is() {
	local want=$1 end=$((SECONDS + $2)) got
	shift 2
	while got=$("$@"); [[ $got != "$want" ]] && ((SECONDS < end)); do
		sleep 0.2
	done
	echo "$got"
}

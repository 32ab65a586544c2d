# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# For the scripts that run the probe vsw-chaos in a guest, and look what is left of
# it.  Source it after tests/probes/lib.sh.
# shellcheck source=tests/kernel/guest/memory.sh
. "$(dirname "$0")/memory.sh"

# A device that is asked for by name and is not there would be a module to load.
echo > /proc/sys/kernel/modprobe

# Frames that go round in a loop, of switches or of bridges, take all the time that there is,
# most of it where somebody enables softirqs.  A debug kernel is so slow at it that nothing
# else would get its turn: it takes few of them at a time.
if [[ -e /sys/kernel/debug/kmemleak ]]; then
	echo 1 > /proc/sys/net/core/netdev_budget
	echo 4 > /proc/sys/net/core/dev_weight
fi

# chaos KEY MODE SEED OPS SECONDS: what it prints, as KEY.NAME=VALUE, and KEY.status.
chaos() {
	"$PROBES/vsw-chaos" --mode "$2" --seed "$3" --ops "$4" --seconds "$5" --traffic > /tmp/chaos
	say "$1.status" $?
	sed "s/^/$1./" /tmp/chaos
}

# devices: how many there are of a switch, in the namespaces that have a name or where
# a process is, this one's first.
devices() {
	{
		ip -d -o link
		ip -all netns exec ip -d -o link
	} | grep -cE ' vswitch | vswport '
}

# left KEY: what is left, when all that was deleted has had time to go.
left() {
	say "$1.namespaces" "$(until_is 1 30 namespaces)"
	say "$1.devices" "$(devices)"
	sleep 1
	say "$1.slab" "$(grown 40)"
}

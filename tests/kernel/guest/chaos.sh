# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# For the scripts that run the probe vsw-chaos in a guest, and look what is left of
# it.  Source it after tests/probes/lib.sh.

# A device that is asked for by name and is not there would be a module to load.
echo > /proc/sys/kernel/modprobe

# chaos KEY MODE SEED OPS SECONDS: what it prints, as KEY.NAME=VALUE, and KEY.status.
chaos() {
	"$PROBES/vsw-chaos" --mode "$2" --seed "$3" --ops "$4" --seconds "$5" --traffic > /tmp/chaos
	say "$1.status" $?
	sed "s/^/$1./" /tmp/chaos
}

# Slab caches keep free objects at hand, and count those of a processor's own slab as
# used: have them let go.
shrink() {
	local f
	for f in "$@"; do echo 1 > "$f"; done
}

# A namespace is freed when the next one is destroyed: there is one more, and that is
# then the one still to be freed.
namespaces() {
	"$PROBES/netns-churn" > /dev/null
	sleep 0.3
	shrink /sys/kernel/slab/net_namespace/shrink
	awk '$1 == "net_namespace" { print $2 }' /proc/slabinfo
}

# devices: how many there are of a switch, in the namespaces that have a name or where
# a process is, this one's first.
devices() {
	{
		ip -d -o link
		ip -all netns exec ip -d -o link
	} | grep -cE ' vswitch | vswport '
}

# snapshot FILE: objects in use in every cache.  What comes with looking at files is
# dropped first.  vmap_area is left out: ranges given back are kept until there are
# many.
snapshot() {
	echo 3 > /proc/sys/vm/drop_caches
	shrink /sys/kernel/slab/*/shrink
	awk 'NR > 2 && $1 != "vmap_area" { print $1, $2, $5 }' /proc/slabinfo | sort > "$1"
}

# grown: caches that have more objects than in the snapshot /tmp/base, by more than 40
# and than a slab for each processor, which it may have taken again since shrink.  What
# RCU has let go since passes, and is looked at again; a leak stays.
grown() {
	local slab n
	for n in 1 2 3 4 5; do
		((n == 1)) || sleep 1
		snapshot /tmp/now
		slab=$(join /tmp/base /tmp/now | awk -v cpus="$(nproc)" '
			$4 - $2 > 40 + cpus * $3 { printf "%s%s+%d", sep, $1, $4 - $2; sep = " " }')
		[[ -n $slab ]] || break
	done
	printf '%s' "$slab"
}

# left KEY: what is left, when all that was deleted has had time to go.
left() {
	say "$1.namespaces" "$(until_is 1 30 namespaces)"
	say "$1.devices" "$(devices)"
	sleep 1
	say "$1.slab" "$(grown)"
}

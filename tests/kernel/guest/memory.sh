# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# For the scripts that look what memory the kernel has not got back, in a guest: how many
# namespaces there are, and which slab caches have grown.  Source it after
# tests/probes/lib.sh.

# Slab caches keep free objects at hand, and count those of a processor's own
# slab as used: have them let go, so that little more is counted than is in use.
shrink() {
	local f
	for f in "$@"; do echo 1 > "$f"; done
}

# The kernel frees a struct net when it destroys the next namespace: so there is
# one more, and that is then the one still to be freed.
namespaces() {
	"$PROBES/netns-churn" > /dev/null
	sleep 0.3
	shrink /sys/kernel/slab/net_namespace/shrink
	awk '$1 == "net_namespace" { print $2 }' /proc/slabinfo
}

# snapshot FILE: objects in use in every cache, and memory that is no cache's.
# dentries and inodes come with looking at files; they are dropped first.
# vmap_area is left out: address ranges given back are kept until there are many;
# VmallocUsed tells what is in use.  So does percpu_stats of per-CPU memory, where Percpu
# of /proc/meminfo has whole pages, as many as were needed at once, and holes in them.
# Nor is what a debug kernel keeps to note objects in (debug_objects_cache, kmemleak_object):
# it gives that back when it likes, and who leaks the objects shows by theirs.
snapshot() {
	echo 3 > /proc/sys/vm/drop_caches
	shrink /sys/kernel/slab/*/shrink
	{
		awk 'NR > 2 && $1 !~ /^(vmap_area|debug_objects_cache|kmemleak_object)$/ { print $1, $2, $5 }' /proc/slabinfo
		awk -v page="$(($(getconf PAGESIZE) / 1024))" '
			FILENAME == "/proc/slabinfo" { if ($1 ~ /^(debug_objects_cache|kmemleak_object)$/) own += $15 * $6 * page; next }
			/^SUnreclaim:/ { $2 -= own }
			/^(SUnreclaim|VmallocUsed):/ { print "memory:" $1, $2 }' /proc/slabinfo /proc/meminfo
		awk '
			{ n[$1] += $3 }
			END {
				print "percpu_allocations", n["nr_cur_alloc"], 0
				print "memory:percpu:", int((n["nr_chunks"] * n["unit_size"] - n["free_bytes"]) / 1024)
			}' /sys/kernel/debug/percpu_stats
	} | sort > "$1"
}

# grown MOST: caches that have more objects than in the snapshot /tmp/base, by more than
# MOST and than a slab for each processor: it may have taken one again since shrink, all
# of whose objects (third column) are counted as used.  So are those of slabs in which it
# freed objects since, when RCU has let them go: that passes, and is looked at again; a
# leak stays.  Per-CPU allocations are looked at like one more cache.  Leaves the last
# snapshot in /tmp/now.
grown() {
	local slab n
	for n in {1..12}; do
		((n == 1)) || sleep 1
		snapshot /tmp/now
		slab=$(join /tmp/base /tmp/now | awk -v most="$1" -v cpus="$(nproc)" '
			$1 !~ /^memory:/ && $4 - $2 > most + cpus * $3 {
				printf "%s%s+%d", sep, $1, $4 - $2
				sep = " "
			}')
		[[ -n $slab ]] || break
	done
	printf '%s' "$slab"
}

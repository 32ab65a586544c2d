#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A kernel whose variables are members of structs has none of the globals left: not as
# a symbol of the object that defined it, nor as a static of a function in there.
# VNET_TEST_KERNEL: which one, structs (the default) or vnet.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

kernel=${VNET_TEST_KERNEL:-structs}
built=${VNET_BUILD:-$VNET_TOP/build}/$kernel/um
[[ -x $built/linux ]] || skip_all "no $kernel kernel for um: scripts/build $kernel um"

# converted: "name file" of each variable that the series converts and an object has by
# itself; a member of an object that goes by a macro has no symbol.
converted() {
	awk -F'\t' '/^#/ || $1 == "variable" { next }
		$6 == "per-vnet" && $2 != "-" && $8 !~ /as:/ {
			sub(/\..*/, "", $1)
			if (!seen[$1 " " $3]++) print $1, $3
		}' "$VNET_TOP/vnet/variables.tsv"
}

# left DIR: "file name" of what objects below it still have; the number of variables that
# were looked for goes to $TEST_TMP/looked.  A static of a function is name.NUMBER.
left() {
	local name file object looked=0
	while read -r name file; do
		object=$1/${file%.c}.o
		[[ -s $object ]] || continue
		looked=$((looked + 1))
		[[ -s $TEST_TMP/nm/$object ]] || {
			mkdir -p "$TEST_TMP/nm/${object%/*}"
			nm "$object" > "$TEST_TMP/nm/$object"
		}
		awk -v name="$name" -v file="$file" '
			$NF == name || index($NF, name ".") == 1 && substr($NF, length(name) + 2) ~ /^[0-9]+$/ {
				if ($(NF - 1) ~ /^[bBdDrRsSgGCuUV]$/) { print file, name; exit }
			}' "$TEST_TMP/nm/$object"
	done < <(converted)
	echo "$looked" > "$TEST_TMP/looked"
}

is "$(left "$built")" '' "$kernel: no converted variable is a symbol"
looked=$(< "$TEST_TMP/looked")
ok "$looked variables were looked for"
((looked >= 180)) || not_ok 'which are as good as all'

# Every module has its instance, where its home is compiled.
missing=''
while IFS=$'\t' read -r module _ _ _ _ home _; do
	[[ $module != '#'* && $module != module && -s $built/${home%.c}.o ]] || continue
	nm "$built/${home%.c}.o" | grep -qw "vnet_${module}_0" ||
		nm "$built/${home%.c}.o" | grep -qw "vnet_${module}_pcpu_0" || missing+=" $module"
done < "$VNET_TOP/vnet/modules.tsv"
is "$missing" '' 'every module has an instance'

# What still has the globals is found: a global, a static, one of a function, a per-CPU one.
mkdir -p "$TEST_TMP/old/net/core" "$TEST_TMP/old/net/xfrm" "$TEST_TMP/old/net/ipv4"
compiled() { "${CC:-gcc}" -O1 -w -x c -c -o "$TEST_TMP/old/${1%.c}.o" - || bail_out "no compiler"; }
compiled net/core/sock.c <<< 'int sysctl_wmem_max = 1; int vnet_core_0;'
compiled net/core/link_watch.c <<< 'static unsigned long linkwatch_flags; long f(void) { return linkwatch_flags++; }'
compiled net/xfrm/xfrm_state.c <<< 'int f(void) { static int acqseq; return acqseq++; }'
compiled net/ipv4/icmp.c <<< 'static __attribute__((section(".data..percpu"))) void *ipv4_icmp_sk = &ipv4_icmp_sk; void *f(void) { return ipv4_icmp_sk; }'
is "$(left "$TEST_TMP/old" | sort)" 'net/core/link_watch.c linkwatch_flags
net/core/sock.c sysctl_wmem_max
net/ipv4/icmp.c ipv4_icmp_sk
net/xfrm/xfrm_state.c acqseq' 'objects with globals are found'
done_testing

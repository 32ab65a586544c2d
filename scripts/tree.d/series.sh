# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # variables are shared with the tools
#
# patches/ and its series file, read the way quilt reads them.
# Source it after lib.sh.

VNET_PATCHES=$VNET_TOP/patches

# series_recover: an export that was killed between taking the old patches/
# away and putting the new one there is undone.
series_recover() {
	[[ -e $VNET_PATCHES ]] || [[ ! -d $VNET_TOP/.patches.old ]] ||
		mv "$VNET_TOP/.patches.old" "$VNET_PATCHES"
}

# series_read: PATCHES, the files of the series relative to patches/, in order;
# SUMS, the SHA-256 of each.
series_read() {
	local line path opt
	PATCHES=() SUMS=()
	local -A seen=()
	[[ -z $VNET_KERNEL ]] || return 0	# its series is a branch, and in no files
	[[ -f $VNET_PATCHES/series ]] || {
		[[ ! -d $VNET_PATCHES ]] ||
			die "patches/series is missing: restore it ('git checkout patches/series')"
		return 0
	}
	while IFS= read -r line || [[ -n $line ]]; do
		line=${line%%[[:space:]]#*}
		[[ $line == '#'* ]] && continue
		read -r path opt <<< "$line"
		[[ -n $path ]] || continue
		[[ -z $opt || $opt == -p1 ]] ||
			die "patches/series: $path: only patches for -p1 can be applied, not '$opt'"
		[[ -f $VNET_PATCHES/$path ]] ||
			die "patches/series names $path, which is not in patches/"
		[[ -z ${seen[$path]:-} ]] || die "patches/series names $path twice"
		seen[$path]=1
		PATCHES+=("$path")
	done < "$VNET_PATCHES/series"
	((${#PATCHES[@]})) || return 0
	mapfile -t SUMS < <(cd "$VNET_PATCHES" && sha256sum -- "${PATCHES[@]}" | cut -c1-64)
	((${#SUMS[@]} == ${#PATCHES[@]})) || die "cannot read every patch of the series"
}

# patch_id PATH: the id NNNN-slug of a step, from its patch.
patch_id() { local id=${1##*/}; printf '%s' "${id%.patch}"; }

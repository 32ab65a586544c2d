#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The series on another of Debian's point releases of 6.12, given as a user gives
# a source of their own: it applies, or each hunk that does not is named; and the
# given source is what it was.  The release is the nearest that apt has, other
# than the tested one, and is fetched once.

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

build=${VNET_BUILD:-$VNET_TOP/build}
read -r tested < "$VNET_TOP/vnet/source-version"
package=linux-source-6.12

# The versions that are in the cache or that apt has, one per upstream version.
others=$({
	find "$build/cache" -maxdepth 1 -name "${package}_*" -printf '%f\n' 2> /dev/null | cut -d _ -f 2
	apt-cache madison "$package" 2> /dev/null | awk -F ' *[|] *' '/Packages/ { print $2 }'
} | grep -v "^${tested%%-*}-" | sort -Vru)
[[ -n $others ]] || skip_all "there is no other $package than $tested to be had"
version=$(head -n 1 <<< "$others")
note "$package $version"

tarball=$("$VNET_TOP/scripts/packages" --fetch-source "$version" 2> "$TEST_TMP/fetch") ||
	skip_all "$package $version cannot be fetched: $(tail -n 1 "$TEST_TMP/fetch")"

# Two gigabytes: beside the other builds, not in /tmp.
work=$build/point-release
rm -rf "$work"
mkdir -p "$work"
# shellcheck disable=SC2016 # when the test ends
at_end 'rm -rf "$work"'
tar --no-same-owner -C "$work" -xf "$tarball" || bail_out "$tarball cannot be unpacked"
ksrc=$work/$package

checksum() {
	(cd "$ksrc" && { find . -printf '%P %M %T@ %l\n' | sort
		find . -type f -print0 | sort -z | xargs -0 cat; } | sha256sum)
}
before=$(checksum)
files=$(find "$ksrc" -type f -o -type l | wc -l)
steps=$(grep -c '^[^#]' "$VNET_TOP/patches/series")

export VNET_BUILD=$work/build
TAP_STATUS=0
"$VNET_TOP/scripts/tree" --ksrc "$ksrc" > "$TEST_TMP/stdout" 2> "$TEST_TMP/stderr" || TAP_STATUS=$?
is "$(checksum)" "$before" "the given $version is untouched"
if ((TAP_STATUS == 0)); then
	ok "the series applies to $version"
	is "$(git -C "$VNET_BUILD/linux" rev-list --count stock..main)" "$steps" "all $steps steps of it"
	is "$(git -C "$VNET_BUILD/linux" ls-tree -r --name-only stock | wc -l)" "$files" \
		'every file of the source is in the root commit'
else
	is "$TAP_STATUS" 1 "the series does not apply to $version"
	diag "$(stderr)"
	like "$(stderr)" 'step [0-9]{4}-[A-Za-z0-9_.-]+ does not apply' 'the step is named'
	like "$(stderr)" $'\n''  [^ ]+: (hunk [0-9]+ of [0-9]+: @@|the step (changes|adds) this file)' \
		'so are file and hunk'
	is "$(find "$VNET_BUILD" -maxdepth 1 -name linux -o -maxdepth 1 -name '.scratch*')" '' \
		'and nothing half done is left'
fi

done_testing

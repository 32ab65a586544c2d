# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# The project's small C programs (vnet/tools), compiled when they are needed.
# Needs lib.sh.

VNET_TOOLS=${VNET_TOOLS:-$VNET_BUILD/tools}

# tool NAME LIBRARY... -- SOURCE...: compile it unless it is there and newer.
tool() {
	local name=$1 libs=() f old=''
	shift
	while [[ $1 != -- ]]; do libs+=("$1"); shift; done
	shift
	for f in "$@" "${1%/*}"/*.h; do
		[[ ! -e $f || $VNET_TOOLS/$name -nt $f ]] || old=1
	done
	[[ -n $old ]] || return 0
	mkdir -p "$VNET_TOOLS"
	"${CC:-gcc}" -std=gnu11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror \
		-o "$VNET_TOOLS/$name.$$" "$@" "${libs[@]}" ||
		die "$name cannot be compiled: are gcc and the libraries (${libs[*]}) installed" \
			"(scripts/packages)?"
	mv "$VNET_TOOLS/$name.$$" "$VNET_TOOLS/$name"
}

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# The small C programs that prove uses, and what its verdicts depend on.

PROVE_TOOLS=${PROVE_TOOLS:-$VNET_BUILD/tools}
PROVE_D=$VNET_TOP/scripts/prove.d
export PROVE_TOOLS

# tool NAME LIBRARY... -- SOURCE...: compile it unless it is there and newer.
tool() {
	local name=$1 libs=() f old=''
	shift
	while [[ $1 != -- ]]; do libs+=("$1"); shift; done
	shift
	for f in "$@" "${1%/*}"/*.h; do
		[[ ! -e $f || $PROVE_TOOLS/$name -nt $f ]] || old=1
	done
	[[ -n $old ]] || return 0
	mkdir -p "$PROVE_TOOLS"
	"${CC:-gcc}" -std=gnu11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror \
		-o "$PROVE_TOOLS/$name.$$" "$@" "${libs[@]}" ||
		die "$name cannot be compiled: are gcc and libelf-dev installed (scripts/packages)?"
	mv "$PROVE_TOOLS/$name.$$" "$PROVE_TOOLS/$name"
}

make_tools() {
	local dir=$VNET_TOP/vnet/tools
	tool objcmp -lelf -- "$dir"/objcmp/*.c
	tool cppkey -- "$dir/cppkey.c"
}

# What a verdict depends on beside the source: with the same compiler and the
# same tools it is the same.  How results are printed does not matter.
compiler_id() {
	{ "${CC:-gcc}" --version; as --version; ld --version; } | grep -i '^[a-z]* .*[0-9]\.'
}
tool_id() {
	local d=$PROVE_D
	cat "$d"/{cc,cc-miss,states,place,coverage} "$d"/*.tcl "$d"/{build,judge,cumulative}.sh \
		"$VNET_TOP"/scripts/build.d/{flags,configure} \
		"$VNET_TOP"/vnet/tools/{objcmp/*,cppkey.c} | sha256sum | cut -c1-32
}

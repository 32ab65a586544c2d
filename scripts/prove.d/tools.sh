# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# The small C programs that prove uses, and what its verdicts depend on.

PROVE_D=$VNET_TOP/scripts/prove.d
# shellcheck source=scripts/tool.sh
. "$VNET_TOP/scripts/tool.sh"
export VNET_TOOLS	# for cc-miss

make_tools() {
	local dir=$VNET_TOP/vnet/tools
	local CC=gcc	# that of the kernel may be another
	tool objcmp -lelf -- "$dir"/objcmp/*.c
	tool cppkey -- "$dir/cppkey.c"
}

# What a verdict depends on beside the source: with the same compiler and the
# same tools it is the same.  How results are printed does not matter.
# compiler_id COMPILER
compiler_id() {
	{ "$1" --version; as --version; ld --version; } | grep -i '^[a-z]* .*[0-9]\.'
}
tool_id() {
	local d=$PROVE_D
	cat "$d"/{cc,cc-miss,states,place,coverage} "$d"/*.tcl "$d"/{build,judge,cumulative}.sh \
		"$VNET_TOP"/scripts/build.d/{flags,configure} \
		"$VNET_TOP"/vnet/tools/{objcmp/*,cppkey.c} | sha256sum | cut -c1-32
}

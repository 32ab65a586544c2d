#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: scripts/layout says of a struct what is true of it.
#
#  - Objects with structs of known sizes, holes and padding, by the names of real modules.
#  - Controls: a struct of another name is not counted, a module that is not compiled is
#    named, objects without DWARF are an error.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

type pahole > /dev/null 2>&1 || skip_all "pahole is missing: run 'make setup'"
# shellcheck disable=SC2317 # called by what tests
layout() { "$VNET_TOP/scripts/layout" --objects "$TEST_TMP/o" "$@"; }
mkdir -p "$TEST_TMP/o/net/core" "$TEST_TMP/o/net/ipv4"

# compiled OBJECT [OPTION...]: from standard input.
compiled() {
	local object=$1
	shift
	"${CC:-gcc}" -w "$@" -x c -c -o "$TEST_TMP/o/$object" - || bail_out 'the compiler fails'
}
# rows: of the result, a line each.
rows() {
	stdout | jq -r '.structs[] | [.module, .kind, .struct, .bytes, .lines, .members, .holes, .hole_bytes, .padding]
		| map(tostring) | join(" ")'
}

compiled net/core/sock.o -g <<'END'
struct vnet_core { char a; long b; int c; } vnet_core_0;
struct netns_vnet { void *instance[3]; } n;
struct vnet_other { int a; } vnet_other_0;
END
compiled net/ipv4/tcp.o -g <<'END'
struct vnet_tcp_pcpu { int a[3]; } vnet_tcp_pcpu_0;
struct vnet_tcp { struct vnet_tcp_pcpu *pcpu; long a __attribute__((aligned(64))); } vnet_tcp_0;
END
compiled net/ipv4/sysctl_net_ipv4.o -g <<'END'
struct vnet_tcp_sysctl { struct { int a : 3; int b : 4; } f; union { char c; long d; } g; char e; } vnet_tcp_sysctl_0;
END
compiled net/ipv4/udp.o -g <<< 'int no_struct;'
run_ok 'a result' layout --json
is "$(rows)" 'core vnet vnet_core 24 1 3 1 7 4
tcp_sysctl vnet vnet_tcp_sysctl 24 1 3 1 4 7
tcp vnet vnet_tcp 128 2 2 1 56 56
tcp pcpu vnet_tcp_pcpu 12 1 1 0 0 0
- net netns_vnet 24 1 1 0 0 0' 'bytes, lines, holes and padding of each module that is compiled, and of no other struct'
is "$(stdout | jq -c '.total | [.structs, .bytes, .lines, .hole_bytes, .padding, .pcpu_structs, .pcpu_bytes, .net_bytes]')" \
	'[3,176,4,67,67,1,12,24]' 'and the sums'
is "$(stdout | jq -c '[.without[] | select(. == ("core", "tcp", "udp", "tstamp"))]')" \
	'["tstamp","udp"]' 'modules without a struct are named, and no others'
run_ok 'for people' layout
like "$(stdout)" 'vnet_tcp +128 +2 +2 +1 +56 +56' 'the same'
like "$(stdout)" 'a vnet: 176 bytes in 3 structs, which take 4 cache lines; 12 bytes in 1 on each processor; 24 in struct net' \
	'and the sums'
like "$(stdout)" 'no struct is compiled of:.* udp ' 'and what is not compiled'
run_ok 'one module' layout tcp
like "$(stdout)" 'struct vnet_tcp_pcpu \*' 'its members'
unlike "$(stdout)" 'vnet_core' 'and no others'
status_is 1 'a module that is not compiled' layout udp
like "$(stderr)" 'has no struct vnet_udp' 'is said to have none'
status_is 2 'an unknown module' layout nonesuch
like "$(stderr)" "no such module: nonesuch" 'is said'
status_is 2 'members as JSON' layout --json tcp
status_is 2 'an unknown option' layout --bad
run_ok 'help' layout --help
status_is 2 'a directory that is not there' "$VNET_TOP/scripts/layout" --objects "$TEST_TMP/none"

rm -r "$TEST_TMP/o/net"
mkdir -p "$TEST_TMP/o/net/core"
compiled net/core/sock.o <<< 'struct vnet_core { int a; } vnet_core_0;'
status_is 1 'objects without DWARF' layout
like "$(stderr)" 'was it compiled with DWARF' 'are said to be such'
done_testing

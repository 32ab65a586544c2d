# SPDX-License-Identifier: GPL-2.0-only
# The result of scripts/layout, for a terminal.

def left($n): . + " " * ([$n - length, 0] | max);
def right($n): tostring | " " * ([$n - length, 0] | max) + .;
def row: (.[0] | left(24)) + ([.[1:][] | right(10)] | join(""));
(["struct", "bytes", "lines", "members", "holes", "in holes", "padding"] | row),
(.structs[] | [.struct, .bytes, .lines, .members, .holes, .hole_bytes, .padding] | row),
(if .without | length > 0 then "no struct is compiled of: \(.without | join(" "))" else empty end),
"a vnet: \(.total.bytes) bytes in \(.total.structs) structs, which take \(.total.lines) cache lines; \(.total.pcpu_bytes) bytes in \(.total.pcpu_structs) on each processor"
	+ (if .total.net_bytes > 0 then "; \(.total.net_bytes) in struct net" else "" end)

# SPDX-License-Identifier: GPL-2.0-only
# The result of scripts/layout: one object, from a line per struct (fields parted by tabs:
# module, struct, kind, and what layout.d/measure says of it) and one per module without
# any (the module).

[inputs | split("\t")] as $lines |
[$lines[] | select(length > 1) | {
	module: .[0], struct: .[1], kind: .[2],
	bytes: (.[3] | tonumber), lines: (.[4] | tonumber), members: (.[5] | tonumber),
	holes: (.[6] | tonumber), hole_bytes: (.[7] | tonumber), padding: (.[8] | tonumber)
}] as $structs |
def sum(kind; f): [$structs[] | select(.kind == kind) | f] | add // 0;
{
	series: $series, commit: $commit,
	structs: $structs,
	without: [$lines[] | select(length == 1) | .[0]],
	total: {
		structs: ([$structs[] | select(.kind == "vnet")] | length),
		bytes: sum("vnet"; .bytes), lines: sum("vnet"; .lines), hole_bytes: sum("vnet"; .hole_bytes),
		padding: sum("vnet"; .padding),
		pcpu_structs: ([$structs[] | select(.kind == "pcpu")] | length), pcpu_bytes: sum("pcpu"; .bytes),
		net_bytes: sum("net"; .bytes)
	}
}

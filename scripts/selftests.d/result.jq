# SPDX-License-Identifier: GPL-2.0-only
# The result of a run: $tests, what judge.jq said of each; on input, the rows (test,
# architectures, note).

def words: split(" ") - [""];
def unannounced: .verdict == "same" and ($sides | endswith(" vnet"))
	and (.note | startswith("differs on purpose: "));
[inputs | split("\t") | {test: .[0], arch: .[1], note: .[2]}] as $rows
| {
	command: $command, date: $date, source: $source, series: $series, sides: ($sides | words), archs: ($archs | words),
	kernels: [$sums | split("\n")[] | words | select(length == 3)
		| {side: .[0], arch: .[1], sha256: .[2]}],
	uncompiled: ($uncompiled | words),
	# A difference that a row announces and that is not there is a difference, too.
	verdict: (
		if any($tests[]; .verdict == "different" or .verdict == "timeout" or unannounced) then "different"
		elif any($tests[]; .verdict == "missing") then "incomplete"
		else "same" end),
	counts: {
		tests: ($rows | length),
		listed: ([$rows[] | select(.arch != "none")] | length),
		skipped: ([$rows[] | select(.arch == "none")] | length)
	},
	tests: $tests,
	skipped: [$rows[] | select(.arch == "none") | {test, why: .note}]
} + {
	by_arch: ([$archs | words[] as $arch | [$tests[] | select(.arch == $arch)] as $of | {
		arch: $arch, listed: ($of | length),
		run: ([$of[] | select(.verdict != "missing")] | length),
		same: ([$of[] | select(.verdict == "same")] | length),
		intended: ([$of[] | select(.verdict == "intended")] | length),
		different: ([$of[] | select(.verdict == "different")] | length),
		timeout: ([$of[] | select(.verdict == "timeout")] | length),
		missing: ([$of[] | select(.verdict == "missing")] | length),
		status: ([$of[] | select(.sides) | .sides[$sides | words[0]].status]
			| reduce .[] as $s ({}; .[$s] += 1)),
		parts: ([$of[] | select(.sides) | .sides[$sides | words[0]].parts | to_entries[]]
			| reduce .[] as $p ({}; .[$p.key] += $p.value)),
		seconds: ([$of[] | select(.sides) | .sides[].seconds] | add // 0 | ceil)
	}])
}

# SPDX-License-Identifier: GPL-2.0-only
# One test on two sides: $record0, $parts0 and $record1, $parts1 are their records and
# the results of their parts (see parts), $first and $second their names.

# Parts by name; the second of a name is "name (2)".
def named: reduce (split("\n")[] | select(. != "") | split("\t")) as $p ({seen: {}, parts: {}};
	.seen[$p[1]] += 1
	| .parts[$p[1] + (if .seen[$p[1]] > 1 then " (\(.seen[$p[1]]))" else "" end)] = $p[0])
	| .parts;
def side($record; $parts): {status: $record.status, seconds: $record.seconds,
	parts: ($parts | reduce .[] as $r ({}; .[$r] += 1))};

($parts0 | named) as $a | ($parts1 | named) as $b | $record0[0] as $ra | $record1[0] as $rb
| ([if $ra.code != $rb.code then "status: \($ra.status) (\($ra.code)) on \($first), \($rb.status) (\($rb.code)) on \($second)" else empty end]
	+ [($a + $b | keys_unsorted[]) as $n | select($a[$n] != $b[$n])
		| if $b[$n] == null then "\($n): \($a[$n]) on \($first), not there on \($second)"
		  elif $a[$n] == null then "\($n): not there on \($first), \($b[$n]) on \($second)"
		  else "\($n): \($a[$n]) on \($first), \($b[$n]) on \($second)" end]) as $differences
| {test: $ra.test, arch: $ra.arch, limit: ($limit | tonumber), note: $note,
	verdict: (if $ra.status == "timeout" then "timeout"
		elif ($differences | length) == 0 then "same"
		# As the row says; of the stock kernel against itself, or where all vnets share
		# all, that says nothing, and a kernel that faults or hangs is no purpose.
		elif $second == "vnet" and ($note | startswith("differs on purpose: "))
			and $rb.status != "fault" and $rb.status != "timeout" then "intended"
		else "different" end),
	sides: {($first): side($ra; $a), ($second): side($rb; $b)},
	$differences}

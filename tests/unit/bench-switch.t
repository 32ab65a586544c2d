#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: bench-switch says what was measured, and no more: ratios of the best rounds,
# with what was wanted of each; nothing of a part that was not measured.  It boots
# nothing here; what it measures with is for 'make bench-switch'.

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
D=$VNET_TOP/scripts/bench.d bench=$VNET_TOP/scripts/bench-switch

run_ok 'help' "$bench" --help
while read -r part; do
	like "$(stdout)" $'\n'"$part +[a-z1]" "a ratio is of a part that there is: $part"
done < <(awk -F '\t' '!/^#/ { print $1 }' "$D/lines.tsv" | sort -u)
status_is 2 'an unknown option is a usage error' "$bench" --bad
status_is 2 'so is an unknown part' "$bench" nothing
like "$(stderr)" 'no such part: nothing' 'which is named'
status_is 2 'so are rounds that are no number' "$bench" --rounds many
is "$(awk -F '\t' '!/^#/ && (NF != 5 || ($4 != "-" && $4 !~ /^[0-9.]+$/))' "$D/lines.tsv")" '' \
	'each line has part, two cases, what is wanted, and what it is'

### What was measured
mkdir "$TEST_TMP/out"
lines=$TEST_TMP/lines.tsv
printf '%s\t%s\t%s\t%s\t%s\n' forward vswitch bridge 2.2 'of bridge' forward vswitch veth 1.15 'of veth' \
	forward receive bridge - 'nothing between' flood vswitch+flood bridge+flood 1.8 'broadcast' > "$lines"
cases() {
	jq -n --arg part "$1" --argjson of "$2" '{part: $part, arch: "um",
		cases: ($of | map_values({best: ., median: (. / 2), rounds: 7}))}' > "$TEST_TMP/out/$1.json"
}
cases forward '{"bridge": 2000000, "veth": 4000000, "vswitch": 4400000}'
run_ok 'results are put together' "$D/collect" "$TEST_TMP/out" "$lines"
stdout > "$TEST_TMP/result.json"
is "$(jq -c '[.lines[] | [.part, .of, .ratio, .wanted, .reached]]' "$TEST_TMP/result.json")" \
	'[["forward","bridge",2.2,2.2,true],["forward","veth",1.1,1.15,false]]' \
	'a ratio is of the best rounds, and reached or not; cases that were not measured have none'
run_ok 'a table' "$D/table" "$TEST_TMP/result.json" forward
like "$(stdout)" 'vswitch +4.4 Mframes/s +227.3 ns/frame' 'has the rates'
like "$(stdout)" 'of bridge +2.2 +\(wanted 2.2: reached\)' 'and a ratio that is reached'
like "$(stdout)" 'of veth +1.1 +\(wanted 1.15: not reached\)' 'and one that is not'

cases flood '{"bridge+flood": 100000, "vswitch+flood": 190000}'
"$D/collect" "$TEST_TMP/out" "$lines" > "$TEST_TMP/result.json"
is "$(jq -c '[.lines[] | .ratio]' "$TEST_TMP/result.json")" '[2.2,1.1,1.9]' 'parts of several runs are one result'

cases tcp-count '{"bridge+rr": 50000, "vswitch+rr": 62500, "vswitch+stream": 250000000}'
"$D/collect" "$TEST_TMP/out" "$D/lines.tsv" > "$TEST_TMP/result.json"
run_ok 'TCP, counted' "$D/table" "$TEST_TMP/result.json" tcp-count
like "$(stdout)" 'bridge\+rr +20000 instructions/transaction' 'is in instructions for a transaction'
like "$(stdout)" 'vswitch\+stream +4000 instructions/kbyte' 'or for so much data'
like "$(stdout)" 'there and back, of bridge +1.25 +\(wanted 1.3: not reached\)' 'and has its ratios'

if type gnuplot > /dev/null 2>&1; then
	run_ok 'they are drawn' "$D/draw" "$TEST_TMP/result.json" "$TEST_TMP/result.svg"
	like "$(cat "$TEST_TMP/result.svg")" '<svg' 'as SVG'
	like "$(cat "$TEST_TMP/result.svg")" 'broadcast' 'with their names'
	printf '{"lines": []}\n' > "$TEST_TMP/nothing.json"
	status_is 1 'nothing is not drawn' "$D/draw" "$TEST_TMP/nothing.json" "$TEST_TMP/nothing.svg"
else
	skip 'drawings' 'gnuplot is not installed: run "scripts/packages --install bench"'
fi
done_testing

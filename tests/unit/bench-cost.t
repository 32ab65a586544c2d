#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: what bench-cost and bench-vnets print is what was measured, beside the first
# kernel, and the probes of theirs do what they say.  Nothing is booted.

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
D=$VNET_TOP/scripts/bench.d

for bench in bench-cost bench-vnets; do
	run_ok "help of $bench" "$VNET_TOP/scripts/$bench" --help
	status_is 2 'an unknown option is a usage error' "$VNET_TOP/scripts/$bench" --bad
done
status_is 2 'so are rounds that are no number' "$VNET_TOP/scripts/bench-cost" --rounds many
status_is 2 'so is what is no KERNEL=IMAGE' "$VNET_TOP/scripts/bench-cost" stock
status_is 1 'a kernel that is not there' "$VNET_TOP/scripts/bench-cost" a=/none/bzImage
like "$(stderr)" 'there is no kernel /none/bzImage' 'is named'
status_is 2 'so is a count that is no number' "$VNET_TOP/scripts/bench-vnets" many

### Costs
jq -n '{unit: "instructions", rounds: 20, kernels: ["stock", "full"], operations: [
	{operation: "udp", kernels: [{kernel: "stock", least: 5000, percent: 0}, {kernel: "full", least: 5020, percent: 0.4}]},
	{operation: "route", kernels: [{kernel: "stock", least: 1000, percent: 0}, {kernel: "full", least: 990, percent: -1}]}]}' \
	> "$TEST_TMP/cost.json"
run_ok 'a table of costs' "$D/cost-table" "$TEST_TMP/cost.json"
like "$(stdout)" '\| instructions +\| +stock \| +full \|' 'names unit and kernels'
like "$(stdout)" '\| udp +\| +5000 \| +5020 \(\+0.4 %\) \|' 'what is more'
like "$(stdout)" '\| route +\| +1000 \| +990 \(-1 %\) \|' 'and what is less'
if type gnuplot > /dev/null 2>&1; then
	run_ok 'they are drawn' "$D/cost-draw" "$TEST_TMP/cost.json" "$TEST_TMP/cost.svg"
	like "$(cat "$TEST_TMP/cost.svg")" '<svg' 'as SVG'
	like "$(cat "$TEST_TMP/cost.svg")" 'route' 'with the operations'
else
	skip 'drawings' 'gnuplot is not installed: run "scripts/packages --install bench"'
fi

### Vnets
jq -n '{counts: [{count: 100, kernels: [
	{kernel: "stock", create: 500000, memory: 100000, percpu: 0, destroy: 200000},
	{kernel: "vnet", create: 550000, memory: 101000, percpu: 64, destroy: 100000}]}]}' > "$TEST_TMP/vnets.json"
run_ok 'a table of vnets' "$D/vnets-table" "$TEST_TMP/vnets.json"
like "$(stdout)" '\| 100 \| stock \| 500 \| 100000 \| 0 \| 200 \|' 'in microseconds and bytes'
like "$(stdout)" '\| 100 \| vnet \| 550 \(1.1\) \| 101000 \(1.01\) \| 64 \| 100 \(0.5\) \|' 'with ratios, where there is one'

### The probes
run_ok 'the probes compile' make -s -C "$VNET_TOP/tests/probes" OUT="$TEST_TMP/probes" "$TEST_TMP/probes/ops" \
	"$TEST_TMP/probes/vnets"
run_ok 'operations, here' unshare -Urn sh -c "ip link set dev lo up && '$TEST_TMP/probes/ops' --kind request \
	--count 5 --rounds 3 --label r"
like "$(stdout)" '^(r [1-9][0-9]*\.[0-9]+
?){3}$' 'a line for each round, under the label'
for kind in udp stream connect; do
	run_ok "$kind" unshare -Urn sh -c "ip link set dev lo up && '$TEST_TMP/probes/ops' --kind $kind --count 5 --rounds 1"
done
status_is 3 'where nothing listens' unshare -Urn "$TEST_TMP/probes/ops" --kind route
like "$(stderr)" 'connect: Network is unreachable' 'that is said, with the reason'
status_is 2 'no kind of operation' "$TEST_TMP/probes/ops" --kind none
status_is 2 'no vnets at all' "$TEST_TMP/probes/vnets" --count 0

done_testing

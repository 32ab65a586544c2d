#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# scripts/demo: its table and its verdict follow from what was seen, and from
# nothing else.  tests/fixtures/demo has what the scenario printed in the two
# kernels; here it is judged as it is, and with one thing changed.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

judge=$VNET_TOP/scripts/demo.d/judge
stock=$VNET_TOP/tests/fixtures/demo/stock.tsv
vnet=$VNET_TOP/tests/fixtures/demo/vnet.tsv
changed=$TEST_TMP/changed.tsv

# change FILE SED-SCRIPT: a copy with something changed; there must be a change.
change() {
	sed "$2" "$1" > "$changed"
	! cmp -s "$1" "$changed" || bail_out "the fixture $1 has no place for: $2"
}
tab=$'\t'

### As recorded
json=$TEST_TMP/result.json
run_ok 'stock leaks, vnet is isolated: well' "$judge" --json "$json" "$stock" "$vnet"
table=$(stdout)
like "$table" 'b: net.core.rmem_max +212992 -> 4000000 +leaks +212992 -> 212992 +isolated' \
	'a row: before, after and verdict of both'
like "$table" 'b: labels leased, of 64 +64 -> 0 ENOBUFS +leaks +64 -> 64 +isolated' \
	'the error is part of what was seen'
like "$table" 'a: receive buffer of a new socket +400000 +works +400000 +works' 'a control'
like "$table" 'host: a frame for b comes out at +b -> a +leaks +b -> b +isolated' 'a row of the switch'
like "$table" 'stock: leaks in 20 rows, is isolated in 0' 'the sum of stock'
like "$table" 'vnet: leaks in 0 rows, is isolated in 20' 'the sum of vnet'
is "$(stderr)" '' 'no complaint'
is "$(awk 'length > 100' <<< "$table")" '' 'no line is longer than 100 columns'
is "$(jq -r '.ok, (.rows | length)' "$json" | paste -sd ' ')" 'true 24' 'JSON: verdict and rows'
is "$(jq -c '.rows[] | select(.id == "b_rmem_max") | .stock' "$json")" \
	'{"before":"212992","after":"4000000","verdict":"leaks"}' 'JSON: what was seen'
is "$(jq -r '[.rows[] | select(.kind == "row") | .vnet.verdict] | unique | join(" ")' "$json")" \
	isolated 'JSON: the verdicts'

### One leak on vnet
change "$vnet" "s/^row${tab}host_rmem_max${tab}.*/row${tab}host_rmem_max${tab}212992${tab}4000000/"
status_is 1 'one leak on vnet' "$judge" --json "$json" "$stock" "$changed"
like "$(stderr)" "vnet is leaking in the row 'host: net.core.rmem_max'" 'is named'
like "$(stdout)" 'vnet: leaks in 1 rows, is isolated in 19' 'is counted'
is "$(jq -r .ok "$json")" false 'JSON: the verdict'

### No leak on stock: then nothing was shown
change "$stock" "s/^row${tab}b_labels${tab}.*/row${tab}b_labels${tab}64${tab}64/"
status_is 1 'a row that does not leak on stock' "$judge" "$changed" "$vnet"
like "$(stderr)" "stock is isolated in the row 'b: labels leased, of 64'" 'is named'
status_is 1 'a stock column with no leak at all' "$judge" "$vnet" "$vnet"
like "$(stdout)" 'stock: leaks in 0 rows, is isolated in 20' 'is counted'
status_is 1 'columns the wrong way round' "$judge" "$vnet" "$stock"

### What is not there
change "$vnet" "/^row${tab}b_labels${tab}/d"
status_is 1 'a row that is missing' "$judge" "$stock" "$changed"
like "$(stderr)" "vnet has not shown the row 'b: labels leased, of 64'" 'is named'
like "$(stdout)" 'b: labels leased, of 64 .*missing' 'is missing in the table'
change "$vnet" "s/^row${tab}b_rcvbuf${tab}.*/row${tab}b_rcvbuf${tab}${tab}/"
status_is 1 'a row with nothing in it is not isolated' "$judge" "$stock" "$changed"
like "$(stderr)" "vnet saw nothing in the row 'b: receive buffer" 'is named'
change "$stock" '5,99d'
status_is 1 'a scenario that ended early' "$judge" "$changed" "$vnet"
like "$(stderr)" "stock has not shown the row 'a new vnet: labels" 'its last row is named'
: > "$changed"
status_is 1 'a guest that said nothing' "$judge" "$stock" "$changed"
like "$(stderr)" "vnet has not shown the row 'a's limits" 'its first row is named'

# The switch does what a bridge does
change "$vnet" "s/^row${tab}host_to_b${tab}.*/row${tab}host_to_b${tab}b${tab}a/"
status_is 1 'a vswitch that sends frames for b to a' "$judge" "$stock" "$changed"
like "$(stderr)" "vnet is leaking in the row 'host: a frame for b comes out at'" 'is named'

### Controls
change "$vnet" "s/^control${tab}a_full${tab}.*/control${tab}a_full${tab}ENOBUFS${tab}none/"
status_is 1 'a that is never refused' "$judge" "$stock" "$changed"
like "$(stderr)" "vnet: 'a: what ends it' should be ENOBUFS and is 'none'" 'is named'
change "$stock" "s/^control${tab}a_rcvbuf${tab}.*/control${tab}a_rcvbuf${tab}400000${tab}212992/"
status_is 1 'a that does not get its buffer' "$judge" "$changed" "$vnet"
like "$(stderr)" "should be 400000 and is '212992'" 'is named'

change "$vnet" "s/^control${tab}a_reaches${tab}.*/control${tab}a_reaches${tab}b host${tab}-/"
status_is 1 'a that is not on the switch' "$judge" "$stock" "$changed"
like "$(stderr)" "vnet: 'a: a frame to all comes out at' should be b host and is '-'" 'is named'

### Calls
run_ok 'judge --help' "$judge" --help
status_is 2 'judge wants two files' "$judge" "$stock"
status_is 2 'judge: a file that is not there' "$judge" "$stock" "$TEST_TMP/none"
printf '#\tone\nb_rcvbuf\tits buffer\n' > "$TEST_TMP/rows"
run_ok 'judge --rows' "$judge" --rows "$TEST_TMP/rows" "$stock" "$vnet"
like "$(stdout)" 'stock: leaks in 1 rows, is isolated in 0' 'judges these rows only'
status_is 2 'judge: rows that are not there' "$judge" --rows "$TEST_TMP/none" "$stock" "$vnet"
status_is 2 'judge: an unknown option' "$judge" --bad "$stock" "$vnet"
demo=$VNET_TOP/scripts/demo
run_ok 'demo --help' "$demo" --help
status_is 2 'demo: an unknown option' "$demo" --bad
status_is 2 'demo: an unknown architecture' "$demo" --arch vax
status_is 1 'demo: kernels that are not there' \
	env VNET_BUILD="$TEST_TMP/build" "$demo" --no-setup --arch um
like "$(stderr)" 'the scenario failed in the stock kernel' 'the first is named'
like "$(stderr)" 'the scenario failed in the vnet kernel' 'so is the second'
done_testing

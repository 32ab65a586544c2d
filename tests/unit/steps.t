#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# scripts/steps: the list that prove and regress work from.

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/fixtures/series.sh
. "$VNET_TOP/tests/fixtures/series.sh"

new_series
steps=$P/scripts/steps

status_is 0 'help' "$steps" --help
status_is 2 'an unknown option is a usage error' "$steps" --bad
status_is 2 'two ranges are a usage error' "$steps" 1 2
run_ok 'all steps' "$steps"
is "$(stdout | wc -l)" 5 'five lines'
is "$(stdout | head -n 1)" \
	"0001-net-vnet-add-the-framework	$(g rev-parse main~4)	0	hand	boot	structs vnet	net: vnet: add the framework" \
	'id, commit, stage, origin, proof, modes, subject'
is "$(stdout | cut -f 1)" "$(grep -o '[^/]*\.patch$' "$P/patches/series" | sed 's/\.patch$//')" \
	'ids are the names of the patches'
run_ok 'a number' "$steps" 3
like "$(stdout)" '^0003-ipv6' 'gives that step'
run_ok 'an id' "$steps" 0002-net-core-rename-limits
like "$(stdout)" '^0002-net' 'gives that step'
run_ok 'a commit' "$steps" "$(g rev-parse --short main)"
like "$(stdout)" '^0005-ipv6' 'gives that step'
is "$("$steps" 2..4 | cut -c 1-4 | tr '\n' ' ')" '0002 0003 0004 ' 'a range'
is "$("$steps" ..2 | cut -c 1-4 | tr '\n' ' ')" '0001 0002 ' 'from the first'
is "$("$steps" 4.. | cut -c 1-4 | tr '\n' ' ')" '0004 0005 ' 'to the last'
status_is 1 'no such step' "$steps" 6
like "$(stderr)" "no step '6'" 'is named'
status_is 1 'a range the wrong way round' "$steps" 4..2
run_ok 'JSON' "$steps" --json
is "$(stdout | jq -r 'length, .[1].id, .[1].number, .[1].stage, .[1].modes[1], .[3].subject')" \
	"$(printf '%s\n' 5 0002-net-core-rename-limits 2 1.0 vnet 'net: core: größer – with a dash')" \
	'has the same'
is "$(stdout | jq -r '.[0].parent')" "$(g rev-parse stock)" 'and the parent'
is "$(stdout | jq -r '.[].patch')" "$(grep -v '^#' "$P/patches/series" | grep .)" 'and the patch'
is "$("$steps" --json 2 | jq -r '.[].number')" 2 'JSON of a range'
g reset -q --hard stock
is "$("$steps" --json)" '[]' 'no steps: an empty array'
is "$("$steps")" '' 'or no lines'
rm -rf "$P/build"
status_is 1 'no build/linux' "$steps"

done_testing

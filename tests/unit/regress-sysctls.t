#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# compare-sysctls, of regress: what counts as a difference and what does not.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

cd "$TEST_TMP" || bail_out "no $TEST_TMP"
tool=$TEST_TMP/compare-sysctls
cp "$VNET_TOP/scripts/regress.d/compare-sysctls" "$tool"
printf '# comment\n%s\t%s\t%s\n' 'net/x/mem[12]' 2 why net/x/key any why > varying.tsv
printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' \
	m child net/x/limit mode 444 644 why \
	m both net/x/new there no yes why \
	m both net/x/new mode none 644 why \
	m both net/x/new value none 7 why \
	n host net/x/old there yes no why > differences.tsv

# dump LINE...: each WHERE NAME MODE VALUE.
dump() { printf 'ok 1 - noise\n'; printf '%s\n' "$@" | sed -E 's/^([^ ]+) ([^ ]+) ([^ ]+) /sysctl\t\1\t\2\t\3\t/'; }
stock=('host net/x/limit 644 5' 'child net/x/limit 444 5' 'host net/x/mem1 644 1000 2000 3000'
	'host net/x/key 600 abc' 'host net/x/old 644 1')
dump "${stock[@]}" > stock

same() { dump "${@:2}" > other; status_is 0 "same: $1" "$tool" stock other "${modules:-}"; }
differs() {
	dump "${@:3}" > other
	status_is 1 "differs: $1" "$tool" stock other "${modules:-}"
	is "$(stdout)" "$2" '... and is named'
}

same 'the same' "${stock[@]}"
same 'a number that is near enough' "${stock[@]/1000 2000 3000/1010 1970 3000}"
same 'a value that may be anything' "${stock[@]/abc/def}"
differs 'a number too far off' 'net/x/mem1 (host): its value is 1000 2000 3100, not 1000 2000 3000' \
	"${stock[@]/3000/3100}"
differs 'a number too few' 'net/x/mem1 (host): its value is 1000 2000, not 1000 2000 3000' \
	"${stock[@]/ 3000/}"
differs 'another value' 'net/x/limit (child): its value is 6, not 5' "${stock[@]/444 5/444 6}"
differs 'another mode' 'net/x/limit (child): its mode is 644, not 444' "${stock[@]/444 5/644 5}"
differs 'one too few' 'net/x/old (host): is gone' "${stock[@]::4}"
differs 'one too many' 'net/x/more (child): is there, but not on the stock kernel' \
	"${stock[@]}" 'child net/x/more 644 1'

modules=m
private=("${stock[@]/444 5/644 5}" 'host net/x/new 644 7' 'child net/x/new 644 7')
same 'all as a private module has it' "${private[@]}"
differs 'as on the stock kernel, though private' 'net/x/limit (child): its mode is 444, not 644
net/x/new (child): is missing
net/x/new (host): is missing' "${stock[@]}"
differs 'a new one with another value' 'net/x/new (child): its value is 8, not 7' \
	"${private[@]/child net\/x\/new 644 7/child net\/x\/new 644 8}"
modules='m n'
differs 'one that is to vanish' 'net/x/old (host): is still there' "${private[@]}"
same '... and does' "${private[@]/host net\/x\/old 644 1/host net\/x\/key 600 abc}"
modules=m
dump 'child net/x/limit 644 5' > stock
differs 'a stock kernel that is not as the table says' 'net/x/limit (child): differences.tsv says that its mode on the stock kernel is 444, but it is 644
net/x/new (child): is missing
net/x/new (host): is missing' 'child net/x/limit 644 5'

echo 'ok 1 - no sysctls' > other
status_is 2 'a dump without sysctls is no dump' "$tool" stock other
status_is 2 'nor is a missing file' "$tool" stock missing
status_is 2 'one argument' "$tool" stock
done_testing

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# selftests: what counts as the same and what does not, that every test of the source
# has a true row, and that nothing is run twice.  On a few small selftests, with an
# actor in place of boot; on the negative controls, vnet does not do what stock does.
# shellcheck disable=SC2016 # the text of selftests, for another shell
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/fixtures/selftests.sh
. "$VNET_TOP/tests/fixtures/selftests.sh"

unset VNET_BUILD
selftests_project
selftests() { "$PROJECT/scripts/selftests" "$@"; }
run() { selftests --no-setup --arch um "$@"; }
calls() { sort "$CALLS" | tr '\n' ';'; : > "$CALLS"; }
result() { jq -r "$1" "$PROJECT/build/selftests/result.json"; }
of() { result ".tests[] | select(.test == \"$1\") | $2"; }

base=('net/pass.sh|um|10|-' 'net/parts.sh|um|10|-' 'net/skip.sh|both|10|-')
sub=('net/sub/*|none|-|needs CONFIG_NET_VRF: a VRF')

### Calls
run_ok '--help' selftests --help
for bad in --bad '--arch sparc' --only '--table no-such-file' what; do
	# shellcheck disable=SC2086 # words
	status_is 2 "usage error: $bad" selftests $bad
done

### The same on both
rows "${base[@]}" "${sub[@]}"
run_ok 'both kernels say the same' run
out=$(stdout)
like "$out" 'full log in .*selftests.log' 'the log is named'
like "$out" '\[3/3 [0-9:]+\] um net/skip.sh: same \(skip, skip; 0 parts' 'each test is step i of n'
like "$out" 'um +3 +3 +3 +0 +0 +0 +0' 'the sums'
like "$out" '5 tests in the source, 3 of them listed to be run, 2 not' 'the sum of the rows'
is "$(calls)" 'stock net parts.sh;stock net pass.sh;stock net skip.sh;vnet net parts.sh;vnet net pass.sh;vnet net skip.sh;' \
	'each was run once on each'
is "$(result .verdict)" same 'the verdict'
is "$(of net/parts.sh '.sides.stock | "\(.status) \(.parts)"')" 'fail {"pass":3,"fail":1}' 'status and parts'
is "$(result '[.skipped[].test] | join(" ")')" 'net/sub/vrf.sh net/sub/other.sh' 'what is not run, by name'
is "$(git -C "$LINUX" status --porcelain)" '' 'the tree is as it was'
is "$("$VNET_TOP/scripts/selftests.d/parts" "$PROJECT/build/selftests/jobs/net.parts.sh.um.stock.log" | tr '\n\t' ';=')" \
	'pass=one of ns-*;pass=two;pass=three;fail=four;' 'names of parts without what is drawn by lot'

### What is run again
run_ok 'a second time' run
like "$(stdout)" 'nothing to do' 'there is nothing to do'
is "$(calls)" '' 'and nothing is done'
rm "$PROJECT/build/selftests/jobs/net.pass.sh.um.vnet.json"
run_ok 'a run that was killed' run
is "$(calls)" 'vnet net pass.sh;' 'goes on where it was'
kernel_says vnet 'another vnet'
run_ok 'another kernel' run --only 'net/p*'
is "$(calls)" 'vnet net parts.sh;vnet net pass.sh;' 'is tested anew'
run_ok '--force' run --force --only net/pass.sh
is "$(calls)" 'stock net pass.sh;vnet net pass.sh;' 'runs all again'
run_ok '--list' selftests --list --arch um
is "$(stdout | cut -f 1,4 | tr '\n\t' ';=')" \
	'net/pass.sh=same;net/parts.sh=same;net/skip.sh=todo;net/sub/vrf.sh=none;net/sub/other.sh=none;' \
	'says the state of each'
kernel_says vnet vnet
echo 'tree 1234' > "$PROJECT/build/vnet/um/.stamp"
status_is 1 'a kernel of another series' run
like "$(stderr)" "vnet kernel for um is not of build/linux" 'is not tested'
kernel_says vnet vnet

### Negative controls: vnet does something else
# differs NAME FOLDER/TEST WANT: a test on standard input that must be found different.
differs() {
	put_test "$2"
	source_commit
	kernel_says stock stock
	kernel_says vnet vnet
	status_is 1 "$1" run
	like "$(stdout)" "um $2: DIFFERENT" 'it is named'
	like "$(of "$2" '.differences | join("; ")')" "$3" 'and what differs'
	is "$(of "$2" .verdict) $(result .verdict)" 'different different' 'so says the result'
}
differs 'vnet fails what stock passes' net/pass.sh \
	'status: pass \(0\) on stock, fail \(1\) on vnet' <<< '[[ $KERNEL == stock ]]'
differs 'vnet fails otherwise than stock' net/pass.sh \
	'status: fail \(1\) on stock, fail \(2\) on vnet' <<< '[[ $KERNEL == stock ]] && exit 1; exit 2'
differs 'vnet skips what stock passes' net/pass.sh \
	'status: pass \(0\) on stock, skip \(4\) on vnet' <<< '[[ $KERNEL == stock ]] || exit 4'
differs 'one part is another, the status is the same' net/pass.sh \
	'^two: pass on stock, fail on vnet$' <<'END'
echo 'PASS: one'
[[ $KERNEL == stock ]] && echo 'PASS: two' || echo 'FAIL: two'
END
differs 'a part is missing' net/pass.sh '^one \(2\): pass on stock, not there on vnet$' <<'END'
echo 'PASS: one'
[[ $KERNEL != stock ]] || echo 'PASS: one'
END
differs 'vnet reports a fault' net/pass.sh \
	'status: pass \(0\) on stock, fault \(fault\) on vnet' <<< '[[ $KERNEL == stock ]] || echo "guest: fault"'
differs 'the guest of vnet hangs' net/pass.sh \
	'on stock, timeout \(124\) on vnet' <<< '[[ $KERNEL == stock ]] || echo "guest: stuck"'
calls > /dev/null
status_is 1 '--retry' run --retry
is "$(calls)" 'stock net pass.sh;vnet net pass.sh;' 'runs what differs again, on both'

run_ok '--control' run --control
like "$(stdout)" 'stock against itself, once more' 'is the stock kernel twice'
is "$(calls)" 'stock net parts.sh;stock net pass.sh;stock net skip.sh;' 'its second run is kept apart'
is "$(result .verdict)" different 'and the result of vnet stays'

### A guest that does not come up is no result
put_test net/pass.sh <<< '[[ $KERNEL == stock ]] || echo "guest: dead"'
source_commit; kernel_says stock stock; kernel_says vnet vnet
status_is 1 'a guest that does not come up' run
like "$(stderr)" 'net/pass.sh was not run on the vnet kernel for um' 'is named'
is "$(find "$PROJECT/build/selftests/jobs" -name 'net.pass.sh.um.vnet.json')" '' 'and leaves no record'

### Announced differences
put_test net/pass.sh <<< '[[ $KERNEL == stock ]]'
source_commit; kernel_says stock stock; kernel_says vnet vnet
rows 'net/pass.sh|um|10|differs on purpose: its own limits' "${base[@]:1}" "${sub[@]}"
run_ok 'a difference that its row announces' run
is "$(of net/pass.sh .verdict) $(result .verdict)" 'intended same' 'is as intended'
like "$(stdout)" 'net/pass.sh: differs on purpose: its own limits' 'and shown'
put_test net/pass.sh <<< '[[ $KERNEL == stock ]] || echo "guest: fault"'
source_commit; kernel_says stock stock; kernel_says vnet vnet
status_is 1 'a fault where a difference is announced' run
is "$(of net/pass.sh .verdict)" different 'is not what was announced'
put_test net/pass.sh <<< 'exit 0'
source_commit; kernel_says stock stock; kernel_says vnet vnet
rows 'net/pass.sh|um|10|-' 'net/parts.sh|um|10|differs on purpose: it should' "${base[@]:2}" "${sub[@]}"
status_is 1 'an announced difference that is not there' run
like "$(stdout)" 'net/parts.sh: is the same, and its row says that it differs' 'is named'

### The modes in which all vnets share all
mkdir -p "$PROJECT/build/structs/um"
cp "$PROJECT/build/vnet/um/.config" "$PROJECT/build/vnet/um/modules.builtin" "$PROJECT/build/structs/um"
put_test net/pass.sh <<< '[[ $KERNEL != vnet ]]'
source_commit; kernel_says stock stock; kernel_says vnet vnet; kernel_says structs structs
rows 'net/pass.sh|um|10|differs on purpose: its own limits' "${base[@]:1}" "${sub[@]}"
run_ok 'what vnet has on purpose' run
calls > /dev/null
run_ok '--kernel structs' run --kernel structs
is "$(calls)" 'structs net parts.sh;structs net pass.sh;structs net skip.sh;' 'runs that one, and uses what stock said'
is "$(result .verdict) $(jq -r '.verdict + " " + (.sides | join(" "))' "$PROJECT/build/selftests/structs.json")" 'same same stock structs' \
	'need not differ there, and has a result of its own'
put_test net/pass.sh <<< '[[ $KERNEL != structs ]]'
source_commit; kernel_says stock stock; kernel_says structs structs
status_is 1 'what differs in that mode' run --kernel structs
like "$(stdout)" 'net/pass.sh: DIFFERENT' 'is not on purpose'
status_is 2 'a kernel that is none' run --kernel full
like "$(stderr)" 'no such kernel: full' 'is named'

### Time
put_test net/pass.sh <<< 'sleep 5'
source_commit; kernel_says stock stock; kernel_says vnet vnet
rows 'net/pass.sh|um|1|-' "${base[@]:1}" "${sub[@]}"
status_is 1 'a test that is over its limit on both' run
like "$(stdout)" 'net/pass.sh: takes over 1 s on stock' 'is not the same, and is named'
put_test net/pass.sh <<< 'exit 0'
source_commit; kernel_says stock stock; kernel_says vnet vnet

### Rows that are not true
# wrong NAME WANT ROW...
wrong() {
	local name=$1 want=$2
	shift 2
	rows "$@"
	status_is 1 "$name" run
	like "$(stderr)" "$want" 'is named'
	is "$(calls)" '' 'before anything is run'
}
calls > /dev/null
wrong 'a test of the source without a row' 'no row for net/skip.sh' "${base[@]:0:2}" "${sub[@]}"
wrong 'a folder without a row' 'no row for net/sub/vrf.sh' "${base[@]}"
wrong 'a row without a test' 'net/gone.sh has a row and is not in the source' \
	"${base[@]}" 'net/gone.sh|um|10|-' "${sub[@]}"
wrong 'a row for no folder' 'net/gone/\* is about no test' "${base[@]}" 'net/gone/*|none|-|no' "${sub[@]}"
wrong 'two rows of a test' 'a second row of net/pass.sh' "${base[@]}" "${base[0]}" "${sub[@]}"
wrong 'no reason' 'net/skip.sh is not run, and no reason' "${base[@]:0:2}" 'net/skip.sh|none|-|-' "${sub[@]}"
wrong 'no limit' 'net/skip.sh wants a limit' "${base[@]:0:2}" 'net/skip.sh|um|-|-' "${sub[@]}"
wrong 'no such architecture' 'no such architecture: arm' "${base[@]:0:2}" 'net/skip.sh|arm|10|-' "${sub[@]}"
wrong 'a folder that is run' 'only the tests of none' "${base[@]}" 'net/sub/*|um|10|-'
wrong 'an option that the kernels have' 'net/skip.sh needs CONFIG_NET, which the kernel for um has' \
	"${base[@]:0:2}" 'net/skip.sh|none|-|needs CONFIG_NET: all of it' "${sub[@]}"
wrong 'a program that is there' "net/skip.sh 'does not compile', but it does" \
	"${base[@]:0:2}" 'net/skip.sh|none|-|does not compile: no' "${sub[@]}"

### Programs
makefile net pass.sh parts.sh skip.sh good broken
echo 'int main(void) { return 0; }' > "$LINUX/tools/testing/selftests/net/good.c"
echo 'int main(void) { return nothing; }' > "$LINUX/tools/testing/selftests/net/broken.c"
source_commit; kernel_says stock stock; kernel_says vnet vnet
wrong 'a program that does not compile' 'net/broken does not compile' \
	"${base[@]}" 'net/good|um|10|-' 'net/broken|none|-|tedious' "${sub[@]}"
wrong 'and is to be run' 'net/broken is to be run and was not compiled' \
	"${base[@]}" 'net/good|um|10|-' 'net/broken|um|10|-' "${sub[@]}"
rows "${base[@]}" 'net/good|um|10|-' 'net/broken|none|-|does not compile: nothing is not declared' "${sub[@]}"
run_ok 'one whose row says so, beside one that compiles' run
is "$(of net/good .verdict) $(result '.uncompiled | join(" ")')" 'same net/broken' 'is noted'
done_testing

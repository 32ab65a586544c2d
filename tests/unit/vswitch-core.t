#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The core of the virtual switch in user space: its unit tests, the same when
# memory runs out and under load, its fuzzers and its benchmark.  That the unit
# tests notice each rule that is broken is for vswitch-mutants.t.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

src=$VNET_TOP/tests/vswitch core=$VNET_TOP/vnet/kernel/net/vswitch
printf '#include <urcu.h>\n' | "${CC:-cc}" -E - > /dev/null 2>&1 ||
	skip_all 'liburcu-dev is not installed: run "make setup"'

# build DIRECTORY CORE PROGRAM...
# shellcheck disable=SC2317 # it is called by run_ok
build() {
	local o=$1 c=$2
	shift 2
	make -s -C "$src" O="$o" CORE="$c" "${@/#/$o/}"
}

# passes PROGRAM [ARGUMENT...]: every assertion of a program that prints TAP.
passes() {
	local name=$1
	shift
	run_ok "$name passes" timeout -k 5 300 "$TEST_TMP/o/$name" "$@" || return
	like "$(stdout)" $'\n''1\.\.[1-9][0-9]*$' "$name says how many assertions it made"
	unlike "$(stderr)" 'Sanitizer' "$name: nothing for the sanitizers to report"
	note "$(stdout)"
}

run_ok 'everything compiles without a warning' build "$TEST_TMP/o" "$core" core-test nomem stress stress-tsan bench
unlike "$(stderr)" 'warning' 'and says nothing'
passes core-test
passes nomem
passes stress 2
passes stress-tsan 2
run_ok 'the benchmark runs' "$TEST_TMP/o/bench" 1
like "$(stdout)" 'linear is not slower up to: hit [0-9]+, one [0-9]+, miss [0-9]+, frame [0-9]+' \
	'the benchmark says where the structures cross'

# broken NAME FILE EXPRESSION PROGRAM: builds PROGRAM in $TEST_TMP/NAME with a core
# that is not right.
# shellcheck disable=SC2317 # it is called by run_ok
broken() {
	mkdir -p "$TEST_TMP/$1" && cp "$core"/*.[ch] "$TEST_TMP/$1" || return
	sed -i -e "$3" "$TEST_TMP/$1/$2"
	! cmp -s "$core/$2" "$TEST_TMP/$1/$2" || return
	build "$TEST_TMP/$1" "$TEST_TMP/$1" "$4"
}

run_ok 'a core that frees entries at once compiles' \
	broken freed fdb.c 's/kfree_rcu(e, rcu);/kfree(e);/' stress
timeout -k 5 60 "$TEST_TMP/freed/stress" 10 > "$TEST_TMP/out" 2>&1
like "$(cat "$TEST_TMP/out")" 'AddressSanitizer: heap-use-after-free' 'stress finds what is freed too early'

run_ok 'a core that flushes without the lock compiles' \
	broken unlocked fdb.c '/^unsigned int vsw_fdb_flush/,/^}/s/spin_\(un\)\?lock_bh(&fdb->lock);/;/' stress-tsan
# It ends at the first report: a list that two writers spoilt may go round for ever.
TSAN_OPTIONS=halt_on_error=1 timeout -k 5 60 "$TEST_TMP/unlocked/stress-tsan" 10 > "$TEST_TMP/out" 2>&1
like "$(cat "$TEST_TMP/out")" 'ThreadSanitizer: data race' 'stress-tsan finds a lock that is not taken'

if printf 'int LLVMFuzzerTestOneInput(const char *p, long n) { return !p && n; }\n' |
	clang -x c -fsanitize=fuzzer -o "$TEST_TMP/fuzzer" - 2> /dev/null; then
	run_ok 'the fuzzers compile' build "$TEST_TMP/o" "$core" fuzz-config fuzz-forward
	run_ok 'the fuzzers find nothing in a few seconds' "$src/fuzz" "$TEST_TMP/o" 5
	like "$(stdout)" 'fuzz-config: [1-9][0-9]+ inputs .*fuzz-forward: [1-9][0-9]+ inputs' \
		'and say how many inputs they tried'
	note "$(stdout)"

	run_ok 'a core whose sticky entries move compiles' \
		broken moving fdb.c 's/(VSW_FDB_STICKY | VSW_FDB_LOCAL))/0)/' fuzz-forward
	status_is 1 'fuzz-forward finds it' "$src/fuzz" "$TEST_TMP/moving" 60 fuzz-forward
	like "$(cat "$TEST_TMP"/moving/findings/*.log)" 'not so' 'because it is not as the model'

	run_ok 'a parser that takes VLAN 0 compiles' \
		broken zero config.c 's/VSW_VID_MAX, &first) || !first)/VSW_VID_MAX, \&first))/' fuzz-config
	status_is 1 'fuzz-config finds it' "$src/fuzz" "$TEST_TMP/zero" 60 fuzz-config
else
	skip 'the fuzzers' 'clang cannot link fuzzers: install clang'
fi

done_testing

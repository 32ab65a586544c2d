#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# regress: which jobs the steps make, what is run again and what is not, what
# makes a job fail and how it is said.  On a series of six small steps, with
# actors in place of prove, build and boot.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/fixtures/regress.sh
. "$VNET_TOP/tests/fixtures/regress.sh"

unset VNET_BUILD
regress_project
regress_series
prove_says rename structs

regress() { "$PROJECT/scripts/regress" "$@"; }
# list [OPTION]...: id and state of each job, in one line.
list() { regress --list "$@" | cut -f 1,2 | tr '\t\n' ': '; }
calls() { grep -c "^$1" "$CALLS"; }
record() { jq -r "$2" "$PROJECT/build/regress/jobs/$1.json"; }
result() { jq -r "$1" "$PROJECT/build/regress/result.json"; }
# verdicts: state of each job of the result, by step and mode.
state() { result ".jobs[] | select(.id == \"$1\") | .state"; }

# --- usage
run_ok '--help' regress --help
for bad in '--bad' '--arch sparc' '--mode none' '--publish' '--print' '--steps' \
	'--job 0001-nothing.vnet.um' '--table no-such-file'; do
	# shellcheck disable=SC2086 # words
	status_is 2 "usage error: $bad" regress $bad
done
status_is 1 'a range that does not exist' regress --list --steps 5..99
like "$(stderr)" "no step '99'" '... is named'

# --- the jobs
"$PROJECT/scripts/prove" --json "$PROJECT/build/regress/proved.json"
is "$(list --arch um --mode globals)" \
	'0000-stock.stock.um:todo 0001-framework.globals.um:inherits 0002-hook.globals.um:todo 0003-rename.globals.um:inherits 0004-constructors.globals.um:todo 0005-structs.globals.um:inherits 0006-own-limits.globals.um:todo ' \
	'globals: the first step inherits from stock, proved ones from the one before, the last is run'
is "$(list --arch um --mode structs)" \
	'0000-stock.stock.um:todo 0002-hook.structs.um:todo 0003-rename.structs.um:inherits 0004-constructors.structs.um:todo 0005-structs.structs.um:todo 0006-own-limits.structs.um:todo ' \
	'structs: begins with the step that brings it; a rename inherits, a layout does not'
is "$(list --arch x86 --mode vnet)" '0000-stock.stock.x86:todo 0006-own-limits.vnet.x86:todo ' \
	'x86: the last step'
is "$(list --arch x86 --mode vnet --stages)" \
	'0000-stock.stock.x86:todo 0002-hook.vnet.x86:todo 0003-rename.vnet.x86:inherits 0004-constructors.vnet.x86:todo 0005-structs.vnet.x86:todo 0006-own-limits.vnet.x86:todo ' \
	'... and of each stage, if asked for'
is "$(list --arch um --mode globals --steps 2..3)" \
	'0000-stock.stock.um:todo 0002-hook.globals.um:todo 0003-rename.globals.um:inherits ' 'a range'
is "$(list --arch um --mode globals --steps 3)" \
	'0000-stock.stock.um:todo 0003-rename.globals.um:todo ' \
	'a step whose origin is not asked for and has no result is run itself'
like "$(regress --list --mode structs --arch um | grep 0003)" \
	$'\tproved: the verdict of 0002-hook.structs.um' 'the list says why, and whose verdict'
like "$(regress --list --mode globals --arch um | grep 0001)" \
	$'\tunaffected: the verdict of 0000-stock' 'what no mode is affected by'
echo '{"steps": []}' > "$PROJECT/build/regress/proved.json"
is "$(list --arch um --mode structs --steps 2..4)" \
	'0000-stock.stock.um:todo 0002-hook.structs.um:todo 0003-rename.structs.um:todo 0004-constructors.structs.um:todo ' \
	'what should be proved but was not does not inherit, whatever its trailer says'
"$PROJECT/scripts/prove" --json "$PROJECT/build/regress/proved.json"

# --- one job
status_is 0 'one job' regress --job 0002-hook.vnet.um
is "$(cut -d' ' -f 1-5 "$CALLS" | paste -sd, )" \
	"build stock um 1 Linux,built stock um Linux 6.12.1:,boot $PROJECT/scripts/regress.d/smoke --private ,build vnet um 1 hook,built vnet um hook,boot dmesg -t,boot $PROJECT/scripts/regress.d/smoke --private " \
	'... makes the stock kernel its measure first; both with W=1; KUnit where the kernel has it'
is "$(record 0002-hook.vnet.um '[.verdict, .mode, .arch, .warnings.all, .kunit.tests, .smoke.tests] | join(" ")')" \
	'pass vnet um 1 2 3' '... and has its record'
status_is 0 'the same job again' regress --job 0002-hook.vnet.um
is "$(calls build)" 2 '... builds nothing'
status_is 0 '... unless forced' regress --job 0002-hook.vnet.um --force
is "$(calls build)" 3 '... to'

# --- a whole run, killed and taken up again
: > "$CALLS"
setsid "$PROJECT/scripts/regress" --arch um > "$TEST_TMP/run1" 2>&1 &
pid=$!
for ((i = 0; i < 300; i++)); do
	(($(calls built) >= 4)) && break
	sleep 0.1
done
kill -9 -- -"$pid"
wait "$pid" 2> /dev/null
done_before=$(find "$PROJECT/build/regress/jobs" -name '*.json' | wc -l)
status_is 0 'a run that was killed goes on' regress --arch um
is "$(find "$PROJECT/build/regress/jobs" -name '*.json' | wc -l)" 12 '... until every job has a record'
again=$(sed -n 's/^built //p' "$CALLS" | sort | uniq -d | wc -l)
if ((again <= 1)); then
	ok "... repeating at most the job that was under way ($again; $done_before were done)"
else
	not_ok '... repeating at most the job that was under way' "$(sort "$CALLS" | uniq -d)"
fi
like "$(stdout)" '12 run \(12 passed, 0 failed\), 4 proved unchanged, 1 not affected, 0 without a verdict' \
	'the table counts'
like "$(stdout)" $'\n0003-rename +ok = +ok = +ok =\n' 'and marks what is proved'
is "$(result '[.verdict, .source, .counts.run] | join(" ")')" 'pass 6.12.1 12' 'result.json'
is "$(result '.jobs[] | select(.id == "0003-rename.vnet.um") | [.verdict, .inherits.why, .inherits.from] | join(" ")')" \
	'pass proved 0002-hook.vnet.um' '... says what is inherited from what'
: > "$CALLS"
status_is 0 'a finished run, repeated' regress --arch um
is "$(wc -l < "$CALLS")" 0 '... does nothing'
like "$(stdout)" 'nothing to do' '... and says so'

# --- what is run again when something changes
echo 'another probe' > "$PROJECT/tests/probes/probe.c"
is "$(list --arch um | grep -o stale | wc -l)" 12 'another test: every job is stale'
echo 'a probe' > "$PROJECT/tests/probes/probe.c"
is "$(list --arch um | grep -o stale | wc -l)" 0 'the old test: none is'
echo 'more' > "$PROJECT/scripts/config/vnet.config"
is "$(list --arch um | tr ' ' '\n' | sed -n 's/:stale//p' | paste -sd' ')" \
	'0002-hook.vnet.um 0004-constructors.vnet.um 0005-structs.vnet.um 0006-own-limits.vnet.um' \
	'another configuration of one mode: the jobs of that mode'
rm "$PROJECT/scripts/config/vnet.config"
printf '#!/bin/sh\necho "another gcc"\n' > "$TEST_TMP/cc"
chmod +x "$TEST_TMP/cc"
is "$(CC=$TEST_TMP/cc list --arch um | grep -o stale | wc -l)" 12 'another compiler: all'
echo '{"id": "0004-constr' > "$PROJECT/build/regress/jobs/0004-constructors.vnet.um.json"
is "$(list --arch um | tr ' ' '\n' | grep todo)" '0004-constructors.vnet.um:todo' \
	'a record that is cut off is none'
status_is 0 '... and its job is run' regress --arch um
is "$(sed -n 's/^build //p' "$CALLS")" 'vnet um 1 constructors' '... alone'
cp "$PROJECT/build/regress/jobs/0004-constructors.vnet.um.json" \
	"$PROJECT/build/regress/jobs/0005-structs.vnet.um.json"
is "$(list --arch um | tr ' ' '\n' | grep todo)" '0005-structs.vnet.um:todo' \
	"another job's record is none"
status_is 0 '... and its job is run' regress --arch um

# An edit of step 4: it and what comes after, for it is in their trees, too.
tree_git checkout -q "main~2"
put net/a.c 'int V_limit; construct_well();'
tree_git commit -q -a --amend --no-edit
for s in main~1 main; do
	tree_git cherry-pick -X theirs --allow-empty "$s" > "$TEST_TMP/pick" 2>&1 ||
		diag "$(cat "$TEST_TMP/pick")"
done
put net/a.c 'int V_limit; construct_well(); per_vnet();'
tree_git commit -q -a --amend --no-edit
tree_git branch -q -f main
tree_git checkout -q main
prove_says rename structs
"$PROJECT/scripts/prove" --json "$PROJECT/build/regress/proved.json"
is "$(list --arch um | tr ' ' '\n' | grep -c stale)" 8 'an edited step makes its jobs and the later ones stale'
is "$(list --arch um | tr ' ' '\n' | grep stale | cut -c 1-4 | sort -u | paste -sd' ')" '0004 0005 0006' \
	'... and no earlier one'
status_is 0 '... which are run' regress --arch um

# --- failures, each in a step of its own at the end of the series
# fails NAME FILE TEXT REGEX: a step that adds FILE fails, and what is said.
fails() {
	tree_git checkout -q main
	tree_git reset -q --hard "$good"
	put "$2" "$3"
	commit_step bad 3.2 boot vnet
	status_is 1 "$1: the run fails" regress --arch um --mode vnet
	like "$(stdout)" '0007-bad.vnet.um: FAIL' '... names the job'
	like "$(stdout)" "$4" '... and the reason'
	is "$(state 0007-bad.vnet.um) $(result .verdict)" 'fail fail' '... in the result, too'
}
good=$(tree_git rev-parse main)
fails 'no build' no-build '' 'does not build: net/a.c:1:2: error: no such thing'
fails 'a new warning' warnings $'net/a.c: warning: old\nnet/a.c: warning: new' \
	'new with W=1: net/a.c: warning: new'
fails 'a KUnit test' no-kunit '' 'KUnit: failed: second'
fails 'KUnit tests too few' cut-kunit '' 'KUnit: 1 tests were run of 2'
fails 'a panic' panic '' 'the kernel reported a fault: Kernel panic - not syncing: x'
fails 'no boot' no-boot '' 'tests: the kernel does not come up'
fails 'an assertion' no-smoke '' "tests: two: got 'a', want 'b'"
fails 'a sysctl more' sysctls $'sysctl\tchild\tnet/core/secret\t644\t0' \
	'net/core/secret \(child\): is there, but not on the stock kernel'
: > "$CALLS"
status_is 1 'a failed job keeps its verdict' regress --arch um --mode vnet
is "$(wc -l < "$CALLS")" 0 '... and is not run again'
status_is 1 '... unless asked to' regress --arch um --mode vnet --retry
is "$(calls build)" 1 '... alone'

# A step after the bad one that is not affected has its verdict.
put docs 'text'
commit_step documentation 3.2 boot none
put docs 'more text'
commit_step last 3.2 boot vnet
regress --arch um --mode vnet > "$TEST_TMP/out"
is "$(result '.jobs[] | select(.id == "0008-documentation.vnet.um") | [.state, .verdict, .inherits.why] | join(" ")')" \
	'inherits fail unaffected' 'a failure is inherited like any verdict'
tree_git reset -q --hard "$good"

# --- the stock kernel itself
rm -rf "$PROJECT/build/regress/jobs"
mv "$PROJECT/scripts/build" "$PROJECT/scripts/build.ok"
printf '#!/bin/sh\necho broken compiler; exit 1\n' > "$PROJECT/scripts/build"
chmod +x "$PROJECT/scripts/build"
status_is 1 'a stock kernel that fails ends the run' regress --arch um --mode vnet
like "$(stderr)" 'the stock kernel fails for um' '... and is blamed'
printf '#!/bin/sh\nkill -9 $$\n' > "$PROJECT/scripts/build"
status_is 1 'a build that is killed ends the run' regress --arch um --mode vnet
like "$(stderr)" 'ended by signal 9; run it again' '... without a verdict'
mv "$PROJECT/scripts/build.ok" "$PROJECT/scripts/build"
rm -rf "$PROJECT/build/regress/jobs"

# --- collecting
status_is 0 'a job' regress --job 0002-hook.vnet.um
status_is 1 '--collect of a part' regress --collect --arch um --mode vnet
is "$(result '[.verdict, .counts.missing, .counts.passed] | join(" ")')" 'incomplete 3 2' \
	'... says that it is incomplete'

# --- several hosts, all of them this one
if type parallel > /dev/null 2>&1; then
	: > "$CALLS"
	status_is 0 'hosts' regress --arch um --hosts ': 1/:'
	is "$(calls build)" 10 '... each job is run once, what was done is not'
	is "$(result '[.verdict, .counts.run, .counts.missing] | join(" ")')" 'pass 12 0' '... all of them'
	: > "$CALLS"
	status_is 0 'hosts, again' regress --arch um --hosts ':'
	is "$(wc -l < "$CALLS")" 0 '... nothing to do'
	status_is 0 '--print' regress --arch um --mode vnet --job 0002-hook.vnet.um --print
	is "$(stdout | wc -l)" 1 '... prints one line'
	# A host that has something else than we have.
	mv "$PROJECT/scripts/regress" "$PROJECT/scripts/regress.real"
	cat > "$PROJECT/scripts/regress" <<-'END'
	#!/bin/sh
	"$0.real" "$@" | jq -c '.key = "other"'
	END
	chmod +x "$PROJECT/scripts/regress"
	rm "$PROJECT/build/regress/jobs/0002-hook.vnet.um.json"
	status_is 1 'a host that has another set of tests' \
		"$PROJECT/scripts/regress.real" --arch um --mode vnet --hosts :
	like "$(stderr)" 'its result of 0002-hook.vnet.um is not used' '... is not believed'
	mv "$PROJECT/scripts/regress.real" "$PROJECT/scripts/regress"
else
	skip 'hosts' 'GNU parallel is not installed'
fi

# --- publishing
: > "$CALLS"
status_is 0 '--publish' regress --collect --publish --arch um
is "$(< "$CALLS")" 'docs --publish regress' '... is the business of docs'
is "$(result .command)" 'scripts/regress' 'the result names the command that gives it'
status_is 0 '--table' regress --table "$PROJECT/build/regress/result.json"
like "$(stdout)" '0006-own-limits +ok [0-9]+s +ok' '... of a result that is there'
done_testing

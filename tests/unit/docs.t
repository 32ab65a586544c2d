#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: the documents say what is true.
#
#  - Their marked regions are what follows from results, tables and patches; files,
#    commands and options that they name exist.
#  - Controls: a figure edited by hand, a result that changed, a step that changed,
#    a demo that failed are noticed; so is a command that does not exist.
#  - A result is published only if it is whole and of the series that there is.
#
# shellcheck disable=SC2016 # Markdown is full of backquotes

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/fixtures/series.sh
. "$VNET_TOP/tests/fixtures/series.sh"
cd "$VNET_TOP" || bail_out "no $VNET_TOP"

documents=(README.md CONTRIBUTING.md docs/*.md)

### The project's own
run_ok "the documents are what results, tables and patches say" scripts/docs --check
for f in docs/results/*.json; do
	[[ -e $f ]] || continue
	is "$(jq -r '.of | has("command") and has("source") and has("date") and has("steps")' "$f")" true \
		"$f says what it was got with"
done

# missing DOCUMENT...: what these documents name and is not there.
missing() {
	local f dir name option targets
	targets=$(sed -n 's/^\([a-z-]*\):.*/\1/p' "$VNET_TOP/Makefile")
	for f; do
		dir=$(dirname "$f")
		# Links.
		grep -oE '\]\([^)#]+' "$f" | cut -c 3- | grep -v '^[a-z]*://' | while read -r name; do
			[[ -e $dir/$name ]] || echo "$f: there is no $name"
		done
		# Commands, also in examples; what is below a folder of the project.
		grep -oE '(^|[ `(])(scripts|tests|vnet|docs)/[A-Za-z0-9_./-]*[A-Za-z0-9]' "$f" | sed 's/^[ `(]//' | sort -u |
			while read -r name; do
				[[ -e $VNET_TOP/$name || $name == docs/results* || $name == *.d || $name =~ /(X|NAME|FILE)$ ]] ||
					echo "$f: there is no $name"
			done
		# Options of our tools, on the same line.
		grep -oE '(^|[ `(])scripts/[a-z]+( -- | [^`;|#]*)' "$f" | sed 's/^[ `(]//; s/ -- .*//' | sort -u |
			while read -r name option; do
				[[ -x $VNET_TOP/$name && -f $VNET_TOP/$name ]] || continue
				grep -oE -- '--[a-z][a-z0-9-]*' <<< " $option" | while read -r option; do
					[[ $option == --help ]] || "$VNET_TOP/$name" --help | grep -qE -- "$option([^a-z-]|\$)" ||
						echo "$f: $name has no $option"
				done
			done
		# Targets.
		grep -oE '(^    |`|&& )make [a-z-]+' "$f" | sed 's/.* //' | sort -u | while read -r name; do
			grep -qx -- "$name" <<< "$targets" || [[ $name == olddefconfig ]] || echo "$f: there is no 'make $name'"
		done
	done
}
is "$(missing "${documents[@]}")" '' 'what they name exists'
cat > "$TEST_TMP/wrong.md" <<'END'
See [this](no-such-file.md), and run `scripts/no-such-tool`, `scripts/boot --no-such-option`
or `make no-such-target`.
END
is "$(missing "$TEST_TMP/wrong.md" | wc -l)" 4 'control: a link, a tool, an option and a target that do not exist'
index=$(< docs/README.md)
for f in docs/*.md docs/man/*; do
	[[ $f == docs/README.md || $index == *"(${f#docs/})"* ]] || not_ok "docs/README.md lists $f"
done

### On a project of five steps, with results of our own
new_series
cp -r "$VNET_TOP/Makefile" "$P/"
mkdir -p "$P/docs/results" "$P/build/log" "$P/build/prove" "$P/build/regress" "$P/build/selftests" "$P/build/demo" "$P/build/layout"
printf '%s\n' $'number\tslug\tstage\torigin\tmodule\tproof\tmodes\tfiles' \
	$'0002\trename-core\t1.0\thand\tcore\tboot\tstructs vnet\t-' > "$P/vnet/steps.tsv"
printf '%s\n' $'module\tgroup\ttitle' $'core\tcore\tlimits' > "$P/vnet/modules.tsv"
printf '%s\n' $'group\tprefix\ttitle' > "$P/vnet/groups.tsv"
printf '%s\n' $'variable\tmodule\tverdict' $'a\tcore\tper-vnet' $'b|c\tcore\tshared' > "$P/vnet/variables.tsv"
# The fixture's source stands for the tested one.
sed -i 's/^tested no/tested yes/' "$P/build/linux/.git/vnet/stamp"
docs=$P/scripts/docs

# Step 2 is to be proved, for this test; so its patch says so.
proved_step() {
	g -c core.editor="sed -i 's/^Vnet-Proof: boot/Vnet-Proof: same-object/'" \
		-c sequence.editor="sed -i '2s/^pick/reword/'" rebase -q -i stock
	"$P/scripts/export"
}
proved_step > "$TEST_TMP/proved.log" 2>&1 || bail_out "the fixture cannot be made: $(< "$TEST_TMP/proved.log")"

cat > "$P/README.md" <<'END'
Before.
<!-- fill: steps 1.0 -->
<!-- /fill -->
Between.
<!-- fill: status -->
what stands here goes
<!-- /fill -->
<!-- fill: prove-summary -->
<!-- /fill -->
<!-- fill: configurations -->
<!-- /fill -->
<!-- fill: regress-summary -->
<!-- /fill -->
<!-- fill: selftests-summary -->
<!-- /fill -->
<!-- fill: demo-table -->
<!-- /fill -->
<!-- fill: check-summary -->
<!-- /fill -->
<!-- fill: layout total -->
<!-- /fill -->
<!-- fill: layout vnet -->
<!-- /fill -->
<!-- fill: excerpt rename-core net/core/sock.c limit_2.= V_limit_2.= -->
<!-- /fill -->
<!-- fill: rows vnet/variables.tsv module=core variable,verdict -->
<!-- /fill -->
After.
END
readme() { cat "$P/README.md"; }
region() { sed -n "/^<!-- fill: $1/,/^<!-- .fill/p" "$P/README.md"; }

run_ok 'without results' "$docs"
is "$(readme | sed -n '1p;$p' | paste -sd ' ')" 'Before. After.' 'what is outside of regions stays'
unlike "$(readme)" 'what stands here goes' 'what is inside goes'
like "$(region demo-table)" 'No result is published yet.*make demo.*scripts/docs --publish demo' 'how to get a result is said'
like "$(region steps)" '\| 0002 \| .*net: core: rename limits.*\| 2 files, ' 'steps come from the patches'
like "$(region steps)" '0002 .*same object: not measured \| –' 'a figure that is missing is not made up'
unlike "$(region steps)" 'add the framework' 'and are those of the stage'
like "$(region status)" 'core: limits \| 1 per vnet, 1 shared \| 0002' 'status, from the tables'
like "$(region excerpt)" '```diff
-int limit_2 = 2;
.*V_limit_2 = 2;' 'an excerpt, from the patch'
like "$(region rows)" '\| `a` \| `per-vnet` \|' 'rows of a table'
like "$(region rows)" '`b\\\|c`' 'with what would end a cell escaped'
run_ok 'filled is filled' "$docs" --check
is "$("$docs" --list | wc -l)" 12 'regions are listed'

# Results as the tools write them, of the steps that there are.
"$P/scripts/steps" --json > "$TEST_TMP/steps.json"
jq '{configs: ["broad", "um"], compared: 70, differing: 0,
	steps: [.[] | select(.number == 2) | {id, sha, stage, origin, compared: 70, differing: 0, verdict: "same",
		lines_changed: 4, lines_compiled: {broad: 4}, lines_not_compiled: ["net/core/sock.c:7\tint x"]}],
	cumulative: [{name: "broad", compared: 9, differing: 0, hand_too: 1, hand_too_same: 1}]}' \
	"$TEST_TMP/steps.json" > "$P/build/prove/result.json"
jq '{configs: ["broad", "um"], compared: 70, differing: 0,
	steps: [.[] | select(.number == 2) | {id, sha, stage, origin, verdict: "same", lines_not_compiled: ["a"],
		configs: [{name: "broad", compared: 40, differing: 0, lines_changed: 4, lines_compiled: 2, lines_in_modes: {vnet: 1}},
			{name: "um", compared: 30, differing: 0, lines_changed: 4, lines_compiled: 3, lines_in_modes: {}}]}],
	cumulative: [{name: "broad", compared: 9, differing: 0}, {name: "um", compared: 8, differing: 0}]}' \
	"$TEST_TMP/steps.json" > "$P/build/prove/configs.json"
jq '{command: "scripts/regress", verdict: "pass", seconds: 600, cpus: 2, steps: ([{id: "0000-stock"}] + map({id, sha, stage})),
	counts: {jobs: 5, run: 4, passed: 4, failed: 0, proved: 1, unaffected: 0, missing: 0},
	jobs: [.[] | {id: "\(.id).vnet.um", step: .id, mode: "vnet", arch: "um", verdict: "pass", log: "x", key: "y",
		state: (if .number == 3 then "inherits" else "pass" end)}]}' \
	"$TEST_TMP/steps.json" > "$P/build/regress/result.json"
jq -n --arg series "$(git -C "$P/build/linux" rev-parse 'main^{tree}')" '{command: "scripts/selftests", verdict: "same", $series,
	counts: {tests: 9, listed: 2, skipped: 7},
	by_arch: [{arch: "um", run: 2, same: 1, intended: 1, different: 0, timeout: 0, status: {pass: 2}, parts: {pass: 30, skip: 1}}],
	tests: [{test: "net/a.sh", arch: "um", verdict: "same"},
		{test: "net/b.sh", arch: "um", verdict: "intended", note: "differs on purpose: own limits"}]}' \
	> "$P/build/selftests/result.json"
printf '%s\n' $'core\tvnet_core\tvnet\t70\t2\t3\t1\t4\t2' $'core\tvnet_core_pcpu\tpcpu\t8\t1\t1\t0\t0\t0' empty |
	jq -nR --arg series "$(git -C "$P/build/linux" rev-parse 'main^{tree}')" --arg commit x \
		-f "$VNET_TOP/scripts/layout.d/result.jq" > "$P/build/layout/result.json"
"$VNET_TOP/scripts/demo.d/judge" --json "$P/build/demo/result.json" \
	"$VNET_TOP/tests/fixtures/demo/stock.tsv" "$VNET_TOP/tests/fixtures/demo/vnet.tsv" > /dev/null
printf '%s\n' '[01:02:03] tests/unit/a.t .. ok  12 ms' 'All tests successful.' \
	'Files=3, Tests=42, 17 wallclock secs ( 0.02 usr)' 'Result: PASS' > "$P/build/log/check.log"
mkdir -p "$P/build/bench-policy"
jq -n '{frames: 10, rounds: 1, states: ["absent", "none", "elsewhere", "empty", "protocols", "binding"]
	| map({state: ., instructions: 1600, more: 0, percent: 0})}' > "$P/build/bench-policy/result.json"
for name in prove prove-configs regress selftests demo layout bench-policy check; do
	run_ok "publish $name" "$docs" --publish $name
done
is "$(jq -r '.of.command, .of.source, (.of.steps | length)' "$P/docs/results/prove.json" | paste -sd ' ')" \
	'make prove CONFIGS=broad,um 6.12.1 5' 'with command, source and steps'
is "$(jq -c '[.jobs[] | has("log"), has("key")] | unique' "$P/docs/results/regress.json")" '[false]' \
	'without what is of one machine'
like "$(region steps)" '0002 .*same object: 70 compared, 0 differing \| um: 1 of 1 \|' 'a step has its figures'
like "$(region steps)" '0003 .*um: 1 of 1 \(1 inherited\)' 'an inherited verdict is marked'
like "$(region status)" '\| 0002 = \|' 'status says what is proved'
like "$(region prove)" 'Objects compared: 70; differing: 0' 'the sum of prove'
like "$(region prove)" '0002: `net/core/sock.c:7`' 'with the lines that nothing compiled'
like "$(region configurations)" '\| broad \| x86 \| gcc \| 40 \| 0 \| 9 \| 0 \| 3 of 4 \|' 'each configuration, with all modes'
like "$(region configurations)" '\| um \| um \| gcc \| 30 \| 0 \| 8 \| 0 \| 3 of 4 \|' 'by itself'
like "$(region configurations)" 'none of them compiles: 1\.' 'and what all of them leave out'
like "$(region configurations)" 'scripts/prove --up-to 1.5 --together --configs broad,um --json build/prove/configs.json' 'how'
like "$(region selftests)" 'User Mode Linux: 2 run on both kernels; the same: 1; different on purpose: 1; different: 0.*30 pass, 1 skip' \
	'the sum of selftests'
like "$(region selftests)" 'um: `net/b.sh` differs on purpose: own limits' 'and what differs'
like "$(region regress)" 'Built, booted and tested: 4, of which 4 pass and 0 fail' 'the sum of regress'
like "$(region demo)" 'b: net.core.rmem_max +212992 -> 4000000 +leaks' 'the table of the demo'
like "$(region 'layout total')" 'A vnet: 70 bytes in 1 structs, which take 2 cache lines, 128 bytes.*Together 8\.6 %.*On each processor: 8 bytes' \
	'the sums of the layout'
like "$(region 'layout vnet')" '`vnet_core` \| 70 \| 2 \| 3 \| 1 \| 4 \| 2 \|.*No struct is compiled of: `empty`' 'and each struct'
unlike "$(region 'layout vnet')" 'pcpu' 'of that kind'
like "$(region check)" 'Files=3, Tests=42.*make check.*Linux 6.12.1' 'the summary of the check'
run_ok 'nothing is left to be filled' "$docs" --check

### Controls
sed -i 's/70 compared/71 compared/' "$P/README.md"
status_is 1 'a figure edited by hand' "$docs" --check
like "$(stderr)" "README.md:2: the region 'steps 1.0'" 'is named, with its line'
like "$(stderr)" '71 compared' 'and shown'
run_ok 'fill' "$docs"
run_ok 'puts it right' "$docs" --check
jq '.steps[0].differing = 1 | .steps[0].verdict = "differs"' "$P/docs/results/prove.json" > "$TEST_TMP/x"
cp "$P/docs/results/prove.json" "$TEST_TMP/prove.json"
cp "$TEST_TMP/x" "$P/docs/results/prove.json"
status_is 1 'a result that changed' "$docs" --check
run_ok 'fill' "$docs"
like "$(region steps)" '\*\*differs\*\*: 1 of 70' 'what differs is not called the same'
like "$(region status)" '0002 \*\*differs\*\*' 'nowhere'
cp "$TEST_TMP/prove.json" "$P/docs/results/prove.json"
run_ok 'fill' "$docs"

# After a change of step 3, what was found out about step 2 holds still.
patch=$(echo "$P"/patches/*/0003-*.patch)
cp "$patch" "$TEST_TMP/0003"
sed -i 's/^\(index [0-9a-f]*\.\.\)[0-9a-f]*/\10123456789012345678901234567890123456789/' "$patch"
status_is 1 'a step that changed' "$docs" --check
run_ok 'fill' "$docs"
like "$(region steps)" '0003 .*boot \| –' 'its figures are gone'
like "$(region steps)" '0002 .*70 compared, 0 differing' 'those of the steps before are not'
like "$(region regress)" 'changed since, from step 0003 on' 'the sums say so'
status_is 1 'a result of it is not published' "$docs" --publish regress
like "$(stderr)" 'patches/ is not what build/linux has' 'and why'
cp "$TEST_TMP/0003" "$patch"
sed -i 's/^\(    \)\?Why it is so/\1Why it is as it is/' "$patch"
run_ok 'fill' "$docs"
like "$(region steps)" '0003 .*um: 1 of 1' 'other words in a message take no figure away'
cp "$TEST_TMP/0003" "$patch"

jq '(.rows[] | select(.id == "b_labels") | .vnet.after) = "0"' "$P/docs/results/demo.json" > "$TEST_TMP/x"
cp "$P/docs/results/demo.json" "$TEST_TMP/demo.json"
cp "$TEST_TMP/x" "$P/docs/results/demo.json"
status_is 1 'a demo in which the vnet kernel leaks is not shown as if it were well' "$docs"
cp "$TEST_TMP/demo.json" "$P/docs/results/demo.json"
jq 'del(.of)' "$TEST_TMP/demo.json" > "$P/docs/results/demo.json"
status_is 1 'a result that does not say what it is of' "$docs"
like "$(stderr)" "docs --publish demo" 'how to make one is said'
cp "$TEST_TMP/demo.json" "$P/docs/results/demo.json"

for wrong in 'no-such-region' 'layout none' 'steps 9.9' 'steps' 'excerpt none a b c' 'excerpt rename-core net/core/sock.c nothing x' \
	'rows vnet/variables.tsv module=none variable' 'rows vnet/variables.tsv module=core none'; do
	printf '<!-- fill: %s -->\n<!-- /fill -->\n' "$wrong" > "$P/x.md"
	status_is 1 "the region '$wrong'" "$docs" "$P/x.md"
	like "$(stderr)" 'x.md:1: ' 'is named, with its line'
	is "$(wc -l < "$P/x.md")" 2 'and the document is as it was'
done
printf '<!-- fill: status -->\n' > "$P/x.md"
status_is 1 'a region without an end' "$docs" "$P/x.md"
printf '<!-- /fill -->\n' > "$P/x.md"
status_is 1 'an end without a region' "$docs" "$P/x.md"

### What is not published
jq '.verdict = "incomplete"' "$P/build/regress/result.json" > "$TEST_TMP/x"
status_is 1 'an incomplete regression' "$docs" --publish regress "$TEST_TMP/x"
jq '.series = "0123"' "$P/build/selftests/result.json" > "$TEST_TMP/x"
status_is 1 'selftests of another series' "$docs" --publish selftests "$TEST_TMP/x"
jq '.series = "0123"' "$P/build/layout/result.json" > "$TEST_TMP/x"
status_is 1 'the layout of another series' "$docs" --publish layout "$TEST_TMP/x"
jq '.command += " --only net/a.sh"' "$P/build/selftests/result.json" > "$TEST_TMP/x"
status_is 1 'selftests of a part' "$docs" --publish selftests "$TEST_TMP/x"
jq 'del(.states[0])' "$P/build/bench-policy/result.json" > "$TEST_TMP/x"
status_is 1 'policies without the kernel that has none' "$docs" --publish bench-policy "$TEST_TMP/x"
like "$(stderr)" 'has not all states' 'why'
jq '.steps[1].sha = "0123"' "$P/build/regress/result.json" > "$TEST_TMP/x"
status_is 1 'a result of other commits' "$docs" --publish regress "$TEST_TMP/x"
like "$(stderr)" 'of other commits' 'why'
head -n 2 "$P/build/log/check.log" > "$TEST_TMP/x"
status_is 1 'a check that was ended' "$docs" --publish check "$TEST_TMP/x"
touch -d '2001-01-01' "$P/build/demo/result.json"
status_is 1 'a demo older than the series' "$docs" --publish demo
like "$(stderr)" 'older than the series' 'why'
touch "$P/build/demo/result.json"
echo "Checking that ptrace can change system call numbers...OK" > "$P/build/demo/vnet.log"
status_is 1 'a demo in User Mode Linux' "$docs" --publish demo
like "$(stderr)" 'User Mode Linux' 'why'
status_is 2 'an unknown result' "$docs" --publish none
status_is 2 'an unknown option' "$docs" --bad
status_is 2 'a document that is not there' "$docs" "$P/none.md"
run_ok 'help' "$docs" --help
run_ok 'help of publish' "$P/scripts/docs.d/publish" --help
run_ok 'help of steps' "$P/scripts/docs.d/steps" --help
done_testing

# SPDX-License-Identifier: GPL-2.0-only
# The result of a run: one object, from a line per job (fields parted by \x1f: id,
# step, mode, architecture, state, why inherited, whose record).

(reduce $records[] as $r ({}; .[$r.id] = $r)) as $record |
[inputs | split("\u001f") | . as $f | $record[$f[6]] as $r | {
	id: $f[0], step: $f[1], mode: $f[2], arch: $f[3], state: $f[4],
	verdict: ($r.verdict // "none")
} + (
	if $f[5] != "" then {inherits: {why: $f[5], from: $f[6]}}
	else $r // {} | {why, seconds, warnings, kunit, smoke, date, log, key}
	end
)] as $jobs |
{
	command: $command, date: $date, source: $source, series: $series, commit: $commit,
	compiler: $compiler, linker: $linker, cpus: $cpus,
	verdict: (
		if any($jobs[]; .verdict == "fail") then "fail"
		elif any($jobs[]; .verdict == "none") then "incomplete"
		else "pass" end),
	counts: {
		jobs: ($jobs | length),
		run: ([$jobs[] | select(.state == "pass" or .state == "fail")] | length),
		passed: ([$jobs[] | select(.state == "pass")] | length),
		failed: ([$jobs[] | select(.state == "fail")] | length),
		proved: ([$jobs[] | select(.inherits.why == "proved")] | length),
		unaffected: ([$jobs[] | select(.inherits.why == "unaffected")] | length),
		missing: ([$jobs[] | select(.verdict == "none")] | length)
	},
	seconds: ([$jobs[] | .seconds.all // 0] | add),
	steps: $steps,
	jobs: $jobs
}

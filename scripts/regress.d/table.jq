# SPDX-License-Identifier: GPL-2.0-only
# The table of a result: a row per step, a column per mode and architecture.

def pad(n): . + (" " * ([n - length, 1] | max));
def clock: "\(. / 3600 | floor):\(. / 60 % 60 | tostring | if length < 2 then "0" + . else . end)";

# What stands for a job.
def cell:
	if . == null then "."
	elif .verdict == "none" then "-"
	else (if .verdict == "fail" then "FAIL" else "ok" end)
		+ (if .inherits.why == "proved" then " ="
		   elif .inherits.why == "unaffected" then " ~"
		   else " \(.seconds.all)s" end)
	end;

. as $r
| ([.jobs[] | {mode, arch}] | unique
	| sort_by(.arch, ({stock: 0, globals: 1, structs: 2, vnet: 3}[.mode]))) as $all
| ($all | map(select(.mode != "stock"))) as $columns
| (reduce .jobs[] as $j ({}; .["\($j.step) \($j.mode) \($j.arch)"] = $j)) as $job
| ([.steps[].id | length] | max + 2) as $width
| ("Linux \(.source), \(.steps | length - 1) steps, \(.compiler)"),
  "",
  (("" | pad($width)) + ([$columns[] | "\(.mode).\(.arch)" | pad(13)] | join(""))),
  (.steps[] as $s
	| ($s.id | pad($width)) + ([
		$columns[] | . as $c
		| (if $s.id == "0000-stock" then $job["0000-stock stock \($c.arch)"]
		   else $job["\($s.id) \($c.mode) \($c.arch)"] end)
		| cell | pad(13)] | join("") | sub(" +$"; ""))),
  "",
  "ok Ns: built, booted, tested in so many seconds   ok =: proved unchanged   ok ~: not affected",
  "FAIL: see below   -: to be run   .: no such job",
  "",
  (.jobs[] | select(.state == "fail") | "\(.id): FAIL\(if .log then ", see \(.log)" else "" end)",
	(.why[:10][] | "    \(.)"),
	(if (.why | length) > 10 then "    ... and \(.why | length - 10) more" else empty end)),
  (.counts as $c
	| "\($c.jobs) jobs: \($c.run) run (\($c.passed) passed, \($c.failed) failed), \($c.proved) proved unchanged, \($c.unaffected) not affected, \($c.missing) without a verdict; \(.seconds | clock) h of work: \(.verdict)")

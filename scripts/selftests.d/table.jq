# SPDX-License-Identifier: GPL-2.0-only
# The table of a result: a row for each architecture, and what is not the same.

def pad(n): . + (" " * ([n - length, 1] | max));
def row(f): [f[] | tostring | pad(11)] | join("") | sub(" +$"; "");
def some(o): [o | to_entries[] | "\(.value) \(.key)"] | join(", ");

. as $r
| "",
  "Linux \(.source): \(.sides[0]) against \(if .sides[1] == "again" then "itself, once more" else .sides[1] end)",
  "",
  row(["", "listed", "run", "same", "intended", "different", "timeout", "missing"]),
  (.by_arch[] | row([.arch, .listed, .run, .same, .intended, .different, .timeout, .missing])),
  "",
  (.by_arch[] | select(.run > 0)
	| "\(.arch): on \($r.sides[0]): \(some(.status)); parts: \(some(.parts)); \(.seconds) s in tests"),
  "\(.counts.tests) tests in the source, \(.counts.listed) of them listed to be run, \(.counts.skipped) not, for the reasons in vnet/selftests.tsv",
  (if .uncompiled != [] then "not compiled: \(.uncompiled | join(" "))" else empty end),
  (.tests[] | select(.verdict == "timeout")
	| "\(.arch) \(.test): takes over \(.limit) s on \($r.sides[0]): raise its limit, or do not run it"),
  (.tests[] | select(.verdict == "intended")
	| "\(.arch) \(.test): \(.note)", (.differences[] | "    \(.)")),
  (if .sides[1] != "vnet" then empty
   else .tests[] | select(.verdict == "same" and (.note | startswith("differs on purpose: ")))
	| "\(.arch) \(.test): is the same, and its row says that it differs: mend the row" end),
  (.tests[] | select(.verdict == "different")
	| "\(.arch) \(.test): DIFFERENT, see build/selftests/jobs/\(.test | gsub("/"; ".")).\(.arch).*.log",
	(.differences[:20][] | "    \(.)"),
	(if (.differences | length) > 20 then "    ... and \(.differences | length - 20) more" else empty end)),
  "verdict: \(.verdict)"

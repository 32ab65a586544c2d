# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# The published results, for the regions of the documents.  Source it after lib.sh.

: "${DOCS_RESULTS:=$VNET_TOP/docs/results}"
# The steps (see scripts/docs.d/steps) come as a file, made once for all regions.
: "${DOCS_STEPS:?is set by scripts/docs, which runs the regions}"

# result NAME: its file in RESULT; if there is none, the document says how to get
# it, and the region is done.
result() {
	RESULT=$DOCS_RESULTS/$1.json
	if [[ -s $RESULT ]]; then
		jq -e '.of | has("steps") and has("command")' "$RESULT" > /dev/null ||
			die "docs/results/$1.json does not say what it was got with: 'scripts/docs --publish $1' makes it"
		return 0
	fi
	local call="make $1"
	[[ $1 != check ]] || call+=' 2>&1 | tee build/log/check.log'
	[[ $1 != prove-configs ]] ||
		call="scripts/prove --up-to 1.5 --together --configs all --json build/prove/configs.json"
	[[ $1 != vswitch-conformance ]] || call="prove tests/kernel/$1.t"
	printf "*No result is published yet. It comes from \`%s\` and then \`scripts/docs --publish %s\`.*\n" \
		"$call" "$1"
	exit 0
}

# origin NAME: where its figures are from, as a paragraph; and if the series is
# not what it was then, that.
origin() {
	local since
	jq -r --arg name "$1" '.of |
		"`\(.command)`, Linux \(.source), \(.compiler | sub("^gcc .*\\) "; "gcc ")), commit \(.commit | .[:12] + if endswith("-modified") then " with changes" else "" end), \(.date); data: docs/results/\($name).json."' \
		"$DOCS_RESULTS/$1.json"
	since=$(changed_since "$1")
	[[ -z $since ]] ||
		printf 'The series has changed since, from step %s on: these figures are of what it was.\n' "$since"
}

# changed_since NAME: the number of the first step that is not what it was, or nothing.
changed_since() {
	jq -r --rawfile steps "$DOCS_STEPS" '
		.of.steps as $was
		| [$steps | split("\n")[] | select(. != "") | split("\t")] as $now
		| first($now[] | select($was[.[1]] != .[11]) | .[0])
			// (if ($was | length) > ($now | length) then "\($now | length + 1)" else empty end)' \
		"$DOCS_RESULTS/$1.json"
}

# STEPS_JQ: a jq program's beginning: $steps is an array of objects, in order.
# shellcheck disable=SC2016,SC2034 # jq; for the regions
STEPS_JQ='
def steps: [$text | split("\n")[] | select(. != "") | split("\t")
	| {number: .[0], id: .[1], stage: .[2], origin: .[3], proof: .[4], modes: .[5], module: .[6],
	   slug: .[7], files: .[8], added: .[9], removed: .[10], source: .[11], path: .[12], subject: .[13]}];
# Of a published result, what is about step $s as it is now; else null.
def about($s; $result; f): if $result.of.steps[$s.id] == $s.source then ($result | f) else null end;
# With --together an entry is of several steps: FIRST..NUMBER.
def of_steps: (.id | capture("^(?<first>[0-9]+)-.*[.][.](?<last>[0-9]+)$")) // null;
def covers($s): .id == $s.id or (of_steps as $r | $r != null
	and ($r.first | tonumber) <= ($s.number | tonumber) and ($s.number | tonumber) <= ($r.last | tonumber));
def proved($s; $prove): about($s; $prove; first(.steps[] | select(covers($s)))) // null;
def jobs($s; $regress): about($s; $regress; [.jobs[] | select(.step == $s.id)]) // [];
'

# optional NAME: its file, or one with "null" in it: for figures that may be missing.
optional() {
	if [[ -s $DOCS_RESULTS/$1.json ]]; then
		printf '%s' "$DOCS_RESULTS/$1.json"
	else
		printf 'null\n' > "${DOCS_STEPS%/*}/null"
		printf '%s' "${DOCS_STEPS%/*}/null"
	fi
}

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# The record of a job, build/regress/jobs/ID.json: one line, there only when the
# job came to a verdict, whole or not at all.

# records: every record that can be read and stands under its own id.
records() {
	find "$JOBS" -maxdepth 1 -name '[0-9]*.json' -exec awk '{ print FILENAME "\t" $0 }' {} + |
		jq -cR '(index("\t") // empty) as $i
			| (.[:$i] | split("/")[-1] | rtrimstr(".json")) as $id
			| .[$i + 1:] | fromjson?
			| select(type == "object" and .id == $id and (.key | type) == "string"
				and (.verdict == "pass" or .verdict == "fail")
				and (.seconds | type) == "object")'
}

# records_load: RECORD[id], their keys and verdicts.
records_load() {
	local id key verdict
	declare -gA RECORD=()
	while IFS=$'\t' read -r id key verdict; do
		RECORD[$id]="$key $verdict"
	done < <(records | jq -r '[.id, .key, .verdict] | @tsv')
}

# record_store: the record on standard input, under its own id.
record_store() {
	local id key verdict new
	new=$(mktemp "$JOBS/.new.XXXXXX") || return
	jq -c . > "$new" || :
	IFS=$'\t' read -r id key verdict < <(jq -r '[.id, .key, .verdict] | @tsv' "$new" 2> /dev/null) || :
	if [[ -z $id || -z ${JOB_STEP[$id]:-} ]]; then
		rm -f "$new"
		return 1
	fi
	chmod 644 "$new"
	mv "$new" "$JOBS/$id.json"
	RECORD[$id]="$key $verdict"
}

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# All records in one result, and the table of it.  Needs plan.sh, record.sh.

# result_write: build/regress/result.json, for the jobs asked for.
result_write() {
	local id origin why state new=$REGRESS/.result.$$
	records > "$REGRESS/.records.$$"
	for id in "${JOBS_ALL[@]}"; do
		job_state "$id"
		state=$STATE origin=$id why=
		if [[ $state == inherits ]]; then
			origin=${JOB_FROM[$id]} why=${JOB_SAME[$id]}
			job_state "$origin"
		fi
		# A record that no longer holds is none.
		[[ $STATE == pass || $STATE == fail ]] || origin+=' (no verdict yet)'
		printf '%s\x1f' "$id" "${STEP_ID[JOB_STEP[$id]]}" "${JOB_MODE[$id]}" "${JOB_ARCH[$id]}" \
			"$state" "$why"
		printf '%s\n' "$origin"
	done | jq -Rn --arg command "$COMMAND" --arg date "$(date -u +%FT%TZ)" \
		--arg source "$(source_version)" --arg compiler "$COMPILER" --arg linker "$LINKER" \
		--arg series "$(series_sum)" --arg commit "$(project_commit)" \
		--argjson steps "$(steps_json)" --argjson cpus "$(nproc)" \
		--slurpfile records "$REGRESS/.records.$$" \
		-f "$VNET_TOP/scripts/regress.d/result.jq" > "$new" || die "cannot write the result"
	mv "$new" "$REGRESS/result.json"
	rm -f "$REGRESS/.records.$$"
}

# source_version: of the kernel that the steps in build/linux are on.
source_version() {
	vgit log -1 --format=%s stock | sed -n 's/^Linux \([^ ]*\): .*/\1/p'
}

# series_sum: a checksum of all steps of build/linux, in order.
series_sum() { printf '%s\n' "${STEP_TREE[@]}" | sha256sum | cut -c1-64; }

# project_commit: of this project; marked when files differ from it.
project_commit() {
	local rev
	rev=$(git -C "$VNET_TOP" rev-parse -q --verify HEAD 2> /dev/null) || return 0
	git -C "$VNET_TOP" diff --quiet HEAD -- patches scripts tests vnet 2> /dev/null || rev+=-modified
	printf '%s' "$rev"
}

steps_json() {
	local i
	for ((i = 0; i <= STEP_COUNT; i++)); do
		((i == 0)) || [[ -n ${CHOSEN[$i]:-} ]] || continue
		printf '%s\x1f%s\x1f%s\n' "${STEP_ID[i]}" "${STEP_STAGE[i]}" "${STEP_SHA[i]}"
	done | jq -Rnc '[inputs | split("\u001f") | {id: .[0], stage: .[1], sha: .[2]}]'
}

# result_table FILE: for people.
result_table() {
	jq -r -f "$VNET_TOP/scripts/regress.d/table.jq" "$1" || die "$1 is not a result of $prog"
}

# result_verdict: status 0 if all is well.
result_verdict() { [[ $(jq -r .verdict "$REGRESS/result.json") == pass ]]; }

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# One job after the other, here.  Needs job.sh.

# clock SECONDS: as MM:SS or H:MM:SS.
clock() {
	if (($1 < 3600)); then
		printf '%02d:%02d' $(($1 / 60)) $(($1 % 60))
	else
		printf '%d:%02d:%02d' $(($1 / 3600)) $(($1 / 60 % 60)) $(($1 % 60))
	fi
}

# seconds_expected: MEAN, how long a job may take, from those that have a record,
# even a stale one; empty when there is none.
seconds_expected() {
	MEAN=$(records | jq -rn '[inputs | .seconds.all] | if length > 0 then add / length | ceil else empty end')
}

# progress_line I N ID BEGIN DONE: the job that begins now.
progress_line() {
	local left=
	if (($5 > 0)); then
		left=", about $(clock $(((SECONDS - $4) * ($2 - $1 + 1) / $5))) left"
	elif [[ -n $MEAN ]]; then
		left=", about $(clock $((MEAN * ($2 - $1 + 1)))) left"
	fi
	printf '[%d/%d %s%s] %s\n' "$1" "$2" "$(clock $((SECONDS - $4)))" "$left" "$3"
}

run_here() {
	local i n=${#TODO[@]} begin=$SECONDS id
	seconds_expected
	printf '%s: %d jobs to run; logs in %s\n' "$prog" "$n" "${JOBS#"$PWD"/}"
	for ((i = 0; i < n; i++)); do
		id=${TODO[i]}
		progress_line $((i + 1)) "$n" "$id" "$begin" "$i"
		[[ $id == 0000-stock.stock.* ]] || baseline_need "${JOB_ARCH[$id]}"
		job_run "$id"
		show_verdict "$VERDICT" $((BUILD_SECONDS + KUNIT_SECONDS + SMOKE_SECONDS)) "${WHY[@]}"
	done
}

# show_verdict VERDICT SECONDS [WHY...]
show_verdict() {
	[[ ! -t 1 ]] || printf '\r\033[K'
	printf '    %s in %s\n' "$1" "$(clock "$2")"
	(($# < 3)) || printf '    %s\n' "${@:3}"
}

# show_record ID
show_record() {
	local verdict seconds why
	IFS=$'\t' read -r verdict seconds < <(jq -r '[.verdict, .seconds.all] | @tsv' "$JOBS/$1.json")
	mapfile -t why < <(jq -r '.why[]' "$JOBS/$1.json")
	show_verdict "$verdict" "$seconds" "${why[@]}"
}

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Jobs on several hosts, with GNU parallel over ssh.  A host runs one job at a
# time ('--job ID --print'), and its record comes back as a line of output.
# The stock kernel's results go to each host first.  Needs run.sh, job.sh.

# spread_run "HOST...": each host is what ssh takes, or ":" for this one.
spread_run() {
	local on arch base=() left=() id begin=$SECONDS i=0 top line
	read -ra on <<< "${1//,/ }"
	((${#on[@]})) || usage_error "--hosts names no host"
	type parallel > /dev/null 2>&1 ||
		die "GNU parallel is not installed: apt-get install parallel"
	[[ $VNET_BUILD == "$VNET_TOP/build" ]] ||
		die "other hosts look in build/, not in $VNET_BUILD: unset VNET_BUILD"
	for arch in um x86; do
		[[ $ARCH == all || $ARCH == "$arch" ]] || continue
		id=0000-stock.stock.$arch
		job_state "$id"
		[[ $STATE == pass ]] || printf '%s: %s runs here first: the others are compared with it\n' "$prog" "$id"
		baseline_need "$arch"
		for line in "$id".{json,d/smoke.out,d/warnings}; do
			base+=(--basefile "./build/regress/jobs/$line")
		done
	done
	for id in "${TODO[@]}"; do
		[[ $id == 0000-stock.stock.* ]] || left+=("$id")
	done
	((${#left[@]})) || return 0

	printf '%s: %d jobs to run on %s\n' "$prog" "${#left[@]}" "${on[*]}"
	printf -v top '%q' "$VNET_TOP"
	while IFS= read -r line; do
		i=$((i + 1))
		spread_take "$line" "[$i/${#left[@]} $(clock $((SECONDS - begin)))]"
	done < <(
		cd "$VNET_TOP" || exit
		printf '%s\n' "${left[@]}" | parallel --will-cite --plain --jobs 1 --retries 2 \
			--sshlogin "$(IFS=,; printf '%s' "${on[*]}")" --workdir "$VNET_TOP" "${base[@]}" \
			"cd $top && scripts/regress --arch $ARCH --mode $MODE${STAGES:+ --stages} --job {} --print${FORCE:+ --force}${RETRY:+ --retry}"
	)
	((i == ${#left[@]})) ||
		warn "$((${#left[@]} - i)) jobs came to no result: what stopped them is said above"
}

# spread_take LINE HEAD: a record that came back, if it is of what we have here.
spread_take() {
	local id key host
	IFS=$'\t' read -r id key host < <(jq -r '[.id, .key, .host] | @tsv' <<< "$1" 2> /dev/null) || :
	if [[ -z $id || -z ${JOB_STEP[$id]:-} ]]; then
		warn "not a job's record: $1"
		return
	fi
	key_of "$id"
	printf '%s %s (%s)\n' "$2" "$id" "$host"
	if [[ $key != "$KEY" ]]; then
		warn "$host has another source, configuration, compiler or set of tests than this host;" \
			"its result of $id is not used"
		return
	fi
	record_store <<< "$1" || die "$id: cannot write its record"
	show_record "$id"
}

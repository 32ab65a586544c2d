# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# All tests that are to be run, one after the other, and the result of all.
#
# Needs lib.sh, rows.sh, job.sh.

# run_tests: those that have no result that holds; with --retry, those that differ, too.
run_tests() {
	local test arch side t i=0 n todo=() again
	while read -r test arch; do
		job_state "$test" "$arch"
		again=''
		[[ -z $RETRY || $STATE == same || $STATE == intended || $STATE == todo ]] || again=1
		[[ $STATE == todo || -n $again || -n $FORCE ]] || continue
		todo+=("$test $arch ${again:-0}")
	done < <(chosen)
	n=${#todo[@]}
	if ((n == 0)); then
		printf '%s: nothing to do: every test has its result\n' "$prog"
		return
	fi
	printf '%s: %d tests to run, on %s; logs in %s\n' "$prog" "$n" "${SIDES[*]}" "${JOBS#"$PWD"/}"
	for t in "${todo[@]}"; do
		read -r test arch again <<< "$t"
		i=$((i + 1)) t=$((SECONDS - VNET_START))
		printf '[%d/%d %02d:%02d] %s %s: ' "$i" "$n" $((t / 60)) $((t % 60)) "$arch" "$test"
		for side in "${SIDES[@]}"; do
			[[ -n $FORCE || $again == 1 ]] || ! job_holds "$test" "$arch" "$side" || continue
			job_run "$test" "$arch" "$side"
		done
		job_judge "$test" "$arch" | jq -r --arg a "${SIDES[0]}" --arg b "${SIDES[1]}" '
			([.sides[$a].parts[]] | add // 0) as $n
			| "\(.verdict) (\(.sides[$a].status), \(.sides[$b].status); \($n) parts; \(.sides[$a].seconds | floor) s, \(.sides[$b].seconds | floor) s)",
			(.differences[] | "    \(.)")'
	done
}

# result_write FILE
result_write() {
	local test arch sums=()
	for arch in "${ARCHS[@]}"; do
		for test in "${SIDES[@]}"; do
			job_key "${TESTS[0]}" "$arch" "$test"
			sums+=("$test $arch ${IMAGE_SUM[${KERNEL_OF[$test]} $arch]:-}")
		done
	done
	{
		while read -r test arch; do
			job_state "$test" "$arch"
			if [[ $STATE == todo ]]; then
				jq -nc --arg test "$test" --arg arch "$arch" '{$test, $arch, verdict: "missing", differences: []}'
			else
				job_judge "$test" "$arch"
			fi
		done < <(chosen)
	} > "$OUT/tests.json"
	for test in "${TESTS[@]}"; do
		# shellcheck disable=SC2053 # a pattern
		[[ $test != $ONLY ]] || printf '%s\t%s\t%s\n' "$test" "${ROW_ARCH[$test]}" "${ROW_NOTE[$test]}"
	done | jq -Rn --arg command "$COMMAND" --arg date "$(date -u +%FT%TZ)" \
		--arg source "$(vgit log -1 --format=%s stock | sed -n 's/^Linux \([^ ]*\): .*/\1/p')" \
		--arg sides "${SIDES[*]}" --arg archs "${ARCHS[*]}" --arg sums "$(printf '%s\n' "${sums[@]}")" \
		--arg series "$(tree_of main)" --arg uncompiled "${UNCOMPILED[*]}" --slurpfile tests "$OUT/tests.json" \
		-f "$VNET_TOP/scripts/selftests.d/result.jq" > "$1.new"
	mv "$1.new" "$1"
}

# result_table FILE
result_table() { jq -r -f "$VNET_TOP/scripts/selftests.d/table.jq" "$1"; }

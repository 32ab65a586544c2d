# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# One job: build the kernel, boot it, test it, write the record.
#
# Needs plan.sh, key.sh, record.sh, private.sh.

JOB_TIMEOUT=900		# seconds that a guest may take; an emulated one is slow

# job_begin ID: what all phases need; then, one at a time, the right to use the
# output directory of that mode and architecture.
job_begin() {
	local n=${JOB_STEP[$1]}
	ID=$1 MODE_OF=${JOB_MODE[$1]} ARCH_OF=${JOB_ARCH[$1]}
	COMMIT=${STEP_SHA[n]}
	LOGS=$JOBS/$ID.d
	OUT=$REGRESS/$MODE_OF/$ARCH_OF
	IMAGE=$OUT/linux
	[[ $ARCH_OF == um ]] || IMAGE=$OUT/bzImage
	private_modules "$n" "$MODE_OF"
	WHY=()
	BUILD_SECONDS=0 KUNIT_SECONDS=0 SMOKE_SECONDS=0
	WARNINGS=null KUNIT=null SMOKE=null
	mkdir -p "$OUT"
	exec {JOB_LOCK}> "$REGRESS/$MODE_OF.$ARCH_OF.lock"
	flock "$JOB_LOCK"
	rm -rf "$LOGS" "$JOBS/$ID.json"
	unset "RECORD[$ID]"
	mkdir -p "$LOGS"
}
job_end() { exec {JOB_LOCK}>&-; }

# job_run ID: VERDICT, also in its record.  The stock kernel's job of the
# architecture comes first.
job_run() {
	job_begin "$1"
	if job_build; then
		job_warnings
		job_kunit
		job_smoke
	fi
	job_record
	job_end
}

# job_build: with the warnings of W=1.  The wait for another build is not counted.
job_build() {
	local rc=0 begin
	kernel_lock >&2
	begin=$SECONDS
	say_phase build
	if [[ -t 1 && -z $PRINT ]]; then
		"$VNET_TOP/scripts/build" --commit "$COMMIT" --out "$OUT" --w1 "$MODE_OF" "$ARCH_OF" \
			2> "$LOGS/build.log" < /dev/null || rc=$?
	else
		"$VNET_TOP/scripts/build" --commit "$COMMIT" --out "$OUT" --w1 "$MODE_OF" "$ARCH_OF" \
			> "$LOGS/build.log" 2>&1 < /dev/null || rc=$?
	fi
	BUILD_SECONDS=$((SECONDS - begin))
	kernel_unlock
	((rc != 0)) || return 0
	((rc < 128)) || die "$ID: the build was ended by signal $((rc - 128)); run it again"
	WHY+=("does not build: $(build_error)")
	return 1
}

# kernel_unlock: if it was kernel_lock here that took it.
kernel_unlock() {
	[[ -n ${VNET_LOCK_FD:-} ]] || return 0
	exec {VNET_LOCK_FD}>&-
	unset VNET_LOCK_FD VNET_KERNEL_LOCKED
}

# build_error: the first error of the build, as far as it can be told.
build_error() {
	grep -m 1 -E '(error|undefined reference|Error [0-9]+)' "$LOGS/build.log" ||
		tail -n 1 "$LOGS/build.log"
}

# job_warnings: none that the stock kernel does not have.
job_warnings() {
	local line new
	LC_ALL=C sort -u "$OUT/warnings" > "$LOGS/warnings" || die "$ID: the build left no list of warnings"
	[[ $MODE_OF != stock ]] || {
		WARNINGS=$(jq -n --argjson all "$(wc -l < "$LOGS/warnings")" '{all: $all, new: []}')
		return
	}
	new=$(LC_ALL=C comm -13 "$(baseline_of "$ARCH_OF")/warnings" "$LOGS/warnings")
	while IFS= read -r line; do
		[[ -z $line ]] || WHY+=("new with W=1: $line")
	done <<< "$new"
	WARNINGS=$(jq -n --argjson all "$(wc -l < "$LOGS/warnings")" --arg new "$new" \
		'{all: $all, new: ($new | split("\n") - [""])}')
}

# guest LOG COMMAND...: in the kernel just built; its kernel's log is LOG.
guest() {
	"$VNET_TOP/scripts/boot" --kernel "$MODE_OF" --arch "$ARCH_OF" --image "$IMAGE" \
		--timeout "$JOB_TIMEOUT" --env VNET_BUILD --log "$LOGS/$1" "${@:2}" < /dev/null
}

# guest_ended STATUS WHAT: says in WHY how a guest ended, if not by itself.
guest_ended() {
	if (($1 == 1 || $1 == 2)) && grep -q "^boot: " "$LOGS/err"; then
		die "$ID: $2: $(grep -m 1 "^boot: " "$LOGS/err")"
	fi
	case $1 in
	0) ;;
	124) WHY+=("$2: not done after $JOB_TIMEOUT seconds") ;;
	125) WHY+=("$2: the kernel reported a fault: $(fault_line)") ;;
	126) WHY+=("$2: the kernel does not come up") ;;
	*) return 1 ;;
	esac
}
fault_line() { sed -n 's/^[<[][^]>]*[]>] *//; /[A-Z]/{p;q}' "$LOGS/err"; }

# job_kunit: the suites of the series, where the step has them.
job_kunit() {
	local rc=0 begin=$SECONDS total planned skipped failed
	grep -q '^CONFIG_VNET_KUNIT_TEST=y$' "$OUT/.config" || return 0
	say_phase KUnit
	guest kunit.log --append 'kunit.enable=1 kunit.filter_glob=*vnet*' -- dmesg -t \
		> "$LOGS/kunit.out" 2> "$LOGS/err" || rc=$?
	KUNIT_SECONDS=$((SECONDS - begin))
	guest_ended "$rc" KUnit || WHY+=("KUnit: dmesg in the guest ended with status $rc")
	((rc != 126)) || return 0
	total=$(grep -cE '^    (not )?ok [0-9]+ ' "$LOGS/kunit.out") || :
	failed=$(sed -nE 's/^    not ok [0-9]+ ([^ ]*).*/\1/p' "$LOGS/kunit.out")
	planned=$(($(sed -nE 's/^    1\.\.([0-9]+)$/\1/p' "$LOGS/kunit.out" | paste -sd+ | grep . || echo 0)))
	((total)) || WHY+=('KUnit: no test was run')
	[[ $planned == "$total" ]] || WHY+=("KUnit: $total tests were run of $planned")
	[[ -z $failed ]] || WHY+=("KUnit: failed: ${failed//$'\n'/ }")
	skipped=$(grep -cE "^    ok [0-9]+ .*# SKIP" "$LOGS/kunit.out") || :
	KUNIT=$(jq -n --argjson total "$total" --argjson skipped "$skipped" --arg failed "$failed" \
		'{tests: $total, skipped: $skipped, failed: ($failed | split("\n") - [""])}')
}

# job_smoke: behaviour, and the sysctls compared with the stock kernel's.
job_smoke() {
	local rc=0 begin=$SECONDS total failed line
	say_phase tests
	make -s -C "$VNET_TOP/tests/probes" OUT="$VNET_BUILD/probes" > "$LOGS/probes.log" 2>&1 ||
		die "the probes do not compile: see ${LOGS#"$PWD"/}/probes.log"
	guest smoke.log -- "$VNET_TOP/scripts/regress.d/smoke" --private "$PRIVATE" \
		> "$LOGS/smoke.out" 2> "$LOGS/err" || rc=$?
	SMOKE_SECONDS=$((SECONDS - begin))
	guest_ended "$rc" tests || ((rc == 1)) || WHY+=("tests: ended with status $rc")
	((rc != 126)) || return 0
	total=$(grep -cE '^(not )?ok ' "$LOGS/smoke.out") || :
	failed=$(sed -nE '/^not ok/{N;s/^not ok [0-9]+ - (.*)\n# (.*)/\1: \2/p}' "$LOGS/smoke.out")
	grep -qx "1\.\.$total" "$LOGS/smoke.out" || WHY+=("tests: they did not come to their end")
	if [[ $MODE_OF != stock ]] && grep -q '^sysctl' "$LOGS/smoke.out"; then
		total=$((total + 1))
		line=$("$VNET_TOP/scripts/regress.d/compare-sysctls" "$(baseline_of "$ARCH_OF")/smoke.out" \
			"$LOGS/smoke.out" "$PRIVATE") || failed+=${failed:+$'\n'}$line
	fi
	while IFS= read -r line; do
		[[ -z $line ]] || WHY+=("tests: $line")
	done <<< "$failed"
	SMOKE=$(jq -n --argjson total "$total" --arg failed "$failed" \
		'{tests: $total, failed: ($failed | split("\n") - [""])}')
}

# job_record: the verdict, and all that led to it.
job_record() {
	local n=${JOB_STEP[$ID]}
	VERDICT=pass
	((${#WHY[@]} == 0)) || VERDICT=fail
	rm -f "$LOGS/err"
	key_of "$ID"
	record_store < <(jq -n --arg id "$ID" --arg step "${STEP_ID[n]}" --arg sha "$COMMIT" \
		--arg tree "${STEP_TREE[n]}" --arg mode "$MODE_OF" --arg arch "$ARCH_OF" \
		--arg key "$KEY" --arg verdict "$VERDICT" --arg host "$(uname -n)" \
		--arg compiler "$COMPILER" --arg linker "$LINKER" --arg private "$PRIVATE" \
		--arg date "$(date -u +%FT%TZ)" --arg log "${LOGS#"$VNET_TOP"/}" \
		--argjson build "$BUILD_SECONDS" --argjson kunit_s "$KUNIT_SECONDS" \
		--argjson smoke_s "$SMOKE_SECONDS" --argjson warnings "$WARNINGS" \
		--arg why "$(printf '%s\n' "${WHY[@]}")" \
		--argjson kunit "$KUNIT" --argjson smoke "$SMOKE" '{
			id: $id, verdict: $verdict, why: ($why | split("\n") - [""]),
			step: $step, sha: $sha, tree: $tree, mode: $mode, arch: $arch, key: $key,
			private: ($private | split(" ") - [""]),
			warnings: $warnings, kunit: $kunit, smoke: $smoke,
			seconds: {build: $build, kunit: $kunit_s, smoke: $smoke_s,
				all: ($build + $kunit_s + $smoke_s)},
			compiler: $compiler, linker: $linker, host: $host, date: $date, log: $log
		}') || die "$ID: cannot write its record"
}

# baseline_of ARCH: where the stock kernel's warnings and sysctls are.
baseline_of() { printf '%s' "$JOBS/0000-stock.stock.$1.d"; }

# baseline_need ARCH: run the stock kernel's job unless its result holds.
baseline_need() {
	local id=0000-stock.stock.$1
	job_state "$id"
	if [[ $STATE != pass || ! -s $JOBS/$id.d/smoke.out || ! -e $JOBS/$id.d/warnings ]]; then
		job_run "$id"
		[[ $VERDICT == pass ]] || {
			printf '%s\n' "${WHY[@]/#/    }" >&2
			die "the stock kernel fails for $1, so nothing can be compared with it: see ${LOGS#"$PWD"/}"
		}
	fi
}

# job_one ID: for --job.
job_one() {
	job_state "$1"
	if [[ -n $FORCE || $STATE != pass && ( $STATE != fail || -n $RETRY ) ]]; then
		[[ $1 == 0000-stock.stock.* ]] || baseline_need "${JOB_ARCH[$1]}"
		job_run "$1"
	fi
	if [[ -n $PRINT ]]; then
		cat "$JOBS/$1.json"
		return
	fi
	jq -r '"\(.id): \(.verdict)", (.why[] | "    \(.)"), "log: \(.log)"' "$JOBS/$1.json"
	[[ ${RECORD[$1]#* } == pass ]]
}

# say_phase WHAT: on a terminal, what goes on now.
say_phase() {
	[[ -t 1 && -z $PRINT ]] || return 0
	printf '\r\033[K%s: %s' "$ID" "$1"
	[[ $1 != build ]] || printf '\n'
}

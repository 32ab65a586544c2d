# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034 # variables are shared with the other parts
#
# One test on one kernel: run, recorded; and the two sides compared.
#
# A record, build/selftests/jobs/TEST.ARCH.SIDE.json, is there only when the test came to
# an end; beside it are its log and the kernel's.  What the log says is read when
# it is compared.
#
# Needs lib.sh, programs.sh, rows.sh; JOBS, ARCHS, SIDES, KERNEL_OF.

JOB_BOOT=120	# seconds more that the guest may take, for itself

# job_file TEST ARCH SIDE: FILE, where its record and logs are, without their endings.
job_file() { FILE=$JOBS/${1//\//.}.$2.$3; }

# image_of KERNEL ARCH: IMAGE
image_of() {
	IMAGE=$VNET_BUILD/$1/$2/linux
	[[ $2 == um ]] || IMAGE=$VNET_BUILD/$1/$2/bzImage
}

# kernels_current: the kernels are what build/linux has.
kernels_current() {
	local side arch kernel commit
	for arch in "${ARCHS[@]}"; do
		for side in "${SIDES[@]}"; do
			kernel=${KERNEL_OF[$side]} commit=main
			[[ $kernel != stock ]] || commit=stock
			image_of "$kernel" "$arch"
			[[ -r $IMAGE ]] || die "there is no $kernel kernel for $arch: run 'scripts/build $kernel $arch'"
			grep -qsx "tree $(tree_of "$commit")" "${IMAGE%/*}/.stamp" ||
				die "the $kernel kernel for $arch is not of build/linux as it is now:" \
					"run 'scripts/build $kernel $arch'"
		done
	done
}

# job_key TEST ARCH SIDE: KEY, of all that its result depends on.
declare -A IMAGE_SUM=()
job_key() {
	local kernel=${KERNEL_OF[$3]}
	image_of "$kernel" "$2"
	if [[ -z ${IMAGE_SUM[$kernel $2]:-} ]]; then
		[[ -r $IMAGE ]] || { KEY=none; return 0; }
		IMAGE_SUM[$kernel $2]=$(sha256sum < "$IMAGE" | cut -c1-64)
	fi
	GUEST_SUM=${GUEST_SUM:-$(sha256sum < "$VNET_TOP/scripts/selftests.d/guest" | cut -c1-64)}
	KEY=$(sha256sum <<< "${IMAGE_SUM[$kernel $2]} ${PROGRAMS_SUM:-} $GUEST_SUM" | cut -c1-64)
}

# job_holds TEST ARCH SIDE: it has a result of this key; and if its time was up, it was
# that of its row.
job_holds() {
	local key status limit
	job_key "$@"
	job_file "$@"
	[[ -s $FILE.json && -e $FILE.log ]] || return 1
	IFS=$'\t' read -r key status limit < <(jq -r '[.key, .status, .limit] | @tsv' "$FILE.json" 2> /dev/null) || return 1
	[[ $key == "$KEY" && ( $status != timeout || $limit == "${ROW_LIMIT[$1]}" ) ]]
}

# job_state TEST ARCH: STATE of the comparison: same, intended, different or timeout, if
# both sides have a result that holds; else todo.
job_state() {
	local side
	STATE=todo
	for side in "${SIDES[@]}"; do
		job_holds "$1" "$2" "$side" || return 0
	done
	STATE=$(job_judge "$1" "$2" | jq -r .verdict)
}

# job_run TEST ARCH SIDE
job_run() {
	local rc=0 kernel=${KERNEL_OF[$3]} limit=${ROW_LIMIT[$1]} last status seconds
	job_key "$@"
	job_file "$@"
	image_of "$kernel" "$2"
	rm -f "$FILE".{json,log,err,kernel}
	"$VNET_TOP/scripts/boot" --kernel "$kernel" --arch "$2" --timeout $((limit + JOB_BOOT)) \
		--log "$FILE.kernel" --show "$SRC" -- "$VNET_TOP/scripts/selftests.d/guest" \
		"$SRC/$SELFTESTS" "${1%/*}" "${1##*/}" "$limit" "$VNET_BUILD/$kernel/$2/modules.builtin" \
		> "$FILE.log" 2> "$FILE.err" < /dev/null || rc=$?
	last=$(tail -n 1 "$FILE.log")
	if [[ $last =~ ^'selftests: status '([0-9]+)' seconds '([0-9.]+)$ ]]; then
		status=${BASH_REMATCH[1]} seconds=${BASH_REMATCH[2]}
	else
		status=none seconds=0
	fi
	case $rc in
	0) ;;
	124) status=124 seconds=$((limit + JOB_BOOT)) ;;
	125) status=fault ;;
	*)
		cat "$FILE.err" >&2
		die "$1 was not run on the $kernel kernel for $2 (status $rc): see above and ${FILE#"$PWD"/}.log" ;;
	esac
	[[ $status != none ]] || die "$1 on the $kernel kernel for $2 did not say how it ended: see ${FILE#"$PWD"/}.log"
	jq -nc --arg test "$1" --arg arch "$2" --arg side "$3" --arg key "$KEY" --arg code "$status" \
		--argjson limit "$limit" --arg seconds "$seconds" --arg date "$(date -u +%FT%TZ)" '
		{$test, $arch, $side, $key, $code, $limit, seconds: ($seconds | tonumber), $date,
		 status: ({"0": "pass", "4": "skip", "124": "timeout", fault: "fault"}[$code] // "fail")}' \
		> "$FILE.new"
	mv "$FILE.new" "$FILE.json"
}

# job_judge TEST ARCH: what both sides say, and whether it is the same, as JSON.
job_judge() {
	local side i=0 args=()
	for side in "${SIDES[@]}"; do
		job_file "$1" "$2" "$side"
		[[ -s $FILE.json && -e $FILE.log ]] || {
			jq -nc --arg test "$1" --arg arch "$2" '{$test, $arch, verdict: "missing", differences: []}'
			return
		}
		args+=(--slurpfile "record$i" "$FILE.json"
			--arg "parts$i" "$("$VNET_TOP/scripts/selftests.d/parts" "$FILE.log")")
		i=$((i + 1))
	done
	jq -nc "${args[@]}" --arg first "${SIDES[0]}" --arg second "${SIDES[1]}" \
		--arg limit "${ROW_LIMIT[$1]}" --arg note "${ROW_NOTE[$1]}" \
		-f "$VNET_TOP/scripts/selftests.d/judge.jq"
}

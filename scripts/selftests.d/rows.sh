# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034 # variables are shared with the other parts
#
# vnet/selftests.tsv: which test is run where, and why others are not.
#
# Needs lib.sh, programs.sh; ARCHS, ONLY.

ROWS=$VNET_TOP/vnet/selftests.tsv

# rows_load: TESTS[], in the order of the table; ROW_ARCH, ROW_LIMIT, ROW_NOTE of each.
# A row FOLDER/* is about the tests of a folder that have none of their own.  Every
# test of the source has a row, and every row a test.
rows_load() {
	local test arch limit note number=0 folder bad='' pattern
	declare -gA ROW_ARCH=() ROW_LIMIT=() ROW_NOTE=()
	local -A wide=() used=() have=()
	TESTS=()
	[[ -r $ROWS ]] || die "there is no ${ROWS#"$PWD"/}"
	while IFS=$'\t' read -r test arch limit note; do
		number=$((number + 1))
		[[ -n $test && $test != '#'* && $test != test ]] || continue
		row_valid || bad=1
		if [[ $test == */'*' ]]; then
			wide[${test%/*}]=$note
			continue
		fi
		[[ -z ${ROW_ARCH[$test]:-} ]] || row_wrong "a second row of $test"
		TESTS+=("$test")
		ROW_ARCH[$test]=$arch ROW_LIMIT[$test]=$limit ROW_NOTE[$test]=$note
	done < "$ROWS"
	[[ -z $bad ]] || exit 1

	while IFS= read -r folder; do
		while IFS= read -r test; do
			have[$test]=1
			[[ -z ${ROW_ARCH[$test]:-} ]] || continue
			if [[ -z ${wide[$folder]:-} ]]; then
				row_wrong "no row for $test, which the source has: run it, or say with" \
					"the architecture none why not"
				continue
			fi
			used[$folder]=1
			TESTS+=("$test")
			ROW_ARCH[$test]=none ROW_LIMIT[$test]=- ROW_NOTE[$test]=${wide[$folder]}
		done < <(tests_of "$folder")
	done < <(folders)
	((${#have[@]})) || die "the selftests of build/linux name no test: see ${VNET_LOG#"$PWD"/}"
	for test in "${TESTS[@]}"; do
		[[ -n ${have[$test]:-} ]] || row_wrong "$test has a row and is not in the source: remove the row"
	done
	for pattern in "${!wide[@]}"; do
		[[ -n ${used[$pattern]:-} ]] || row_wrong "the row $pattern/* is about no test: remove it"
	done
	[[ -z $bad ]] || exit 1
}

# row_wrong WHAT...: noted in rows_load's bad, so that all are named.
row_wrong() {
	printf '%s: vnet/selftests.tsv: %s\n' "$prog" "$*" >&2
	bad=1
}

# row_valid: of rows_load's variables.
row_valid() {
	case $arch in
	none)
		[[ -n $note && $note != - ]] || { row_wrong "line $number: $test is not run, and no reason given"; return 1; }
		[[ $limit == - ]] || { row_wrong "line $number: $test is not run and has a limit"; return 1; } ;;
	um | x86 | both)
		[[ $limit =~ ^[1-9][0-9]*$ ]] || { row_wrong "line $number: $test wants a limit in seconds, not '$limit'"; return 1; }
		[[ $test != */'*' ]] || { row_wrong "line $number: $test: only the tests of none can share a row"; return 1; } ;;
	*) row_wrong "line $number: $test: no such architecture: $arch (um, x86, both or none)"; return 1 ;;
	esac
}

# rows_true: the reasons that can be looked at hold, and what is to be run is there.
#   needs CONFIG_A CONFIG_B: ...  no kernel has all of these
#   does not compile: ...         there is no such program
rows_true() {
	local test note bad='' p
	local -A excused=()
	for test in "${TESTS[@]}"; do
		note=${ROW_NOTE[$test]}
		if [[ ${ROW_ARCH[$test]} != none ]]; then
			[[ -e $SRC/$SELFTESTS/$test ]] ||
				row_wrong "$test is to be run and was not compiled: see ${VNET_LOG#"$PWD"/}"
		elif [[ $note == 'does not compile'* ]]; then
			excused[$test]=1
			[[ ! -e $SRC/$SELFTESTS/$test ]] ||
				row_wrong "$test 'does not compile', but it does: run it, or give another reason"
		elif [[ $note =~ ^needs( CONFIG_[A-Z0-9_]+)+ ]]; then
			needs_true "$test" "${BASH_REMATCH[0]#needs }"
		fi
	done
	for p in "${UNCOMPILED[@]}"; do
		[[ -n ${excused[$p]:-} ]] ||
			row_wrong "$p does not compile (see ${VNET_LOG#"$PWD"/}), and no row says so"
	done
	[[ -z $bad ]] || exit 1
}

# needs_true TEST OPTIONS: the kernels' configurations lack one of them.
needs_true() {
	local arch option config lacks
	for arch in "${ARCHS[@]}"; do
		config=$VNET_BUILD/stock/$arch/.config
		[[ -r $config ]] || continue
		lacks=''
		for option in $2; do
			grep -q "^$option=y$" "$config" || lacks=1
		done
		[[ -n $lacks ]] ||
			row_wrong "$1 needs $2, which the kernel for $arch has: run it, or give another reason"
	done
}

# archs_of TEST: where it is run, of ARCHS.
archs_of() {
	local a
	for a in "${ARCHS[@]}"; do
		[[ ${ROW_ARCH[$1]} != "$a" && ${ROW_ARCH[$1]} != both ]] || printf '%s\n' "$a"
	done
}

# chosen: "test arch" of all that is to be run.
chosen() {
	local test arch
	for arch in "${ARCHS[@]}"; do
		for test in "${TESTS[@]}"; do
			# shellcheck disable=SC2053 # a pattern
			[[ $test == $ONLY ]] || continue
			[[ ${ROW_ARCH[$test]} != "$arch" && ${ROW_ARCH[$test]} != both ]] || printf '%s %s\n' "$test" "$arch"
		done
	done
}

# rows_list: for --list.
rows_list() {
	local test arch
	[[ ! -e $OUT/programs ]] || programs_load
	while read -r test arch; do
		job_state "$test" "$arch"
		printf '%s\t%s\t%s\t%s\t%s\n' "$test" "$arch" "${ROW_LIMIT[$test]}" "$STATE" "${ROW_NOTE[$test]}"
	done < <(chosen)
	for test in "${TESTS[@]}"; do
		# shellcheck disable=SC2053 # a pattern
		[[ ${ROW_ARCH[$test]} != none || $test != $ONLY ]] ||
			printf '%s\t-\t-\tnone\t%s\n' "$test" "${ROW_NOTE[$test]}"
	done
}

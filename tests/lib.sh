# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# TAP for shell tests, to be run by prove.  A test sources this file, makes
# its assertions in the main shell (the counters do not leave a subshell), and
# ends in done_testing.  What an assertion got and wanted is shown, as
# diagnostics, only when it fails.
#
#	. "$(dirname "$0")/../lib.sh"
#	is "$(wc -l < file)" 3 'file has three lines'
#	status_is 2 'a bad option is a usage error' scripts/tool --bad
#	done_testing
#
# TEST_TMP is a directory of the test's own, removed when the test ends; a test
# that needs more cleaning up names it with at_end COMMAND.

TAP_COUNT=0
TAP_FAILED=0
TAP_PLAN=
TAP_AT_END=()

VNET_TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
TEST_TMP=$(mktemp -d "${TMPDIR:-/tmp}/vnet-test.XXXXXX") || exit 1
export VNET_TOP TEST_TMP

at_end() { TAP_AT_END=("$1" "${TAP_AT_END[@]}"); }

tap_cleanup() {
	local rc=$? c
	for c in "${TAP_AT_END[@]}"; do
		eval "$c" || :
	done
	rm -rf "$TEST_TMP"
	exit "$rc"
}
trap tap_cleanup EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# diag TEXT...: for people; shown by prove even when it is not verbose.
diag() { printf '%s\n' "$*" | sed 's/^/# /' >&2; }

# note TEXT...: for people who ask for it (prove -v).
note() { printf '%s\n' "$*" | sed 's/^/# /'; }

# tap_plan N: how many assertions follow, for a test that knows it.
tap_plan() { TAP_PLAN=$1; printf '1..%d\n' "$1"; }

ok() { TAP_COUNT=$((TAP_COUNT + 1)); printf 'ok %d - %s\n' "$TAP_COUNT" "$1"; }

# not_ok NAME [DETAIL]: status 1, so that a caller can say "|| return".
not_ok() {
	TAP_COUNT=$((TAP_COUNT + 1))
	TAP_FAILED=$((TAP_FAILED + 1))
	printf 'not ok %d - %s\n' "$TAP_COUNT" "$1"
	diag "failed: $1"
	[[ -z ${2:-} ]] || diag "$2"
	return 1
}

# is GOT WANT NAME
is() {
	if [[ $1 == "$2" ]]; then
		ok "$3"
	else
		not_ok "$3" "got:  '$1'"$'\n'"want: '$2'"
	fi
}

# isnt GOT UNWANTED NAME
isnt() {
	if [[ $1 != "$2" ]]; then
		ok "$3"
	else
		not_ok "$3" "got '$1', which it must not be"
	fi
}

# like GOT REGEX NAME; unlike: the same, turned round.  Extended regular
# expressions, as in [[ =~ ]].
like() {
	if [[ $1 =~ $2 ]]; then
		ok "$3"
	else
		not_ok "$3" "got:  '$1'"$'\n'"which does not match: $2"
	fi
}

unlike() {
	if [[ ! $1 =~ $2 ]]; then
		ok "$3"
	else
		not_ok "$3" "got:  '$1'"$'\n'"which must not match: $2"
	fi
}

# status_is N NAME COMMAND...: the command ends with status N.  Its output is
# left in $TEST_TMP/stdout and $TEST_TMP/stderr, its status in TAP_STATUS.
status_is() {
	local want=$1 name=$2
	shift 2
	TAP_STATUS=0
	"$@" > "$TEST_TMP/stdout" 2> "$TEST_TMP/stderr" || TAP_STATUS=$?
	if ((TAP_STATUS == want)); then
		ok "$name"
	else
		not_ok "$name" "$(
			printf 'command: %s\nstatus %d, want %d\n' "$*" "$TAP_STATUS" "$want"
			printf -- '--- the end of stdout\n'
			tail -n 20 "$TEST_TMP/stdout"
			printf -- '--- the end of stderr\n'
			tail -n 20 "$TEST_TMP/stderr")"
	fi
}

# run_ok NAME COMMAND...
run_ok() { status_is 0 "$@"; }

# stdout, stderr: what the last status_is or run_ok printed.
stdout() { cat "$TEST_TMP/stdout"; }
stderr() { cat "$TEST_TMP/stderr"; }

# skip NAME REASON: one assertion that cannot be made here.
skip() {
	TAP_COUNT=$((TAP_COUNT + 1))
	printf 'ok %d - %s # SKIP %s\n' "$TAP_COUNT" "$1" "$2"
}

# skip_all REASON: nothing of this test can run here.
skip_all() { printf '1..0 # SKIP %s\n' "$1"; exit 0; }

bail_out() { printf 'Bail out! %s\n' "$1"; exit 1; }

# done_testing: the plan, if none was made, and the verdict.
done_testing() {
	if [[ -z $TAP_PLAN ]]; then
		printf '1..%d\n' "$TAP_COUNT"
	elif ((TAP_PLAN != TAP_COUNT)); then
		diag "planned $TAP_PLAN assertions but made $TAP_COUNT"
		exit 1
	fi
	((TAP_FAILED == 0)) || exit 1
	exit 0
}

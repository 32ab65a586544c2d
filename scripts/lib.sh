# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Common ground of the shell tools: where things are, how errors are said,
# how long work shows its progress, and the lock that keeps kernel builds
# from running two at a time.  Source it; it runs nothing.

VNET_TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
VNET_BUILD=${VNET_BUILD:-$VNET_TOP/build}
VNET_LINUX=$VNET_BUILD/linux	# git tree: one commit per step
VNET_SRC=$VNET_BUILD/src	# worktree of it that the builds compile
export VNET_TOP VNET_BUILD VNET_LINUX VNET_SRC

# Another version of the kernel than the series is made on, or nothing: see use_kernel.
VNET_KERNEL=

prog=${0##*/}

# die MESSAGE...: the thing that failed and what to do about it; status 1.
die() { printf '%s: %s\n' "$prog" "$*" >&2; exit 1; }

# usage_error MESSAGE...: the call was wrong; status 2.
usage_error() {
	printf "%s: %s (see '%s --help')\n" "$prog" "$*" "$prog" >&2
	exit 2
}

warn() { printf '%s: warning: %s\n' "$prog" "$*" >&2; }

# use_kernel VERSION: one of vnet/versions/; its git tree stands in for build/linux.
# shellcheck disable=SC2034 # VNET_REPO is for tree.d/git.sh
use_kernel() {
	[[ $1 =~ ^[0-9]+\.[0-9]+$ && -f $VNET_TOP/vnet/versions/$1/source-version ]] ||
		usage_error "there is no vnet/versions/$1/source-version"
	VNET_KERNEL=$1 VNET_LINUX=$VNET_BUILD/linux-$1 VNET_REPO=$VNET_BUILD/linux-$1
}

# log_open NAME: all detail goes to build/log/NAME.log, and users are told so.
log_open() {
	mkdir -p "$VNET_BUILD/log"
	VNET_LOG=$VNET_BUILD/log/$1.log
	export VNET_LOG
	: > "$VNET_LOG"
	printf '%s: full log in %s\n' "$prog" "${VNET_LOG#"$PWD"/}"
}

# steps_begin N: the work that follows has N steps.  step WHAT: begins the next.
steps_begin() { VNET_STEPS=$1 VNET_STEP=0 VNET_START=$SECONDS; }
step() {
	local t=$((SECONDS - VNET_START))
	VNET_STEP=$((VNET_STEP + 1))
	printf '[%d/%d %02d:%02d] %s\n' "$VNET_STEP" "$VNET_STEPS" \
		$((t / 60)) $((t % 60)) "$*"
}

# logged COMMAND...: output goes to the log; a failure shows the log's end.
logged() {
	local rc=0
	printf '+ %s\n' "$*" >> "${VNET_LOG:?log_open comes first}"
	"$@" >> "$VNET_LOG" 2>&1 < /dev/null || rc=$?
	((rc == 0)) && return
	tail -n 20 "$VNET_LOG" >&2
	printf '%s: %s failed with status %d; the whole log is %s\n' \
		"$prog" "$1" "$rc" "$VNET_LOG" >&2
	return "$rc"
}

# kernel_lock: wait for the one kernel build that may run; held until exit.
kernel_lock() {
	[[ -n ${VNET_KERNEL_LOCKED:-} ]] && return
	mkdir -p "$VNET_BUILD"
	exec {VNET_LOCK_FD}> "$VNET_BUILD/.kernel-lock"
	flock -n "$VNET_LOCK_FD" || {
		printf '%s: waiting for another kernel build to end\n' "$prog"
		flock "$VNET_LOCK_FD"
	}
	export VNET_KERNEL_LOCKED=1
}

# need_tree: the work needs build/linux.
need_tree() {
	local how='make tree'
	[[ -z $VNET_KERNEL ]] || how="scripts/tree --kernel $VNET_KERNEL"
	[[ -d $VNET_LINUX/.git ]] ||
		die "there is no kernel tree in ${VNET_LINUX#"$PWD"/}: run '$how'"
}
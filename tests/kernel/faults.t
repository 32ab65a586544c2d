#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: whichever allocation fails while a namespace is created, creation
# fails cleanly, and nothing is lost.
#
#  - In a kernel with KASAN, lockdep, the debug objects and kmemleak, each of the
#    800 or so allocations of unshare(CLONE_NEWNET) is made to fail in turn.  The call
#    fails, or does without; no checker reports anything, and nothing leaks.
#  - Each vnet module's storage was among them, and then the error is ENOMEM.
#  - Afterwards every module has one instance, and a namespace can be created.
#
# Errors other than ENOMEM are the stock kernel's: it makes ENOBUFS or ENODEV of
# some failed allocations.  It also has a fault of its own on this path, which
# depends on which allocation it is that fails, and does not count here: the
# routing rules of a half-made namespace are undone without the lock that lockdep
# wants (net/ipv4/fib_frontend.c).  If there is a stock-debug kernel, the same is
# done there, to see that this holds for it too.
#
# Takes about 40 s.  Needs scripts/build --debug KERNEL um.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/kernel/guest.sh
. "$VNET_TOP/tests/kernel/guest.sh"

kernel=${TEST_KERNEL%-debug}-debug
kernel_built "$kernel" um ||
	skip_all "there is no $kernel kernel: run 'scripts/build --debug ${kernel%-debug} um'"

# run_faults KERNEL: its observations can be got, its log is $LOG.  A fault that the
# kernel reports makes boot's status 125; which one it was is looked at here.
run_faults() {
	local rc=0
	LOG=$TEST_TMP/$1.log
	observe "$1" "$1" um faults --timeout 500 --log "$LOG"
	wait "${GUEST_PID[$1]}" || rc=$?
	GUEST_NAME=$1 GUEST_KERNEL=$1
	like "$rc" '^(0|125)$' "$1: the guest ran to its end"
	[[ $(got end) == reached ]] || {
		not_ok "$1: the scenario ran to its end" "$(tail -n 40 "$TEST_TMP/$1.err")"
		done_testing
	}
}

# unknown_faults: what the log has, but for the stock kernel's own.
# shellcheck disable=SC2317 # called by run_ok
unknown_faults() {
	sed -E '/WARNING: suspicious RCU usage/{N;N;N;/fib_frontend\.c:[0-9]+ RCU-list traversed/d}' \
		"$LOG" | "$VNET_TOP/scripts/boot.d/faults"
}

# failed_in FUNCTION: "N ERRNO" of each allocation made to fail below it.  In User
# Mode Linux a trace has also what earlier calls left on the stack: only what
# comes first is certain.
failed_in() {
	awk -v frame="\\\\] (\\\\? )?$1\\\\+0x" '
		/FAULT_INJECTION: forcing a failure/ { below = 0 }
		$0 ~ frame { below = 1 }
		match($0, /n=[0-9]+ injected=yes errno=[A-Za-z]+/) {
			if (below) {
				split(substr($0, RSTART, RLENGTH), part, /[ =]/)
				print part[2], part[6]
			}
			below = 0
		}' "$LOG"
}

# clean: what holds on every kernel.
clean() {
	run_ok "$GUEST_NAME: no checker reports a fault" unknown_faults
	expect leaks 0 "nothing leaks"
	expect exhausted yes "the last allocation was reached"
	expect_number tried -gt 100 "many were tried"
	expect_number failed -gt 100 "many failed"
	is "$(sed -n 's/^n=.*errno=//p' "$TEST_TMP/$GUEST_NAME.out" | sort -u |
		grep -vxE 'none|ENOMEM|ENOBUFS|ENFILE|ENODEV|EINVAL|EEXIST|EAFNOSUPPORT')" '' \
		"$GUEST_NAME: no error but what the stock kernel makes of it"
}

run_faults "$kernel"
clean
expect instances.begin 1 "every module has one instance at first"
expect instances.end 1 "every module has one instance at the end"
if [[ $kernel == vnet-debug ]]; then
	is "$(failed_in vnet_net_init | head -n 2 | sed 's/.* //' | paste -sd ' ')" 'ENOMEM ENOMEM' \
		"$kernel: the storage of two modules was among what failed, and then there is no memory"
fi

if kernel_built stock-debug um; then
	run_faults stock-debug
	clean
else
	skip 'stock: the same' "there is no stock-debug kernel: run 'scripts/build --debug stock um'"
fi
done_testing

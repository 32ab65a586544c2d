#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Every C file of the kernel that the series adds or changes: sparse finds
# nothing that it does not find in the stock kernel's.  For the full vnet kernel,
# which has the code of all steps.  With VNET_SPARSE=all, every file under net/ that
# this kernel has: a header that is changed could bring a finding into any.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/lint/lint.sh
. "$VNET_TOP/tests/lint/lint.sh"

export VNET_BUILD=${VNET_BUILD:-$VNET_TOP/build}
type sparse > /dev/null 2>&1 || skip_all 'sparse is not installed'
for k in stock vnet; do
	[[ -s $VNET_BUILD/$k/um/linux ]] || skip_all "there is no $k kernel: run 'scripts/build $k um'"
done
tree=$VNET_BUILD/linux
here=$VNET_TOP/tests/lint
export tree here

# new_findings PATH [SOURCE]
new_findings() {
	local was=''
	if git -C "$tree" cat-file -e "stock:$1" 2> /dev/null; then
		was=$("$here/sparse-at" stock stock "$1") || return
	fi
	LC_ALL=C comm -13 <(printf '%s\n' "$was") <("$here/sparse-at" vnet main "$@" 2>&1)
}

# What no kernel of ours compiles (a sample that is a module only) is compiled by
# the test of that sample.
files=()
while IFS= read -r f; do
	[[ ! -e $VNET_BUILD/vnet/um/${f%.c}.o ]] || files+=("$f")
done < <(
	if [[ ${VNET_SPARSE:-changed} == all ]]; then
		git -C "$tree" ls-tree -r --name-only main -- net | grep '\.c$'
	else
		git -C "$tree" diff --name-only --diff-filter=d stock main -- '*.c'
	fi
)
((${#files[@]} > 3)) || bail_out 'the kernel files are not found'
each new_findings "${files[@]}"

# The same with a fault.
git -C "$tree" show main:net/core/sysctl_net_core.c > "$TEST_TMP/clean.c"
with_fault() { cat "$TEST_TMP/clean.c" -; }
check_fault() { new_findings net/core/sysctl_net_core.c "$1"; }
complains check_fault 'dereference of noderef expression' "a user's pointer dereferenced" < <(with_fault <<'END'
static int control(int __user *p) { return *p; }
int (*control_use)(int __user *) = control;
END
)
complains check_fault "context imbalance in 'control'" 'a lock taken and kept' < <(with_fault <<'END'
static void control(spinlock_t *l) { spin_lock(l); }
static void (*control_use)(spinlock_t *) __used = control;
END
)
complains check_fault 'was not declared. Should it be static' 'a global that no header declares' < <(with_fault <<'END'
int control;
END
)
is "$(check_fault "$TEST_TMP/clean.c")" '' 'control: the file without a fault is not complained of'
done_testing

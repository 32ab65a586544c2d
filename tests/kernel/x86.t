#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: on x86-64, with two processors, it is as in User Mode Linux: limits and
# labels are each namespace's own, ceilings hold, and namespaces that are created
# and destroyed on both processors at once leave nothing behind.
#
# One boot in QEMU.  What the assertions are for is said in sockbuf.t, flowlabel.t
# and lifecycle.t; their controls on the stock kernel are there.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/kernel/guest.sh
. "$VNET_TOP/tests/kernel/guest.sh"
# shellcheck source=tests/kernel/expect/sockbuf.sh
. "$VNET_TOP/tests/kernel/expect/sockbuf.sh"
# shellcheck source=tests/kernel/expect/flowlabel.sh
. "$VNET_TOP/tests/kernel/expect/flowlabel.sh"
# shellcheck source=tests/kernel/expect/lifecycle.sh
. "$VNET_TOP/tests/kernel/expect/lifecycle.sh"

[[ $TEST_KERNEL != *-debug ]] || kernel_built "$TEST_KERNEL" x86 ||
	skip_all "the debug kernels are for User Mode Linux"
observe x86 "$TEST_KERNEL" x86 essentials --cpus 2
observed x86

GUEST_PREFIX=sockbuf.
limits_own
limits_effect
limits_isolated
GUEST_PREFIX=sockbuf-ceilings.
limits_bounded
ceilings
GUEST_PREFIX=flowlabel.
labels_any_kernel
labels_isolated
GUEST_PREFIX=lifecycle.
churn
done_testing

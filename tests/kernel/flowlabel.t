#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: every namespace has its own IPv6 flow labels, and all together are
# bounded.
#
#  - Who uses up the labels of one namespace takes none from any other, from the
#    host, or from the host's ordinary users.  The same assertions fail on the
#    stock kernel.
#  - Labels lapse by themselves after their linger, in each namespace; what was
#    left when a namespace went is given back.
#  - When all namespaces together hold 16 times 4096 labels, one that has less than
#    256 still gets up to those, one that has them gets no more, and the host is not
#    affected.
#  - With VNET_TEST_KERNEL=globals or structs: the labels are those of the host, as on the
#    stock kernel.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/kernel/guest.sh
. "$VNET_TOP/tests/kernel/guest.sh"
# shellcheck source=tests/kernel/expect/flowlabel.sh
. "$VNET_TOP/tests/kernel/expect/flowlabel.sh"

if [[ $TEST_KERNEL == @(globals|structs)* ]]; then
	observe mine "$TEST_KERNEL" um flowlabel
	observed mine
	labels_any_kernel
	labels_isolated
	done_testing
fi
# Mostly they wait for labels to lapse, so all at once.
observe mine "$TEST_KERNEL" um flowlabel
observe stock stock um flowlabel
observe total "$TEST_KERNEL" um flowlabel-total

observed mine
labels_any_kernel
labels_isolated

observed stock
labels_any_kernel
labels_isolated

observed total
labels_total
done_testing

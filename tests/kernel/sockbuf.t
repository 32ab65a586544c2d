#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: net.core.{r,w}mem_{max,default} are each namespace's own, and bounded.
#
#  - What one namespace sets, no other sees, neither in /proc nor in what its
#    sockets get, nor in TCP's window scale.  The same assertions fail on the
#    stock kernel, where an administrator has to raise the host's limits.
#  - A namespace starts with the limits of the one it is created from; sockets
#    that exist keep their buffers.
#  - The owner of a namespace lowers limits freely, and raises them up to the
#    host's or a ceiling; a ceiling is lowered by the parent of the owning user
#    namespace, raised by the host only, inherited, and not escaped by unshare.
#  - The other modes behave as the stock kernel does, which is all that is asked with
#    VNET_TEST_KERNEL=globals or structs.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/kernel/guest.sh
. "$VNET_TOP/tests/kernel/guest.sh"
# shellcheck source=tests/kernel/expect/sockbuf.sh
. "$VNET_TOP/tests/kernel/expect/sockbuf.sh"

if [[ $TEST_KERNEL == @(globals|structs)* ]]; then
	observe mine "$TEST_KERNEL" um sockbuf
	observed mine
	limits_as_stock
	limits_effect
	limits_isolated
	done_testing
fi
observe mine "$TEST_KERNEL" um sockbuf
observe owner "$TEST_KERNEL" um sockbuf-ceilings
observed mine
limits_own
limits_effect
limits_isolated

observed owner
limits_bounded
ceilings

observe stock stock um sockbuf
observed stock
limits_as_stock
limits_effect
limits_isolated

for mode in globals structs; do
	kernel_built $mode um || {
		skip "$mode: as the stock kernel" "there is no $mode kernel: run 'scripts/build $mode um'"
		continue
	}
	observe $mode $mode um sockbuf
	observed $mode
	limits_as_stock
	limits_effect
	limits_isolated
done
done_testing

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: a namespace that goes leaves nothing behind.
#
#  - A thousand namespaces, each with a lingering flow label, are created and
#    destroyed, one after the other, then by four processes at once.  No slab cache
#    has then more than 100 objects more than before: what is lost in every
#    cycle, or in one of ten, is seen; what differs by chance (inodes, the memory
#    maps of the processes that look) was below 60 when this was written.  A
#    namespace takes 300 KB, so SUnreclaim must not have grown by 1,000 KB.
#  - Every vnet module has one instance again.
#  - Control: 120 namespaces that are kept are noticed.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/kernel/guest.sh
. "$VNET_TOP/tests/kernel/guest.sh"

observe mine "$TEST_KERNEL" um lifecycle

# flat RUN WHAT
flat() {
	expect "$1.namespaces" 1 "$2: all namespaces are gone"
	expect "$1.slab" '' "$2: no cache has grown"
	is "$(($(got "$1.kilobytes") < 1000))" 1 "$GUEST_NAME: $2: slab memory has not grown ($(got "$1.kilobytes") kB)"
	is "$(($(got "$1.percpu") <= 0))" 1 "$GUEST_NAME: $2: per-CPU memory has not grown ($(got "$1.percpu") kB)"
	is "$(($(got "$1.vmalloc") <= 256))" 1 "$GUEST_NAME: $2: vmalloc memory has not grown ($(got "$1.vmalloc") kB)"
}

observed mine
expect serial.created 1000 "a thousand namespaces were created"
flat serial "one after the other"
for i in 1 2 3 4; do
	expect "parallel$i.created" 250 "process $i of 4 created its 250"
done
flat parallel "four at once"
[[ $GUEST_KERNEL == stock* ]] || {
	expect instances.begin 1 "every module has one instance"
	expect instances.end 1 "every module has one instance again"
}
[[ ${GUEST_KERNEL%-debug} != vnet ]] ||
	expect instances.kept 121 "every module has an instance for every namespace"

expect kept.created 120 "control: 120 namespaces were created and kept"
like "$(got kept.slab)" 'net_namespace\+1[12]' "$GUEST_NAME: control: they are noticed"
is "$(($(got kept.kilobytes) > 1000))" 1 "$GUEST_NAME: control: so is their memory"
done_testing

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What the command line sets is read before there is a vnet: it is kept, and nothing
# follows a pointer that is not there yet.  The tables have the sizes asked for, and
# without a word they have others.
# VNET_TEST_KERNEL: vnet (the default), structs or globals.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

kernel=${VNET_TEST_KERNEL:-vnet}
[[ -x ${VNET_BUILD:-$VNET_TOP/build}/$kernel/um/linux ]] ||
	skip_all "no $kernel kernel for um: scripts/build $kernel um"
boot() { "$VNET_TOP/scripts/boot" --kernel "$kernel" --arch um "$@"; }

sizes='sysctl -n net.netfilter.nf_conntrack_buckets
	dmesg | sed -n "s/.*\(UDP\|TCP established\|TCP bind\) hash table entries: \([0-9]*\).*/\1 \2/p"
	sysctl -n net.core.rmem_max'
run_ok "$kernel: boots with sizes of tables on the command line" boot \
	--append nf_conntrack.hashsize=4096 --append thash_entries=2048 --append uhash_entries=1024 \
	--append sysctl.net.core.rmem_max=300000 -- sh -c "$sizes"
is "$(stdout)" '4096
TCP established 2048
TCP bind 2048
UDP 1024
300000' 'which they have'

run_ok 'and without' boot -- sh -c "$sizes"
unlike "$(stdout)" '^4096' 'conntrack has others'
unlike "$(stdout)" 'UDP 1024' 'so has UDP'
like "$(stdout)" '212992$' 'and the receive buffers'
done_testing

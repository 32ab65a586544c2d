#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: a loadable module can be a vnet module.
#
#  - Loaded, it is given an instance in every namespace that exists; a namespace
#    created later gets one, one destroyed loses it; unloaded, none is left, and the
#    namespaces live on.
#  - Its state is each vnet's own; in the other modes, the control, it is shared.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/kernel/guest.sh
. "$VNET_TOP/tests/kernel/guest.sh"

# sample KERNEL: boot it and load the module that was built with it.
sample() {
	local ko=$VNET_BUILD/$1/um/samples/vnet/vnet_sample.ko
	[[ -e $ko ]] || bail_out "there is no $ko: run 'scripts/build $1 um'"
	observe "$1" "$1" um module --env "MODULE=$ko"
	observed "$1"
	expect before none 'the module is not there at first'
	expect loaded yes 'it is loaded'
	expect unloaded yes 'it is unloaded while there are namespaces'
	expect after none 'and has no instance then'
	expect file-gone yes 'nor a file'
	expect reloaded yes 'it is loaded again'
	expect unloaded-again yes 'and unloaded'
}

sample "$TEST_KERNEL"
expect late 3 'each of three vnets has an instance'
expect host.1 1 'the host counts from 1'
expect host.2 2 'and on'
expect early.1 1 'a vnet that was there counts for itself'
expect early.2 2 'and on'
expect with-new 4 'a new vnet has an instance'
expect new.1 1 'and counts for itself'
expect host.3 3 'the host counts only its own'
expect without-brief 3 'the instance of a vnet goes with it'
expect again 1 'loaded again it begins anew'

for mode in globals structs; do
	kernel_built $mode um || {
		skip "$mode: one instance for all" "there is no $mode kernel: run 'scripts/build $mode um'"
		continue
	}
	sample $mode
	expect late 1 'there is one instance'
	expect early.1 3 'control: what the host counted is seen elsewhere'
	expect with-new 1 'a new namespace brings no instance'
done
done_testing

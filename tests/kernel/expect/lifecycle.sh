# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# What guest/lifecycle should have seen.  For a test that has sourced guest.sh and
# says which boot is looked at.

# flat RUN WHAT
flat() {
	expect "$1.namespaces" 1 "$2: all namespaces are gone"
	expect "$1.slab" '' "$2: no cache has grown"
	expect_number "$1.kilobytes" -lt 1000 "$2: slab memory has not grown, in kB"
	expect_number "$1.percpu" -le 64 "$2: per-CPU memory has not grown, in kB each"
	expect_number "$1.vmalloc" -le 256 "$2: vmalloc memory has not grown, in kB"
}

# churn: many namespaces, twice, and the control.
churn() {
	local i cycles
	cycles=$(got cycles)
	expect serial.created "$cycles" "$cycles namespaces were created"
	flat serial "one after the other"
	for i in 1 2 3 4; do
		expect "parallel$i.created" $((cycles / 4)) "process $i of 4 created its share"
	done
	flat parallel "four at once"
	[[ $GUEST_KERNEL == stock* ]] || {
		expect instances.begin 1 "every module has one instance"
		expect instances.end 1 "every module has one instance again"
	}
	[[ ${GUEST_KERNEL%-debug} != vnet ]] || {
		expect instances.kept $((cycles / 4 + 51)) "every module that is per vnet has an instance for every namespace"
		expect instances.shared 1 "every other one has one for all"
	}

	expect kept.created $((cycles / 4 + 50)) "control: a few more than a quarter were created and kept"
	like "$(got kept.slab)" "net_namespace\\+$((cycles / 4 + 50))( |\$)" "$GUEST_NAME: control: they are noticed"
	like "$(got kept.slab)" "(^| )percpu_allocations\\+" "$GUEST_NAME: control: so are their per-CPU variables"
	expect_number kept.kilobytes -gt 1000 "control: so is their memory, in kB"
	expect_number kept.percpu -gt 64 "control: so is that of each processor, in kB"
}

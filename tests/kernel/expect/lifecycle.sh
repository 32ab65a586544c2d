# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# What guest/lifecycle should have seen.  For a test that has sourced guest.sh and
# says which boot is looked at.

# flat RUN WHAT
flat() {
	expect "$1.namespaces" 1 "$2: all namespaces are gone"
	expect "$1.slab" '' "$2: no cache has grown"
	is "$(($(got "$1.kilobytes") < 1000))" 1 "$GUEST_NAME: $2: slab memory has not grown ($(got "$1.kilobytes") kB)"
	is "$(($(got "$1.percpu") <= 512))" 1 "$GUEST_NAME: $2: per-CPU memory has not grown ($(got "$1.percpu") kB)"
	is "$(($(got "$1.vmalloc") <= 256))" 1 "$GUEST_NAME: $2: vmalloc memory has not grown ($(got "$1.vmalloc") kB)"
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
	is "$(($(got kept.kilobytes) > 1000))" 1 "$GUEST_NAME: control: so is their memory"
}

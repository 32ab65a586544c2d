# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Which modules every vnet has an instance of, at which step: what the kernel
# is to be tested for comes from the series, not from the kernel.

# private_load: PRIVATE_FROM[module], the number of the step that gives every
# vnet its instance: the hand-written steps of stage 3.2 and later in
# vnet/steps.tsv, found by their slug.
private_load() {
	local slug stage origin module i
	declare -gA PRIVATE_FROM=()
	while IFS=$'\t' read -r _ slug stage origin module _; do
		[[ $stage =~ ^3\.[2-9]$ && $origin == hand && $module != - ]] || continue
		for ((i = 1; i <= STEP_COUNT; i++)); do
			[[ ${STEP_ID[i]} != ????-"${slug:0:52}" ]] || PRIVATE_FROM[$module]=$i
		done
	done < <(grep -v '^#' "$VNET_TOP/vnet/steps.tsv")
}

# private_modules N MODE: PRIVATE, their names, parted by spaces.
private_modules() {
	local module
	PRIVATE=
	[[ $2 == vnet ]] || return 0
	for module in $(printf '%s\n' "${!PRIVATE_FROM[@]}" | LC_ALL=C sort); do
		((PRIVATE_FROM[$module] > $1)) || PRIVATE+=${PRIVATE:+ }$module
	done
}

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# What a job's result depends on, as one checksum, so that a result is used
# again exactly as long as it holds.

# keys_load: what is common to all jobs.
keys_load() {
	local f
	COMPILER=$(${CC:-gcc} --version | head -n 1)
	LINKER=$(ld --version | head -n 1)
	TESTS_SUM=$(
		cd "$VNET_TOP" || exit
		for f in scripts/regress.d/{smoke,compare-sysctls,*.tsv} tests/probes/{lib.sh,*.[ch]}; do
			[[ ! -f $f ]] || sha256sum "$f"
		done | sha256sum | cut -c1-64
	)
	declare -gA CONFIG_SUM=()
}

# config_sum MODE ARCH: SUM, of the fragments and flags of such a kernel.
config_sum() {
	local f
	SUM=${CONFIG_SUM[$1 $2]:-}
	[[ -z $SUM ]] || return 0
	SUM=$(
		for f in "$VNET_TOP"/scripts/{config/{broad,"$2",test,measure,"$1"}.config,build.d/flags}; do
			[[ ! -f $f ]] || cat "$f"
		done | sha256sum | cut -c1-64
	)
	CONFIG_SUM[$1 $2]=$SUM
}

# key_of ID: KEY, its checksum.
key_of() {
	local n=${JOB_STEP[$1]} mode=${JOB_MODE[$1]} arch=${JOB_ARCH[$1]}
	KEY=${JOB_KEY[$1]:-}
	[[ -z $KEY ]] || return 0
	config_sum "$mode" "$arch"
	private_modules "$n" "$mode"
	KEY=$(printf '%s\n' "tree ${STEP_TREE[n]}" "stock ${STEP_TREE[0]}" "mode $mode" "arch $arch" \
		"config $SUM" "tests $TESTS_SUM" "compiler $COMPILER" "linker $LINKER" \
		"private $PRIVATE" | sha256sum | cut -c1-64)
	JOB_KEY[$1]=$KEY
}

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# For the functional tests: one boot gives many observations, key=value lines of
# a script of guest/; the test, outside, says what they should be.  Boots may run
# side by side: begin all, then look at one after the other.
#
#	observe mine vnet um sockbuf	begin a boot of that kernel, call it mine
#	observed mine			wait for it; got KEY is about it from now on

# The kernel under test.
# shellcheck disable=SC2034 # the test has it
TEST_KERNEL=${VNET_TEST_KERNEL:-vnet}
export VNET_BUILD=${VNET_BUILD:-$VNET_TOP/build}
GUEST_NAME='' GUEST_KERNEL='' GUEST_PREFIX=''
declare -A GUEST_PID GUEST_OF

# kernel_built KERNEL ARCH
kernel_built() {
	local image=linux
	[[ $2 == um ]] || image=bzImage
	[[ -e $VNET_BUILD/$1/$2/$image ]]
}

# observe NAME KERNEL ARCH SCRIPT [OPTION-OF-BOOT]...  In a debug kernel, a leak is a
# failure as well.
observe() {
	local name=$1 kernel=$2 arch=$3 script=$4
	shift 4
	[[ $kernel != *-debug ]] || set -- --kmemleak "$@"
	kernel_built "$kernel" "$arch" ||
		bail_out "there is no $kernel kernel for $arch: run 'scripts/build $kernel $arch'"
	make -s -C "$VNET_TOP/tests/probes" OUT="$VNET_BUILD/probes" > "$TEST_TMP/probes.log" 2>&1 ||
		bail_out "the probes do not compile: run 'make -C tests/probes'"
	"$VNET_TOP/scripts/boot" --kernel "$kernel" --arch "$arch" --env VNET_BUILD --show "$VNET_BUILD" "$@" -- \
		"$VNET_TOP/tests/kernel/guest/$script" \
		> "$TEST_TMP/$name.out" 2> "$TEST_TMP/$name.err" < /dev/null &
	GUEST_PID[$name]=$!
	GUEST_OF[$name]=$kernel
}

# observed NAME: one assertion, that the boot went well.  Without it there is
# nothing to look at: the test ends.
observed() {
	local rc=0
	wait "${GUEST_PID[$1]}" || rc=$?
	GUEST_NAME=$1 GUEST_KERNEL=${GUEST_OF[$1]}
	if ((rc == 0)) && [[ $(got end) == reached ]]; then
		ok "$1: the scenario ran to its end on the $GUEST_KERNEL kernel"
		return
	fi
	not_ok "$1: the scenario ran to its end on the $GUEST_KERNEL kernel" "$(
		printf 'status %d\n' "$rc"
		printf -- '--- the end of stdout\n'
		tail -n 10 "$TEST_TMP/$1.out"
		printf -- '--- the end of stderr\n'
		tail -n 40 "$TEST_TMP/$1.err")" || done_testing
}

# got KEY: the observation, or "(not observed)".  Where one boot ran several scripts,
# GUEST_PREFIX says whose.
got() {
	local value
	value=$(grep -m 1 "^$GUEST_PREFIX$1=" "$TEST_TMP/$GUEST_NAME.out") || value='=(not observed)'
	printf '%s\n' "${value#*=}"
}

# expect KEY WANT WHAT: an observation of this kernel is as wanted.
expect() { is "$(got "$1")" "$2" "$GUEST_NAME: $3"; }

# expect_number KEY OPERATOR LIMIT WHAT: it is a number, and test(1) finds it so.
expect_number() {
	local n
	n=$(got "$1")
	# What bash cannot reckon with ends the function that asks, and no test fails.
	if [[ ! $n =~ ^-?[0-9]+$ ]]; then
		not_ok "$GUEST_NAME: $4" "$1 is '$n', which is no number"
	elif test "$n" "$2" "$3"; then
		ok "$GUEST_NAME: $4 ($n)"
	else
		not_ok "$GUEST_NAME: $4" "$1 is $n, want $2 $3"
	fi
}

# untouched KEY CLEAN WHAT: what one place saw, when another had acted, is what it
# would have seen had the other done nothing (CLEAN).  On the stock kernel, the
# control that this can be seen at all, it must be something else.
untouched() {
	local seen
	seen=$(got "$1")
	if [[ $seen == '(not observed)' ]]; then
		not_ok "$GUEST_NAME: $3" "nothing was observed as $1"
	elif [[ ${GUEST_KERNEL%-debug} == vnet ]]; then
		is "$seen" "$2" "$GUEST_NAME: $3"
	else
		isnt "$seen" "$2" "$GUEST_NAME, control: not isolated: $3"
	fi
}

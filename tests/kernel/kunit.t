#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: the kernel's own tests of the vnet registry pass, in every mode, and those of
# what the modes differ in.
#
#  - One boot each of the vnet, globals and structs kernels with kunit.enable=1; the
#    cases of the suites vnet and, but with globals, vnet-random are read from the kernel's log.  A case may be skipped where it says so
#    (one kind of namespace needs what a mode does not have), but in full mode only
#    the one that is about the other modes.
#  - Controls: a log without the suite, one with a failed case, and one that ends
#    in the middle of the suite are noticed.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/kernel/guest.sh
. "$VNET_TOP/tests/kernel/guest.sh"

# suite LOG [NAME]: "plan N", then "pass|fail|skip CASE" for each case of the suite
# (vnet), then "suite ok" or "suite not ok": what the log has of these.
suite() {
	sed -E 's/\r$//; s/^\[ *[0-9.]+\](\[ *[TC][0-9]+\])? //' "$1" | awk -v name="${2:-vnet}" '
		$0 == "    # Subtest: " name { inside = 1; next }
		/^ok / && $3 == name { print "suite ok" }
		/^not ok / && $4 == name { print "suite not ok" }
		/^(not )?ok / { inside = 0 }
		!inside { next }
		/^    1\.\.[0-9]+$/ { sub(/^    1\.\./, ""); print "plan", $0 }
		/^    ok [0-9]+ .* # SKIP/ { print "skip", $3; next }
		/^    ok [0-9]+ / { print "pass", $3 }
		/^    not ok [0-9]+ / { print "fail", $4 }'
}

# sound LOG [NAME]: all planned cases are there, some passed, and none failed.
sound() {
	local found plan cases
	found=$(suite "$@")
	plan=$(sed -n 's/^plan //p' <<< "$found")
	cases=$(grep -cE '^(pass|fail|skip) ' <<< "$found")
	[[ -n $plan && $cases == "$plan" && $found == *"pass "* && $found != *"fail "* &&
		$found == *"suite ok"* ]]
}

# Recorded, then spoilt, so that the reader of the log is tested as well.
cat > "$TEST_TMP/good" <<-'END'
	[    0.100000] KTAP version 1
	[    0.100000] 1..1
	[    0.100000]     KTAP version 1
	[    0.100000]     # Subtest: vnet
	[    0.100000]     # module: vnet_test
	[    0.100000]     1..2
	[    0.100000]     ok 1 vnet_test_initial
	[    0.100000]     ok 2 vnet_test_one_instance # SKIP namespaces have instances of their own
	[    0.100000] # vnet: pass:1 fail:0 skip:1 total:2
	[    0.100000] ok 1 vnet
END
sed 's/Subtest: vnet/Subtest: other/; s/ok 1 vnet$/ok 1 other/' "$TEST_TMP/good" > "$TEST_TMP/none"
sed 's/ ok 1 / not ok 1 /' "$TEST_TMP/good" > "$TEST_TMP/failed"
sed '/ok 2/,$d' "$TEST_TMP/good" > "$TEST_TMP/cut"
run_ok 'control: a good log is taken' sound "$TEST_TMP/good"
status_is 1 'control: a log without the suite is not' sound "$TEST_TMP/none"
status_is 1 'control: a failed case is noticed' sound "$TEST_TMP/failed"
status_is 1 'control: a suite cut short is noticed' sound "$TEST_TMP/cut"

# say_cases KERNEL LOG SUITE, say_suite KERNEL LOG SUITE: an assertion for each case, one
# for the whole.
say_cases() {
	local verdict name
	while read -r verdict name; do
		case $verdict in
		pass) ok "$1: $name" ;;
		fail) not_ok "$1: $name" "see the kernel's log of 'scripts/boot --append kunit.enable=1'" ;;
		esac
	done < <(suite "$2" "$3")
}
say_suite() {
	if sound "$2" "$3"; then
		ok "$1: the suite $3 passes"
	else
		not_ok "$1: the suite $3 passes" "$(suite "$2" "$3"; grep -n "${3//-/_}" "$2" | tail -n 20)"
	fi
}

for kernel in "$TEST_KERNEL" globals structs; do
	if ! kernel_built "$kernel" um; then
		skip "$kernel: the suite passes" "there is no $kernel kernel: run 'scripts/build $kernel um'"
		continue
	fi
	log=$TEST_TMP/$kernel.log
	run_ok "$kernel: boots with KUnit on" \
		"$VNET_TOP/scripts/boot" --kernel "$kernel" --arch um --append kunit.enable=1 --log "$log" -- true
	say_cases "$kernel" "$log" vnet
	case $kernel in
	vnet*) want=vnet_test_one_instance ;;
	*) want='' ;;
	esac
	is "$(suite "$log" | sed -n 's/^skip //p')" "$want" "$kernel: cases skipped"
	say_suite "$kernel" "$log" vnet
	if [[ $kernel != globals ]]; then
		say_cases "$kernel" "$log" vnet-random
		say_suite "$kernel" "$log" vnet-random
	fi
done
done_testing

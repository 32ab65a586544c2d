#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The program vnet without a kernel that has switches: what its words may be, and what
# it says of those that they may not.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

printf '#include <libmnl/libmnl.h>\n' | "${CC:-cc}" -E - > /dev/null 2>&1 ||
	skip_all 'libmnl-dev is not installed: run "make setup"'
src=$VNET_TOP/vnet/user/vnet
run_ok 'it compiles without a warning' make -s -C "$src" O="$TEST_TMP/bin" KSRC=
is "$(stderr)" '' 'and says nothing'
vnet=$TEST_TMP/bin/vnet

### Help and usage
run_ok 'help' "$vnet" --help
like "$(stdout)" '^usage: vnet' 'is about the program'
run_ok 'help of switch' "$vnet" switch --help
for c in add set rm show port allow deny vlan fdb apply policy stats monitor; do
	like "$(stdout)" $'\n'"  $c " "names $c"
done
for c in add set rm show port allow deny vlan fdb apply policy stats monitor; do
	"$vnet" switch "$c" --help > "$TEST_TMP/help" 2>&1
	is "$? $(head -n 1 "$TEST_TMP/help" | cut -d ' ' -f 1-4)" "0 usage: vnet switch $c" "$c has help of its own"
done
run_ok 'a version' "$vnet" --version

# wrong PATTERN WORD...: a usage error that says so, and where there is more.
wrong() {
	local pattern=$1 rc=0
	shift
	"$vnet" "$@" > "$TEST_TMP/stdout" 2> "$TEST_TMP/stderr" || rc=$?
	like "$rc $(cat "$TEST_TMP/stdout" "$TEST_TMP/stderr")" "^2 vnet.*$pattern.*--help" "vnet $*"
}
wrong 'which command'
wrong 'no command .jail' jail
wrong 'which command' switch
wrong 'no command .make' switch make
wrong 'no such option: --bad' switch show --bad
wrong 'needs the name of a vnet' -n
wrong "'a/b' cannot be the name of a vnet" -n a/b switch show
wrong 'timestamp is for monitor' switch show --timestamp
wrong 'config is for show' switch rm sw0 --config
wrong 'as a text' switch show --config --json
wrong 'name of the switch is missing' switch add
wrong 'cannot be the name of a device' switch add 0123456789abcdef
wrong 'cannot be the name of a device' switch add a/b
wrong 'neither hash nor linear' switch add sw0 fdb tree
wrong 'hash or linear is missing' switch add sw0 fdb
wrong 'limit: .0. is not a number from 1 to 1048576' switch add sw0 limit 0
wrong 'limit: .-1. is not a number' switch add sw0 limit -- -1
wrong 'limit: .5x. is not a number' switch add sw0 limit 5x
wrong 'limit: .18446744073709551617. is not a number' switch add sw0 limit 18446744073709551617
wrong 'ageing: .1000001. is not' switch add sw0 ageing 1000001
wrong 'neither on nor off' switch add sw0 vlan maybe
wrong 'neither allow nor deny' switch add sw0 default drop
wrong 'what is .fast' switch add sw0 fast
wrong 'ageing or hold' switch set sw0
wrong 'hold: .60001. is not' switch set sw0 hold 60001
wrong 'what is .sw1' switch rm sw0 sw1
wrong 'what is .sw1' switch show sw0 sw1
wrong 'show, add, set, rm' switch port
wrong 'no command .list' switch port list
wrong 'name of a switch is missing' switch port show
wrong 'name of the port is missing' switch port add sw0
wrong 'number: .0. is not a number from 1 to 1023' switch port add sw0 p1 number 0
wrong 'number: .1024. is not' switch port add sw0 p1 number 1024
wrong 'what is to be set' switch port set sw0 p1
wrong 'limit: .many. is not' switch port set sw0 p1 limit many
wrong 'locked: .yes. is neither' switch port set sw0 p1 locked yes
wrong 'what is .speed' switch port set sw0 p1 speed 5
wrong 'may send to' switch allow sw0 p1
wrong 'may not send to' switch deny
wrong 'number of a port: .p2. is not' switch deny dev p1 p2
wrong 'all says it all' switch allow sw0 p1 p2 all
wrong 'VLANs: .maybe' switch vlan sw0 maybe
wrong 'neither access nor trunk' switch vlan sw0 p1 hybrid 5
wrong 'access: .0. is not a number from 1 to 4094' switch vlan sw0 p1 access 0
wrong 'access: .4095. is not' switch vlan sw0 p1 access 4095
wrong "'0' is not a list of VLANs" switch vlan sw0 p1 trunk 0
wrong "'5-' is not a list" switch vlan sw0 p1 trunk 5-
wrong "'5,' is not a list" switch vlan sw0 p1 trunk 5,
wrong "'5;6' is not a list" switch vlan sw0 p1 trunk '5;6'
wrong '6 comes after 5' switch vlan sw0 p1 trunk 6-5
wrong 'native: .4095. is not' switch vlan sw0 p1 trunk all native 4095
wrong 'show, add or rm' switch fdb
wrong 'is not an Ethernet address' switch fdb add sw0 p1 02:00:5e:00:53
wrong 'is not an Ethernet address' switch fdb add sw0 p1 02:00:5e:00:53:011
wrong 'what is .sticky' switch fdb rm sw0 p1 02:00:5e:00:53:01 sticky
wrong 'name of a file' switch apply
wrong 'show, attach, replace or detach' switch policy
wrong 'no command .load' switch policy load
wrong 'what is .sw1' switch policy show sw0 sw1
wrong 'name of a switch is missing' switch policy attach
wrong 'the file of a policy is missing' switch policy attach sw0
wrong 'the file of a policy is missing' switch policy replace sw0
wrong 'what is .more' switch policy attach sw0 a.bpf.o name more
wrong 'what is .a.bpf.o' switch policy detach sw0 a.bpf.o
wrong 'name of a switch is missing' switch stats
wrong 'what is .sw1' switch monitor sw0 sw1

### What fails without being wrong
status_is 1 'a vnet that does not exist' "$vnet" -n no-such-vnet switch show
like "$(stderr)" "there is no vnet 'no-such-vnet': 'ip netns list'" 'says what to do'
status_is 1 'a switch that does not exist' "$vnet" switch rm no-such-device
like "$(stderr)" "there is no device 'no-such-device' in this vnet" 'says so'
status_is 1 'an option can stand before the command' "$vnet" --json switch rm no-such-device
status_is 1 'a file that does not exist' "$vnet" switch apply "$TEST_TMP/nowhere"
: > "$TEST_TMP/empty"
status_is 1 'an empty file' "$vnet" switch apply "$TEST_TMP/empty"
like "$(stderr)" 'empty: is empty' 'says so'

### Without libbpf, and with it
for verb in 'attach lo a.bpf.o' 'replace lo a.bpf.o' 'detach lo'; do
	# shellcheck disable=SC2086 # words
	status_is 1 "without libbpf: policy $verb" "$vnet" switch policy $verb
	like "$(stderr)" "without libbpf: run 'scripts/policies --libbpf'" 'says what is missing'
done
if [[ -e ${VNET_BUILD:=$VNET_TOP/build}/libbpf/libbpf.a ]]; then
	run_ok 'it compiles with libbpf without a warning' \
		make -s -C "$src" O="$TEST_TMP/with" LIBBPF="$VNET_BUILD/libbpf"
	is "$(stderr)" '' 'and says nothing'
	status_is 1 'with libbpf: a switch that does not exist' \
		"$TEST_TMP/with/vnet" switch policy attach no-such-device a.bpf.o
	like "$(stderr)" "there is no device 'no-such-device' in this vnet" 'says so'
	# The same place, libbpf having come: what was built without is not up to date.
	run_ok 'libbpf that comes later' make -s -C "$src" O="$TEST_TMP/bin" LIBBPF="$VNET_BUILD/libbpf"
	"$vnet" switch policy attach no-such-device a.bpf.o 2> "$TEST_TMP/stderr"
	like "$(stderr)" "there is no device 'no-such-device'" 'is taken'
else
	skip 6 'there is no build/libbpf: run "scripts/policies --libbpf"'
fi

### Installed
run_ok 'install' make -s -C "$src" O="$TEST_TMP/bin" install DESTDIR="$TEST_TMP/root" prefix=/usr
is "$(cd "$TEST_TMP/root" && find . -type f | sort | paste -sd ' ')" \
	'./usr/sbin/vnet ./usr/share/bash-completion/completions/vnet ./usr/share/man/man8/vnet-switch.8 ./usr/share/man/man8/vnet.8' \
	'puts everything into its place'

### Completion
complete_it() {
	bash -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _vnet; printf "%s\n" "${COMPREPLY[*]}"' \
		bash "$src/vnet.bash" "$@"
}
is "$(complete_it vnet s)" switch 'completion: the first word'
is "$(complete_it vnet -n a switch mo)" monitor 'completion: a command, after an option with its value'
is "$(complete_it vnet switch add sw0 fdb '')" 'hash linear' 'completion: the values of a word'
is "$(complete_it vnet switch port set sw0 p1 l)" 'limit learning locked' 'completion: properties'
is "$(complete_it vnet switch policy '')" 'show attach replace detach' 'completion: what policies can do'
touch "$TEST_TMP/my.bpf.o"
is "$(complete_it vnet switch policy attach sw0 "$TEST_TMP/my")" "$TEST_TMP/my.bpf.o" 'completion: the file of a policy'
is "$(complete_it vnet switch show --j)" '--json' 'completion: options'
done_testing

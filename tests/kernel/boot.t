#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# boot: a command's streams and status come through; every way that a guest can
# end has its own status; nothing of it is left; the host's files stay as they are.
#
# VNET_TEST_KERNEL names the kernel (default: vnet).
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

kernel=${VNET_TEST_KERNEL:-vnet}
build=${VNET_BUILD:-$VNET_TOP/build}
[[ -x $build/$kernel/um/linux ]] || skip_all "no $kernel kernel for um: scripts/build $kernel um"

# The log of each boot, for what is said about it.
log=$TEST_TMP/log
boot() { "$VNET_TOP/scripts/boot" --kernel "$kernel" --timeout 60 --log "$log" "$@" < /dev/null; }
# shellcheck disable=SC2317 # called by status_is, like the next
provoke() { boot -- sh -c "echo $1 > /sys/kernel/debug/provoke-crash/DIRECT; echo survived"; }

# --- status
run_ok 'true is 0' boot -- true
status_is 1 'false is 1' boot -- false
status_is 255 'exit 255 is 255' boot -- sh -c 'exit 255'
# shellcheck disable=SC2016 # for the guest's shell, here and below
status_is 137 'killed by SIGKILL is 137' boot -- sh -c 'kill -9 $$'
# shellcheck disable=SC2016
status_is 143 'killed by SIGTERM is 143' boot -- sh -c 'kill $$'
status_is 127 'a command that does not exist is 127' boot -- no-such-command
status_is 2 'a bad option is a usage error' boot --no-such-option -- true
status_is 1 'a kernel that was not built is named' boot --kernel none -- true
like "$(stderr)" 'build/none/um/linux' '... with its path'

# --- faults: 125, with the report, whatever the command said
status_is 125 'a panic is 125' boot -- sh -c 'echo c > /proc/sysrq-trigger'
like "$(stderr)" 'Kernel panic - not syncing' '... and is shown'
status_is 125 'a WARNING is 125 though the command succeeds' provoke WARNING
is "$(stdout)" survived '... and the command goes on'
like "$(stderr)" 'WARNING: CPU.*lkdtm' '... and the report is shown'
unlike "$(stdout)" WARNING '... but not in its stdout'
status_is 125 'a BUG is 125' provoke BUG
status_is 125 'a null pointer is 125' provoke EXCEPTION
status_is 125 'a guest that reboots is 125' boot -- sh -c 'echo b > /proc/sysrq-trigger; sleep 30'
status_is 126 'a guest without init is 126 or, as a panic, 125' boot --mem 1M -- true

# --- time
status_is 124 'a command that hangs is 124' boot --timeout 2 -- sleep 60
status_is 124 'a kernel that hangs is 124' boot --timeout 2 -- \
	sh -c 'echo HARDLOCKUP > /sys/kernel/debug/provoke-crash/DIRECT'
like "$(stderr)" 'time was up after 2 s' '... and says so'

# --- streams
run_ok 'stdout and stderr' boot -- sh -c 'echo out; echo err >&2'
is "$(stdout)" out 'stdout is stdout'
is "$(stderr)" err 'stderr is stderr, and nothing else'
like "$(< "$log")" 'Linux version' "the kernel's log is in --log"

head -c 300000 /dev/urandom > "$TEST_TMP/bytes"
for i in {0..255}; do printf '%b' "\\x$(printf %x "$i")"; done >> "$TEST_TMP/bytes"
cd "$TEST_TMP" || exit 1
boot -- cat bytes > from-guest
is "$(cksum < from-guest)" "$(cksum < bytes)" 'output is what was written, byte for byte'
"$VNET_TOP/scripts/boot" --kernel "$kernel" --timeout 60 -- cat < bytes > from-guest
is "$(cksum < from-guest)" "$(cksum < bytes)" 'stdin is what was given, byte for byte'
is "$(printf 'a\nb\n' | "$VNET_TOP/scripts/boot" --kernel "$kernel" --timeout 60 -- wc -l)" 2 'stdin ends'

status_is 5 'a descendant that writes for ever does not keep it' boot --timeout 20 -- sh -c '
	yes & sleep 0.2; exit 5'
head -c 200000 bytes > tail-bytes
boot -- sh -c 'cat tail-bytes; exit 0' > from-guest
is "$(cksum < from-guest)" "$(cksum < tail-bytes)" 'what was written last comes through'

begin=$SECONDS
first='' last=''
while IFS= read -r line; do
	[[ -n $first ]] || first=$((SECONDS - begin))
	last=$line
done < <(boot -- sh -c 'echo first; sleep 4; echo last')
is "$last/$((first < 3))" last/1 'output comes as it is written, not at the end'

# --- surroundings
run_ok 'the working directory' boot -- pwd -P
is "$(stdout)" "$PWD" '... is the same'
mkdir 'a b'
(cd 'a b' && boot -- pwd) > stdout
is "$(< stdout)" "$PWD/a b" '... with a space in it, too'
run_ok 'a program in a directory that the guest has a tmpfs on' boot -- "$(
	printf '#!/bin/sh\necho it ran\n' > "$TEST_TMP/program"
	chmod +x "$TEST_TMP/program"
	printf '%s' "$TEST_TMP/program")"
is "$(stdout)" 'it ran' '... runs'
is "$(boot -- id -u)" 0 'the command is root'
# shellcheck disable=SC2016
is "$(A='b c' boot --env A --env "D=e'f" -- sh -c 'printf %s "$A/$D"')" "b c/e'f" '--env passes variables'
# shellcheck disable=SC2016
run_ok 'what a command finds mounted, and lo up' boot -- bash -ec '
	for d in /proc /sys /dev /dev/pts /dev/shm /run /tmp /var/tmp /sys/fs/cgroup /sys/kernel/debug
	do mountpoint -q $d; done
	: > /tmp/x; : > /run/x; : > /var/tmp/x; : > /dev/shm/x; : > /dev/fd/1
	ip netns add a
	ping -c 1 -q 127.0.0.1 > /dev/null 2>&1 || ip -o link show lo up | grep -q lo'

# --- the host's files
echo before > file
status_is 2 'writing to the host fails' boot -- sh -c 'echo after > file'
is "$(< file)" before '... and changes nothing'
# Not even the guest's root may; as root on the host, that is enforced there.
boot -- sh -c 'mount -o remount,rw /; mount -o remount,rw,bind .; echo after > file' > /dev/null 2>&1
if [[ $(id -u) == 0 ]] && unshare -m true 2> /dev/null; then
	is "$(< file)" before '... not even after mounting it read-write'
else
	skip '... not even after mounting it read-write' 'not root, or mount name spaces not allowed'
fi
mkdir results
run_ok 'a directory given with --rw' boot --rw results -- sh -c 'echo after > results/file'
is "$(cat results/file)" after '... can be written'

# --- nothing is left, and several can run
marker=vnet_test_$$
"$VNET_TOP/scripts/boot" --kernel "$kernel" --log "$log" --append "$marker" -- sleep 60 \
	< /dev/null > /dev/null 2>&1 &
pid=$!
for ((i = 0; i < 50; i++)); do
	grep -q "Run .*init" "$log" 2> /dev/null && break
	sleep 0.1
done
status_is 7 'another boot beside it' "$VNET_TOP/scripts/boot" --kernel "$kernel" -- sh -c 'exit 7'
kill -TERM "$pid"
wait "$pid"
is $? 143 'a boot that is terminated is 143'
left() { grep -lsa "[v]${marker#v}" /proc/[0-9]*/cmdline; }
is "$(left)" '' '... and leaves no process'

"$VNET_TOP/scripts/boot" --kernel "$kernel" --append "$marker" -- sleep 60 \
	< /dev/null > /dev/null 2>&1 &
pid=$!
for ((i = 0; i < 50; i++)); do
	[[ -z $(left) ]] || break
	sleep 0.1
done
{
	kill -KILL "$pid"
	wait "$pid"
} 2> /dev/null
for ((i = 0; i < 50; i++)); do
	[[ -n $(left) ]] || break
	sleep 0.1
done
is "$(left)" '' 'a boot that is killed outright leaves none either'

# shellcheck disable=SC2016
status_is 141 'a reader that went away is 141' bash -c '
	set -o pipefail
	"$1/scripts/boot" --kernel "$2" --timeout 60 -- yes < /dev/null | head -n 1' - "$VNET_TOP" "$kernel"

# --- x86
if [[ -r $build/$kernel/x86/bzImage ]] && type qemu-system-x86_64 > /dev/null 2>&1; then
	# shellcheck disable=SC2317
	x86() { boot --arch x86 --timeout 120 "$@"; }
	status_is 3 'x86: status, streams, directory, files' x86 --rw results -- sh -c '
		pwd; cat bytes | cksum; echo err >&2; echo x86 > results/file; echo after > file; exit 3'
	is "$(stdout)" "$PWD"$'\n'"$(cksum < bytes)" 'x86: stdout'
	like "$(stderr)" ^err 'x86: stderr'
	is "$(< file)/$(< results/file)" before/x86 'x86: read-only, and --rw'
	status_is 125 'x86: a panic is 125' x86 -- sh -c 'echo c > /proc/sysrq-trigger'
	like "$(stderr)" 'Kernel panic - not syncing' 'x86: ... and is shown'
else
	skip 'x86' "no $kernel kernel for x86, or no QEMU: scripts/build $kernel x86"
fi

done_testing

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: with CONFIG_VNET what a namespace does goes by the pointers in its struct
# net.  gdb changes those of one namespace, in a running kernel.
#
#  - Another limit where core's pointer points to: sockets of that namespace have it, and
#    those of the host and of another namespace do not.
#  - All pointers lead to where no memory is: what the namespace does faults at them, in
#    functions of each module that it has to do with.  (gdb then gives the function the
#    right address, and lets it go on.)  The work is done as well as in another namespace.
#  - Control: a module whose pointer is left alone is not seen.
#
# That no other way leads to the variables is what tests/kernel/instance-users.t says.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/kernel/guest.sh
. "$VNET_TOP/tests/kernel/guest.sh"
# shellcheck source=tests/kernel/gdb.sh
. "$VNET_TOP/tests/kernel/gdb.sh"

kernel=vnet-debuginfo
kernel_built $kernel um || skip_all \
	"there is no kernel with debug information: run 'scripts/build --debuginfo --out build/vnet-debuginfo/um vnet um'"
image=$VNET_BUILD/$kernel/um/linux
gdb_scripts

# attached COMMAND...: what gdb prints of these lines of Python.
attached() {
	local command args=()
	for command; do
		args+=(-ex "python $command")
	done
	timeout 600 gdb -nx -batch -p "$pid" -iex 'set auto-load off' -ex 'set confirm off' \
		-ex 'handle all nostop noprint pass' \
		-ex "python sys.path.insert(0, '$VNET_TOP/tests/kernel/gdb'); import poison" \
		"${args[@]}" "$image" 2>&1
}

# known KEY: wait until the guest has said it, or ended.
known() {
	local n
	for ((n = 0; n < 3000; n++)); do
		[[ $(got "$1") == '(not observed)' ]] || return 0
		kill -0 "${GUEST_PID[$GUEST_NAME]}" 2> /dev/null || return 1
		sleep 0.1
	done
	return 1
}

# changed NAME SPARED...: a boot of which gdb changes the pointers of a, but not those of
# the modules SPARED.  Who followed one comes to NAME.seen.
changed() {
	local name=$1 spared was
	shift
	spared=$(printf "'%s'," "$@")
	observe "$name" $kernel um poison
	GUEST_NAME=$name GUEST_KERNEL=$kernel
	known ready || return
	pid=$(process "${GUEST_PID[$name]}" "$(realpath "$image")" | head -n 1)
	attached "poison.swap($(got a-inum), 131072)" > "$TEST_TMP/$name.swap"
	was=$(sed -n 's/^was \([0-9]*\)$/\1/p' "$TEST_TMP/$name.swap")
	known measured || return
	attached "poison.poison($(got a-inum), ${was:-0}, '$TEST_TMP/$name.seen', [${spared}])" > "$TEST_TMP/$name.poison"
}

changed all none || diag "$(tail -n 20 "$TEST_TMP/all.swap" "$TEST_TMP/all.poison" 2> /dev/null)"
observed all
expect swapped.a 262144 'sockets of a namespace have the limit that its pointer leads to'
expect swapped.b "$(got before.b)" 'those of another do not'
expect swapped.host "$(got before.host)" 'nor do those of the host'
isnt "$(got before.a)" 262144 'before, they had another'
expect work.a "$(got work.b)" 'what it does with all its pointers mended one by one is what another does'
expect after.a "$(got before.a)" 'it has its limits again'

modules() { sed '/^poisoned /d; /^gdb: /d; s/ .*//' "$TEST_TMP/$1.seen" | sort -u; }
note "$(sort -u "$TEST_TMP/all.seen")"
poisoned=$(sed -n 's/^poisoned //p' "$TEST_TMP/all.seen")
((poisoned >= 70)) || not_ok "the pointers to all modules are poisoned" "$poisoned"

# What the scenario certainly has to do with; timers may have to do with more.
used=(arp conntrack core ehash fanout fib_info fib_trie flowlabel hotdata ifaddr inet_ports linkwatch
	mptcp_token ndisc nf_hooks nf_nat nl ping ptype ra_chain raw rawv6 route route6 sctp_assoc sctp_hash
	secure_seq tcp tcp_metrics udplite unix_socks xfrm_policy)
is "$(comm -13 <(modules all) <(printf '%s\n' "${used[@]}" | sort))" '' \
	"functions of $(modules all | wc -l) modules followed a poisoned pointer, $(sed '/^poisoned /d; /^gdb: /d' \
	"$TEST_TMP/all.seen" | sort -u | wc -l) functions"
like "$(cat "$TEST_TMP/all.seen")" $'\ncore sk_setsockopt\n' 'among them the one that limits a buffer'

changed spared core || diag "$(tail -n 20 "$TEST_TMP/spared.swap" "$TEST_TMP/spared.poison" 2> /dev/null)"
observed spared
is "$(comm -13 <(modules spared) <(printf '%s\n' "${used[@]}" | sort))" core \
	'control: a module whose pointer is left alone is not seen, and the others are'
done_testing

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# prove notices what a step must not do: each case here is a generated step of
# the fixture with one thing wrong, and prove must say which object, function
# and section it is in.  What it must not complain of is in prove.t.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/fixtures/prove.sh
. "$VNET_TOP/tests/fixtures/prove.sh"

prove_fixture
fixture_series

# wrong NAME WANT...: what was edited becomes the last step; prove must fail,
# and say each WANT (a regular expression) in a line that it prints.
wrong() {
	local name=$1 want
	shift
	fixture_step 'net: the step with something wrong' 1.5 same-object
	status_is 1 "$name: fails" prove_it
	for want; do
		like "$(stdout)" "$want" "$name: says $want"
	done
	like "$(stdout)" 'differing [1-9]' "$name: is counted"
	isnt "$(result '.steps[-1].verdict')" same "$name: is in the result"
	is "$(result '.steps[:-1] | map(.verdict) | unique | join(" ")')" same \
		"$name: the steps before it are not blamed"
	fixture_drop
}

run_ok 'the series itself is proved' prove_it
like "$(stdout)" 'objects compared 6, differing 0' 'with no difference'

edit net/sock.c 's/(value [>=] )V_sysctl_rmem_max/\1SWAP/; s/(value [>=] )V_sysctl_wmem_max/\1V_sysctl_rmem_max/; s/SWAP/V_sysctl_wmem_max/'
wrong 'two V_ names swapped' \
	"net/sock\.o: \.text.*sock_set_rcvbuf: relocation against 'sysctl_rmem_max' became 'sysctl_wmem_max'" \
	"net/sock\.o: \.text.*sock_set_sndbuf: relocation against 'sysctl_wmem_max' became 'sysctl_rmem_max'"

edit net/sock.c 's/value = V_sysctl_rmem_max/& - 1/'
wrong 'off by one in a renamed line' 'net/sock\.o: .*\.text' 'net/sock\.o: .*sock_set_rcvbuf'

edit net/sock.c 's/(V_sysctl_wmem_max) = 212992/\1 = 212993/'
wrong 'another initialiser' 'net/sock\.o: \.data\+0x[0-9a-f]+ in sysctl_wmem_max: bytes differ'

edit net/flow.c '/^\tfl_size--;/d'
wrong 'a line dropped' 'net/flow\.o: .*\.text' 'net/flow\.o: .*fl_release'

edit include/sock.h '/sk_rcvbuf_room/,/^}/s/return V_sysctl_rmem_max/return 1 + V_sysctl_rmem_max/'
wrong 'an edit hidden in a header' 'net/flow\.o: .*fl_create' "net/reader\.o: symbol 'reader' in \.text"

edit net/flow.c 's/^\tfl_size\+\+;/\tfl_size += 2;/'
edit net/sock.c 's/^\tsk->sndbuf = value/\t\/\/ a harmless line beside it\n&/'
wrong 'an edit among harmless ones' 'net/flow\.o: .*fl_create'
unlike "$(stdout)" 'DIFFERS net/sock' 'and the harmless one is not blamed'

edit net/flow.c 's/^static int fl_size;/static unsigned char pad;\nvoid *fl_pad(void);\nvoid *fl_pad(void) { return \&pad; }\n&/'
wrong 'a new function and variable' "net/flow\.o: .*symbol 'fl_pad'.* is new"

edit net/flow.c 's/^void fl_release/__attribute__((weak)) &/'
wrong 'another binding' "net/flow\.o: symbol 'fl_release' in \.text: binding"

# A WARN that really is at another line is not excused by held lines.
edit net/sock.c '/sk->sndbuf = value/{h;d}; /WARN_ON\(sk->sndbuf/{s/sk->sndbuf < 0/value < 0/;G}'
wrong 'a WARN moved' 'net/sock\.o: .*sock_set_sndbuf'

edit net/sock.c 's/^#ifdef CONFIG_NEVER/#ifndef CONFIG_NEVER/'
edit net/sock.c 's/^int sock_never/int sock_never(void);\n&/'
wrong 'a condition turned round' "net/sock\.o: symbol 'sock_never'.* is new"

cp "$KERNEL/net/apart.c" "$KERNEL/net/more.c"
edit net/more.c 's/apart/more/'
wrong 'a new object' 'net/more\.o: the object is new'

rm "$KERNEL/net/apart.c"
wrong 'an object gone' 'net/apart\.o: the object is gone'

edit net/flow.c 's/fl_size--;/fl_size--/'
fixture_step 'net: does not compile' 1.5 same-object
status_is 1 'a step that does not compile fails' prove_it
like "$(stdout)" 'net-does-not-compile broad: DOES NOT BUILD' 'and is named'
like "$(stdout)" "flow\.c:[0-9]+.*expected ';'" "with the compiler's error"
fixture_drop

# The shortcut for equal compiler input must give the same verdicts.
edit include/sock.h '/sk_rcvbuf_room/,/^}/s/WARN_ON\(!sk\)/WARN_ON(!!sk)/'
fixture_step 'net: hidden' 1.5 same-object
status_is 1 'without the shortcut, too' prove_it --full
like "$(stdout)" 'net/reader\.o: .*reader' 'an edit hidden in a header is seen'
fixture_drop

# What nothing compiled, nothing can be said about; so it is said.
edit net/sock.c '/^int sock_never/,/^}/s/V_sysctl_rmem_max/V_sysctl_wmem_max/'
fixture_step 'net: hidden where nothing is compiled' 1.5 same-object
run_ok 'an edit in a block that is not compiled passes' prove_it
like "$(stdout)" 'net/sock\.c:[0-9]+: return V_sysctl_wmem_max;' 'but is listed'
is "$(result '.steps[-1].lines_compiled.broad')" 0 'as not compiled'
fixture_drop

done_testing

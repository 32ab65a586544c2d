#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# prove on steps that are as they should be: what it compares, what it says, what
# it keeps.  Steps that are wrong are in prove-negative.t.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/fixtures/prove.sh
. "$VNET_TOP/tests/fixtures/prove.sh"

prove_fixture
fixture_series
stock_source=$(git -C "$KERNEL" rev-parse 'stock^{tree}')

run_ok 'a rename, whitespace macros, an include, above users of __LINE__' prove_it
like "$(stdout)" '\[1/2 [0-9:]*\] 0002-net-name-the-limits-V_ broad: 3 objects compared, differing 0' \
	'a line for each step'
like "$(stdout)" 'against the pristine source, broad: 3 objects compared, differing 0' \
	'and the check against the pristine source'
like "$(stdout)" 'objects compared 6, differing 0' 'and the sum'
is "$(result '.steps | map(.id) | join(" ")')" \
	'0002-net-name-the-limits-V_ 0003-net-say-which-vnet' 'only steps that are to be proved are in the result'
is "$(result '.steps[0].sha')" "$(git -C "$KERNEL" rev-parse main~1)" 'by commit'
is "$(result '.steps[0] | [.verdict, .compared, .differing, .configs[0].name] | @csv')" \
	'"same",3,0,"broad"' 'with verdict and numbers'
is "$(result '.steps[0] | "\(.lines_compiled.broad) of \(.lines_changed)"')" '10 of 12' 'and lines compiled'
is "$(result '.steps[0].lines_not_compiled[0]')" $'include/sock.h:29\treturn V_sysctl_wmem_max;' \
	'and lines not compiled'
is "$(result '.cumulative[0] | "\(.compared) \(.differing)"')" '3 0' 'and the sum over the stages'
is "$(git -C "$KERNEL" status --porcelain; git -C "$KERNEL" rev-parse 'stock^{tree}')" "$stock_source" \
	'the tree is left alone'

# Lines that nothing compiles want a reason.
unlisted() { "$VNET_TOP/scripts/prove.d/unlisted" "$VNET_BUILD/prove/result.json" "$TEST_TMP/listed"; }
printf 'file\ttext\twhy\n' > "$TEST_TMP/listed"
status_is 1 'lines that no configuration compiled' unlisted
like "$(stdout)" '0002-.*: include/sock.h:29: return V_sysctl_wmem_max;' 'are named'
result '.steps[].lines_not_compiled[]' | sed 's/:[0-9]*\t/\t/; s/$/\tbecause/' | sort -u >> "$TEST_TMP/listed"
run_ok 'not if there is a reason' unlisted
printf 'net/none.c\tint\tbecause\n' >> "$TEST_TMP/listed"
status_is 1 'a reason that no line needs' unlisted
like "$(stdout)" 'not needed: net/none.c: int' 'is named'

# Only what edits reach is compiled; the rest has the same compiler input.
is "$(result '.steps[1].configs[0] | "\(.compared) \(.same_input)"')" '3 2' \
	'objects that only read a header are not compiled again'
run_ok 'all of them are compiled if wanted' prove_it --full
is "$(result '.steps[1].configs[0] | "\(.compared) \(.same_input) \(.differing)"')" '3 0 0' \
	'with the same verdict'

# What is known is not done again; what is not known is.
makes() { grep -c '^+ make in' "$VNET_BUILD/log/prove.log"; }
run_ok 'a second run' prove_it
is "$(makes)" 0 'builds nothing'
like "$(stdout)" 'differing 0.*\(known\)' 'and says that it is known'
edit include/sock.h 's/^struct sock \{/struct sock {\n\t\/* what it is *\//'
git -C "$KERNEL" commit -qa --amend --no-edit
run_ok 'a step that was amended' prove_it
is "$(makes)" 2 'is proved again, against the source before it'
like "$(stdout)" '1/2 .*\(known\)' 'it alone'
git -C "$KERNEL" commit -q --amend -m "$(git -C "$KERNEL" log -1 --format=%B | sed 's/say which/tell which/')"
run_ok 'a step under another name' prove_it
is "$(makes)" 0 'is still proved'
is "$(result '.steps[1].id')" 0003-net-tell-which-vnet 'under its new name'

run_ok 'one step' prove_it --steps 2 --force
is "$(makes)" 2 'needs the source before and after it'
like "$(stdout)" '\[1/1' 'and only that one is proved'
is "$(result '.steps | length')" 2 'but the result keeps what is known of the others'
run_ok 'from a step on' prove_it --steps 0003-net-tell-which-vnet..
like "$(stdout)" '\[1/1' 'by id'
run_ok 'nothing to prove' prove_it --steps ..1
like "$(stdout)" 'objects compared 0, differing 0 \(0 steps' 'is said'

run_ok 'up to a stage' prove_it --up-to 1.0
is "$(result '.steps | map(.id) | join(" ")')" 0002-net-name-the-limits-V_ 'later steps are not in it'
is "$(result '.cumulative | length')" 1 'but the pristine source is'
status_is 2 'what is no stage' prove_it --up-to none

# A run that was killed at any place leaves nothing that the next believes.
printf 'int x;\n' > "$VNET_BUILD/prove/src/net/sock.c"
rm -f "$VNET_BUILD/prove/ref/broad.state"
run_ok 'a source tree that was tampered with' prove_it --force
is "$(result '[.steps[].verdict] | unique | join(" ")')" same 'is put right'

# A step that may change objects, by hand, and one proved after it.
edit net/flow.c 's/^\tfl_size--;/\tfl_size -= 2;/'
fixture_step 'net: by hand' 1.5 boot
edit net/flow.c 's/^(\tif \(WARN_ON\()(!fl_size)/\tINIT_VNET_CORE(sock_net(sk))\n\n\1\2/'
fixture_step 'net: after it' 1.5 same-object
run_ok 'a generated step after one by hand' prove_it
like "$(stdout)" '0005-net-after-it broad: 1 objects compared, differing 0' 'is proved against that one'
is "$(result '.cumulative[0] | "\(.compared) \(.differing) \(.changed_by_others | join(" "))"')" \
	'2 0 net/flow.o' 'what the one by hand changed is not to be as in the pristine source'
like "$(stdout)" 'other steps changed net/flow\.o' 'and is named'

edit net/flow.c 's/^static int fl_size;/#ifdef CONFIG_VNET\nstatic int mine;\n#elif defined(CONFIG_VNET_STRUCTS)\nstatic int ours;\nstatic int theirs;\n#endif\n&/'
fixture_step 'net: for the other modes' 2.2 same-object
run_ok 'lines for other modes' prove_it
is "$(result '.steps[-1].configs[0] | "\(.lines_changed) \(.lines_compiled) \(.lines_in_modes.vnet) \(.lines_in_modes.structs)"')" \
	'6 3 1 2' 'are looked for there'
is "$(result '.steps[-1].lines_not_compiled | length')" 0 'and found'
fixture_drop

cat > "$KERNEL/Kconfig" <<'END'
config VNET_GLOBALS
	bool "globals"
END
fixture_step 'net: a symbol' 2.2 same-object
run_ok 'a step that changes the configuration' prove_it
like "$(stdout)" 'note: the configuration changed: .*CONFIG_VNET_GLOBALS=y' 'says so'
fixture_drop

# Line numbers without their holding: what holding them is for.
status_is 1 'without held lines' prove_it --no-hold
like "$(stdout)" '0002-.* differing 2' 'steps differ'
like "$(stdout)" 'DIFFERS net/reader\.o: __bug_table' 'in the table that has line numbers'
unlike "$(stdout)" 'DIFFERS net/[a-z]*\.o: \.text' 'and only there'

run_ok 'another configuration' prove_it --configs broad,um
is "$(result '.steps[0] | [.configs[].name] | join(" ")')" 'broad um' 'is in the result'
is "$(result '.steps[0].lines_compiled | keys | join(" ")')" 'broad um' 'with its lines'
is "$(result '.steps[0].compared')" 6 'and its objects'

# Steps that follow each other as one; here step 4 stands between 3 and 5.
run_ok 'together' prove_it --together
like "$(stdout)" '\[1/2 [0-9:]*\] 0002-net-name-the-limits-V_\.\.3 broad: 3 objects compared, differing 0' \
	'one line for two'
is "$(result '.steps | map(.id) | join(" ")')" '0002-net-name-the-limits-V_..3 0005-net-after-it' \
	'over another step they are not taken as one'
is "$(result '.steps[0].steps | length')" 2 'the verdict names the commits of both'
is "$(result '.steps[0].sha')" "$(git -C "$KERNEL" rev-parse main~2)" 'and is under the last one'
edit net/sock.c 's/(V_sysctl_wmem_max) = 212992/\1 = 212993/'
fixture_step 'net: the step with something wrong' 1.5 same-object
status_is 1 'with one that changes an object' prove_it --together
like "$(stdout)" 'DIFFERS net/sock\.o: \.data' 'that is said'
fixture_drop

git -C "$KERNEL" tag -d stock > /dev/null
status_is 1 'a tree without stock' prove_it
like "$(stderr)" "no tag 'stock'" 'is named'
status_is 2 'no such configuration' prove_it --configs tiny
like "$(stderr)" 'no such configuration: tiny \(broad, um' 'lists those that there are'
status_is 2 'an unknown option' prove_it --what
run_ok 'help' prove_it --help

done_testing

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: with VNET_CHECK a context that is missing, misplaced or no net, a V_
# name that means a local variable, and a plain name that was left, are compile errors.
#
#  - The whole check kernel was built, so every function that uses a V_ name has its
#    context, and none says a plain name; it boots.
#  - Controls: net/core/sock.c, by the command that built it, with one thing wrong
#    each.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=scripts/lib.sh
. "$VNET_TOP/scripts/lib.sh"

out=$VNET_BUILD/check/um
[[ -x $out/linux ]] || skip_all "no check kernel: scripts/build check um"
run_ok 'the check kernel boots' timeout 120 "$VNET_TOP/scripts/boot" --kernel check --arch um -- true

# What it was built from, whatever the sources of the last build are by now.
src=$TEST_TMP/src
mkdir "$src"
git -C "$VNET_LINUX" archive absent include arch/um arch/x86 net/core scripts | tar -x -C "$src" ||
	bail_out "git archive of $VNET_LINUX"

file=net/core/sock.c
command=$(sed -n "s,^savedcmd_${file%.c}\.o := ,,p" "$out/net/core/.sock.o.cmd")
[[ -n $command ]] || bail_out "no command in $out/net/core/.sock.o.cmd"
command=${command//"$VNET_SRC"/"$src"}

# compile SED...: the file edited like that.
compile() {
	git -C "$VNET_LINUX" show "absent:$file" > "$src/$file"
	(($# == 0)) || sed -i -E "$@" "$src/$file"
	(cd "$out" && sh -c "$command -fsyntax-only")
}

run_ok 'the file compiles as it is' compile
use='^\tINIT_VNET_CORE\(sock_net\(sk\)\)$'
[[ $(git -C "$VNET_LINUX" show "absent:$file" | grep -cP "$use") -ge 1 ]] ||
	bail_out "$file has no context to break"
status_is 1 'a context that is missing' compile "/$use/d"
like "$(stderr)" "In function .sk_setsockopt." '... is an error that names the function'
like "$(stderr)" "vnet_core. undeclared" '... and the module'
status_is 1 'a context of what is no net' compile "s/$use/\tINIT_VNET_CORE(sk)/"
like "$(stderr)" 'incompatible pointer type' '... is an error'
status_is 1 'a context behind the first use' compile \
	"/^void sock_init_data_uid/,/^}/ { /$use/d; s/^\tsock_set_flag\(sk, SOCK_ZAPPED\);/&\n\tINIT_VNET_CORE(sock_net(sk))/ }"
like "$(stderr)" "In function .sock_init_data_uid.*undeclared" '... is an error'
status_is 1 'a V_ name that means a local variable' compile \
	"/^void sock_init_data_uid/,/^}/ s/$use/&\n\t__u32 vnet_raw_sysctl_rmem_default = 0;/"
like "$(stderr)" 'initializer element is not constant' '... is an error'
status_is 1 'a plain name that was left' compile \
	'/^void sock_init_data_uid/,/^}/ s/V_(sysctl_rmem_default)/\1/'
like "$(stderr)" '.sysctl_rmem_default. undeclared' '... is an error'
done_testing

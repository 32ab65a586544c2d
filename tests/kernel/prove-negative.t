#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# prove on the real kernel: behind the last step of the series that it proves
# come some that look generated, most of them with one thing wrong.  The same
# on a small fixture, with more cases: tests/unit/prove-negative.t.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=scripts/lib.sh
. "$VNET_TOP/scripts/lib.sh"
[[ -d $VNET_LINUX/.git ]] || skip_all "no kernel tree: make tree"

# A tree of its own that borrows the objects of build/linux; without files.
tree=$TEST_TMP/linux
git clone -q --bare --shared "$VNET_LINUX" "$tree" || bail_out "git clone of $VNET_LINUX"
git() { command git --git-dir="$tree" "$@"; }
export GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@example.org
export GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@example.org
export GIT_INDEX_FILE=$TEST_TMP/index

base=$(git log --format='%H %(trailers:key=Vnet-Proof,valueonly,separator=%x20)' stock..main |
	awk '$2 == "same-object" { print $1; exit }')
[[ -n $base ]] || skip_all 'the series has no step that is to be proved'
first=$(($(git rev-list --count "stock..$base") + 1))
git read-tree "$base"
tip=$base

# edit FILE SED...: in the step being made.  commit SUBJECT: it is made.
edit() {
	local file=$1 was new
	shift
	was=$(git rev-parse ":$file")
	git cat-file blob "$was" > "$TEST_TMP/edited"
	sed -i -E "$@" "$TEST_TMP/edited"
	new=$(git hash-object -w "$TEST_TMP/edited")
	[[ $new != "$was" ]] || bail_out "$file has nothing to edit: $*"
	git update-index --cacheinfo "100644,$new,$file"
}
commit() {
	tip=$(git commit-tree -p "$tip" -m "$1" \
		-m $'Vnet-Stage: 3.0\nVnet-Origin: generated\nVnet-Proof: same-object\nVnet-Modes: none' \
		"$(git write-tree)")
}

fl=net/ipv6/ip6_flowlabel.c sock=net/core/sock.c sysctl=net/core/sysctl_net_core.c

edit $fl 's/^#include <net\/rawv6.h>/&\n#include <linux\/kernel.h>/; s/^static void ip6_fl_gc\(struct timer_list/\/\* A line,\n   and another.\n \*\/\n&/'
edit $sock 's/^#include <linux\/capability.h>/#include <linux\/kernel.h>\n&/; s/^\tWARN_ON\(/\t; \/* before \*\/\n\n&/'
commit harmless
edit $sock 's/(u32, val, READ_ONCE\(V_sysctl_)wmem_max/\1SWAP/; s/(u32, val, READ_ONCE\(V_sysctl_)rmem_max/\1wmem_max/; s/SWAP/rmem_max/'
commit swapped
edit $fl 's/^(\tint room = FL_MAX_SIZE) - atomic_read\(&V_fl_size\)/\1 - 1 - atomic_read(\&V_fl_size)/'
commit off-by-one
edit $sysctl 's/^(static int int_3600) = 3600;/\1 = 3601;/'
commit initialiser
edit $fl '/^\tatomic_inc\(&V_fl_size\);$/d'
commit dropped
edit $sock 's/^\tWARN_ON\(bytes > sk->sk_reserved_mem\);/\tWARN_ON(bytes >= sk->sk_reserved_mem);/'
edit $fl 's/^#include <linux\/kernel.h>/&\n\/\* nothing \*\//'
commit hidden

status_is 1 'prove does not pass them' "$VNET_TOP/scripts/prove" --tree "$tree" --rev "$tip" \
	--steps "$first.." --json "$TEST_TMP/result.json"
stdout > "$TEST_TMP/said"

verdict() {
	is "$(jq -r --arg s "$1" '.steps[] | select(.id | endswith("-" + $s)) | .verdict' \
		"$TEST_TMP/result.json")" "$2" "$1: $2"
}
# differs SUBJECT OBJECT SECTION FUNCTION
differs() {
	verdict "$1" differs
	# shellcheck disable=SC2016 # variables of jq
	ok_if "$1: names $2, $3, $4" jq -e --arg s "$1" --arg o "$2" --arg e "$3" --arg f "$4" '
		.steps[] | select(.id | endswith("-" + $s)) | .configs[].differences[]
		| select(.object == $o).differences[] | select(.section == $e and .function == $f)' \
		"$TEST_TMP/result.json"
	is "$(jq -r --arg s "$1" '.steps[] | select(.id | endswith("-" + $s))
		| .configs[].differences[].object' "$TEST_TMP/result.json" | sort -u)" "$2" \
		"$1: and no other object"
}
ok_if() {
	local name=$1
	shift
	if "$@" > /dev/null; then ok "$name"; else not_ok "$name" "$(< "$TEST_TMP/said")"; fi
}

verdict harmless same
differs swapped net/core/sock.o .text sk_setsockopt
differs off-by-one net/ipv6/ip6_flowlabel.o .text ipv6_flowlabel_opt
differs initialiser net/core/sysctl_net_core.o .data int_3600
differs dropped net/ipv6/ip6_flowlabel.o .text ipv6_flowlabel_opt
# The edited function has one caller, and the compiler makes it a part of that.
differs hidden net/core/sock.o .text sk_setsockopt

done_testing

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Every patch of the series: checkpatch --strict finds nothing but what
# scripts/checkpatch.exceptions gives a reason for, and each of those reasons is
# needed.  A generated patch may leave a finding of the lines that it rewrites as
# it was, in kind and number.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/lint/lint.sh
. "$VNET_TOP/tests/lint/lint.sh"

tree=${VNET_BUILD:-$VNET_TOP/build}/linux
[[ -x $tree/scripts/checkpatch.pl ]] || skip_all "there is no kernel tree: run 'make tree'"
cd "$tree" || bail_out "no $tree"
# checkpatch leaves a file here that make tree would not want to lose.
# shellcheck disable=SC2016 # when the test ends
at_end 'rm -f "$tree"/.checkpatch-camelcase.*'
export tree

# findings OPTION...: of a patch on standard input: FILE: TYPE: message.  One of the
# commit message has the last file, or "-".  checkpatch is shown what
# INIT_VNET_FOO(net) stands for in full mode: a declaration.
findings() {
	local out rc=0
	out=$(sed -E 's/^([+ ]\t+)INIT_VNET_[A-Z0-9_]+\((.*)\)$/\1int v = (\2);/' |
		perl scripts/checkpatch.pl --strict --terse --show-types --showfile --no-summary "$@" - 2>&1) || rc=$?
	sed -nE 's/^-:[0-9]+: [A-Z]+:([A-Z_]+: )/-: \1/p; s/^(#[0-9]+: )?([^ :]+):[0-9]+: [A-Z]+:([A-Z_]+: )/\2: \3/p' <<< "$out"
	# It ends with 1 for a finding; anything else is a fault of its own.
	((rc <= 1)) || printf -- '-: CHECKPATCH: %s\n' "${out##*$'\n'}"
}

# unexcused: of findings, those that no exception is for.
unexcused() {
	local line
	while IFS= read -r line; do
		printf '%s\n' "$line" |
			grep -qE -f <(sed '/^#/d; s/\t.*//' "$VNET_TOP/scripts/checkpatch.exceptions") ||
			printf '%s\n' "$line"
	done
}

# kinds: of findings, FILE and TYPE.
kinds() { sed -E 's/^([^ ]+: [A-Z_]+): .*/\1/'; }

# check_patch PATCH [COMMIT]: with the commit that a generated one makes.
check_patch() {
	local found was
	found=$(findings < "$1")
	printf '%s\n' "$found" >> "$TEST_TMP/all"
	found=$(unexcused <<< "$found")
	if [[ -n $found && -n ${2:-} ]]; then
		# The way back adds what was there before.
		was=$(git diff -R "$2^" "$2" | findings --no-signoff | kinds | LC_ALL=C sort)
		found=$(LC_ALL=C comm -13 <(printf '%s\n' "$was") <(kinds <<< "$found" | LC_ALL=C sort))
	fi
	[[ -z $found ]] || printf '%s\n' "$found"
}
check_step() {
	local sha=
	[[ $1 != *' '* ]] || sha=${1#* }
	check_patch "$VNET_TOP/patches/${1%% *}" "$sha"
}
export -f findings unexcused kinds check_patch

mapfile -t steps < <("$VNET_TOP/scripts/steps" --json |
	jq -r '.[] | .patch + (if .origin == "generated" then " " + .sha else "" end)')
((${#steps[@]})) || bail_out 'there are no steps'
: > "$TEST_TMP/all"
each check_step "${steps[@]}"

unneeded=$(sed '/^#/d; s/\t.*//' "$VNET_TOP/scripts/checkpatch.exceptions" |
	while IFS= read -r regex; do
		grep -qE -- "$regex" "$TEST_TMP/all" || printf '%s\n' "$regex"
	done)
is "$unneeded" '' 'every exception is needed'
is "$(sed '/^#/d' "$VNET_TOP/scripts/checkpatch.exceptions" | grep -cvP '^[^\t]+\t[^\t]{10,}$')" 0 \
	'... and says why'

# A patch of one added line.
# shellcheck disable=SC2317 # called by complains
check_line() { check_patch "$1"; }
patch_adding() {
	cat <<-END
	From 1234567890123456789012345678901234567890 Mon Sep 17 00:00:00 2001
	From: A <a@example.org>
	Date: Fri, 1 Nov 2024 00:00:00 +0000
	Subject: [PATCH] net: core: add something that nobody wants to have

	Say why somebody wants to have it after all, in a line of its own.

	---
	 net/core/sock.c | 1 +
	 1 file changed, 1 insertion(+)

	diff --git a/net/core/sock.c b/net/core/sock.c
	index 1234567..1234568 100644
	--- a/net/core/sock.c
	+++ b/net/core/sock.c
	@@ -1,2 +1,3 @@
	 int a;
	+$1
	 int b;
	END
}
complains check_line 'net/core/sock.c: SPACING' 'a missing space' < <(patch_adding 'int c=1;')
complains check_line 'net/core/sock.c: GLOBAL_INITIALISERS' 'a needless initialiser' < <(patch_adding 'int c = 0;')
is "$(patch_adding 'int c;' > "$TEST_TMP/clean"; check_line "$TEST_TMP/clean")" '' \
	'control: a patch without a fault is not complained of'

# A generated step in a tree of its own: a long line may stay, not become one.
mkdir -p "$TEST_TMP"/repo/{net,scripts,Documentation,arch,include,drivers,fs,init,ipc,kernel,lib}
touch "$TEST_TMP"/repo/{COPYING,CREDITS,Kbuild,MAINTAINERS,Makefile,README}
long='int a_long_line = a_function_with_a_name + another_function_with_a_name * a_third_one_with_another;'
printf '%s\n' "$long" 'int b;' > "$TEST_TMP/repo/net/x.c"
g() { git -C "$TEST_TMP/repo" -c user.name=t -c user.email=t@example.org "$@"; }
g init -q && g add -A && g commit -q -m base
printf '%s\n' "${long/ = a/ = V_a}xxxxxxxxxxxxx" 'int b;' > "$TEST_TMP/repo/net/x.c"
g commit -q -a -m rename
generated() {
	(
		rm -rf "$TEST_TMP/repo/out"
		g format-patch -q -1 -o "$TEST_TMP/repo/out"
		ln -sfn "$tree"/scripts/{checkpatch.pl,spelling.txt,const_structs.checkpatch} "$TEST_TMP/repo/scripts/"
		cd "$TEST_TMP/repo" || exit
		check_patch out/0001-*.patch "$@"
	)
}
like "$(generated HEAD)" 'net/x.c: LONG_LINE' 'control: a line becomes too long'
sed -i 's/V_a_function/V_b_function/' "$TEST_TMP/repo/net/x.c"
g commit -q -a -m 'rename once more'
like "$(generated)" 'net/x.c: LONG_LINE' 'control: a line is too long'
is "$(generated HEAD)" '' '... as the one before was, which counts for generated steps'
done_testing

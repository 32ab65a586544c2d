#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: the series in patches/ is what its tools make of its sources, and
# is applied by the tools that people use.
#
#  - generated patches, made anew from the tables, are the same bytes;
#  - patches written back from the commits of build/linux are the same bytes;
#  - git am and quilt apply all of them, quilt without fuzz and offset, to the
#    same files.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=scripts/lib.sh
. "$VNET_TOP/scripts/lib.sh"
[[ -d $VNET_LINUX/.git ]] || skip_all "no kernel tree: make tree"
cd "$VNET_TOP" || exit 1

run_ok 'the generator makes the patches that are there' scripts/generate --check
run_ok 'export writes the patches that are there' scripts/export --dry-run

# The files that the series touches, as the stock kernel has them.
git -C "$VNET_LINUX" diff --name-only --no-renames stock main > "$TEST_TMP/files"
git -C "$VNET_LINUX" ls-tree -r --name-only stock | sort > "$TEST_TMP/stock"
sort "$TEST_TMP/files" | comm -12 - "$TEST_TMP/stock" > "$TEST_TMP/old"
stock_files() {
	mkdir -p "$1"
	xargs git -C "$VNET_LINUX" archive stock < "$TEST_TMP/old" | tar -C "$1" -x
}
# digest DIR: of all files in it, by name.
digest() {
	(cd "$1" && find . -type f ! -path './.git/*' ! -path './.pc/*' -print0 |
		LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
}
mkdir "$TEST_TMP/want"
xargs git -C "$VNET_LINUX" archive main < "$TEST_TMP/files" | tar -C "$TEST_TMP/want" -x
want=$(digest "$TEST_TMP/want")
steps=$(grep -c '^[^#]' patches/series)

stock_files "$TEST_TMP/quilt"
(cd "$TEST_TMP/quilt" && QUILT_PC=.pc QUILT_PATCHES=$VNET_TOP/patches \
	quilt --quiltrc /dev/null push -a) > "$TEST_TMP/said" 2>&1
is $? 0 'quilt push -a applies the series'
is "$(grep -c '^Applying patch' "$TEST_TMP/said")" "$steps" "all $steps patches of it"
is "$(grep -cE 'succeeded at .*(fuzz|offset)' "$TEST_TMP/said")" 0 'without fuzz and offset'
is "$(digest "$TEST_TMP/quilt")" "$want" 'to the files of build/linux'

stock_files "$TEST_TMP/am"
(
	cd "$TEST_TMP/am" || exit
	export GIT_CONFIG_GLOBAL=/dev/null GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@example.org
	git init -q . && git add -A -f && git -c user.name=t -c user.email=t@example.org commit -q -m stock &&
		sed '/^#/d; /^$/d; s|^|'"$VNET_TOP"'/patches/|' "$VNET_TOP/patches/series" | xargs git am -q
) > "$TEST_TMP/said" 2>&1
is $? 0 'git am applies the series'
is "$(git -C "$TEST_TMP/am" rev-list --count HEAD)" $((steps + 1)) 'a commit for each patch'
is "$(digest "$TEST_TMP/am")" "$want" 'to the files of build/linux'
done_testing

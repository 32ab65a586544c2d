#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# scripts/export: commits to patches and back, byte for byte; what others' tools
# make of the patches; commits that cannot be steps; and that patches/ is either
# what it was or what it shall be.

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/fixtures/series.sh
. "$VNET_TOP/tests/fixtures/series.sh"

new_series
export=$P/scripts/export tree=$P/scripts/tree
HEAD=$(g rev-parse main)
files=(series
	stage-0-framework/0001-net-vnet-add-the-framework.patch
	stage-1.0-rename/0002-net-core-rename-limits.patch
	stage-1.0-rename/0003-ipv6-label-rename-tables-a-subject-so-long-that-its-.patch
	stage-2.1-constructors/0004-net-core-gr-er-with-a-dash.patch
	stage-3.2-per-vnet/0005-ipv6-label-per-vnet.patch)

patches() { (cd "$P/patches" && find . -type f | sort | xargs sha256sum); }

### Calls
status_is 0 'help' "$export" --help
like "$(stdout)" '^usage: export ' 'help says how to call it'
status_is 2 'an unknown option is a usage error' "$export" --bad

### The form
is "$(cd "$P/patches" && find . -type f -printf '%P\n' | sort)" \
	"$(printf '%s\n' "${files[@]}" | sort)" 'a patch per step, in its stage'\''s folder, as format-patch names it'
is "$(grep -v '^#' "$P/patches/series" | grep .)" "$(printf '%s\n' "${files[@]:1}")" 'series has them in order'
like "$(< "$P/patches/series")" '# Stage 1.0: rename' 'and reads as a table of contents'
like "$(< "$P/patches/${files[1]}")" \
	'^From 0{40} Mon Sep 17 00:00:00 2001' 'a patch does not name the commit'
like "$(grep '^index' "$P/patches/${files[2]}")" 'index [0-9a-f]{40}\.\.[0-9a-f]{40} 100644' \
	'object names are whole'
unlike "$(cat "$P/patches/${files[5]}")" '^-- $' 'no version of git at the end'

### Round trip
before=$(patches)
run_ok 'export after tree' "$export" --any-base
like "$(stdout)" 'has the 5 steps of build/linux already' 'has nothing to do'
is "$(patches)" "$before" 'and is byte-identical'
rm -rf "$P/build"
run_ok 'tree from nothing' "$tree" --ksrc "$K"
mv "$P/patches" "$TEST_TMP/first"
run_ok 'export to nothing' "$export" --any-base
is "$(patches)" "$before" 'is byte-identical'
for set in diff.noprefix=true diff.mnemonicPrefix=true diff.algorithm=patience diff.renames=copies \
	diff.context=7 format.signature=x format.signOff=true format.headers='X-A: b' color.ui=always \
	format.numbered=true diff.cpp.xfuncname='^.*$' core.quotePath=false diff.external=/bin/false; do
	g config "${set%%=*}" "${set#*=}"
done
mkdir -p "$TEST_TMP/home"
printf '[diff]\n\tnoprefix = true\n[format]\n\tpretty = oneline\n\tsubjectPrefix = X\n' \
	> "$TEST_TMP/home/.gitconfig"
run_ok 'with odd settings in build/linux and at home' env HOME="$TEST_TMP/home" LANG=de_DE.UTF-8 \
	TZ=Asia/Tokyo COLUMNS=200 GIT_DIFF_OPTS=-u9 "$export" --any-base
is "$(patches)" "$before" 'it still is'

### Others' tools
if command -v quilt > /dev/null; then
	cp -a "$K" "$TEST_TMP/quilted"
	run_ok 'quilt push -a' env -C "$TEST_TMP/quilted" QUILT_PATCHES="$P/patches" \
		HOME="$TEST_TMP" quilt --quiltrc=- push -a
	unlike "$(cat "$TEST_TMP/stdout" "$TEST_TMP/stderr")" 'fuzz|offset' 'without fuzz or offset'
	is "$(cd "$TEST_TMP/quilted" && cat net/core/sock.c net/ipv6/label.c)" \
		"$(g show main:net/core/sock.c main:net/ipv6/label.c)" 'gives the files of main'
else
	skip 'quilt push -a' 'quilt is not installed'
fi
git clone -q "$P/build/linux" "$TEST_TMP/am" 2> /dev/null
git -C "$TEST_TMP/am" reset -q --hard "$(g rev-parse stock)"
mapfile -t abs < <(printf "$P/patches/%s\n" "${files[@]:1}")
run_ok 'git am' git -C "$TEST_TMP/am" -c user.name='Linux VNET' -c user.email=vnet@example.org \
	am -q --committer-date-is-author-date "${abs[@]}"
is "$(git -C "$TEST_TMP/am" rev-parse HEAD)" "$HEAD" 'gives the very commits that tree makes'

### Commits edited, added, dropped
g commit -q --amend -m 'ipv6: label: other words' -m 'Vnet-Stage: 3.2'
run_ok 'a reworded commit' "$export" --any-base
is "$(stdout | sed 's/  */ /' | head -n 3 | sort | tr '\n' ';')" \
	"changed series;new ${files[5]/per-vnet.patch/other-words.patch};removed ${files[5]};" 'is said'
run_ok 'tree then takes the commits as exported' "$tree" --ksrc "$K"
is "$(g log -1 --format='%cn %s' main)" 'Linux VNET ipv6: label: other words' 'under the fixed committer'
g reset -q --hard HEAD~1
echo 'a file of mine' > "$P/patches/README"
run_ok 'a commit that is gone' "$export" --any-base
is "$(find "$P/patches" -name '0005*')" '' 'takes its patch with it'
is "$(find "$P/patches" -name 'stage-3*')" '' 'and the empty folder'
is "$(cat "$P/patches/README")" 'a file of mine' 'what is not of the series stays'
status_is 0 'a dry run with nothing to do' "$export" --any-base -n
g reset -q --hard HEAD~1
state=$(patches)
status_is 1 'a dry run with something to do' "$export" --any-base -n
is "$(patches)" "$state" 'changes nothing'
g reset -q --hard "$HEAD"
run_ok 'back to all steps' "$export" --any-base
rm "$P/patches/README"
is "$(patches)" "$before" 'all as before'

### Commits that cannot be steps
# refused NAME REGEX: export fails, says this, and patches/ is as it was.
refused() {
	status_is 1 "$1: fails" "$export" --any-base
	like "$(stderr)" "$2" "$1: says $2"
	is "$(patches)" "$before" "$1: patches/ is as it was"
	is "$(leftovers)" '' "$1: nothing is left over"
	g reset -q --hard "$HEAD"
}
echo x >> "$P/build/linux/net/ipv6/label.c"
g commit -q -a -m 'net: no trailer'
refused 'no trailer' 'commit [0-9a-f]+ "net: no trailer" has no .Vnet-Stage:'
echo x >> "$P/build/linux/net/ipv6/label.c"
commit 6 7.7 'net: odd stage'
refused 'an unknown stage' '"net: odd stage": vnet/stages.tsv knows no stage .7\.7'
g commit -q --allow-empty -m 'net: nothing' -m 'Vnet-Stage: 3.2'
refused 'an empty commit' '"net: nothing" changes nothing'
g checkout -q -b side HEAD~1
echo x >> "$P/build/linux/Makefile"
commit 6 3.2 'net: side'
g checkout -q main
g merge -q --no-edit side -m 'net: a merge'
refused 'a merge' '"net: a merge" is a merge'
for body in $'one\n\n---\ntwo' $'one\n\ndiff --git a/x b/x' $'From: me@example.org\n\nx'; do
	echo x >> "$P/build/linux/net/ipv6/label.c"
	commit 6 3.2 'net: odd body' "$body"
	refused 'a message that no mail can carry' 'does not (come|give)'
done
echo x >> "$P/build/linux/net/ipv6/label.c"
commit 6 3.2 '[RFC] net: brackets'
refused 'a subject in brackets, which git am would drop' 'does not come'
printf 'a\r\nb\0c\n' > "$P/build/linux/net/core/odd.bin"
commit 6 3.2 'net: a binary file with CR'
run_ok 'a binary file' "$export" --any-base
g reset -q --hard "$HEAD"
"$export" --any-base > /dev/null
g reset -q --hard stock
refused 'no step at all' 'has no step'

### Edits that are not committed, another source, a kill
echo x >> "$P/build/linux/net/ipv6/label.c"
echo x > "$P/build/linux/net/ipv6/new.c"
run_ok 'edits that are not committed' "$export" --any-base
like "$(stderr)" 'not committed: they are not exported' 'are warned of'
like "$(stderr)" 'net/ipv6/new.c' 'new files too, although .gitignore ignores them'
g checkout -q -f
rm "$P/build/linux/net/ipv6/new.c"
status_is 1 'a tree made from another source' "$export"
like "$(stderr)" 'is made from .*kernel.*--any-base' 'is not exported unless told'
mv "$P/patches" "$P/.patches.old"
run_ok 'after a kill between taking the old away and putting the new' "$tree" --ksrc "$K"
is "$(patches)" "$before" 'patches/ is back'
rm -rf "$P/build"
status_is 1 'no build/linux' "$export"
like "$(stderr)" "run 'make tree'" 'says what to do'

done_testing

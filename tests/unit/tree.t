#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# scripts/tree on a source of a dozen files: what it makes, what it must not
# touch, what it says when a step or a source is bad, and how it goes on after
# it was killed.

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/fixtures/series.sh
. "$VNET_TOP/tests/fixtures/series.sh"

new_series
tree=$P/scripts/tree
HEAD=$(g rev-parse main)
STOCK=$(g rev-parse stock)

### Calls
status_is 0 'help' "$tree" --help
like "$(stdout)" '^usage: tree ' 'help says how to call it'
status_is 2 'an unknown option is a usage error' "$tree" --bad
status_is 2 '--ksrc needs a value' "$tree" --ksrc
status_is 2 'an empty KSRC= is a usage error' "$tree" KSRC=

### What it makes
is "$(g log --format=%s --reverse stock..main | head -n 2 | tr '\n' ';')" \
	'net: vnet: add the framework;net: core: rename limits;' 'one commit for each patch, in order'
is "$(g rev-list --count main)" 6 'the source is the root commit'
is "$(g log -1 --format=%s stock)" 'Linux 6.12.1: the source as it came' 'and says its version'
is "$(g log --format='%cn <%ce>' main | sort -u)" 'Linux VNET <vnet@example.org>' 'committer is fixed'
is "$(g log -1 --format='%an %ad' --date=iso main~1)" 'Jürgen Groß 2025-02-04 12:00:00 +0100' \
	'author and date are the patch'\''s'
is "$(g log --format='%ad %cd' main~4..main | awk '{ a = $1$2$3$4$5$6; b = $7$8$9$10$11$12 } a != b')" \
	'' 'committer dates are author dates'
like "$(g ls-tree -r stock)" '100755 blob [0-9a-f]+.scripts/run.sh' 'executables stay executable'
like "$(g ls-tree -r stock)" '120000 blob [0-9a-f]+.scripts/link' 'links stay links'
like "$(g ls-tree -r --name-only stock)" 'lib/.kunitconfig' 'source that .gitignore ignores is there'
like "$(g ls-tree -r --name-only stock)" 'tools/tags/Makefile' 'even in a folder that it ignores'
is "$(g status --porcelain)" '' 'the work tree is clean'
run_ok 'done again' "$tree" --ksrc "$K"
is "$(g rev-parse main)" "$HEAD" 'gives the same'

### Another version of the kernel
mkdir -p "$P/vnet/versions/6.11"
echo '6.11.3-1' > "$P/vnet/versions/6.11/source-version"
before=$(state)
run_ok 'the source of another version' "$tree" --kernel 6.11 --ksrc "$K"
is "$(git -C "$P/build/linux-6.11" rev-parse main stock | uniq)" "$STOCK" 'is there without steps'
git -C "$P/build/linux-6.11" branch series
run_ok 'done again' "$tree" --kernel 6.11 --ksrc "$K"
is "$(git -C "$P/build/linux-6.11" rev-parse series)" "$STOCK" 'leaves the series there alone'
is "$(state)" "$before" 'and build/linux as it was'
status_is 2 'a version that vnet/versions/ does not have is a usage error' "$tree" --kernel 6.10
rm -rf "$P/build/linux-6.11"

### A source of one's own, in every form, is read and nothing else
build_products "$K"
before=$(checksum "$K")
run_ok 'a directory with what a build made' "$tree" --ksrc "$K"
is "$(g rev-parse main)" "$HEAD" 'gives the same commits: products are left out'
is "$(checksum "$K")" "$before" 'the directory is untouched'
pristine=$TEST_TMP/pristine
new_kernel "$pristine"
mkdir "$TEST_TMP/tar"
cp -a "$pristine" "$TEST_TMP/tar/linux-6.12.1"
tar -C "$TEST_TMP/tar" -cJf "$TEST_TMP/linux.tar.xz" linux-6.12.1
tar -C "$pristine" -czf "$TEST_TMP/flat.tar.gz" .
sum=$(sha256sum "$TEST_TMP/linux.tar.xz")
for from in linux.tar.xz flat.tar.gz; do
	rm -rf "$P/build"
	run_ok "from $from, from nothing" "$tree" KSRC="$TEST_TMP/$from"
	is "$(g rev-parse main)" "$HEAD" 'gives the same commits'
	is "$(g status --porcelain)" '' 'and a clean work tree'
done
run_ok 'the same tarball again' "$tree" KSRC="$TEST_TMP/flat.tar.gz"
like "$(stdout)" 'is up to date' 'has nothing to do'
is "$(sha256sum "$TEST_TMP/linux.tar.xz")" "$sum" 'the tarball is untouched'

repo=$TEST_TMP/repo
cp -a "$pristine" "$repo"
sed -i '/^\/\*$/d' "$repo/.gitignore"
git -C "$repo" init -q -b theirs
git -C "$repo" add -A -f
git -C "$repo" -c user.name=U -c user.email=u@example.org commit -q -m theirs
echo '/* not committed */' >> "$repo/net/core/sock.c"
echo '/* new */' > "$repo/net/core/new.c"
rm "$repo/lib/.kunitconfig"
build_products "$repo"
before=$(checksum "$repo")
run_ok 'a git repository' "$tree" --ksrc "$repo"
is "$(checksum "$repo")" "$before" 'is untouched, .git included'
is "$(g show stock:net/core/new.c)" '/* new */' 'its files are taken as they are, committed or not'
unlike "$(g ls-tree -r --name-only main)" 'kunitconfig|vmlinux|\.o|gen\.h' 'without removed files and products'
is "$(g cat-file -p main:net/core/sock.c | tail -n 1)" '/* not committed */' 'and the series is applied to them'
run_ok 'back to the first source' "$tree" --ksrc "$K"
is "$(g rev-parse main stock | tr '\n' ' ')" "$HEAD $STOCK " 'gives its commits again'

### Whatever the user's configuration
mkdir "$TEST_TMP/home" "$TEST_TMP/hooks"
printf '#!/bin/sh\nexit 1\n' | tee "$TEST_TMP/hooks/pre-commit" "$TEST_TMP/hooks/post-checkout" > /dev/null
chmod 755 "$TEST_TMP"/hooks/*
cat > "$TEST_TMP/home/.gitconfig" <<-END
	[core]
		autocrlf = true
		hooksPath = $TEST_TMP/hooks
		excludesFile = $TEST_TMP/excludes
	[commit]
		gpgSign = true
	[am]
		threeWay = true
	[apply]
		whitespace = fix
	[user]
		useConfigOnly = true
	[init]
		defaultBranch = other
		templateDir = $TEST_TMP/hooks
END
echo '*.c' > "$TEST_TMP/excludes"
mv "$P" "$TEST_TMP/elsewhere"
P=$TEST_TMP/elsewhere tree=$TEST_TMP/elsewhere/scripts/tree
rm -rf "$P/build"
umask 077
run_ok 'with a hostile configuration, elsewhere' \
	env HOME="$TEST_TMP/home" GIT_DIR="$repo/.git" GIT_INDEX_FILE=/nonexistent TZ=Asia/Tokyo \
	GIT_AUTHOR_NAME=x "$tree" --ksrc "$K"
umask 022
is "$(g rev-parse main)" "$HEAD" 'the commits are the same'
is "$(checksum "$repo")" "$before" 'and the repository of GIT_DIR is untouched'
mv "$P" "$TEST_TMP/project"
P=$TEST_TMP/project tree=$TEST_TMP/project/scripts/tree

### Only what changed is redone
last=$(find "$P/patches" -name '0005-*.patch')
cp "$last" "$TEST_TMP/last"
sed -i 's/^Subject: .*/Subject: [PATCH] ipv6: label: other words/' "$last"
run_ok 'with the last patch changed' "$tree" --ksrc "$K"
like "$(stdout)" ' 1 of 5 steps applied anew' 'one step is applied'
is "$(g rev-parse main~1)" "$(g rev-parse "$HEAD~1")" 'the others stay'
cp "$TEST_TMP/last" "$last"
run_ok 'and changed back' "$tree" --ksrc "$K"
is "$(g rev-parse main)" "$HEAD" 'gives what there was'

### A step that does not apply
# refused NAME REGEX...: tree fails, says all of these, and changed nothing.
refused() {
	local name=$1 before re
	shift
	before=$(state)
	status_is 1 "$name: fails" "$tree" --ksrc "${SRC:-$K}"
	for re; do
		like "$(stderr)" "$re" "$name: says $re"
	done
	is "$(state)" "$before" "$name: build/linux is as it was"
	is "$(leftovers)" '' "$name: nothing is left over"
}
second=$(find "$P/patches" -name '0002-*.patch')
cp "$second" "$TEST_TMP/second"
sed -i 's/^ int get_limit_5(void)/ int get_limit_five(void)/' "$second"
hunk=$(sed -n '/sock\.c$/,$p' "$second" | grep '^@@' | sed -n 2p)
refused 'a hunk that does not fit' 'step 0002-net-core-rename-limits does not apply' \
	"net/core/sock.c: hunk 2 of 2: ${hunk:0:8}" 'no such line as: int get_limit_five' \
	'is as it was' 'What to do:'
mv "$P/build" "$TEST_TMP/build.away"
refused 'the same, from nothing' 'hunk 2 of 2' 'is not there yet'
is "$(find "$P/build/linux" 2>&1 | head -n 1 | grep -c 'No such')" 1 'build/linux is absent'
rm -rf "$P/build"
mv "$TEST_TMP/build.away" "$P/build"
cp "$TEST_TMP/second" "$second"

other=$TEST_TMP/other
other_source() { rm -rf "$other"; new_kernel "$other"; }
SRC=$other
other_source
rm "$other/net/ipv6/label.c"
refused 'a file that is not there' 'step 0003-' 'net/ipv6/label.c: .*does not exist' 'port the step'
other_source
mkdir -p "$other/net/vnet"
echo x > "$other/net/vnet/vnet.c"
refused 'a file that is there already' 'step 0001-' 'net/vnet/vnet.c: .*exists already'
other_source
sed -i 's/\blimit_[25]/V_&/g' "$other/net/core/sock.c" "$other/include/net/sock.h"
refused 'a change that the source has' 'step 0002-' 'is changed already'
### Porting, as tree(1) says
other_source
sed -i "s/^int limit_5 = 5;/int limit_5 = 6;/" "$other/net/core/sock.c"
status_is 1 "a source to port to" "$tree" --ksrc "$other"
commit=$(stderr | sed -n "s/.*source is commit \\([0-9a-f]*\\) of.*/\\1/p")
isnt "$commit" "" "is there as a commit"
g rebase -q -X theirs --onto "$commit" stock main > "$TEST_TMP/rebase" 2>&1
is $? 0 "the series is rebased to it"
g tag -f stock "$commit" > /dev/null
cp -a "$P/patches" "$TEST_TMP/patches"
run_ok "and exported" "$P/scripts/export" --any-base
run_ok "then tree makes it from there" "$tree" --ksrc "$other"
is "$(g rev-list --count stock..main)" 5 "with all steps"
rm -rf "$P/patches"
mv "$TEST_TMP/patches" "$P/patches"
run_ok "back to the first source and series" "$tree" --ksrc "$K"
is "$(g rev-parse main)" "$HEAD" "as before"

other_source
sed -i '1i /* a line more */' "$other/net/core/sock.c"
run_ok 'lines that only moved do not matter' "$tree" --ksrc "$other"
run_ok 'and back' "$tree" --ksrc "$K"
SRC=$K
head -n -6 "$TEST_TMP/second" > "$second"
refused 'a damaged patch' 'step 0002-' 'damaged|corrupt'
sed '/^From: /d; /^Date: /d' "$TEST_TMP/second" > "$second"
refused 'a patch without a mail header' 'step 0002-' 'From:, Date: or Subject: line is missing'
cp "$TEST_TMP/second" "$second"

### A series file that is wrong
cp "$P/patches/series" "$TEST_TMP/series"
echo 'stage-9/0009-none.patch' >> "$P/patches/series"
refused 'a patch that does not exist' 'series names stage-9/0009-none.patch, which is not'
sed 's/^\(.*0002.*\)$/\1 -p0/' "$TEST_TMP/series" > "$P/patches/series"
refused 'another strip level' "only patches for -p1"
rm "$P/patches/series"
refused 'no series file' 'patches/series is missing'
sed 's/^\(.*0005.*\)$/\1 # a remark/; s/^$/   /' "$TEST_TMP/series" > "$P/patches/series"
run_ok 'remarks and blank lines, as quilt has them' "$tree" --ksrc "$K"
is "$(g rev-parse main)" "$HEAD" 'do not matter'
cp "$TEST_TMP/series" "$P/patches/series"

### Bad sources
mkdir "$TEST_TMP/empty" "$TEST_TMP/notkernel"
echo 'all:' > "$TEST_TMP/notkernel/Makefile"
touch "$TEST_TMP/notkernel/Kconfig"
echo garbage > "$TEST_TMP/broken.tar.xz"
echo garbage > "$TEST_TMP/file.txt"
tar -C "$TEST_TMP" -czf "$TEST_TMP/notkernel.tar.gz" notkernel
SRC=$TEST_TMP/none refused 'a source that is missing' 'none does not exist'
SRC=$TEST_TMP/empty refused 'an empty directory' 'empty is not a kernel source'
SRC=$TEST_TMP/notkernel refused 'a directory with another Makefile' 'is not a kernel source'
SRC=$TEST_TMP/notkernel.tar.gz refused 'a tarball of it' 'is not a kernel source'
SRC=$TEST_TMP/broken.tar.xz refused 'a broken tarball' 'cannot unpack .*broken.tar.xz'
SRC=$TEST_TMP/file.txt refused 'some file' 'neither a directory nor a tarball'
SRC=$P/build/linux refused 'the tree itself' 'is made by this tool'

### What only build/linux holds is not lost
sed -i '1i /* mine */' "$P/build/linux/net/ipv6/label.c"
cp "$second" "$TEST_TMP/second"
sed -i 's/^Subject: .*/Subject: [PATCH] net: core: other words/' "$second"
refused 'edits' 'edits that are not committed' 'make export' '--discard'
g add -A
g commit -q -m 'A commit of mine'
refused 'commits' 'commits that are not in patches/: [0-9a-f]+ "A commit of mine"' '--discard'
echo x > "$P/build/linux/net/core/mine.c"
refused 'new files, although .gitignore ignores them' 'files that are not committed: net/core/mine.c'
touch "$P/build/linux/net/core/sock.o"
g checkout -q -b elsewhere
refused 'another branch' 'on elsewhere, not on main'
g checkout -q main
run_ok '--discard goes on' "$tree" --discard --ksrc "$K"
backup=$(g for-each-ref --format='%(refname)' refs/backup)
like "$(stdout)" "kept as $backup" 'and says where they are'
is "$(g show "$backup:net/core/mine.c")" x 'files are kept'
is "$(g show "$backup:net/ipv6/label.c" | head -n 1)" '/* mine */' 'commits are kept'
is "$(g status --porcelain)$(find "$P/build/linux" -name mine.c)" '' 'and gone from the work tree'
cp "$TEST_TMP/second" "$second"
run_ok 'all as before' "$tree" --ksrc "$K"
is "$(g rev-parse main)" "$HEAD" 'again'
g reset -q --hard HEAD~2
run_ok 'commits that came from patches can be made again: no refusal' "$tree" --ksrc "$K"
is "$(g rev-parse main)" "$HEAD" 'after a reset too'

### Killed at any point, the next run puts it right
# killed_at PATTERN [before|after]: tree, killed with its process group when it
# calls git with arguments that match, or right after that call.
mkdir "$TEST_TMP/bin"
real=$(command -v git)
cat > "$TEST_TMP/bin/git" <<-END
	#!/bin/bash
	if [[ " \$* " == *\$KILL_AT* ]]; then
		[[ \$KILL_WHEN == before ]] || "$real" "\$@"
		[[ \$KILL_WHEN != torn ]] || echo torn > "$P/build/linux/net/core/sock.c"
		kill -9 0
	fi
	exec "$real" "\$@"
END
chmod 755 "$TEST_TMP/bin/git"
killed_at() {
	(PATH=$TEST_TMP/bin:$PATH KILL_AT=$1 KILL_WHEN=$2 setsid -w "$tree" --ksrc "$K" 2>&1 | cat
		exit "${PIPESTATUS[0]}") \
		> "$TEST_TMP/killed" 2>&1
	isnt $? 0 "killed $2 '$1'"
}
survives() {
	run_ok 'the next run' "$tree" --ksrc "$K"
	is "$(g rev-parse main stock | tr '\n' ' ')" "$HEAD $STOCK " 'makes what it should'
	is "$(g status --porcelain)" '' 'with a clean work tree'
	is "$(leftovers)" '' 'and leaves nothing over'
}
for at in ' init ' ' update-index ' ' commit-tree ' ' update-ref ' ' read-tree -m -u '; do
	rm -rf "$P/build"
	killed_at "$at" before
	is "$(find "$P/build/linux" 2> /dev/null)" '' 'leaves no half of build/linux'
	survives
done
sed -i 's/^Subject: .*/Subject: [PATCH] ipv6: label: other words/' "$second"
sed -i 's/V_limit_5/V_limit_five/' "$second"
for when in before after torn; do
	for at in ' read-tree -m -u ' ' update-ref '; do
		[[ $when != torn || $at != *update-ref* ]] || continue
		run_ok 'another state first' "$tree" --ksrc "$K"
		isnt "$(g rev-parse main)" "$HEAD" 'which is another'
		cp "$second" "$TEST_TMP/second.changed"
		cp "$TEST_TMP/second" "$second"
		killed_at "$at" "$when"
		survives
		cp "$TEST_TMP/second.changed" "$second"
	done
done
cp "$TEST_TMP/second" "$second"

### Two at a time
rm -rf "$P/build"
"$tree" --ksrc "$K" > "$TEST_TMP/one" 2>&1 &
one=$!
"$tree" --ksrc "$K" > "$TEST_TMP/two" 2>&1
is $? 0 'two at a time: one ends well'
wait "$one"
is $? 0 'and so does the other'
is "$(g rev-parse main)" "$HEAD" 'with the same commits'

### The builds' worktree
g worktree add -q --detach "$P/build/src" main
touch "$P/build/src/net/core/sock.o"
rm -rf "$P/build/linux"
run_ok 'build/linux anew while build/src is there' "$tree" --ksrc "$K"
is "$(git -C "$P/build/src" rev-parse HEAD)" "$HEAD" 'build/src is a worktree of it'
is "$(git -C "$P/build/src" status --porcelain)" '' 'with no changes'
is "$(find "$P/build/src" -name '*.o' | wc -l)" 1 'and its objects are still there'
mv "$P" "$TEST_TMP/moved"
P=$TEST_TMP/moved
run_ok 'the project moved' "$P/scripts/tree" --ksrc "$K"
is "$(git -C "$P/build/src" rev-parse HEAD)" "$HEAD" 'build/src follows'

done_testing

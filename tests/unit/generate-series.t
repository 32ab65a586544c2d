#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The walk over the steps: files, hand patches, the patches that come out, and
# their comparison with those that are there.

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/fixtures/generate.sh
. "$(dirname "$0")/../fixtures/generate.sh"

# whole: a project with a step of every origin.
whole() {
	project
	table steps number slug stage origin module proof modes files
	row steps 0001 framework 0 files - boot none 'include/net/new.h Documentation/new'
	row steps 0002 rename-lim 1.0 generated lim same-object none -
	row steps 0003 net-lim-double-it 3.2 hand lim boot 'globals vnet' -
	row steps 0004 context-lim 1.5 generated lim same-object none -
	sed -i 's/live-lim/net-lim-double-it/; s/live-priv/framework/' "$TOP/vnet/variables.tsv"
	rm "$K/net/core/sysctl_lim.c"
	mkdir -p "$TOP/vnet/kernel/include/net" "$TOP/vnet/kernel/Documentation/new"
	echo 'int new;' > "$TOP/vnet/kernel/include/net/new.h"
	echo one > "$TOP/vnet/kernel/Documentation/new/one.rst"
	echo two > "$TOP/vnet/kernel/Documentation/new/two.rst"
	src net/core/user.c <<-'END'
		int user(struct net *net)
		{
		return lim_max;
		}
	END
	mkdir -p "$TOP/patches/stage-9-somewhere"
	cat > "$TOP/patches/stage-9-somewhere/0077-net-lim-double-it.patch" <<-'END'
		From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001
		From: Some Body <some@example.org>
		Date: Fri, 1 Jan 2021 00:00:00 +0000
		Subject: [PATCH] net: lim: double it

		Because.

		Vnet-Stage: 1.0
		Vnet-Origin: hand
		---
		 net/core/user.c | 2 +-
		 1 file changed, 1 insertion(+), 1 deletion(-)

		diff --git a/net/core/user.c b/net/core/user.c
		--- a/net/core/user.c
		+++ b/net/core/user.c
		@@ -1,4 +1,4 @@
		 int user(struct net *net)
		 {
		-return V_lim_max;
		+return V_lim_max * 2;
		 }
	END
	stock
}

patches() { (cd "$TOP/patches" && find . -type f | sort); }

whole
before=$(git -C "$K" rev-parse HEAD; git -C "$K" status --porcelain; git -C "$K" for-each-ref)
run_ok 'the series is written' generate
is "$(patches)" './series
./stage-0-framework/0001-net-vnet-add-a-registry-of-virtualised-modules.patch
./stage-1.0-rename/0002-net-lim-name-the-limits-V_.patch
./stage-1.5-context/0004-net-lim-say-which-vnet-the-V_-names-belong-to.patch
./stage-3.2-per-vnet/0003-net-lim-double-it.patch' \
	'each patch in the folder of its stage; the hand patch moved to its number'
is "$(git -C "$K" rev-parse HEAD; git -C "$K" status --porcelain; git -C "$K" for-each-ref)" \
	"$before" 'build/linux has its branches and files as they were'
hand=$(cat "$TOP/patches/stage-3.2-per-vnet/0003-net-lim-double-it.patch")
like "$hand" '
Because\.

Vnet-Stage: 3\.2
Vnet-Origin: hand
Vnet-Proof: boot
Vnet-Modes: globals vnet
---' 'a hand patch keeps its message and gets the trailers of the table'
like "$hand" 'From: Linux VNET <vnet@example.org>
Date: Sun, 9 Sep 2001 01:49:40 \+0000' 'and the author and date of its step'
like "$(cat "$TOP"/patches/stage-0*/*)" 'Documentation/new/one.rst .*Documentation/new/two.rst' \
	'a files step takes whole directories'
run_ok 'the patches apply to the source with git am' \
	git -C "$K" -c user.name=t -c user.email=t@example.org am -q \
	"$TOP"/patches/stage-0*/*.patch "$TOP"/patches/stage-1.0*/*.patch \
	"$TOP"/patches/stage-3*/*.patch "$TOP"/patches/stage-1.5*/*.patch
is "$(tail -n 1 "$TOP/vnet/generated/contexts.tsv")" \
	'net/core/user.c	user	lim	net	struct net *' 'the contexts are listed for review'

run_ok '--check finds them as they are' generate --check
find "$TOP/patches" -type f -exec sha256sum {} + | sort > "$TEST_TMP/one"
rm -rf "$TOP/build/generate"
run_ok 'a second run' env LANG=C.UTF-8 TZ=Asia/Tokyo "$VNET_TOP/scripts/generate" --top "$TOP"
find "$TOP/patches" -type f -exec sha256sum {} + | sort > "$TEST_TMP/two"
run_ok 'writes the same bytes' cmp "$TEST_TMP/one" "$TEST_TMP/two"
like "$(stdout; generate 2> /dev/null)" '0 files written, 0 removed' 'and touches nothing'

sed -i 's/return V_lim_max/return V_lim_max + 0/' "$TOP"/patches/stage-1.0*/*.patch
fails 'patches/stage-1.0-rename/0002.*is not what is generated' 'an edit in a generated patch' \
	generate --check
like "$(stderr)" '[-+].return V_lim_max' 'with an excerpt of the difference'
rm "$TOP"/patches/stage-1.0*/*.patch
fails 'patches/stage-1.0-rename/0002.* is missing' 'a missing patch' generate --check
run_ok 'a run' generate
run_ok 'mends both' generate --check
cp "$TOP"/patches/stage-3*/0003*.patch "$TOP/patches/stage-3.2-per-vnet/0009-net-lim-stray.patch"
fails '0009-net-lim-stray.patch belongs to no step' 'a hand patch that no step names' generate
run_ok 'is not removed' test -f "$TOP/patches/stage-3.2-per-vnet/0009-net-lim-stray.patch"

whole
sed -i 's/^-return V_lim_max/-return V_lim_min/' "$TOP"/patches/stage-9*/*.patch
fails 'step 0003 net-lim-double-it: .*net/core/user.c: hunk 1 .*does not apply' \
	'a hand patch that does not apply' generate
run_ok 'leaves patches/ alone' test -f "$TOP/patches/stage-9-somewhere/0077-net-lim-double-it.patch"
is "$(find "$TOP/build/generate" -name 'run.*')" '' 'and no scratch files'

whole
rm -r "$TOP/patches"
fails 'steps.tsv:7: 0 patches match' 'a hand step without its patch' generate
run_ok '--skip-missing leaves it out' generate --skip-missing --branch result
is "$(git -C "$K" log --format=%s result | wc -l)" 4 'and makes the others'

whole
rm "$TOP/vnet/kernel/include/net/new.h"
fails 'there is no vnet/kernel/include/net/new.h' 'a files step without its file' generate
rm -f "$TOP/vnet/messages/framework.txt"
echo 'int new;' > "$TOP/vnet/kernel/include/net/new.h"
fails 'vnet/messages/framework.txt: step framework needs' 'a step without its message' generate

whole
row steps 0005 constructors-lim 2.1 generated lim boot globals -
row steps 0006 constructors-priv 2.1 generated priv boot globals -
row modules other other OTHER - - net/ipv6/other.c - - - other others
run_ok '--ids writes the header' generate --ids
like "$(cat "$TOP/vnet/kernel/include/net/vnet/ids.h")" 'enum vnet_mod_id \{
	VNET_MOD_LIM,
	VNET_MOD_PRIV,
	VNET_MOD_OTHER,
	VNET_MOD_STATIC_COUNT
\};' 'with all modules in order, whether they have a constructor or not'
like "$(cat "$TOP/vnet/kernel/include/net/vnet/ids.h")" 'define VNET_MOD_NAMES \\
	"lim", \\
	"priv", \\
	"other"
' 'and their names'
sed -i 's,include/net/new.h,include/net/vnet/ids.h,' "$TOP/vnet/steps.tsv"
sed -i /PRIV/d "$TOP/vnet/kernel/include/net/vnet/ids.h"
fails 'ids.h does not match vnet/modules.tsv' 'a stale header' generate
done_testing

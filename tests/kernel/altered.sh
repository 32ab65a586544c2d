# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# For tests that show that a fault is found: a kernel source with one.

# altered FILE SED...: prints a commit of build/linux that is main with FILE edited by sed.
altered() {
	local tree=$VNET_BUILD/linux file=$1 blob
	shift
	(
		export GIT_INDEX_FILE=$TEST_TMP/index
		git -C "$tree" read-tree main
		blob=$(git -C "$tree" show "main:$file" | sed "$@" | git -C "$tree" hash-object -w --stdin)
		git -C "$tree" update-index --cacheinfo "100644,$blob,$file"
		git -C "$tree" commit-tree -p main -m "$file altered" "$(git -C "$tree" write-tree)"
	)
}

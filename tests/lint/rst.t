#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What the series adds to the kernel's documentation: docutils has nothing to warn of.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/lint/lint.sh
. "$VNET_TOP/tests/lint/lint.sh"

# Not another one of that name: a Python environment may have its own.
rst=/usr/bin/rst2html
[[ -x $rst ]] || skip_all 'python3-docutils is not installed'
tree=${VNET_BUILD:-$VNET_TOP/build}/linux
git -C "$tree" rev-parse -q --verify main > /dev/null 2>&1 || skip_all "there is no build/linux: run 'make tree'"

# The directives of Sphinx are not known to docutils, the kernel's own least.
export rst
# shellcheck disable=SC2317 # called by its name
check_rst() { sed '/^\.\. kernel-doc::/,/^$/d' "$1" | "$rst" --report=2 --halt=2 - /dev/null; }

git -C "$tree" archive main Documentation | tar -x -C "$TEST_TMP"
cd "$TEST_TMP" || bail_out "no $TEST_TMP"
mapfile -t documents < <(git -C "$tree" diff --name-only --diff-filter=A stock main -- 'Documentation/*.rst')
((${#documents[@]})) || bail_out 'the series adds no documents'
each check_rst "${documents[@]}"

complains check_rst 'Malformed table' 'columns that do not fit' <<'END'
======== ====
option   name
===== =======
one   two
===== =======
END
complains check_rst 'Title underline too short' 'a title that is longer than its line' <<'END'
A title of some length
===========
END
done_testing

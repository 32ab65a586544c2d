#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Negative control of the unit tests of the virtual switch's core: with each rule
# of tests/vswitch/mutants.tsv broken, they fail.
dir=$(mktemp -d "${TMPDIR:-/tmp}/vnet-test.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
if ! printf '#include <urcu.h>\n' | "${CC:-cc}" -E - > /dev/null 2>&1; then
	echo '1..0 # SKIP liburcu-dev is not installed: run "make setup"'
	exit 0
fi
"$(dirname "$0")/../vswitch/mutate" "$dir"

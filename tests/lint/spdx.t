#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Every file says its licence at its top, but for kinds that cannot: texts that
# are quoted whole, results, patches (whose files say it themselves).
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/lint/lint.sh
. "$VNET_TOP/tests/lint/lint.sh"
cd "$VNET_TOP" || bail_out "no $VNET_TOP"

check_licence() {
	local want='GPL-2\.0(-only)?( WITH Linux-syscall-note)?'
	# The last is what a netlink specification, and what is made of it, has.
	head -n 3 "$1" | grep -qE "SPDX-License-Identifier: (\(?$want\)?|\(\($want\) OR BSD-3-Clause\))( |\$|-->)" ||
		echo "no line 'SPDX-License-Identifier: GPL-2.0-only' among its first three"
}

mapfile -t files < <(project_files |
	grep -vE '^(COPYING|\.gitignore|patches/.*|vnet/(versions/[0-9.]+/)?source-version|vnet/messages/.*|docs/results/.*|tests/fixtures/.*\.tsv|.*\.(json|md|png|svg))$')
each check_licence "${files[@]}"

complains check_licence 'no line' 'a file without one' < <(echo 'int x;')
complains check_licence 'no line' 'another licence' < <(echo '// SPDX-License-Identifier: MIT')
done_testing

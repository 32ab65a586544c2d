#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Every manual page: mandoc has nothing to warn of.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/lint/lint.sh
. "$VNET_TOP/tests/lint/lint.sh"
cd "$VNET_TOP" || bail_out "no $VNET_TOP"

type mandoc > /dev/null 2>&1 || skip_all 'mandoc is not installed'

check_page() { mandoc -Tlint -Wwarning "$1"; }

mapfile -t pages < <(project_files | grep -E '\.[1-9]$')
((${#pages[@]})) || bail_out 'there are no manual pages'
each check_page "${pages[@]}"

complains check_page 'unknown macro' 'a macro that does not exist' <<'END'
.Dd November 21, 2026
.Dt X 1
.Os
.Sh NAME
.Nm x
.Nd nothing
.Qz text
END
complains check_page 'NAME' 'a page without a name' <<'END'
.Dd November 21, 2026
.Dt X 1
.Os
.Sh DESCRIPTION
text
END
done_testing

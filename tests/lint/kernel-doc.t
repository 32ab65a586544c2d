#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The kernel files that the series adds: kernel-doc -Wall finds nothing.  Those
# that it changes: nothing that it does not find in the stock kernel's.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/lint/lint.sh
. "$VNET_TOP/tests/lint/lint.sh"

tree=${VNET_BUILD:-$VNET_TOP/build}/linux
[[ -x $tree/scripts/kernel-doc ]] || skip_all "there is no kernel tree: run 'make tree'"
export tree

# findings FILE: without line numbers.
findings() {
	perl "$tree/scripts/kernel-doc" -none -Wall "$1" 2>&1 |
		sed -E 's|^[^ :]*:[0-9]+: ||' | grep -v 'no structured comments found' | LC_ALL=C sort
}

check_new() { findings "$1"; }

# check_changed PATH: in the kernel.
check_changed() {
	local d
	d=$(mktemp -d "$TEST_TMP/changed.XXXXXX")
	git -C "$tree" show "stock:$1" > "$d/stock.${1##*.}" 2> /dev/null || : > "$d/stock.${1##*.}"
	git -C "$tree" show "main:$1" > "$d/main.${1##*.}" || echo 'the file is gone'
	LC_ALL=C comm -13 <(findings "$d/stock.${1##*.}") <(findings "$d/main.${1##*.}")
}
export -f findings

cd "$VNET_TOP" || bail_out "no $VNET_TOP"
mapfile -t ours < <(project_files | grep -E '^vnet/kernel/.*\.[ch]$')
mapfile -t changed < <(git -C "$tree" diff --name-only --diff-filter=d stock main -- '*.[ch]')
((${#ours[@]} && ${#changed[@]})) || bail_out 'the kernel files are not found'
each check_new "${ours[@]}"
each check_changed "${changed[@]}"

complains check_new "'b' not described in 'f'" 'an argument that is not described' fault.c <<'END'
/**
 * f - do something
 * @a: a number
 *
 * Return: another.
 */
int f(int a, int b)
{
	return a + b;
}
END
complains check_new 'No description found for return value' 'a result that is not described' fault.c <<'END'
/**
 * f - do something
 * @a: a number
 */
int f(int a)
{
	return a;
}
END
complains check_new "Excess function parameter 'c'" 'an argument that is not there' fault.h <<'END'
/**
 * f - do something
 * @c: a number
 */
void f(void);
END
done_testing

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Every shell file: shellcheck has nothing to say.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/lint/lint.sh
. "$VNET_TOP/tests/lint/lint.sh"
cd "$VNET_TOP" || bail_out "no $VNET_TOP"

type shellcheck > /dev/null 2>&1 || skip_all 'shellcheck is not installed'

# A program is read together with the parts that it sources.  That a function is
# called by its name in a string, shellcheck cannot see (SC2317, SC2329).
check_program() { shellcheck -x -e SC2317,SC2329 "$1"; }
# In a part alone, what it shares with the others is unused or unassigned.
check_part() { shellcheck -x -e SC2317,SC2329,SC2034,SC2153,SC2154 "$1"; }

programs=() parts=()
while IFS= read -r f; do
	line=
	IFS= read -r line < "$f" || :
	if [[ $line =~ ^'#!'.*[/\ ](ba|da)?sh($|\ ) ]]; then
		programs+=("$f")
	elif [[ $f == *.sh ]] || head -n 3 "$f" | grep -q '^# shellcheck shell='; then
		parts+=("$f")
	fi
done < <(project_files | grep -vE '\.(patch|[ch]|md|tsv|json|[1-9])$')
((${#programs[@]} > 10 && ${#parts[@]} > 5)) || bail_out 'the shell files are not found'

each check_program "${programs[@]}"
each check_part "${parts[@]}"

complains check_program SC2086 'an unquoted variable' <<'END'
#!/bin/bash
rm $1
END
complains check_program SC2034 'a variable that nobody reads' <<'END'
#!/bin/bash
unread=1
END
complains check_part SC1047 'a part that does not parse' <<'END'
# shellcheck shell=bash
f() { if true; then echo; }
END
done_testing

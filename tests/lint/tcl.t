#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Every Tcl file: tclcheck, beside this test, has nothing to say.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/lint/lint.sh
. "$VNET_TOP/tests/lint/lint.sh"
cd "$VNET_TOP" || bail_out "no $VNET_TOP"

type tclsh8.6 > /dev/null 2>&1 || skip_all 'Tcl 8.6 is not installed'

is_tcl() {
	local line=
	[[ $1 == *.tcl ]] && return
	IFS= read -r line < "$1" || :
	[[ $line == '#!'*tclsh* ]]
}
# What belongs to one tool: NAME and the files of NAME.d, or of one directory; what all
# have that read the project's tables; and what review has of the inventory.
family() {
	local dir=${1%/*} f
	for f in "$dir"/*.tcl "$1".d/*.tcl "${dir%.d}" scripts/tables.d/*.tcl \
		$([[ $1 != scripts/review* ]] || printf '%s ' scripts/inventory.d/*.tcl); do
		[[ ! -f $f || $f == "$1" ]] || ! is_tcl "$f" || printf '%s\n' "$f"
	done
}
check_tcl() {
	local others
	mapfile -t others < <(family "$1")
	tests/lint/tclcheck "$1" "${others[@]}"
}
export -f is_tcl family

files=()
while IFS= read -r f; do
	is_tcl "$f" && files+=("$f")
done < <(project_files | grep -vE '\.(patch|[ch]|md|tsv|json|[1-9])$')
((${#files[@]} > 5)) || bail_out 'the Tcl files are not found'
each check_tcl "${files[@]}"

complains check_tcl 'there is no command .putz' 'a misspelt command' <<'END'
proc f {} { if {1} { putz x } }
END
complains check_tcl "there is no command 'string lenght'" 'a misspelt subcommand' <<'END'
set x [string lenght "abc"]
END
complains check_tcl 'g is called with 1 arguments, but takes 2 to 2' 'too few arguments' <<'END'
proc g {a b} { return $a$b }
foreach x {1 2} { switch $x { 1 { g $x } default {} } }
END
complains check_tcl "variable 'litle' is read" 'a misspelt variable' <<'END'
proc h {} { set little 1; return $litle }
END
complains check_tcl ':2: this expression does not parse' 'half an expression' <<'END'
proc i {a} {
	while {$a ==} { incr a }
}
END
complains check_tcl 'no ".*" for the ".*" of line 1' 'a brace too few' <<'END'
proc j {} {
	if {1} { return 2
}
END
done_testing

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# hold-lines: every line that was there before is compiled under the number it
# had, wherever lines are added or taken away; judged by the compiler itself.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
hold=$VNET_TOP/scripts/prove.d/hold-lines
cd "$TEST_TMP" || bail_out 'no directory'

# numbers FILE: the values of N(name), which stand for __LINE__.
numbers() { gcc -E -P "$1" | grep -oE '\b[a-z]+ = [0-9]+' | sort -u | paste -sd' ' | tr -d ' '; }
# head_of FILE: what makes N(name) a definition.
begin='#define N(name) int name = __LINE__;'

# held WHAT: base on fd 3, new on fd 4; the names of base keep their numbers.
held() {
	local what=$1 names
	{ echo "$begin"; cat <&3; } > base.c
	{ echo "$begin"; cat <&4; } > new.c
	run_ok "$what" "$hold" base.c new.c
	stdout > held.c
	names=$(numbers base.c)
	# Names that only the new version has are of no interest.
	is "$(numbers held.c)" "$names" "$what: numbers are those of before"
	is "$(grep -v '^#line [0-9]*$' held.c)" "$(< new.c)" "$what: only #line was added"
	if [[ ${SHIFTS:-1} == 1 ]]; then
		isnt "$(numbers new.c)" "$names" "$what: they would not be without"
	fi
}

held 'a line added' 3<<'B' 4<<'N'
N(a)
N(b)
B
N(a)
;
N(b)
N

held 'a line taken away' 3<<'B' 4<<'N'
N(a)
;
N(b)
B
N(a)
N(b)
N

held 'an include added at the very top, lines at the end' 3<<'B' 4<<'N'
N(a)
N(b)
B
#include "/dev/null"
N(a)
N(b)
;
;
N

held 'inside a comment' 3<<'B' 4<<'N'
N(a)
/* one
   two */
N(b)
B
N(a)
/* one
   more
   two */
N(b)
N

held 'inside a macro that goes on for lines' 3<<'B' 4<<'N'
#define BOTH \
	N(a) \
	N(b)
N(c)
BOTH
N(d)
B
#define BOTH \
	N(a) \
	; \
	N(b)
N(c)
BOTH
N(d)
N

held 'inside the arguments of a call' 3<<'B' 4<<'N'
#define ALL(...) __VA_ARGS__
ALL(
N(a)
N(b)
)
N(c)
B
#define ALL(...) __VA_ARGS__
ALL(
N(a)
;
N(b)
)
N(c)
N

held 'a statement wrapped anew' 3<<'B' 4<<'N'
int f(int, int);
int v(void) { return f(one_long_name,
	another_name); }
N(a)
B
int f(int, int);
int v(void) { return f(V_one_long_name,
		V_another_long_name,
	another_name); }
N(a)
N

held 'a WARN whose condition is wrapped' 3<<'B' 4<<'N'
#define W(c, name) c N(name)
W(one + two, a)
N(b)
B
#define W(c, name) c N(name)
W(V_one +
  V_two, a)
N(b)
N

held 'in a branch that is not compiled' 3<<'B' 4<<'N'
N(a)
#if 0
x
y
#endif
N(b)
#ifdef NO
N(never)
#else
N(c)
#endif
N(d)
B
N(a)
#if 0
x
z
y
#endif
N(b)
#ifdef NO
;
N(never)
#else
N(c)
#endif
N(d)
N

held 'in nested branches that are not compiled' 3<<'B' 4<<'N'
#if 1
N(a)
# if 0
#  ifdef X
x
#  endif
# elif 1
N(b)
# endif
N(c)
#endif
N(d)
B
#if 1
N(a)
# if 0
#  ifdef X
;
x
#  endif
# elif 1
N(b)
# endif
N(c)
#endif
N(d)
N

held 'between a name and its parenthesis' 3<<'B' 4<<'N'
#define ALL(...) __VA_ARGS__
int z = 1; ALL
(N(a))
N(b)
B
#define ALL(...) __VA_ARGS__
;
int z = 1; ALL
(N(a))
N(b)
N

SHIFTS=0 held 'a rename alone' 3<<'B' 4<<'N'
N(a) int x;
N(b)
B
N(a) int V_x;
N(b)
N
is "$(grep -c '^#line' held.c)" 0 'needs no directive'

held 'many hunks' 3<<'B' 4<<'N'
N(a)
N(b)
N(c)
;
;
N(d)
N(e)
B
;
N(a)
;
;
N(b)
N(c)
N(d)
;
N(e)
N

printf '/* one\n */ int x = __LINE__;\n' > base.c
printf '/* one\n   two\n */ int x = __LINE__;\n' > new.c
status_is 1 'code behind a comment that grew' "$hold" base.c new.c
like "$(stderr)" 'new\.c:3: lines cannot be held here: code follows the end of a comment' 'is told'

printf 'int a;\nint b;' > base.c
printf 'int a;\nint c;\nint b;' > new.c
run_ok 'a file without a last newline' "$hold" base.c new.c
is "$(stdout)" $'int a;\nint c;\n#line 2\nint b;' 'stays without'
: > base.c
run_ok 'a file that was empty' "$hold" base.c new.c
status_is 2 'a file that is not there' "$hold" base.c missing.c
status_is 2 'one name' "$hold" base.c
run_ok 'help' "$hold" --help

done_testing

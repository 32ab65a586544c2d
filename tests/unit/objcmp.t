#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# objcmp: what it calls the same, what it calls different, and how it says so.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

VNET_TOOLS=$TEST_TMP VNET_BUILD=$TEST_TMP/build
# shellcheck source=scripts/lib.sh
. "$VNET_TOP/scripts/lib.sh"
# shellcheck source=scripts/prove.d/tools.sh
. "$VNET_TOP/scripts/prove.d/tools.sh"
run_ok 'objcmp and cppkey compile without a warning' make_tools
objcmp=$TEST_TMP/objcmp
cd "$TEST_TMP" || bail_out 'no directory'

# object NAME: from C on standard input.
object() { gcc -O2 -fno-common -fno-pie -fno-asynchronous-unwind-tables -w -c -x c -o "$1.o" - || bail_out "$1"; }
# asm NAME: from assembly on standard input.
asm() { gcc -c -x assembler -o "$1.o" - || bail_out "$1"; }
# compare WHAT BEFORE AFTER STATUS [REGEX...]
compare() {
	local what=$1 b=$2 a=$3 status=$4 want
	shift 4
	status_is "$status" "$what: status $status" "$objcmp" --all "$b.o" "$a.o"
	for want; do like "$(stdout)" "$want" "$what: says $want"; done
}

object base <<'END'
extern int rmem_max, wmem_max;
static int size = 5, other = 6;
int limit(int x) { return x > rmem_max ? rmem_max : x; }
int more(void) { return ++size; }
int rest(void) { return ++other; }
END
cp base.o again.o
compare 'the same file' base again 0
status_is 0 'verbose' "$objcmp" -v base.o again.o
is "$(stdout)" 'again.o: identical' 'says identical'

# Other numbers for the same sections and symbols, other string tables.
asm order1 <<'END'
	.section .data.a,"aw"
first:	.long second
	.section .data.b,"aw"
second:	.long 7
END
asm order2 <<'END'
	.section .data.b,"aw"
second:	.long 7
	.section .data.a,"aw"
first:	.long second
END
compare 'another order of sections' order1 order2 0
status_is 0 'verbose' "$objcmp" -v order1.o order2.o
is "$(stdout)" 'order2.o: equal' 'says equal, not identical'

sed 's/rmem_max/wmem_max/g' > swap.c <<'END'
extern int rmem_max, wmem_max;
static int size = 5, other = 6;
int limit(int x) { return x > rmem_max ? rmem_max : x; }
int more(void) { return ++size; }
int rest(void) { return ++other; }
END
object swap < swap.c
compare 'another variable' base swap 1 \
	"^swap\.o: .*symbol 'rmem_max' \(undefined\) is gone" \
	"swap\.o: \.text\+0x[0-9a-f]+ in limit: relocation against 'rmem_max' became 'wmem_max'"

object statics <<'END'
extern int rmem_max, wmem_max;
static int size = 5, other = 6;
int limit(int x) { return x > rmem_max ? rmem_max : x; }
int more(void) { return ++other; }
int rest(void) { return ++size; }
END
compare 'two statics swapped, reached through their section' base statics 1 \
	'in more: relocation against .\.data[^ ]* \(size\). became .\.data[^ ]* \(other\).'

object value <<'END'
extern int rmem_max, wmem_max;
static int size = 5, other = 7;
int limit(int x) { return x > rmem_max ? rmem_max : x; }
int more(void) { return ++size; }
int rest(void) { return ++other; }
END
compare 'another initial value' base value 1 \
	'\.data\+0x[0-9a-f]+ in other: bytes differ \(06 .*became 07'

object grown <<'END'
extern int rmem_max, wmem_max;
static int size = 5, other = 6;
int limit(int x) { return x > rmem_max ? rmem_max + x * 3 : x; }
int more(void) { return ++size; }
int rest(void) { return ++other; }
END
compare 'one function grown' base grown 1 "symbol 'limit' in \.text: size [0-9]+ became [0-9]+"
unlike "$(stdout)" 'in more: bytes' 'what only moved is not said to have other bytes'
unlike "$(stdout)" 'in more: reloc' 'nor other relocations'

# A table without symbols: the entry's function is named.
for line in 7 8; do
	asm "bug$line" <<-END
	.text
	.globl fl_release
	.type fl_release,@function
	fl_release:
	nop
	1: ud2
	.size fl_release, .-fl_release
	.section __bug_table,"aw"
	.long 1b - .
	.word $line
	.word 0
	END
done
compare 'a line in a table' bug7 bug8 1 '__bug_table\+0x4 in the entry of fl_release: bytes differ'

for flags in a aw; do printf '.section .x,"%s"\n.long 1\n' $flags | asm "flags-$flags"; done
compare 'other flags of a section' flags-a flags-aw 1 '\.x: flags 0x2 became 0x3'
for align in 4 8; do printf '.section .x,"a"\n.balign %s\n.long 1\n.long 2\n' $align | asm "align-$align"; done
compare 'another alignment' align-4 align-8 1 '\.x: alignment 4 became 8'
printf '.section .x,"a"\n.long 1\n' | asm one
printf '.section .x,"a"\n.long 1\n.section .y,"a"\n.long 2\n' | asm two
compare 'a section more' one two 1 '\.y: the section is new'
compare 'a section less' two one 1 '\.y: the section is gone'
for n in 4 8; do printf '.bss\n.globl b\n.type b,@object\n.size b,%s\nb: .zero %s\n' "$n" "$n" | asm "bss-$n"; done
compare 'a larger variable without content' bss-4 bss-8 1 "symbol 'b' in \.bss: size 4 became 8" '\.bss: size 4 became 8'
for b in globl weak; do printf '.text\n.%s f\nf: nop\n' $b | asm "bind-$b"; done
compare 'another binding' bind-globl bind-weak 1 "symbol 'f' in \.text: binding and type"
printf '.text\n.globl f\n.hidden f\nf: nop\n' | asm hidden
compare 'another visibility' bind-globl hidden 1 "symbol 'f' in \.text: visibility"
for t in data reserve; do printf '.section .x,"aw",@%s\n.zero 4\n' "$( [[ $t == data ]] && echo progbits || echo nobits)" | asm "type-$t"; done
compare 'another type of section' type-data type-reserve 1 '\.x: type 1 became 8'
for a in 0 4; do printf '.data\n.quad far+%s\n' $a | asm "addend-$a"; done
compare 'another addend' addend-0 addend-4 1 "relocation against 'far' became 'far\+0x4'"
printf '.data\n.long far\n.long 0\n' | asm narrow
compare 'another type of relocation' addend-0 narrow 1 "relocation against 'far': type 1 became 10"

# Two local symbols of one name: the name alone does not tell them apart.
asm with <<'END'
	.text
	mov key@GOTPCREL(%rip), %rax
	.section .d,"aw"
key:	.long 1
END
asm without <<'END'
	.section .d,"aw"
key:	.long 1
END
ld -r -o twin1.o with.o without.o
ld -r -o twin2.o without.o with.o
compare 'the other one of two local namesakes' twin1 twin2 1 '\.text\+0x3.* against another symbol .key.'

# Sections that are not loaded: only when asked for.
printf '.section .c,""\n.long 1\n' | asm note1
printf '.section .c,""\n.long 2\n' | asm note2
status_is 0 'a section that is not loaded does not count' "$objcmp" note1.o note2.o
status_is 1 'unless --all says so' "$objcmp" --all note1.o note2.o

mkdir before after
cp base.o one.o before; cp swap.o after/base.o; cp one.o after
printf '%s\n' base.o one.o > list
status_is 1 'a list of objects' "$objcmp" --json --list list before after
is "$(stdout | jq -r 'map("\(.object) \(.verdict)") | join(", ")')" 'base.o differs, one.o identical' \
	'has a verdict for each'
is "$(stdout | jq -r '.[0].differences | map(select(.kind == "relocation"))[0] | "\(.section) \(.function)"')" \
	'.text limit' 'section and function are fields'
status_is 1 'at most N differences' "$objcmp" --max 1 base.o swap.o
like "$(stdout)" 'more differences' 'says that there are more'

echo text > text.o
status_is 2 'no object' "$objcmp" base.o text.o
like "$(stderr)" 'text\.o: not an ELF object' 'is named'
head -c 700 base.o > short.o
status_is 2 'a truncated object' "$objcmp" base.o short.o
status_is 2 'a missing object' "$objcmp" base.o missing.o
: > empty.o
cp empty.o empty2.o
status_is 2 'two empty files are not the same object' "$objcmp" empty.o empty2.o
status_is 2 'one name' "$objcmp" base.o
status_is 2 'an unknown option' "$objcmp" --what base.o base.o
run_ok 'help' "$objcmp" --help

# cppkey: the same tokens at the same lines, however they are written.
key() { "$TEST_TMP/cppkey" | sha256sum; }
a=$(printf '# 1 "f.c"\nint  x;\n\n\n\n# 9 "f.c"\nint y = a- -b;\n' | key)
b=$(printf '# 1 "f.c"\nint x ;\n# 9 "f.c"\n int y=a - - b;\n\n' | key)
is "$a" "$b" 'white space and the way of counting lines do not count'
b=$(printf '# 1 "f.c"\nint x;\n# 9 "f.c"\nint y = a--b;\n' | key)
isnt "$a" "$b" 'what white space parts does'
b=$(printf '# 1 "f.c"\nint x;\n# 10 "f.c"\nint y = a- -b;\n' | key)
isnt "$a" "$b" 'the line does'
b=$(printf '# 1 "g.c"\nint  x;\n# 9 "g.c"\nint y = a- -b;\n' | key)
isnt "$a" "$b" 'the file does'
a=$(printf 'char *s = "a  b";\n' | key)
b=$(printf 'char *s = "a b";\n' | key)
isnt "$a" "$b" 'white space inside a string does'
a=$(printf "int c = ' ', d = '\"', e = 1;\n" | key)
b=$(printf "int c = ' ',  d = '\"',  e = 1;\n" | key)
is "$a" "$b" 'a quote in a character constant begins no string'
status_is 1 'what the assembler includes is not in the text' \
	"$TEST_TMP/cppkey" <<< 'asm(".incbin \"x\"");'

done_testing

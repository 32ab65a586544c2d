#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The verdicts of the inventory: what is constant by itself, and that a new global, a
# vanished one, a changed type, a new member and a constant that is written are named.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/fixtures/inventory.sh
. "$VNET_TOP/tests/fixtures/inventory.sh"
make_inventory

# names PATTERN NAME: judge ends with 1 and says the pattern.
names() {
	status_is 1 "$2: fails" judge "${@:3}"
	like "$(stderr)" "$1" "... and names it"
}
source_a() {
	unit net/a.c <<-END
		struct agg { int ops; int state;${1:-} };
		static struct agg agg;
		static int state, quiet = 3;
		static const char *word = "x";
		struct table { int size; int *list; } table;
		struct ops { void (*f)(void); int *list; } ops;
		void nothing(void) {}
		struct handler { int *data; } handler = { &quiet };
		int step(void) { agg.state++; return state++ + quiet + *word + *table.list; }
		void __init start(int *l) { table.list = l; quiet = 4; ops.f = nothing; }
		int use(void) { return ops.list[0] + handler.data[0]; }
		${2:-}
	END
	image net/a.c
	look
}
all_rows() {
	project
	verdict state net/a.c file per-vnet stuff
	verdict table net/a.c global per-vnet stuff
	verdict agg net/a.c file shared registry
	verdict agg.state net/a.c file per-vnet stuff
	verdict quiet net/a.c file shared boot
	verdict handler net/a.c global shared ops
}

source_a
project
names 'state \(net/a.c\) at net/a.c:3 has no verdict: written by step' 'state without a verdict'
like "$(stderr)" 'table \(net/a.c\) .* it leads to data that may change' 'a struct that leads to data, too'
like "$(stderr)" 'quiet \(net/a.c\) .* its address is in handler.data' 'and what other data have the address of'
unlike "$(stderr)" '(word|ops) \([^)]*\) at' 'not what is written at start only, nor a table of functions'
like "$(stdout)" 'unclassified: 5$' 'the number of them'
row inventory/holders 'struct handler @' .data 'reads it'
status_is 1 'with a pointer that nothing is written by' judge
unlike "$(stderr)" 'quiet [^ ]* at' '... the object is constant'

all_rows
run_ok 'a table with all of them: the list is written' judge --write
run_ok 'and then nothing is wrong' judge
like "$(stdout)" 'all +7 +3 +1 +3 +3 +100 %' 'totals: a member is judged by itself'
like "$(judge --json)" '"unclassified":0,"faults":0,' 'also as JSON'
is "$(awk -F'\t' '$3 == "agg.state" { print $5, $6 }' "$TOP/vnet/generated/inventory.tsv")" 'state per-vnet' \
	'the list has members'

# Each fault is found and named.
source_a '' 'int more(void) { static int probe; return probe++; }'
names 'new: probe in more\(\) \(net/a.c\)' 'a new static in a function'
like "$(stderr)" 'probe in more\(\) .* has no verdict: written by more' '... has no verdict'
source_a '' 'static int per_cpu probe; int more(void) { return probe++; }'
names 'new: probe \(net/a.c\)' 'a new one of each processor'
source_a ' int added;'
names 'new: agg.added \(net/a.c\)' 'a new member of a struct that is judged by members'
sed -i 's/static int state,/static long state; static int/' "$SRC/net/a.c"
image net/a.c; look
names 'changed: state \(net/a.c\) is now long int @, was int @' 'another type'
source_a
sed -i 's/agg.state++; //' "$SRC/net/a.c"
image net/a.c; look
names 'vanished: agg.state \(net/a.c\)' 'a vanished member'
like "$(stderr)" 'variables.tsv:[0-9]+: there is no agg \(net/a.c\)' 'and the row without an object'
status_is 1 'of a part of a kernel' judge --partial
unlike "$(stderr)" 'vanished' '... nothing is missed'

source_a '' 'void later(void) { quiet++; }'
names 'quiet \(net/a.c\) is called constant \(boot, by vnet/variables.tsv\), but is written by later' \
	'a constant that a function writes'
row inventory/loaders later 'runs when code loads'
run_ok 'not if the function runs only when code loads' judge
all_rows
source_a '' 'struct ctl_table tab[] = { { "quiet", &quiet, 4, 0644 } };'
names 'quiet .* is called constant .* but is written by sysctl quiet' 'a constant that a sysctl sets'
all_rows
source_a '' 'struct fops { int a; } fops; void later(void) { fops.a++; }'
row inventory/rules 'struct fops @' '*' ops 'a table'
names 'fops \(net/a.c\) is called constant \(ops, by a rule\), but is written by later' 'a constant by its type'

# Of a struct that is judged by members, the member is named.
all_rows
source_a '' 'void later(void) { agg.ops++; }'
sed -i 's/^agg\t\(.*\)registry/agg\t\1ops/' "$TOP/vnet/variables.tsv"
names 'agg.ops \(net/a.c\) is called constant \(ops, by vnet/variables.tsv\), but is written by later' \
	'a constant member that a function writes'
unlike "$(stderr)" 'agg.state \(net/a.c\) is called' '... not the one beside it, which is state'

# Tables that are wrong.
source_a
all_rows
verdict agg.none net/a.c file per-vnet stuff
names 'variables.tsv:[0-9]+: agg \(net/a.c\) has no member .none' 'a row for a member that is not there'
all_rows
verdict other net/a.c file shared because
names "column 'step\|reason' is 'because'" 'a reason that is not in the list'
all_rows
sed -i 's/ crosses$//' "$TOP/vnet/variables.tsv"
names "'# reasons:' are not those" 'reasons without a definition'
status_is 2 'an unknown option' judge --what
status_is 2 'the tool: an object that is not there' "$VNET_TOP/scripts/inventory" --image "$TEST_TMP/none"
run_ok 'help' "$VNET_TOP/scripts/inventory" --help
done_testing

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The C program of the inventory: which objects it finds, and who it says writes
# them, as the compiler's own output has it.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/fixtures/inventory.sh
. "$VNET_TOP/tests/fixtures/inventory.sh"
run_ok 'it compiles without a warning' make_inventory

unit net/a.c <<'END'
struct pair { int first; struct { long inner; int table[4]; } deep; };
int limit = 5;
static int counter;
struct pair pair;
static int per_cpu per_processor;
static const int never = 3;
static int only_init = 1, only_read = 2, by_call, by_chain, by_pointer, on_stack;
int by_loop[8];
static struct list_head list = { &list, &list };
extern void set(int *where), pass_on(int x, int *where), outside(int *where);
void (*hook)(int *where);
int *kept;
struct ctl_table table[] = { { "limit", &limit, 4, 0644 }, { "counter", &counter, 4, 0444 } };
noinline int count(void) { static int calls; calls++; return counter++; }
void fill(int x) { pair.deep.table[2] = x; pair.deep.inner = x; per_processor++; }
void call(void) { set(&by_call); pass_on(1, &by_chain); hook(&by_pointer); }
void loop(int n) { for (int i = 0; i < n; i++) by_loop[i] = count(); }
int *keep(int n) { kept = &on_stack; return &only_read; }
void link(struct list_head *new) { list.next = new; }
int get(void) { return only_read + only_init; }
void __init setup(void) { only_init = get(); set(&only_init); }
END
unit net/b.c <<'END'
noinline void set(int *where) { *where = 1; }
noinline static void last(long z, int *where) { where[1] = z; }
noinline void pass_on(int x, int *where) { if (x) last(x, where - 1); }
noinline void look_only(int *where) { asm volatile("" : : "r"(*where)); }
static int looked_at, started;
noinline static void from_init(void) { started++; asm volatile(""); }
noinline static void from_table(void) { started--; asm volatile(""); }
int twice(void) { look_only(&looked_at); return looked_at; }
void __init start(void) { from_init(); from_init(); }
END
unit other/c.c <<'END'
int elsewhere;
void outside(int *where) { elsewhere = *where; }
END
image net/a.c net/b.c other/c.c
run_ok 'it reads an object' look

# Objects.
like "$(found objects ' limit ')" '^net/a.c - limit global 4 .data value net/a.c:2 int @$' 'a global with a value'
like "$(found objects ' counter ')" '^net/a.c - counter static 4 .bss zero ' 'a static without'
like "$(found objects ' calls ')" '^net/a.c count calls static ' 'a static in a function, with the function'
like "$(found objects ' per_processor ')" ' \.data\.\.percpu ' 'one of each processor'
like "$(found objects ' pair ')" ' struct pair @$' 'a struct'
like "$(found objects ' by_loop ')" ' int @\[8\]$' 'an array'
like "$(found objects ' hook ')" ' void \(\*@\)\(\)$' 'a pointer to a function'
is "$(found objects ' never ')" '' 'what is not writable is none'
is "$(found objects ' elsewhere ')" '' 'what is out of scope is none'
is "$(found members ' pair ' | cut -d' ' -f4,5,6)" $'first 0 4\ndeep 8 24\ndeep.inner 8 8\ndeep.table 16 16' \
	'members, with those of members'

# Who writes.
writes() { found accesses "^net/[ab].c [^ ]+ $1 .* writes " | sed 's/^[^ ]* [^ ]* [^ ]* //' | LC_ALL=C sort -u; }
is "$(writes counter)" '- writes count - run' 'a function writes'
is "$(writes calls)" '- writes count - run' '... its own static'
is "$(writes per_processor)" '- writes fill - run' "... the processor's"
is "$(writes pair)" $'.deep.inner writes fill - run\n.deep.table[] writes fill - run' '... members'
is "$(writes by_loop)" '[] writes loop - run' '... in a loop'
is "$(writes list)" '.next writes link - run' '... a list'
is "$(writes by_call)" '- writes call set run' '... by a function that it is passed to'
is "$(writes by_chain)" '- writes call pass_on run' '... that passes it on'
is "$(writes only_init)" $'- writes setup - init\n- writes setup set init' 'a function that goes when booting is done is told apart'
is "$(writes only_read)$(writes limit)$(writes looked_at)$(writes by_pointer)" '' 'what is only read is not written'
like "$(found accesses ' by_pointer ')" ' passes call \* run$' 'a call by a pointer is one to nobody knows where'
like "$(found accesses ' on_stack ')" ' keeps keep - run$' 'an address that is put into memory'
like "$(found accesses ' only_read .*keep')" ' returns keep ' '... that is returned'
is "$(writes started)" $'- writes from_init - init' 'a function that only such call is one; one that nobody calls is gone'

# Who has its address.
like "$(found pointers ' limit ')" ' table \[\]\.data struct ctl_table @\[2\] limit 644$' 'a sysctl and its mode'
like "$(found pointers ' counter ')" ' counter 444$' 'one that cannot be written'

# User Mode Linux calls through registers.
cut -f 1-8 "$TABLES/accesses.tsv" | LC_ALL=C sort -u > "$TEST_TMP/kernel"
MODEL=large image net/a.c net/b.c other/c.c
run_ok 'another memory model' look
is "$(cut -f 1-8 "$TABLES/accesses.tsv" | LC_ALL=C sort -u | diff "$TEST_TMP/kernel" - | grep '[<>]')" '' \
	'gives the same writers and readers'
image net/a.c net/b.c other/c.c

# What it refuses.
refuses() { status_is "$1" "$2: status $1" "$VNET_TOOLS/inventory" "${@:4}"; like "$(stderr)" "$3" '... and says so'; }
refuses 1 'a file that is not there' 'none: No such file' "$TEST_TMP/none" "$TABLES" net/
refuses 1 'a file that is no object' 'is not a relocatable object' "$0" "$TABLES" net/
(cd "$SRC" && gcc -O2 -mcmodel=kernel -fno-pic -w -c net/b.c -o plain.o)
refuses 1 'an object without DWARF' 'no debug information' "$SRC/plain.o" "$TABLES" net/
refuses 1 'a directory that is not there' 'objects.tsv: No such' "$IMAGE" "$TEST_TMP/no/where" net/
refuses 2 'no scope' 'usage:' "$IMAGE" "$TABLES"
run_ok 'help' "$VNET_TOOLS/inventory" --help
done_testing

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# build --w1: each object keeps its warnings, of the compiler and of kernel-doc,
# for as long as it is not compiled again; warnings lists them so that the lists
# of two commits can be compared.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

cc=$VNET_TOP/scripts/build.d/cc-warnings
warnings=$VNET_TOP/scripts/build.d/warnings
out=$TEST_TMP/build/out
export srctree=$TEST_TMP/build/src
mkdir -p "$out/net" "$srctree/net" "$srctree/scripts"
cd "$out" || bail_out "no $out"

# A compiler and a kernel-doc that complain of each line that says so.
complainer() {
	printf '#!/bin/bash\nkind=%s\n' "$1"
	cat <<-'END'
	while (($#)); do
		case $1 in
		*.c) source=$1 ;;
		-o) : > "$2" ;;
		esac
		shift
	done
	grep -n "bad for $kind" "$source" | while IFS=: read -r line text; do
		printf '%s:%s: warning: %s\n' "$source" "$line:7" "$text" | sed "s/:7: /$([[ $kind == cc ]] && echo ':7: ' || echo ': ')/"
	done >&2
	! grep -q "fatal for $kind" "$source"
	END
}
complainer cc > "$TEST_TMP/gcc"
complainer doc > "$srctree/scripts/kernel-doc"
chmod +x "$TEST_TMP/gcc" "$srctree/scripts/kernel-doc"
export VNET_CC=$TEST_TMP/gcc
compile() { "$cc" -c -o "net/$1.o" "../src/net/$1.c"; }

printf '%s\n' 'int a;' 'bad for cc' 'bad for doc' > "$srctree/net/a.c"
printf '%s\n' 'int b; bad for cc, absolute' > "$srctree/net/b.c"
run_ok 'an object with warnings is compiled' compile a
is "$(stderr)" '../src/net/a.c:2:7: warning: bad for cc
../src/net/a.c:3: warning: bad for doc' '... and they are shown'
run_ok 'another' "$cc" -c -o net/b.o "$srctree/net/b.c"
is "$("$warnings" "$out")" 'net/a.c: warning: bad for cc
net/a.c: warning: bad for doc
net/b.c: warning: int b; bad for cc, absolute' 'the list: paths as in the source, no line numbers'

echo 'int b;' > "$srctree/net/b.c"
compile b
is "$("$warnings" "$out")" 'net/a.c: warning: bad for cc
net/a.c: warning: bad for doc' 'what is compiled again without a warning has none; what is not keeps its own'
sed -i '/doc/d' "$srctree/net/a.c"
compile a 2> /dev/null
is "$("$warnings" "$out")" 'net/a.c: warning: bad for cc' 'a finding of kernel-doc goes, too'
printf '%s\n' '' '' 'bad for cc' > "$srctree/net/a.c"
compile a 2> /dev/null
is "$("$warnings" "$out")" 'net/a.c: warning: bad for cc' 'a warning that moves is the same'

echo 'fatal for cc' > "$srctree/net/a.c"
status_is 1 'what does not compile has the status of the compiler' compile a
echo 'fatal for doc' > "$srctree/net/a.c"
run_ok "what kernel-doc makes of it has no say in the status" compile a
# What kernel-doc found of a source is found once.
export VNET_DOC_CACHE=$TEST_TMP/docs
mkdir -p "$VNET_DOC_CACHE"
sed -i "2i echo run >> $TEST_TMP/runs" "$srctree/scripts/kernel-doc"
printf '%s\n' 'int a;' 'bad for doc' > "$srctree/net/a.c"
compile a 2> /dev/null
compile a 2> /dev/null
is "$(wc -l < "$TEST_TMP/runs")" 1 'compiled again: kernel-doc is not run again'
is "$("$warnings" "$out")" 'net/a.c: warning: bad for doc' '... and its finding is there'
printf '%s\n' 'int a;' 'bad for doc, too' > "$srctree/net/a.c"
compile a 2> /dev/null
is "$("$warnings" "$out")" 'net/a.c: warning: bad for doc, too' 'a source that changed is looked at anew'
cp "$srctree/net/a.c" "$srctree/net/c.c"
compile c 2> /dev/null
like "$("$warnings" "$out")" 'net/c.c: warning: bad for doc, too' 'a copy of it has findings of its own'

unset srctree
run_ok 'no kernel source: a test of options' "$cc" -c -o net/a.o ../src/net/a.c
run_ok 'what makes no object is handed through' "$cc" -E ../src/net/a.c
done_testing

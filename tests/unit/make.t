#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The Makefile, check and clean: which script each target runs, with what; and
# that removing build/ does not remove work that only it holds.

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/fixtures/series.sh
. "$VNET_TOP/tests/fixtures/series.sh"
unset STEPS STEP CONFIGS HOSTS KERNEL ARCH KERNELS ARCHS MAKEFLAGS MAKELEVEL

# A project whose scripts only say how they were called; one may be told to fail.
S=$TEST_TMP/stubs
mkdir -p "$S/scripts" "$S/tests/unit" "$S/tests/lint" "$S/tests/kernel"
cp "$VNET_TOP/Makefile" "$S/"
cp "$VNET_TOP/scripts/lib.sh" "$VNET_TOP/scripts/check" "$S/scripts/"
mkdir -p "$S/vnet/user/vnet"
# shellcheck disable=SC2016 # make's
printf 'all:\n\t@echo "the program <$(DESTDIR)>"\ninstall:\n\t@echo "installed <$(DESTDIR)>"\n' \
	> "$S/vnet/user/vnet/Makefile"
cat > "$S/stub" <<'END'
#!/bin/bash
echo "${0##*/}$(printf ' <%s>' "$@")"
[[ ${0##*/} != "${FAILING:-}" ]]
END
chmod 755 "$S/stub"
for s in packages demo tree export generate prove build boot regress inventory review selftests layout clean; do
	cp "$S/stub" "$S/scripts/$s"
done
for t in unit lint kernel; do
	printf '#!/bin/sh\necho 1..1; echo ok 1 - %s\n' "$t" > "$S/tests/$t/$t.t"
	chmod 755 "$S/tests/$t/$t.t"
done

# calls TARGET... = EXPECTED: what make runs.
calls() {
	local want=${*: -1} out
	set -- "${@:1:$#-1}"
	out=$(make -s -C "$S" "$@" 2>&1)
	is "$out" "$want" "make $*"
}

### Targets
targets=$(sed -n 's/^\.PHONY: //p' "$S/Makefile")
is "$(make -s -C "$S" | awk '{ print $1 }' | tr '\n' ' ')" "$targets " 'make lists every target'
is "$(make -s -C "$S" | awk 'length > 90 || NF < 3')" '' 'in a line each'
calls setup 'packages <--install>'
calls setup GROUPS='tree build' 'packages <--install> <tree> <build>'
calls demo 'demo <>'
calls tree 'tree <>'
calls tree KSRC="/a dir/it's" "tree <--ksrc> </a dir/it's>"
calls export 'export <>'
calls generate STEP=rename-core 'generate <--step> <rename-core>'
calls prove STEPS=2..3 CONFIGS=broad,min 'prove <--steps> <2..3> <--configs> <broad,min>'
calls build KERNELS=vnet 'build <vnet> <um>
build <vnet> <x86>'
calls shell ARCH=x86 'boot <--kernel> <vnet> <--arch> <x86> <--shell>'
calls regress HOSTS='a b' 'regress <--hosts> <a b>'
calls inventory 'inventory <>'
calls selftests 'selftests <>'
calls selftests ARCHS=um 'selftests <--arch> <um>'
calls review STEP=3 HTML=a.html 'review <--html> <a.html> <3>'
calls layout 'layout <>'
calls tools 'the program <>'
calls install DESTDIR=/a 'installed </a>'
calls distclean 'clean <--all>'
export FAILING=build
status_is 2 'a script that fails fails make' make -s -C "$S" build
unset FAILING

### check
run_ok 'check' "$S/scripts/check"
is "$(stdout | grep '<')" 'packages <--install> <all>
the program <>
tree <>
build <stock> <um>
build <vnet> <um>
build <check> <um>
build <vnet> <x86>' 'sets up what is missing, in order'
like "$(stdout)" 'tests/unit/unit.t.*tests/lint/lint.t.*tests/kernel/kernel.t' 'runs every set of tests'
is "$(stdout | tail -n 1)" 'Result: PASS' 'and ends in the summary'
run_ok 'check of one test' "$S/scripts/check" "$S/tests/unit/unit.t"
unlike "$(stdout)" 'kernel\.t' 'runs no other'
status_is 2 'check of a test that does not exist' "$S/scripts/check" none.t
printf '#!/bin/sh\necho 1..1; echo not ok 1\n' > "$S/tests/unit/unit.t"
status_is 1 'check with a test that fails' "$S/scripts/check"
printf '#!/bin/sh\necho 1..1; echo ok 1; sleep 60\n' > "$S/tests/unit/unit.t"
VNET_TEST_LIMIT=1 status_is 1 'check with a test that hangs' "$S/scripts/check"
like "$(stdout)" 'unit\.t .*exited 124' 'names it'
export FAILING=prove
printf '#!/bin/sh\necho 1..1; echo ok 1\n' > "$S/tests/unit/unit.t"
status_is 1 'check --all with a job that fails' "$S/scripts/check" --all
like "$(stdout)" 'FAILED +[0-9:]+ +no object changed' 'names it'
like "$(stdout)" 'regress <--arch> <all>' 'and goes on with the others'
export FAILING=tree
status_is 1 'check without a tree' "$S/scripts/check"
unlike "$(stdout)" 'Result' 'runs no test'
unset FAILING
status_is 2 'check with an unknown option' "$S/scripts/check" --bad

### clean
new_series
clean=$P/scripts/clean
HEAD=$(g rev-parse main)
status_is 0 'help' "$clean" --help
status_is 2 'an unknown option is a usage error' "$clean" --bad
status_is 2 '--discard alone is a usage error' "$clean" --discard
mkdir -p "$P/build/vnet/um" "$P/build/cache/x" "$P/build/.hidden"
g worktree add -q --detach "$P/build/src" main
run_ok 'clean' "$clean"
is "$(cd "$P/build" && find . -mindepth 1 -maxdepth 1 -printf '%P\n' | grep -v lock | sort | tr '\n' ' ')" \
	'cache linux ' 'leaves the tree and the cache'
is "$(g worktree list | wc -l)" 1 'and git knows that the worktree is gone'
echo x >> "$P/build/linux/net/ipv6/label.c"
status_is 1 'clean --all with edits in build/linux' "$clean" --all
like "$(stderr)" 'edits that are not committed' 'says so'
commit 6 3.2 'net: mine'
status_is 1 'clean --all with commits there' "$clean" --all
like "$(stderr)" '"net: mine"' 'names them'
is "$(g log -1 --format=%s main)" 'net: mine' 'and they are still there'
g reset -q --hard "$HEAD"
run_ok 'clean --all without' "$clean" --all
is "$(find "$P/build" 2> /dev/null)" '' 'removes build/'
run_ok 'clean with nothing to do' "$clean"

done_testing

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: what VNET_MOD() names in a loadable module comes before its init function
# and goes after its exit function, or the module is not loaded.
#
#  - A constructor that fails, in whatever namespace, fails the loading with its error;
#    what was constructed before is destructed, and nothing is left: neither a vnet
#    module nor the loadable one, which may come again.
#  - So does a requirement that is not there, and modules that require each other; the
#    log says which.
#  - One that is right is constructed in each namespace before init, for a new one when
#    that is made, and destructed when it goes, and after exit.
#
# Built with what scripts/build left of the kernel.  The order among modules is
# KUnit's business.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/kernel/guest.sh
. "$VNET_TOP/tests/kernel/guest.sh"
# shellcheck source=scripts/build.d/flags
. "$VNET_TOP/scripts/build.d/flags"

# What kbuild needs of the source: build/src may be at another commit.
source=$TEST_TMP/source
mkdir "$source"
git -C "$VNET_BUILD/linux" archive main Makefile scripts include arch/um arch/x86 | tar -x -C "$source" ||
	bail_out "build/linux has no main: run 'make tree'"

# modules KERNEL: build them for it, in a copy, because kbuild writes where they are.
modules() {
	local out=$VNET_BUILD/$1/um dir=$TEST_TMP/$1-modules
	cp -r "$VNET_TOP/tests/kernel/modules" "$dir"
	kbuild_flags "$source" "$out" um
	make -s -C "$source" O="$out" "${KBUILD_ARGS[@]}" M="$dir" modules > "$TEST_TMP/$1.make" 2>&1 &&
		[[ -e $dir/vnet_pair.ko ]]
}

for kernel in "$TEST_KERNEL" globals structs; do
	kernel_built "$kernel" um || {
		[[ $kernel != "$TEST_KERNEL" ]] || bail_out "there is no $kernel kernel: run 'scripts/build $kernel um'"
		skip "$kernel: the modules" "there is no $kernel kernel: run 'scripts/build $kernel um'"
		continue
	}
	if modules "$kernel"; then
		ok "$kernel: the modules are built"
	else
		not_ok "$kernel: the modules are built" "$(tail -n 20 "$TEST_TMP/$kernel.make")"
		continue
	fi
	observe "$kernel" "$kernel" um module-faults --show "$TEST_TMP/$kernel-modules" \
		--env "MODULES=$TEST_TMP/$kernel-modules"
	observed "$kernel"
	[[ $kernel == vnet* ]] && per_net=1 || per_net=''

	# Which of two that have no number yet comes first is the compiler's choice.
	case $(got fails.log) in
	+first*) a=first b=second ;;
	*) a=second b=first ;;
	esac
	expect fails.loaded 'no: Numerical argument out of domain' 'a constructor that fails, fails the loading'
	expect fails.complaint "vnet: vnet_fails: registering $b: error -33" 'and the log says which'
	if [[ $per_net ]]; then
		expect fails.log "+$a host,+$a other,+$b host,-$b host,-$a host,-$a other" \
			'all that was constructed is destructed, and init is not called'
	else
		expect fails.log "+$a host,-$a host" \
			'all that was constructed is destructed, and init is not called'
	fi
	expect cycle.loaded 'no: Too many levels of symbolic links' 'modules that require each other are not loaded'
	like "$(got cycle.complaint)" '^vnet: vnet_cycle: (first|second) requires (first|second) requires (first|second)$' \
		"$kernel: and the log names them"
	expect cycle.log '' 'nor constructed'
	expect missing.loaded 'no: Unknown symbol in module' 'one that requires what is not there is not loaded'
	expect missing.complaint 'vnet: vnet_missing: second requires unknown, which is not there' 'and the log names it'
	expect missing.log '' 'nor is the other one of that module constructed'
	for name in fails cycle missing; do
		expect $name.more '' "$name: no vnet module is left"
		expect $name.there 0 "$name: nor the loadable one"
	done

	expect pair.loaded yes 'what is right is loaded'
	expect pair.complaint '' 'without a word'
	expect pair.more 'first second' 'both are registered'
	if [[ $per_net ]]; then
		expect pair.log "+$a host,+$a other,+$b host,+$b other,init" 'in each namespace, before init'
		expect late.log "+$a other,+$b other" 'a new namespace gets its instances, in that order'
		expect gone.log "-$b other,-$a other" 'which go with it, in reverse'
		expect unloaded.log "exit,-$b host,-$b other,-$a host,-$a other" 'the rest goes after exit'
	else
		expect pair.log "+$a host,+$b host,init" 'in the first namespace, before init'
		expect late.log '' 'a new namespace gets nothing'
		expect gone.log '' 'and loses nothing'
		expect unloaded.log "exit,-$b host,-$a host" 'all goes after exit'
	fi
	expect unloaded yes 'it is unloaded'
	expect unloaded.more '' 'and nothing of it is left'
done
done_testing

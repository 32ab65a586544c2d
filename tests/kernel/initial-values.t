#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: no initial value is lost.  When the kernel has booted, and no program has
# run, every variable that has become a member of a struct, or is initialised by a
# constructor, holds what it does in the stock kernel.
#
#  - Each scalar in each variable of the modules that are registered is compared, by
#    tests/kernel/gdb/values.py: pointers by what they point to.  What differs between
#    two boots of the stock kernel is named in tests/kernel/initial-values.tsv.
#  - Control: without one line of a constructor the comparison fails, and names the
#    variable.
#
# User Mode Linux, with debug information, runs under gdb until it would mount its root.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/kernel/guest.sh
. "$VNET_TOP/tests/kernel/guest.sh"
# shellcheck source=tests/kernel/gdb.sh
. "$VNET_TOP/tests/kernel/gdb.sh"
# shellcheck source=tests/kernel/altered.sh
. "$VNET_TOP/tests/kernel/altered.sh"

table=$VNET_TOP/tests/kernel/initial-values.tsv
variables=$VNET_TOP/vnet/variables.tsv

debugged=()
for mode in vnet structs globals; do
	! kernel_built "$mode-debuginfo" um || debugged+=("$mode-debuginfo")
done
kernel_built stock-debuginfo um || debugged=()
((${#debugged[@]})) || skip_all \
	"kernels with debug information are missing: run 'scripts/build --debuginfo --out build/K-debuginfo/um K um', K being stock and vnet"
gdb_scripts

# values NAME IMAGE COMMAND...: run the kernel to where it has initialised all, and there
# the commands of gdb.
values() {
	local name=$1 image=$2 command args=()
	shift 2
	for command; do
		args+=(-ex "python $command")
	done
	mkdir -p "$TEST_TMP/$name.d"
	# UML maps its memory executable, and gdb asks nobody.
	TMPDIR=$TEST_TMP/$name.d timeout 600 gdb -nx -batch -iex 'set auto-load off' \
		-ex 'set pagination off' -ex 'set confirm off' -ex 'set max-value-size unlimited' \
		-ex 'handle all nostop noprint pass' -ex 'handle SIGTRAP stop nopass' \
		-ex 'break prepare_namespace' \
		-ex "run mem=512M umid=um uml_dir=$TEST_TMP/$name.d/ con=null con0=null,fd:1 ssl=null panic=-1 \
			< /dev/null > $TEST_TMP/$name.console 2>&1" \
		-ex "python sys.path.insert(0, '$VNET_TOP/tests/kernel/gdb'); import values" \
		"${args[@]}" -ex kill "$image" > "$TEST_TMP/$name.gdb" 2>&1
}

# compared FILE: without what varies, and what has no place in memory.
compared() {
	awk -v table="$table" '
		BEGIN {
			while ((getline line < table) > 0)
				if (line !~ /^#/ && line !~ /^path\t/) {
					sub(/\t.*/, "", line)
					varies[++n] = "^(" line ")$"
				}
		}
		$2 == "missing:" { next }
		{ for (i = 1; i <= n; i++) if ($1 ~ varies[i]) { $2 = "varies"; break }; print }' "$1" | sort
}

# of_modules FILE MODULES: the values of these.
of_modules() { awk -F:: 'NR == FNR { wanted[$1]; next } $1 in wanted' "$2" "$1"; }

cut -f 1 "$VNET_TOP/vnet/modules.tsv" | grep -vE '^(#|module$)' > "$TEST_TMP/all"
VNET_STOCK=1 values stock "$VNET_BUILD/stock-debuginfo/um/linux" \
	"values.dump('$variables', '$TEST_TMP/all', '$TEST_TMP/stock.values')"
n=$(grep -c . "$TEST_TMP/stock.values")
if ((n > 1000)); then
	ok "the stock kernel has been read ($n values)"
else
	not_ok "the stock kernel has been read" "$(tail -n 20 "$TEST_TMP/stock.gdb" "$TEST_TMP/stock.console")" || done_testing
fi
while IFS=$'\t' read -r path _; do
	[[ $path != '#'* && $path != path ]] || continue
	grep -qE "^($path) " "$TEST_TMP/stock.values" || not_ok "the table's row is needed: $path"
done < "$table"

# check NAME IMAGE: the values of that kernel, and how they differ, in NAME.diff.
check() {
	values "$1" "$2" "values.registered('$TEST_TMP/$1.modules')" \
		"values.dump('$variables', '$TEST_TMP/$1.modules', '$TEST_TMP/$1.values')"
	compared <(of_modules "$TEST_TMP/stock.values" "$TEST_TMP/$1.modules") > "$TEST_TMP/$1.want"
	compared "$TEST_TMP/$1.values" > "$TEST_TMP/$1.got"
	diff "$TEST_TMP/$1.want" "$TEST_TMP/$1.got" > "$TEST_TMP/$1.diff"
}

for kernel in "${debugged[@]}"; do
	check "$kernel" "$VNET_BUILD/$kernel/um/linux"
	m=$(grep -c . "$TEST_TMP/$kernel.modules") v=$(cut -d' ' -f 1 "$TEST_TMP/$kernel.got" | sed 's/[.[].*//' | sort -u | wc -l)
	if ((m >= 2 && v >= 6)); then
		ok "$kernel: the variables of all modules have been read ($v with something in them, in $m)"
	else
		not_ok "$kernel: the variables of all modules have been read" \
			"$(tail -n 20 "$TEST_TMP/$kernel.gdb" "$TEST_TMP/$kernel.console")"
		continue
	fi
	is "$(cat "$TEST_TMP/$kernel.diff")" '' "$kernel: each value is the stock kernel's"
	# One processor's empty locks have no place in memory, and hold nothing.
	is "$(sed -n 's/ missing: .*//p' "$TEST_TMP/stock.values" "$TEST_TMP/$kernel.values" | sort -u |
		while read -r label; do
			awk -F'\t' -v label="$label" '$2 "::" $1 == label && $5 !~ /lock/ { print label }' "$variables"
		done)" '' "$kernel: only locks are not there"
done

# The control: that kernel without one line of a constructor.
base=${debugged[0]}
mode=${base%-debuginfo}
file=net/core/sock.c
lost=$(git -C "$VNET_BUILD/linux" show "main:$file" | grep -nE -m 1 '^	V_sysctl_rmem_max = .*;$')
if [[ -z $lost ]]; then
	not_ok 'control: a line of a constructor was found' "$file does not initialise V_sysctl_rmem_max"
	done_testing
fi
mutant=$(altered "$file" "${lost%%:*}d")

# In a copy of what has been built, so that one file is compiled.
at_end "rm -rf '$VNET_BUILD/initial-values'"
rm -rf "$VNET_BUILD/initial-values"
mkdir -p "$VNET_BUILD/initial-values"
cp -a "$VNET_BUILD/$base/um" "$VNET_BUILD/initial-values/um"
run_ok 'control: a kernel is built without one line of a constructor' \
	"$VNET_TOP/scripts/build" --debuginfo --commit "$mutant" --out "$VNET_BUILD/initial-values/um" "$mode" um
check mutant "$VNET_BUILD/initial-values/um/linux"
is "$(grep '^>' "$TEST_TMP/mutant.diff")" '> core::sysctl_rmem_max 0' 'control: the comparison finds what is lost, and that alone'
done_testing

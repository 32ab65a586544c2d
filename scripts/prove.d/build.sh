# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# prove's kernel builds: all objects of a source state in one configuration,
# and a copy of them to compare the next state's with.  Needs tools.sh.

PROVE=$VNET_BUILD/prove
PROVE_SRC=$PROVE/src		# the only source tree; it goes from state to state
PROVE_STATES=$PROVE/states

GCC=${CC:-gcc}			# the user's choice

# use_config NAME: sets CONFIG, ARCH_NAME, FRAGMENTS, OUT (the build), REF (the
# objects of the state before), CONFIG_ID, CC and COMPILER_ID.
use_config() {
	local name arch compiler list f
	while IFS=$'\t' read -r name arch compiler list; do
		[[ $name == "$1" ]] || continue
		CONFIG=$name ARCH_NAME=$arch FRAGMENTS=()
		if [[ $compiler == gcc ]]; then export CC=$GCC; else export CC=$compiler; fi
		type "$CC" > /dev/null 2>&1 ||
			die "configuration $name wants the compiler $CC: scripts/packages --install prove"
		COMPILER_ID=$(compiler_id "$CC")
		for f in $list; do
			FRAGMENTS+=("$VNET_TOP/scripts/config/$f.config")
		done
		# As deep below build/ as the other kernels' output is below theirs:
		# relative paths, and so ccache's keys, are the same.
		OUT=$PROVE/o/$CONFIG
		REF=$PROVE/ref/$CONFIG
		CONFIG_ID=$(cat "${FRAGMENTS[@]}" <(echo "$arch") | sha256sum | cut -c1-32)
		mkdir -p "$OUT" "$REF"
		return
	done < "$PROVE_D/configs"
	return 1
}

# source_tree: the pristine source, unpacked; made again if it is another one.
source_tree() {
	local want
	want=$(git -C "$TREE" rev-parse 'stock^{tree}')
	[[ ! -r $PROVE/stock-tree || $(< "$PROVE/stock-tree") != "$want" ]] || return 0
	printf '%s: unpacking the pristine source\n' "$prog"
	rm -rf "$PROVE_SRC" "$PROVE/stock-tree" "$PROVE/o" "$PROVE/ref" "$PROVE_SRC".*
	mkdir -p "$PROVE_SRC"
	git -C "$TREE" archive stock | tar -x -C "$PROVE_SRC" || die "the source cannot be unpacked"
	printf '%s\n' "$want" > "$PROVE/stock-tree"
}

# place STATE: the source tree is that state.  The paths written go to build/prove/placed.
place() {
	"$PROVE_D/place" ${PLAIN:+--plain} "$TREE" "$PROVE_STATES/$1" "$PROVE_SRC" > "$PROVE/placed" ||
		die "the source of a step cannot be put in place"
}

# configure STATE: a .config, unless the one that is there is of the same
# fragments and Kconfig files.
configure() {
	local id
	id=$({ grep -E '(^|/)Kconfig' "$PROVE_STATES/$1" || :; } | cat - <(echo "$CONFIG_ID") | sha256sum)
	[[ ! -r $OUT/.configured || $(< "$OUT/.configured") != "$id" ]] || return 0
	rm -f "$OUT/.configured"
	CC=$KBUILD_CC logged "$VNET_TOP/scripts/build.d/configure" "$PROVE_SRC" "$OUT" \
		"$ARCH_NAME" "${FRAGMENTS[@]}" || return
	printf '%s\n' "$id" > "$OUT/.configured"
}

# build STATE: every object of the source that is in place.  What was made
# again is in OUT/.rebuilt, what the kernel consists of in OUT/.objects, what
# the compiler did in OUT/.done.  Status 1 when something does not compile.
build() {
	local rc=0
	. "$VNET_TOP/scripts/build.d/flags"
	kbuild_flags "$PROVE_SRC" "$OUT" "$ARCH_NAME"
	export VNET_CC=$KBUILD_CC PROVE_CC_ID=$COMPILER_ID
	export PROVE_LOG=$OUT/.done PROVE_COMPILE=$OUT/.compile
	unset PROVE_SAME CCACHE_DEPEND CCACHE_RECACHE
	if [[ -e $OUT/.objects ]]; then
		# What cc-miss does is enough of preprocessing.
		export CCACHE_DEPEND=1 PROVE_SAME=$PROVE/same
		[[ -z $FULL ]] || export CCACHE_RECACHE=1
	fi
	KBUILD_CC=$PROVE_D/cc
	configure "$1" || return
	: > "$PROVE_LOG"
	touch "$OUT/.stamp"
	printf '+ make in %s\n' "$OUT" >> "$VNET_LOG"
	make -C "$PROVE_SRC" O="$OUT" -j"$JOBS" "${KBUILD_ARGS[@]}" CC="$KBUILD_CC" \
		-k . KBUILD_MODULES=1 2>&1 < /dev/null | pass_on || rc=$?
	((rc == 0)) || return 1
	kernel_objects > "$OUT/.objects"
	rebuilt > "$OUT/.rebuilt"
}

# pass_on: make's output to the log and to OUT/.make, and every 20 s to the user
# how far it is.
pass_on() {
	local line n=0 begin=$SECONDS next=$((SECONDS + 20)) t
	while IFS= read -r line; do
		printf '%s\n' "$line" >&3
		printf '%s\n' "$line" >&4
		[[ $line != '  CC '* && $line != '  AS '* ]] || n=$((n + 1))
		if ((SECONDS >= next)); then
			next=$((SECONDS + 20)) t=$((SECONDS - begin))
			printf 'prove %s: %d objects made, %02d:%02d\n' "$CONFIG" "$n" $((t / 60)) $((t % 60))
		fi
	done 3> "$OUT/.make" 4>> "$VNET_LOG"
}

# kernel_objects: all that goes into vmlinux and modules, by path.
kernel_objects() {
	(
		cd "$OUT" || exit
		ar t built-in.a
		find . -name lib.a -printf '%P\n' | while read -r f; do ar t "$f"; done
		[[ ! -s modules.order ]] || while read -r f; do
			cat "${f%.o}.mod"
		done < modules.order
	) | sort -u
}

# rebuilt: the kernel's objects made since the stamp.
rebuilt() {
	(
		cd "$OUT" || exit
		find . -name '*.o' ! -name '*.mod.o' -newer .stamp -printf '%P\n' | of_kernel
	)
}

# of_kernel: those of the objects named on standard input that are the kernel's,
# not of a program of the build: what it consists of, and what is compiled as
# kernel code on the way (for the vDSO, say).  Sorted.
of_kernel() {
	(
		cd "$OUT" || exit
		sort > .named
		comm -12 .named .objects
		sed -E 's,([^/]*)$,.\1.cmd,' .named | tr '\n' '\0' |
			{ xargs -0r grep -lsE -e '-D__KERNEL__|ld .*-r' -- /dev/null || :; } |
			sed -E 's,\.([^/]*)\.cmd$,\1,'
	) | sort -u
}

# state_id STATE: what was built; without held lines it is something else.
state_id() { printf "%s" "$1-$CONFIG_ID${PLAIN:+-plain}"; }

# keep: REF becomes a copy of the objects in OUT.
keep() {
	rsync -a --modify-window=-1 --delete --prune-empty-dirs --include='*/' \
		--include='*.o' --exclude='*' "$OUT/" "$REF/" || die "objects cannot be copied"
	cp "$OUT/.objects" "$REF.objects"
	symbols_set > "$REF.config"
	printf '%s\n' "$(state_id "$1")" > "$REF.state"
}

# symbols_set: the configuration, without its comments.
symbols_set() { grep '^CONFIG_' "$OUT/.config" | sort || :; }

# reference STATE [STEP]: OUT and REF have the objects of that state; they are
# built if need be, and which of them are not as in the state before is noted.
reference() {
	local was=''
	[[ ! -r $REF.state ]] || was=$(< "$REF.state")
	[[ $was != "$(state_id "$1")" ]] || return 0
	# Of another configuration nothing can be noted.
	[[ $was == "$(state_id "${was%%-*}")" ]] || was=''
	rm -f "$REF.state"
	: > "$OUT/.compile"
	place "$1"
	if ! build "$1"; then
		build_errors
		die "the source before step ${2:-} does not build in configuration $CONFIG: the whole log is $VNET_LOG"
	fi
	[[ -z $was ]] || changes > "$(changes_file "${was%%-*}" "$1")"
	keep "$1"
}

# changes: the objects that are not as in REF.
changes() {
	{
		while read -r f; do
			cmp -s "$REF/$f" "$OUT/$f" || printf '%s\n' "$f"
		done < "$OUT/.rebuilt"
		comm -3 "$REF.objects" "$OUT/.objects" | tr -d '\t'
	} | sort -u
}

build_errors() {
	grep -E '(error|Error|No rule)' "$OUT/.make" | head -n 12 | sed 's/^/    /' >&2 || :
}

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034 # variables are shared with the other parts
#
# The selftests of the stock source, unpacked and compiled in build/selftests/src.
# The kernel tree itself is only read.
#
# Needs lib.sh, git.sh; OUT.

SELFTESTS=tools/testing/selftests
# What the selftests and their headers are made of.
SOURCE_PATHS=(Makefile scripts usr include arch/x86 tools/arch tools/build tools/include tools/lib
	tools/scripts "$SELFTESTS")

# tree_of COMMIT: empty if build/linux has none.
tree_of() { vgit rev-parse -q --verify "$1^{tree}" 2> /dev/null || :; }

# programs_unpack: SRC, unless it is there of this source.
programs_unpack() {
	local tree
	SRC=$OUT/src
	tree=$(tree_of stock)
	[[ -n $tree ]] || die "build/linux has no tag 'stock': run 'make tree'"
	[[ $(cat "$SRC/.tree" 2> /dev/null) != "$tree" ]] || return 0
	rm -rf "$SRC" "$OUT/programs"
	mkdir -p "$SRC"
	vgit archive stock -- "${SOURCE_PATHS[@]}" | tar -x -C "$SRC" ||
		die "cannot unpack the selftests of build/linux: the tree may lack one of ${SOURCE_PATHS[*]}"
	printf '%s\n' "$tree" > "$SRC/.tree"
}

# folders: every folder of selftests of the network stack.
folders() {
	find "$SRC/$SELFTESTS/net" -name Makefile -printf '%h\n' |
		sed "s|^$SRC/$SELFTESTS/||" | LC_ALL=C sort
}

# tests_of FOLDER: the tests that its Makefile names.
tests_of() {
	make -s --no-print-directory -C "$SRC/$SELFTESTS/$1" COLLECTION="$1" emit_tests 2>> "$VNET_LOG" |
		sed -n "s|^$1:|$1/|p"
}

# programs_make: compiles those of the folders that tests are run of.  Not every
# program compiles in every version of the source; UNCOMPILED names those.
programs_make() {
	local cc=${CC:-gcc} folder key
	key=$(
		cat "$SRC/.tree"
		"$cc" --version | head -n 1
		clang --version 2> /dev/null | head -n 1
		folders_run
	)
	[[ ! -e $OUT/programs || $(sed '0,/^$/d' "$OUT/programs") != "$key" ]] || {
		programs_load
		return 0
	}
	type ccache > /dev/null 2>&1 && cc="ccache $cc"
	logged make -C "$SRC" ARCH=x86 headers || die "the headers of the kernel cannot be made: see above"
	: > "$OUT/compiled.log"
	while IFS= read -r folder; do
		printf '+ %s\n' "$folder" >> "$VNET_LOG"
		# ncdevmem alone needs what YNL generates, and belongs to no test here.
		make -k -C "$SRC/$SELFTESTS/$folder" CC="$cc" YNL_GEN_FILES= >> "$OUT/compiled.log" 2>&1 < /dev/null || :
	done < <(folders_run)
	cat "$OUT/compiled.log" >> "$VNET_LOG"
	{
		sed -nE "s|^make.*\*\*\* \[[^]]*: $SRC/$SELFTESTS/([^]]*)\] Error.*|\1|p" "$OUT/compiled.log" |
			LC_ALL=C sort -u
		printf '\n%s\n' "$key"
	} > "$OUT/programs.new"
	mv "$OUT/programs.new" "$OUT/programs"
	programs_load
}
programs_load() {
	mapfile -t UNCOMPILED < <(sed '/^$/,$d' "$OUT/programs")
	# Which folders are compiled does not change what is in them.
	PROGRAMS_SUM=$(sed '0,/^$/d; /^net/d' "$OUT/programs" | sha256sum | cut -c1-64)
}

# folders_run: those with a test that is run somewhere.
folders_run() {
	awk -F '\t' '$1 ~ /^net/ && $2 != "none" { sub(/\/[^\/]*$/, "", $1); print $1 }' \
		"$VNET_TOP/vnet/selftests.tsv" | LC_ALL=C sort -u
}

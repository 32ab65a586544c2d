# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # variables are shared with the tools
#
# From a kernel source, as a package, a tarball or a directory, to the root
# commit of build/linux.  The source is only read.  Needs git.sh, source.sh.

# base_open [KSRC]: which source it shall be.
#   BASE_KIND    tar, git or dir         BASE_PATH    where it is
#   BASE_TITLE   what to call it         BASE_TESTED  yes: the series is made on it
#   BASE_KEY     says that it is unchanged without reading it; empty for
#                directories, which have to be looked through
base_open() {
	if [[ -n ${1:-} ]]; then
		base_open_ksrc "$1"
	else
		source_find || die "the kernel source is not here: run 'make setup'" \
			"(it installs $SRC_PACKAGE${VNET_KERNEL:+; this one: apt install $SRC_PACKAGE}), or give a tree of your own with KSRC="
		BASE_KIND=tar BASE_PATH=$SRC_TARBALL BASE_TESTED=$SRC_TESTED
		BASE_TITLE="$SRC_PACKAGE $SRC_VERSION"
		[[ $SRC_TESTED == yes ]] ||
			warn "$SRC_PACKAGE is version $SRC_VERSION; the series is tested on $SRC_WANTED"
	fi
	BASE_KEY=
	[[ $BASE_KIND != tar ]] || BASE_KEY="$(realpath "$BASE_PATH") $(stat -Lc '%s %.Y %i' "$BASE_PATH")"
}

base_open_ksrc() {
	source_wanted
	BASE_TESTED=no BASE_TITLE=$1
	[[ -e $1 ]] || die "KSRC: $1 does not exist"
	BASE_PATH=$(realpath "$1")
	if [[ -f $BASE_PATH ]]; then
		BASE_KIND=tar
		[[ $BASE_PATH =~ \.(tar|tar\.xz|txz|tar\.gz|tgz|tar\.bz2|tar\.zst)$ ]] ||
			die "KSRC: $1 is neither a directory nor a tarball (.tar, .tar.xz, .tar.gz, .tar.bz2, .tar.zst)"
		return
	fi
	[[ -d $BASE_PATH ]] || die "KSRC: $1 is neither a directory nor a tarball"
	case $BASE_PATH/ in
	"$(realpath -m "$VNET_LINUX")"/* | "$(realpath -m "$VNET_SRC")"/*)
		die "KSRC: $1 is made by this tool; give the source that it shall be made from" ;;
	esac
	kernel_version "$BASE_PATH" > /dev/null || not_a_kernel "$1"
	BASE_KIND=dir
	if [[ $(user_git rev-parse --show-toplevel 2> /dev/null) == "$BASE_PATH" ]]; then
		BASE_KIND=git
	fi
}

# user_git ARG...: git in the user's repository, which may be another user's
# and is left as it is: no lock taken, no index refreshed, no hook run.
user_git() {
	env -u GIT_INDEX_FILE GIT_OPTIONAL_LOCKS=0 git -C "$BASE_PATH" -c safe.directory='*' \
		-c core.fsmonitor=false -c core.hooksPath=/dev/null "$@"
}

not_a_kernel() {
	die "KSRC: $1 is not a kernel source: it must hold Makefile (with VERSION and" \
		"PATCHLEVEL) and Kconfig at its top"
}

# kernel_version DIR: its version, from its Makefile; status 1 if DIR does not
# look like a kernel source.
kernel_version() {
	[[ -f $1/Makefile && -f $1/Kconfig ]] || return 1
	awk -F ' *= *' '
		$1 == "VERSION" || $1 == "PATCHLEVEL" || $1 == "SUBLEVEL" || $1 == "EXTRAVERSION" {
			if (!($1 in v)) v[$1] = $2
		}
		END {
			if (v["VERSION"] == "" || v["PATCHLEVEL"] == "") exit 1
			printf "%s.%s", v["VERSION"], v["PATCHLEVEL"]
			if (v["SUBLEVEL"] != "") printf ".%s", v["SUBLEVEL"]
			print v["EXTRAVERSION"]
		}' "$1/Makefile"
}

# base_known: BASE, the root commit that this very source gave before.
base_known() {
	local key commit
	[[ -n $BASE_KEY && -f $VNET_REPO/.git/vnet/bases ]] || return 1
	while IFS=$'\t' read -r commit key; do
		[[ $key == "$BASE_KEY" && -n $(rev "$commit") ]] || continue
		BASE=$commit
		return 0
	done < "$VNET_REPO/.git/vnet/bases"
	return 1
}

# base_remember: let base_known find BASE the next time.
base_remember() {
	[[ -z $BASE_KEY ]] ||
		printf '%s\t%s\n' "$BASE" "$BASE_KEY" >> "$VNET_REPO/.git/vnet/bases"
}

# base_unpack DIR: a tarball's tree becomes DIR, which must not exist yet.
base_unpack() {
	local top=$SCRATCH/unpack
	mkdir "$top"
	logged base_untar "$top" ||
		die "cannot unpack $BASE_TITLE: is it a whole tarball?"
	if ! kernel_version "$top" > /dev/null; then
		local entries=("$top"/*)
		kernel_version "${entries[0]}" > /dev/null || not_a_kernel "$BASE_TITLE"
		top=${entries[0]}
	fi
	mv "$top" "$1"
	rm -rf "$SCRATCH/unpack"
}

base_untar() {
	tar --no-same-owner --exclude=.git -C "$1" -xf "$BASE_PATH" || return
	chmod -R u+rwX "$1"
}

# base_commit DIR: BASE, the root commit with the index' files; its message
# says no more than the source itself does, so that its hash depends on nothing
# else.
base_commit() {
	local tree
	tree=$(vgit write-tree) || die "cannot write the source's tree object"
	BASE=$(printf 'Linux %s: the source as it came\n' "$(kernel_version "$1")" |
		GIT_AUTHOR_NAME=$VNET_NAME GIT_AUTHOR_EMAIL=$VNET_EMAIL \
		GIT_AUTHOR_DATE=$VNET_ROOT_DATE GIT_COMMITTER_NAME=$VNET_NAME \
		GIT_COMMITTER_EMAIL=$VNET_EMAIL GIT_COMMITTER_DATE=$VNET_ROOT_DATE \
		vgit commit-tree "$tree") || die "cannot write the source's commit"
}

# base_add DIR: every file of DIR, ignored or not, into the index.  They go
# into one pack, not into 80,000 files: that is what the threshold does.
base_add() {
	(cd "$1" && logged vgit --work-tree=. -c core.bigFileThreshold=1 \
		-c core.compression=1 add -A -f .) || die "cannot take in $BASE_TITLE"
}

# base_add_listed: the source files of a user's directory into the index,
# whose remembered file times make the second time quick.
base_add_listed() {
	local saved
	saved=$VNET_REPO/.git/vnet/index-$(printf '%s' "$BASE_PATH" | sha256sum | cut -c1-16)
	[[ ! -f $saved ]] || cp -p "$saved" "$GIT_INDEX_FILE"
	"list_$BASE_KIND" | LC_ALL=C sort -zu > "$SCRATCH/files"
	vgit ls-files -z | LC_ALL=C sort -z > "$SCRATCH/was"
	comm -z -13 "$SCRATCH/files" "$SCRATCH/was" > "$SCRATCH/gone"
	(
		cd "$BASE_PATH" || exit
		set -- --work-tree=. -c core.bigFileThreshold=1 -c core.compression=1 update-index -z
		[[ ! -s $SCRATCH/gone ]] || vgit "$@" --force-remove --stdin < "$SCRATCH/gone" || exit
		vgit "$@" --add --replace --stdin < "$SCRATCH/files"
	) > "$SCRATCH/added" 2>&1 || {
		cat "$SCRATCH/added" >> "$VNET_LOG"
		die "KSRC: cannot read every file of $BASE_TITLE: $(tail -n 1 "$SCRATCH/added")"
	}
	cp -p "$GIT_INDEX_FILE" "$saved"
}

# list_git: what a user's git repository tracks and has, and what it does not
# ignore: the work tree as the user sees it, committed or not.
list_git() {
	local f
	user_git ls-files -z --cached --others --exclude-standard |
		while IFS= read -r -d '' f; do
			[[ -f $BASE_PATH/$f || -L $BASE_PATH/$f ]] && printf '%s\0' "$f"
		done
}

# list_dir: a plain directory's files without what a build made of them.
list_dir() {
	(cd "$BASE_PATH" && find . -name .git -prune -o \( -type f -o -type l \) -printf '%P\0') |
		drop_products "$BASE_PATH"
}

# drop_products DIR: of the files on standard input (NUL-ended), those that a
# build did not make.  The tree's own .gitignore files know them, once lines are
# left out that would also drop source: Debian's "/*" ignores everything, ".*"
# and "tags" match files that the source has.
drop_products() {
	local shadow=$SCRATCH/shadow
	LC_ALL=C sort -zu > "$SCRATCH/all"
	rm -rf "$shadow"
	mkdir "$shadow"
	(cd "$1" && find . -name .git -prune -o -name .gitignore -type f -print0 |
		xargs -0r cp --parents -t "$shadow") || die "cannot read the .gitignore files of $1"
	[[ ! -f $shadow/.gitignore ]] ||
		sed -i -e '/^\/\*$/d; /^!\/debian\/$/d; /^\.\*$/d; /^tags$/d' "$shadow/.gitignore"
	printf '%s\n' '.*.cmd' '.*.d' '.*.swp' '.tmp_*' '/.config' '/.config.old' \
		'/.version' '/.vmlinux*' '/.missing-syscalls.d' '/.pc/' '*.rej' '*.orig' \
		'*.o' '*.a' '*.ko' '/tags' > "$SCRATCH/products"
	git init -q --template= "$shadow"
	git -C "$shadow" -c core.excludesFile="$SCRATCH/products" \
		check-ignore --no-index -z --stdin < "$SCRATCH/all" |
		LC_ALL=C sort -z > "$SCRATCH/products.z" || :
	comm -z -23 "$SCRATCH/all" "$SCRATCH/products.z"
}

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # variables are shared with the tools
#
# build/linux from one state to the next: nothing that only it holds may be
# lost, and a run that is killed on the way is finished by the next one.
# Needs git.sh, base.sh, apply.sh.

# guard_edits: a maintainer's own commits and edits in build/linux stop the
# tool, or with --discard are kept under refs/backup/.
guard_edits() {
	local head why=() others
	head=$(vgit symbolic-ref --quiet HEAD || echo 'no branch')
	[[ $head == refs/heads/main ]] ||
		die "build/linux is on ${head#refs/heads/}, not on main: go back to it" \
			"('git -C build/linux checkout main') or end the rebase first"
	for head in rebase-apply rebase-merge MERGE_HEAD CHERRY_PICK_HEAD REVERT_HEAD; do
		[[ ! -e $VNET_REPO/.git/$head ]] ||
			die "build/linux is in the middle of a git operation ($head): end or abort it first"
	done
	[[ ! -e $VNET_REPO/.git/index.lock ]] || die "build/linux/.git/index.lock is there:" \
		"another git works in build/linux, or one was killed (then remove the file)"
	own_commits || why+=("commits that are not in patches/: $OWN_COMMITS")
	[[ -z $(wgit status --porcelain --untracked-files=no) ]] || why+=('edits that are not committed')
	others=$(other_files)
	[[ -z $others ]] || why+=("files that are not committed: ${others//$'\n'/ }")
	((${#why[@]})) || return 0
	if [[ -z $DISCARD ]]; then
		printf "$prog: build/linux has %s\n" "${why[@]}" >&2
		die "they would be lost: 'git commit' and 'make export' them, or give" \
			"--discard${DISCARD_SAYS- (they are then kept as refs/backup/...)}"
	fi
	backup_edits
}

# own_commits: status 0 if every commit of main came out of a patch, or can be
# written as the patches that there are; else OWN_COMMITS names them.
own_commits() {
	local main c
	main=$(rev main)
	OWN_COMMITS=
	[[ -n $main ]] || return 0
	if [[ -n $(rev stock) ]] && vgit merge-base --is-ancestor stock main; then
		for c in $(vgit rev-list --reverse stock..main); do
			[[ -n ${MADE_COMMITS[$c]:-} ]] ||
				OWN_COMMITS+="${OWN_COMMITS:+, }$(vgit log -1 --format='%h "%s"' "$c")"
		done
		[[ -n $OWN_COMMITS ]] || return 0
	else
		OWN_COMMITS="$(vgit log -1 --format='%h "%s"' main) and what is before it"
		return 1
	fi
	exported "$SCRATCH/exported" && diff -rq "$SCRATCH/exported" "$VNET_PATCHES" > /dev/null
}

# exported DIR: writes the commits of main to DIR as 'make export' would.
exported() {
	rm -rf "$1"
	mkdir "$1"
	(export_to "$1" stock main) >> "$VNET_LOG" 2>&1
}

# other_files: files in build/linux that are in no commit and no build product.
other_files() {
	wgit ls-files --others -z > "$SCRATCH/others"
	[[ -s $SCRATCH/others ]] || return 0
	drop_products "$VNET_REPO" < "$SCRATCH/others" | tr '\0' '\n' | head -n 5
}

# backup_edits: all of it as commits under refs/backup/, then out of the way.
backup_edits() {
	local at tree name
	name=refs/backup/$(date -u +%Y%m%d-%H%M%S)
	at=$(rev main)
	cp -p "$VNET_REPO/.git/index" "$SCRATCH/backup.index"
	export GIT_INDEX_FILE=$SCRATCH/backup.index
	wgit add -A || die "cannot take up the edits in build/linux"
	drop_products "$VNET_REPO" < <(wgit ls-files --others -z) |
		wgit update-index -z --add --stdin || die "cannot take up the new files in build/linux"
	tree=$(vgit write-tree) || die "cannot back up the edits in build/linux"
	unset GIT_INDEX_FILE
	if [[ $tree != "$(vgit rev-parse "$at^{tree}")" ]]; then
		at=$(echo 'Edits that make tree --discard took away' |
			vgit commit-tree -p "$at" "$tree") || die "cannot back up the edits in build/linux"
		wgit reset -q --hard "$at" || die "cannot set build/linux to its backup"
	fi
	vgit update-ref "$name" "$at" || die "cannot write $name"
	printf '%s: what build/linux had is kept as %s\n' "$prog" "$name"
}

# switch_to NEW BASE: main, stock and the work tree become NEW on BASE.
switch_to() {
	local old
	old=$(rev main)
	journal_write "${old:-$1}" "$1" "$2"
	switch_finish "${old:-$1}" "$1" "$2"
}

journal_write() {
	printf '%s %s %s\n' "$@" > "$SCRATCH/journal"
	stamp_lines "$2" "$3" >> "$SCRATCH/journal"
	mv "$SCRATCH/journal" "$VNET_REPO/.git/vnet/switch"
}

# switch_finish OLD NEW BASE [again]: writes the files, then the index, then
# the refs, then the stamp; each can be done twice.
switch_finish() {
	local git=$VNET_REPO/.git index=$SCRATCH/switch.index
	(set -C; : > "$git/index.lock") 2> /dev/null || {
		rm -f "$git/vnet/switch"
		die "build/linux/.git/index.lock is there: another git works in build/linux"
	}
	cp -p "$git/index" "$index"
	if [[ -z ${4:-} ]]; then
		GIT_INDEX_FILE=$index wgit read-tree -m -u "$1" "$2" || {
			rm -f "$git/index.lock" "$git/vnet/switch"
			die "build/linux has edits in files that the series changes:" \
				"commit and export them, or give --discard"
		}
	else
		GIT_INDEX_FILE=$index switch_force "$1" "$2"
	fi
	mv "$index" "$git/index.lock"
	mv "$git/index.lock" "$git/index"
	printf '%s\n' "update refs/heads/main $2" "update refs/tags/stock $3" |
		vgit update-ref -m 'make tree' --stdin || die "cannot set main and stock in build/linux"
	sed 1d "$git/vnet/switch" > "$SCRATCH/stamp"
	mv "$SCRATCH/stamp" "$git/vnet/stamp"
	rm -f "$git/vnet/switch"
}

# switch_force OLD NEW: every file that differs between the two is written as
# NEW has it, whatever a killed run left in its place.
switch_force() {
	vgit read-tree -m "$2" || die "cannot read the tree of $2"
	vgit diff-tree -r --no-renames --name-only -z --diff-filter=AMT "$1" "$2" |
		wgit checkout-index -f -u -z --stdin || die "cannot write build/linux"
	vgit diff-tree -r --no-renames --name-only -z --diff-filter=D "$1" "$2" |
		while IFS= read -r -d '' gone; do
			rm -f "${VNET_REPO:?}/$gone"
			(cd "$VNET_REPO" && rmdir -p --ignore-fail-on-non-empty "$(dirname "$gone")" 2> /dev/null)
		done
}

# switch_resume: what a killed run began is brought to its end.
switch_resume() {
	local git=$VNET_REPO/.git old new base main
	[[ -f $git/vnet/switch ]] || return 0
	read -r old new base < "$git/vnet/switch"
	rm -f "$git/index.lock" "$git/refs/heads/main.lock" "$git/refs/tags/stock.lock"
	main=$(rev main)
	if [[ $main != "$old" && $main != "$new" ]]; then
		rm -f "$git/vnet/switch"	# somebody went on by hand: theirs counts
		return 0
	fi
	printf '%s: an earlier run was ended half way: finishing it\n' "$prog"
	switch_finish "$old" "$new" "$base" again
}

# stamp_lines HEAD BASE: by what the next run sees that nothing is to be done.
stamp_lines() {
	printf '%s\n' "head $1" "base $2" "inputs $(inputs_sum)" \
		"tested $BASE_TESTED" "title $BASE_TITLE"
}

inputs_sum() {
	printf '%s\n' "$BASE_KEY" "$APPLIED" "${SUMS[@]}" | sha256sum | cut -c1-64
}

# stamp WORD: a line of the stamp.
stamp() { sed -n "s/^$1 //p" "$VNET_REPO/.git/vnet/stamp" 2> /dev/null; }

# up_to_date: source and patches are those that build/linux was made from.
up_to_date() {
	[[ -n $BASE_KEY && -f $VNET_REPO/.git/vnet/stamp ]] &&
		[[ $(stamp inputs) == "$(inputs_sum)" ]] &&
		[[ $(rev main) == "$(stamp head)" && $(rev stock) == "$(stamp base)" ]]
}

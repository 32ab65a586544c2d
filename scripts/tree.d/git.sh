# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # variables are shared with the tools
#
# Git as the tools need it: the same commits and the same patches on every
# machine, whatever its owner's configuration, hooks and habits are.
# Source it after lib.sh.

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_ATTR_NOSYSTEM=1 GIT_PAGER=cat GIT_EDITOR=false GIT_TERMINAL_PROMPT=0
export LC_ALL=C TZ=UTC

# A hook of another repository may have started us, with its variables set; and
# some that a person may have set change what git writes.
# shellcheck disable=SC2046 # one name per word is what is wanted
unset $(git rev-parse --local-env-vars 2> /dev/null) 2> /dev/null || :
unset GIT_DIFF_OPTS GIT_EXTERNAL_DIFF GIT_INDEX_VERSION GIT_TRACE

# Who commits a step, and when the source as it came was "committed" (the day
# of Linux 6.12): fixed, so that the same source and the same patches give the
# same hashes everywhere.
VNET_NAME='Linux VNET'
VNET_EMAIL=vnet@example.org
VNET_ROOT_DATE='1731881708 +0000'

# The repository that vgit works on: build/linux, or the one being made.
VNET_REPO=$VNET_LINUX

# vgit ARG...: git on that repository, deaf to its hooks and to settings that
# change what is stored.  Nothing may start in the background: a repack would
# run beside the kernel builds.
vgit() {
	git --git-dir="$VNET_REPO/.git" \
		-c core.hooksPath=/dev/null -c core.fsmonitor=false \
		-c core.autocrlf=false -c core.safecrlf=false -c core.eol=lf \
		-c core.excludesFile= -c core.attributesFile=/dev/null \
		-c core.quotePath=true -c core.commentChar='#' \
		-c apply.whitespace=nowarn -c apply.ignoreWhitespace=no \
		-c commit.gpgSign=false -c i18n.commitEncoding=UTF-8 \
		-c i18n.logOutputEncoding=UTF-8 -c log.showSignature=false \
		-c gc.auto=0 -c maintenance.auto=false -c advice.detachedHead=false \
		"$@"
}

# wgit ARG...: the same with its work tree.
wgit() { vgit --work-tree="$VNET_REPO" "$@"; }

# rev NAME: the full hash of a commit, or nothing.
rev() { vgit rev-parse --verify --quiet "$1^{commit}" || :; }

# repo_setup: what every repository of ours has, also one made by hand.
repo_setup() {
	local set
	for set in gc.auto=0 maintenance.auto=false core.autocrlf=false \
		core.logAllRefUpdates=true "user.name=$VNET_NAME" \
		"user.email=$VNET_EMAIL" 'diff.cpp.xfuncname='"$CPP_FUNCNAME"; do
		vgit config "${set%%=*}" "${set#*=}"
	done
	mkdir -p "$VNET_REPO/.git/info" "$VNET_REPO/.git/vnet"
	attributes > "$VNET_REPO/.git/info/attributes"
}

# The line of C that a hunk header shows.  Git's own pattern for it changes
# from version to version, and patches/ must not change with them.
CPP_FUNCNAME='!^[ \t]*[A-Za-z_][A-Za-z_0-9]*:[[:space:]]*($|/[/*])
^((::[[:space:]]*)?[A-Za-z_].*)$'

# attributes: files are stored as they are, whatever .gitattributes in the
# tree say; C has the hunk headers above, everything else the plain ones.
attributes() {
	printf '%s\n' \
		'* -text -ident !eol !filter !working-tree-encoding !diff !merge !whitespace' \
		'*.[ch] diff=cpp'
}

# tree_lock: one at a time may change build/linux or patches/.  The kernel
# drops the lock when its last holder dies, so a killed run leaves none.
tree_lock() {
	[[ -n ${VNET_TREE_LOCKED:-} ]] && return
	mkdir -p "$VNET_BUILD"
	TREE_LOCK_MINE=1
	exec {VNET_TREE_LOCK_FD}> "$VNET_BUILD/.tree-lock"
	flock -n "$VNET_TREE_LOCK_FD" || {
		printf '%s: waiting for another run on %s to end\n' "$prog" \
			"${VNET_LINUX#"$PWD"/}"
		flock "$VNET_TREE_LOCK_FD"
	}
	export VNET_TREE_LOCKED=1
}

# scratch_dir: SCRATCH, a directory that is gone when the tool ends.  Under the
# lock, what killed runs left of theirs goes too (but not under the lock of a
# tool that called this one: that one has its own there).
scratch_dir() {
	[[ -z ${TREE_LOCK_MINE:-} ]] || rm -rf "$VNET_BUILD"/.scratch.??????
	SCRATCH=$(mktemp -d "$VNET_BUILD/.scratch.XXXXXX") ||
		die "cannot make a directory in $VNET_BUILD"
	trap 'rm -rf "$SCRATCH"' EXIT
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM
}

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # variables are shared with the tools
#
# build/src, the worktree of build/linux that the kernels are built in, kept
# valid when build/linux was made anew or the project was moved.
# Needs git.sh.

# src_repair: what is in build/src stays, with its times and its objects, so
# that the next build need not begin again.
src_repair() {
	local admin
	[[ -f $VNET_SRC/.git ]] || return 0
	[[ $(git -C "$VNET_SRC" rev-parse --verify --quiet HEAD 2> /dev/null) ]] && return
	admin=$VNET_LINUX/.git/worktrees/src
	if [[ -f $admin/HEAD ]]; then
		vgit worktree repair "$VNET_SRC" > /dev/null 2>&1 || :
	else
		(
			kernel_lock
			mkdir -p "$admin"
			rev main > "$admin/HEAD"
			echo ../.. > "$admin/commondir"
			echo "$VNET_SRC/.git" > "$admin/gitdir"
			echo "gitdir: $admin" > "$VNET_SRC/.git"
			git -C "$VNET_SRC" read-tree main
			git -C "$VNET_SRC" update-index -q --refresh > /dev/null || :
			git -C "$VNET_SRC" checkout -q -f --detach main
		)
	fi
	git -C "$VNET_SRC" rev-parse --verify --quiet HEAD > /dev/null ||
		warn "build/src is no valid worktree any more: remove it, the next build makes it anew"
}

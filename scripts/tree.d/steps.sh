# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # variables are shared with the tools
#
# The steps of build/linux: each commit from stock to main, with what its
# trailers say.  Needs git.sh.

# stages_read: STAGE_FOLDER[stage] and STAGE_TITLE[stage], from vnet/stages.tsv.
stages_read() {
	local stage folder title
	declare -gA STAGE_FOLDER=() STAGE_TITLE=()
	while IFS=$'\t' read -r stage folder title; do
		[[ -n $stage && $stage != '#'* ]] || continue
		[[ $folder =~ ^[a-z0-9][a-z0-9.-]*$ ]] ||
			die "vnet/stages.tsv: stage $stage needs a folder name (a-z, 0-9, '.', '-'), not '$folder'"
		STAGE_FOLDER[$stage]=$folder STAGE_TITLE[$stage]=$title
	done < "$VNET_TOP/vnet/stages.tsv" || die "vnet/stages.tsv cannot be read"
	((${#STAGE_FOLDER[@]})) || die "vnet/stages.tsv names no stage"
}

# steps_list FROM TO: a line per step, oldest first, its fields parted by \x1f:
# hash, parents, slug, stage, origin, proof, modes, subject.
steps_list() {
	local t='%%(trailers:key=Vnet-%s,valueonly,separator=%%x2C)%%x1f' fields
	# shellcheck disable=SC2059 # the format is the constant above
	fields=$(printf "$t" Stage Origin Proof Modes)
	vgit -c trailer.separators=: log --reverse --topo-order --no-show-signature \
		--no-color --format="%H%x1f%P%x1f%f%x1f$fields%s" "$1..$2" --
}

# step_id N SLUG: NNNN-slug; cut where git format-patch cuts the file name.
step_id() {
	local id
	printf -v id '%04d-%s' "$1" "$2"
	printf '%s' "${id:0:57}"
}

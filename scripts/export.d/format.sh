# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # variables are shared with the tools
#
# Commits to patches, the same bytes on every machine.
# Needs git.sh and steps.sh.

# export_to DIR FROM TO: the steps after FROM up to TO as DIR/series and
# DIR/<folder of the stage>/NNNN-slug.patch.  A commit that cannot be a step is
# named, and the status is 1.
export_to() {
	local dir=$1 n=0 sha parents slug stage subject folder id what at=''
	stages_read
	format_patches "$2" "$3" || die "git format-patch failed on $2..$3"
	steps_list "$2" "$3" > "$SCRATCH/steps"
	series_head > "$dir/series"
	while IFS=$'\x1f' read -r sha parents slug stage _ _ _ subject; do
		n=$((n + 1))
		what="commit ${sha:0:12} \"$subject\""
		[[ $parents != *' '* ]] || die "$what is a merge: a series has none; rebase it"
		[[ -n $stage ]] || die "$what has no 'Vnet-Stage:' trailer: which stage is it of?" \
			"Add the line to its message (see vnet/stages.tsv)"
		folder=${STAGE_FOLDER[$stage]:-}
		[[ -n $folder ]] || die "$what: vnet/stages.tsv knows no stage '$stage'"
		id=$(step_id "$n" "$slug")
		grep -qs "^diff --git " "$SCRATCH/format/$id.patch" ||
			die "$what changes nothing: give it a change, or drop it"
		mkdir -p "$dir/$folder"
		mv "$SCRATCH/format/$id.patch" "$dir/$folder/"
		if [[ $stage != "$at" ]]; then
			printf '\n# Stage %s: %s\n' "$stage" "${STAGE_TITLE[$stage]}"
			at=$stage
		fi >> "$dir/series"
		printf '%s/%s.patch\n' "$folder" "$id" >> "$dir/series"
	done < "$SCRATCH/steps"
}

series_head() {
	cat <<-'END'
		# SPDX-License-Identifier: GPL-2.0-only
		#
		# The Linux VNET series, in order.  'make export' writes this file and the
		# patches from the commits in build/linux: edit those.
	END
}

# format_patches FROM TO: SCRATCH/format/NNNN-slug.patch.  A repository that
# borrows build/linux's objects but has none of its settings does it: everything
# else that could change a byte is said here.
format_patches() {
	local from to bare=$SCRATCH/bare.git
	from=$(rev "$2") && from=$(rev "$1") to=$(rev "$2")
	[[ -n $from && -n $to ]] || return
	rm -rf "$bare" "$SCRATCH/format"
	git init -q --bare --template= "$bare"
	mkdir -p "$bare/info"
	realpath "$VNET_REPO/.git/objects" > "$bare/objects/info/alternates"
	attributes > "$bare/info/attributes"
	git --git-dir="$bare" -c diff.cpp.xfuncname="$CPP_FUNCNAME" \
		-c i18n.logOutputEncoding=UTF-8 -c core.quotePath=true \
		format-patch --quiet -o "$SCRATCH/format" \
		--no-numbered --start-number=1 --suffix=.patch --filename-max-length=64 \
		--subject-prefix=PATCH --zero-commit --no-signature --no-base --no-thread \
		--no-attach --no-cover-letter --no-notes --no-signoff --no-to --no-cc \
		--no-add-header --encode-email-headers \
		--patch --stat=72 --summary --full-index --binary --unified=3 \
		--inter-hunk-context=0 --diff-algorithm=myers --indent-heuristic \
		--no-renames --no-ext-diff --no-textconv --no-color --no-color-moved \
		--src-prefix=a/ --dst-prefix=b/ --no-relative --ignore-submodules=none \
		--submodule=short "$from..$to" 2>> "$VNET_LOG"
}

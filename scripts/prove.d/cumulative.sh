# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# The check over all steps up to the end of stage 1.5: what steps that are to be
# proved touched is the pristine kernel's, object for object, but for what other
# steps changed.  The steps' own verdicts say the same one by one; this one does
# not depend on their chain.  Needs build.sh and judge.sh.

# keep_stock: the objects of the pristine source, for later; REF has them now.
# Hard links do: a copy that is renewed in REF is a new file.
keep_stock() {
	local dir=$PROVE/stock/$CONFIG
	rm -rf "$dir" "$dir.state"
	mkdir -p "${dir%/*}"
	cp -al "$REF" "$dir"
	cp "$OUT/.config" "$dir.config"
}

# need_stock STATE: as above, built if need be.
need_stock() {
	local dir=$PROVE/stock/$CONFIG
	[[ ! -r $dir.state || $(< "$dir.state") != "$(state_id "$1")" ]] || return 0
	reference "$1"
	keep_stock
	printf '%s\n' "$(state_id "$1")" > "$dir.state"
}

# cumulative STOCK END: compares the objects of the state END, which OUT and REF
# have, with the pristine ones; writes the result.
cumulative() {
	local stock=$1 end=$2 dir=$PROVE/stock/$CONFIG start=$SECONDS from to
	local RESULT
	RESULT=$(cumulative_file)
	# First, while the objects of one end may still be there.
	while read -r from to; do
		[[ -r $(changes_file "$from" "$to") ]] || { reference "$from"; reference "$to"; }
	done < <(unproved_runs)
	need_stock "$stock"
	reference "$end"
	while read -r from to; do
		cat "$(changes_file "$from" "$to")"
	done < <(unproved_runs) | sort -u > "$OUT/.others"
	affected "$(touched_by_proved)" > "$OUT/.touched"
	comm -23 "$OUT/.touched" "$OUT/.others" | while read -r f; do
		if [[ -e $dir/$f ]]; then printf '%s\n' "$f"; fi
	done > "$OUT/.compare"
	"$VNET_TOOLS/objcmp" --all --json --list "$OUT/.compare" "$dir" "$OUT" \
		> "$OUT/.cumulative" || (($? == 1)) ||
		die "objects cannot be compared with the pristine ones"
	jq -n --slurpfile compared "$OUT/.cumulative" --argjson seconds $((SECONDS - start)) \
		--rawfile others <(comm -12 "$OUT/.touched" "$OUT/.others") '
		($compared[0]) as $o | ($o | map(select(.verdict == "differs"))) as $d |
		{
			verdict: (if $d | length > 0 then "differs" else "same" end),
			compared: ($o | length), differing: ($d | length), differences: $d,
			changed_by_others: ($others | split("\n") - [""]),
			seconds: $seconds
		}' > "$RESULT.new"
	mv "$RESULT.new" "$RESULT"
}

# touched_by_proved: the files of the pristine source that those steps change.
touched_by_proved() {
	local sha stage proof
	while IFS=$'\t' read -r _ _ sha stage _ proof _; do
		if in_first_stages "$stage" && [[ $proof == same-object ]]; then
			git -C "$TREE" diff --name-only --no-renames --diff-filter=MD "$sha^" "$sha"
		fi
	done < "$STEPS" | sort -u | while read -r f; do
		if git -C "$TREE" cat-file -e "stock:$f" 2> /dev/null; then printf '%s\n' "$f"; fi
	done
}

# unproved_runs: the states before and after each run of other steps in the
# first stages, those that may change objects.
unproved_runs() {
	local stage proof before after from='' to=''
	while IFS=$'\t' read -r _ _ _ stage _ proof before after; do
		if in_first_stages "$stage" && [[ $proof != same-object ]]; then
			from=${from:-$before} to=$after
		else
			[[ -z $from ]] || printf '%s %s\n' "$from" "$to"
			from=''
		fi
	done < "$STEPS"
	[[ -z $from ]] || printf '%s %s\n' "$from" "$to"
}

# in_first_stages STAGE: 0, 1.0 or 1.5.
in_first_stages() { [[ $1 =~ ^(0|1\.[0-5])$ ]]; }

# first_stages_end: the state after them; nothing when no step is in them.
first_stages_end() {
	local stage after end=''
	while IFS=$'\t' read -r _ _ _ stage _ _ _ after; do
		in_first_stages "$stage" || break
		end=$after
	done < "$STEPS"
	printf '%s' "$end"
}

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# The check over all steps up to the end of stage 1.5: what only generated steps
# touched is the pristine kernel's, object for object.  The steps' own verdicts
# say the same one by one; this one does not depend on their chain.  Needs
# build.sh and judge.sh.

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
# have, with the pristine ones; writes RESULT.
cumulative() {
	local stock=$1 end=$2 dir=$PROVE/stock/$CONFIG start=$SECONDS
	need_stock "$stock"
	reference "$end"
	# An added file reaches an object only through a file that was there, so
	# only those say whose hand was in it.
	affected "$(touched_by generated)" > "$OUT/.generated"
	affected "$(touched_by other)" > "$OUT/.hand"
	comm -23 "$OUT/.generated" "$OUT/.hand" > "$OUT/.only"
	comm -12 "$OUT/.generated" "$OUT/.hand" > "$OUT/.both"
	local list
	for list in only both; do
		while read -r f; do
			if [[ -e $dir/$f ]]; then printf '%s\n' "$f"; fi
		done < "$OUT/.$list" > "$OUT/.compare"
		"$PROVE_TOOLS/objcmp" --all --json --list "$OUT/.compare" "$dir" "$OUT" \
			> "$OUT/.cumulative-$list" || (($? == 1)) ||
			die "objects cannot be compared with the pristine ones"
	done
	jq -n --slurpfile only "$OUT/.cumulative-only" --slurpfile both "$OUT/.cumulative-both" \
		--argjson seconds $((SECONDS - start)) '
		def differ: map(select(.verdict == "differs"));
		($only[0]) as $o | ($both[0]) as $b |
		{
			verdict: (if $o | differ | length > 0 then "differs" else "same" end),
			compared: ($o | length), differing: ($o | differ | length),
			differences: ($o | differ),
			hand_too: ($b | length), hand_too_same: ($b | length - (differ | length)),
			hand_too_differing: ($b | differ | map(.object)),
			seconds: $seconds
		}' > "$RESULT.new"
	mv "$RESULT.new" "$RESULT"
}

# touched_by KIND: files of the pristine source that steps up to the end of
# stage 1.5 change: those to be proved (generated), or all the others (other).
touched_by() {
	local sha stage proof
	while IFS=$'\t' read -r _ _ sha stage _ proof _; do
		in_first_stages "$stage" || continue
		case $1,$proof in
		generated,same-object) ;;
		generated,* | other,same-object) continue ;;
		esac
		git -C "$TREE" diff --name-only --no-renames --diff-filter=MD "$sha^" "$sha"
	done < "$STEPS" | sort -u | while read -r f; do
		if git -C "$TREE" cat-file -e "stock:$f" 2> /dev/null; then printf '%s\n' "$f"; fi
	done
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

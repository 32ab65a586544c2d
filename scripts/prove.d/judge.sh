# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# The verdict on one step in one configuration, as JSON.  Needs build.sh.

# judge BEFORE AFTER ID: writes RESULT.
judge() {
	local before=$1 after=$2 id=$3 start verdict=same changed
	reference "$before" "$id"
	start=$SECONDS
	rm -f "$REF.state"	# until OUT and REF are of one state again
	place "$after"
	changed=$(changed_files "$before" "$after")
	if [[ -n $FULL ]]; then echo '*'; else grep '\.[cS]$' <<< "$changed" || :; fi > "$OUT/.compile"
	if ! build "$after"; then
		jq -n --arg log "$VNET_LOG" --arg errors "$(build_errors 2>&1)" \
			'{verdict: "does not build", errors: $errors, log: $log}' > "$RESULT"
		rm -f "$OUT/.compile"
		return
	fi

	# All that was made again, and all that names a changed file: the second
	# should be part of the first, or kbuild did not do its work.
	affected "$changed" > "$OUT/.affected"
	comm -12 "$OUT/.affected" "$OUT/.objects" | comm -23 - "$OUT/.rebuilt" > "$OUT/.stale"
	comm -13 "$REF.objects" "$OUT/.objects" > "$OUT/.new"
	comm -23 "$REF.objects" "$OUT/.objects" > "$OUT/.gone"
	sort -u "$OUT/.rebuilt" "$OUT/.affected" | while read -r f; do
		if [[ -e $REF/$f && -e $OUT/$f ]]; then printf '%s\n' "$f"; fi
	done > "$OUT/.compare"
	"$VNET_TOOLS/objcmp" --all --json --list "$OUT/.compare" "$REF" "$OUT" > "$OUT/.objcmp" ||
		(($? == 1)) || die "objects of step $id cannot be compared: see $VNET_LOG"
	"$PROVE_D/coverage" "$TREE" "$PROVE_STATES/$before" "$PROVE_STATES/$after" \
		"$PROVE_SRC" "$OUT" "$OUT/.rebuilt" \
		"$(mode_symbols globals)" structs "$(mode_symbols structs)" \
		vnet "$(mode_symbols vnet)" > "$OUT/.coverage" ||
		die "what of step $id is compiled cannot be told"

	if [[ -s $OUT/.new || -s $OUT/.gone || -s $OUT/.stale ]] ||
		jq -e 'any(.verdict == "differs")' "$OUT/.objcmp" > /dev/null; then
		verdict=differs
	fi
	jq -n --arg verdict "$verdict" --argjson seconds $((SECONDS - start)) \
		--slurpfile objects "$OUT/.objcmp" --rawfile new "$OUT/.new" \
		--rawfile gone "$OUT/.gone" --rawfile stale "$OUT/.stale" \
		--rawfile coverage "$OUT/.coverage" --rawfile cc "$OUT/.done" \
		--rawfile unheld "$PROVE_SRC.unheld" \
		--rawfile config <(symbols_set | comm -3 "$REF.config" - | tr -d '\t') '
		def lines: split("\n") - [""];
		($objects[0]) as $o | ($coverage | lines) as $c |
		def count(v): map(select(.verdict == v)) | length;
		def done(what): $cc | lines | map(select(startswith(what + " ")) | .[what | length + 1:]);
		def said(what): $c | map(select(startswith(what + " ")) | .[what | length + 1:]);
		{
			verdict: $verdict,
			compared: ($o | length),
			identical: ($o | count("identical")),
			equal: ($o | count("equal")),
			differing: ($o | count("differs")),
			compiled: ($o | map(.object) - (map(.object) - done("compiled")) | length),
			same_input: ($o | map(.object) - (map(.object) - done("same")) | length),
			new: ($new | lines), gone: ($gone | lines), not_rebuilt: ($stale | lines),
			differences: ($o | map(select(.verdict == "differs"))),
			config_changed: ($config | lines),
			unheld: ($unheld | lines),
			lines_changed: (said("lines")[0] | tonumber),
			lines_compiled: (said("compiled")[0] | tonumber),
			lines_in_modes: (said("mode") | map(split(" ") | {(.[0]): (.[1] | tonumber)}) | add // {}),
			lines_not_compiled: said("not"),
			seconds: $seconds
		}' > "$RESULT.new"
	mv "$RESULT.new" "$RESULT"
	keep "$after"
}

# mode_symbols MODE: what its fragment turns on.
mode_symbols() { sed -n 's/^\(CONFIG_[A-Z0-9_]*\)=y$/\1/p' "$VNET_TOP/scripts/config/$1.config" | paste -sd' '; }

# changed_files BEFORE AFTER: the paths that differ between two states.
changed_files() {
	{ diff "$PROVE_STATES/$1" "$PROVE_STATES/$2" || :; } | sed -n 's/^[<>] \([^\t]*\)\t.*/\1/p' | sort -u
}

# affected FILES: the kernel's objects whose dependencies name one of the files.
affected() {
	local patterns
	patterns=$({ grep "\.[chS]\$" <<< "$1" || :; } | sed 's/[.+*[]/\\&/g' | paste -sd'|')
	[[ -n $patterns ]] || return 0
	(
		cd "$OUT" || exit
		find . -name '.*.o.cmd' -printf '%P\0' |
			{ xargs -0 grep -lE "/($patterns)( \\\\)?\$" || :; } |
			sed -E 's,\.([^/]*)\.cmd$,\1,' | of_kernel
	)
}

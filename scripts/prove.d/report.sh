# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# What prove says: a line for each step, the differences, and result.json.

# say_result PREFIX FILE: one configuration's verdict on a step, for people.
say_result() {
	jq -r --arg prefix "$1" '
		if .verdict == "does not build" then
			"\($prefix) DOES NOT BUILD (\(.log)):\n\(.errors)"
		else
			"\($prefix) \(.compared) objects compared, differing \(.differing)"
			+ (if .compared > 0 then " (\(.compiled) compiled, \(.same_input) of the same compiler input,"
				+ " \(.compared - .compiled - .same_input) known to ccache"
				+ (if .equal > 0 then "; \(.equal) equal, but not byte for byte" else "" end) + ")"
				else "" end)
			+ "; lines compiled \(.lines_compiled) of \(.lines_changed)"
			+ (.lines_in_modes | to_entries | map(select(.value > 0) | ", \(.value) more in \(.key)") | add // "")
			+ "; \(.seconds) s",
			(.config_changed | select(. != []) | "  note: the configuration changed: \(join(", "))"),
			(.new[] | "  DIFFERS \(.): the object is new"),
			(.gone[] | "  DIFFERS \(.): the object is gone"),
			(.not_rebuilt[] | "  DIFFERS \(.): a file it depends on changed, but it was not made anew"),
			(.differences[] | .differences[0:8][] as $d | "  DIFFERS \(.object): \($d.text)"),
			(.differences[] | select(.found > 8) | "  DIFFERS \(.object): \(.found - 8) more differences"),
			(if .verdict == "same" then empty else .unheld[] | "  note: \(.)" end)
		end' "$2"
}

# say_cumulative FILE: the check against the pristine source.
say_cumulative() {
	jq -r --arg c "$CONFIG" '
		"up to stage 1.5, against the pristine source, \($c): \(.compared) objects compared, differing \(.differing)"
		+ (if .changed_by_others == [] then "" else
			"; other steps changed \(.changed_by_others | join(", "))" end),
		(.differences[] | .differences[0:8][] as $d | "  DIFFERS \(.object): \($d.text)")' "$1"
}

# say_not_compiled RESULT: the lines that no verdict is about.
say_not_compiled() {
	jq -r '.steps[] | select(.lines_not_compiled | length > 0) |
		"\(.id): \(.lines_not_compiled | length) changed lines are in no configuration:",
		(.lines_not_compiled[0:10][] | "  " + sub("\t"; ": ")),
		(.lines_not_compiled | length - 10 | select(. > 0) | "  and \(.) more")' "$1"
}

# result_json: all that is known of the steps, from the kept results of the
# configurations asked for.
result_json() {
	local id sha stage origin proof before after name file shas
	while IFS=$'\t' read -r _ id sha stage origin proof before after shas; do
		jq -nc --arg id "$id" --arg sha "$sha" --arg stage "$stage" --arg origin "$origin" \
			--arg shas "$shas" \
			'{step: ({id: $id, sha: $sha, stage: $stage, origin: $origin}
				+ (if ($shas | contains(" ")) then {steps: ($shas | split(" "))} else {} end))}'
		for name in "${CONFIGS[@]}"; do
			use_config "$name"
			file=$(result_file "$before" "$after")
			[[ ! -r $file ]] || jq -c --arg config "$name" \
				'{config: ({name: $config} + .)}' "$file"
		done
	done < <(awk -F '\t' '$6 == "same-object"' "$STEPS" | runs) | jq -n --arg configs "${CONFIGS[*]}" \
		--argjson cumulative "$(cumulative_json)" '
		[inputs] as $in | ($configs | split(" ")) as $wanted |
		reduce $in[] as $x ([];
			if $x.step then . + [$x.step + {configs: []}]
			else .[-1].configs += [$x.config] end) |
		map(select(.configs | length > 0)) |
		map(. + {
			compared: (.configs | map(.compared // 0) | add),
			differing: (.configs | map(.differing // 0) | add),
			lines_changed: (.configs | map(.lines_changed // 0) | max),
			lines_compiled: (.configs | map({(.name): (.lines_compiled // 0)}) | add),
			lines_not_compiled: (.configs | map(.lines_not_compiled // []) |
				reduce .[1:][] as $l (.[0]; . - (. - $l))),
			verdict: (if (.configs | map(.name)) != $wanted then "incomplete"
				elif .configs | all(.verdict == "same") then "same"
				elif .configs | any(.verdict == "does not build") then "does not build"
				else "differs" end)
		}) |
		{configs: $wanted, steps: ., cumulative: $cumulative,
		 compared: (map(.compared) | add // 0), differing: (map(.differing) | add // 0)}'
}

cumulative_json() {
	local name file
	for name in "${CONFIGS[@]}"; do
		use_config "$name"
		file=$(cumulative_file)
		[[ -z $file || ! -r $file ]] || jq -c --arg config "$name" '{name: $config} + .' "$file"
	done | jq -sc .
}

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The series itself is proved: no step that is to leave every object as it was
# changes one, and up to stage 1.5 objects are the pristine kernel's.  Steps that follow
# each other are proved as one; 'make prove' has a verdict on each.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=scripts/lib.sh
. "$VNET_TOP/scripts/lib.sh"
[[ -d $VNET_LINUX/.git ]] || skip_all "no kernel tree: make tree"

json=$TEST_TMP/result.json
result() { jq -r "$1" "$json"; }

run_ok 'prove' "$VNET_TOP/scripts/prove" --together --json "$json"
note "$(stdout)"
like "$(stdout)" 'objects compared [0-9]+, differing 0' 'objects differing: 0'
is "$(result '.steps | map(.steps // [.sha]) | add | join(" ")')" \
	"$(git -C "$VNET_LINUX" log --reverse stock..main \
		--format='%H %(trailers:key=Vnet-Proof,valueonly,separator=%x20)' |
		awk '$2 == "same-object" { print $1 }' | paste -sd' ')" \
	'every step that says so is proved'
is "$(result '.steps | map(select(.verdict != "same").id) | join(" ")')" '' 'with the verdict same'
is "$(result '.steps | map(select(.compared == 0).id) | join(" ")')" '' 'of objects that were compared'
is "$(result '.cumulative | map(.differing) | add')" 0 'up to stage 1.5 they are the pristine ones'
isnt "$(result '.cumulative | map(.compared) | add')" 0 'of which there are some'
is "$("$VNET_TOP/scripts/prove.d/unlisted" "$json" "$VNET_TOP/vnet/not-compiled.tsv")" '' \
	'each changed line is compiled in some mode, or vnet/not-compiled.tsv says why not'
done_testing

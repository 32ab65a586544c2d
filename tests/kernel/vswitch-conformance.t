#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: where a vswitch does what a bridge does, it does it as a bridge does.
#
#  - The selftests of net/vswitch, the same with the same expectations, pass on both;
#    what the bridge has not, its lists of allowed ports, passes on the vswitch.
#  - Control: on a hub, and on a bridge that knows no VLANs, those about learning and
#    about VLANs fail.
#
# prove -v shows them side by side; build/conformance/result.json has that for
# 'scripts/docs --publish vswitch-conformance'.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/kernel/guest.sh
. "$VNET_TOP/tests/kernel/guest.sh"

linux=$VNET_BUILD/linux
own=tools/testing/selftests/net/vswitch
place=$VNET_BUILD/conformance
mkdir -p "$place/vswitch"
cp "$VNET_TOP/vnet/kernel/$own"/* "$place/vswitch"
git -C "$linux" show stock:tools/testing/selftests/net/lib.sh > "$place/lib.sh" ||
	bail_out "there is no kernel tree: run 'make tree'"
export SELFTESTS=$place

observe mine "$TEST_KERNEL" um vswitch-conformance --env SELFTESTS --timeout 2400
observed mine
out=$TEST_TMP/mine.out

# verdict PLACE TEST WHAT
verdict() {
	awk -F'\t' -v p="$1" -v t="$2" -v w="$3" '$1 == p && $2 == t && $3 == w { print $4 }' "$out"
}

note "$(printf '%-18s %-66s %-8s %s' test what bridge vswitch)"
while IFS=$'\t' read -r test what; do
	bridge=$(verdict bridge "$test" "$what")
	vswitch=$(verdict vswitch "$test" "$what")
	note "$(printf '%-18s %-66s %-8s %s' "$test" "$what" "$bridge" "$vswitch")"
	want='OK OK'
	[[ $what != 'a port sends only where its list allows' ]] || want='SKIP OK'
	is "$bridge $vswitch" "$want" "$test: $what"
	jq -n --arg test "$test" --arg what "$what" --arg bridge "$bridge" --arg vswitch "$vswitch" \
		'{$test, $what, $bridge, $vswitch}' >> "$TEST_TMP/rows"
done < <(awk -F'\t' '$1 == "bridge" || $1 == "vswitch" { print $2 "\t" $3 }' "$out" | sort -u)
jq -s '{rows: .}' "$TEST_TMP/rows" > "$place/result.json"
is "$(jq -r '[.rows[].test] | unique | length' "$place/result.json")" \
	"$(find "$place/vswitch" -name '*.sh' ! -name switch_lib.sh | wc -l)" 'every selftest had something to say'

is "$(verdict hub learning.sh 'a station that sends is learned')" FAIL \
	'control: on a hub no station is learned'
is "$(verdict hub learning.sh 'a station is followed to another port')" FAIL 'nor followed'
is "$(verdict unaware vlan_aware.sh 'VLANs are apart, and tagged where they should be')" FAIL \
	'control: on a bridge that knows no VLANs they are not apart'
is "$(verdict unaware vlan_aware.sh 'untagged frames are dropped where there is no VLAN for them')" FAIL \
	'nor is an untagged frame dropped'
done_testing

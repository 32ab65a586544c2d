#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# review, on steps of the real series: what it says of them agrees with their patches,
# tables and proofs, and the page is whole.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
: "${VNET_BUILD:=$VNET_TOP/build}"
export VNET_BUILD
[[ -d $VNET_BUILD/linux/.git ]] || skip_all "there is no kernel tree: run 'make tree'"
review() { "$VNET_TOP/scripts/review" "$@"; }

# number SLUG: of the step with that slug in the table.
number() { awk -F'\t' -v slug="$1" '$2 == slug { print $1 }' "$VNET_TOP/vnet/steps.tsv"; }
# patch NUMBER
patch() { printf '%s' "$VNET_TOP"/patches/*/"$1"-*.patch; }

n=$(number rename-unix)
run_ok 'a renaming step' review "$n"
page=$(stdout)
like "$page" "$n unix: name the variables of Unix sockets V_\*" 'its number and subject'
like "$page" 'unix_socks: unix_nr_socks' 'its modules and their variables'
like "$page" 'every expression that is a variable x of the modules becomes V_x' 'its rule'
like "$page" "$(grep -cE '^[+]([^+]|$)' "$(patch "$n")") new lines in all" 'as many new lines as its patch has'
like "$page" $'net/unix/af_unix.c: [0-9]+ lines\n' 'by file'
like "$page" $'\n    unix_create1 [0-9]+' 'and function'
like "$page" 'the step chooses none' 'no contexts'
like "$page" $'Proof\n-----\n' 'its proof, or how to get it'

n=$(number context-flowlabel)
run_ok 'a step of stage 1.5, by its id' review "$(basename "$(patch "$n")" .patch)"
page=$(stdout)
is "$(grep -c '^net/ipv6/ip6_flowlabel.c .*(): .*, from ' <<< "$page")" \
	"$(awk -F'\t' '$3 == "flowlabel"' "$VNET_TOP/vnet/generated/contexts.tsv" | wc -l)" \
	'every function that it gave a context'
like "$page" 'step [0-9]+ by hand: ipv6-flowlabel-give-every-vnet-its-own-labels' 'steps by hand of the module'
like "$page" 'ip6_flowlabel_cleanup\(\) of net/ipv6/ip6_flowlabel.c: &init_net, because it runs once' \
	'a context that was named by hand, and why'

n=$(number net-core-give-every-vnet-its-own-socket-buffer-limits)
run_ok 'a step by hand' review "$n"
like "$(stdout)" 'the step is written by hand' 'says so'
like "$(stdout)" "none: it may change objects; 'make regress'" 'and that it has no proof'

html=$TEST_TMP/step.html
run_ok 'as a page' review --html "$html" "$n"
is "$(grep -c '^<h2>' "$html")" 7 'with all sections'
is "$(grep -o '<rect' "$html" | wc -l)" $((4 + 12 * 4)) 'a bar of four parts for each part of the stack, and a key'
is "$(grep -cE '(src|href)=' "$html")" 0 'and nothing loaded from elsewhere'

status_is 1 'a step that does not exist' review 999
like "$(stderr)" "there is no step '999'" 'is named'
status_is 2 'no step' review
status_is 2 'an unknown option' review --what 1
run_ok 'help' review --help
done_testing

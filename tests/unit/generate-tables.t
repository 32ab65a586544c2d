#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# What is wrong in a table is said with the table's name and the line.

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/fixtures/generate.sh
. "$(dirname "$0")/../fixtures/generate.sh"

# bad TABLE SED PATTERN NAME: the table, edited, is refused.
bad() {
	project
	sed -i -E "$2" "$TOP/vnet/$1.tsv"
	fails "$3" "$4" generate --list
}

project
run_ok 'the tables of the fixture are right' generate --list
is "$(stdout | head -n 1)" "$(printf '%s\t' 0001 rename-lim 1.0 generated lim same-object)none" \
	'--list prints the steps'

bad variables '5s/\tabout.*//' 'vnet/variables.tsv:5: 8 fields, but the header has 9' 'a missing field'
bad variables '5s/\tint @/\t int @/' "vnet/variables.tsv:5: column 'type' is empty or has blanks" 'blanks'
bad variables '4s/note/remark/' 'vnet/variables.tsv:4: the header must be' 'another header'
bad variables '5p' "vnet/variables.tsv:6: .* stands already in line 5" 'a variable twice'
bad variables '5s/\tlim\t/\tnone\t/' "vnet/variables.tsv:5: 'none' is not in vnet/modules.tsv" 'an unknown module'
bad variables '5s/int @/int/' "vnet/variables.tsv:5: a type has one '@'" 'a type without place for the name'
bad variables '5s/per-vnet/maybe/' "column 'verdict' is 'maybe'" 'an unknown verdict'
bad variables '5s/per-vnet\t[^\t]*/shared\tlazy/' "'lazy', not one of: boot" 'a reason that is not on the list'
bad variables '5s/per-vnet\t[^\t]*/per-vnet\tnowhere/' "'nowhere' is not in vnet/steps.tsv" 'a step that does not exist'
bad variables '5s/export/exported/' "'exported' is not one of" 'an unknown attribute'
bad variables '6s,net/ipv6/priv.c,net/ipv6/other.c,' "private to net/ipv6/priv.c: give it a header" \
	"a private module's variable elsewhere"
bad modules '5s/LIM/LIMITS/' 'vnet/modules.tsv:5: MACRO is' 'a MACRO that is not the name'
bad modules '6s,priv.c\t-,priv.c\tnothing,' "requires 'nothing', which is no module" 'a requirement that is no module'
bad steps '7s/0003/0004/' 'vnet/steps.tsv:7: steps are numbered without gaps' 'a gap in the numbers'
bad steps '5s/\t1.0\t/\t1.1\t/' "vnet/steps.tsv:5: '1.1' is not in vnet/stages.tsv" 'an unknown stage'
bad steps '5s/none/bare/' "'bare' is no mode" 'an unknown mode'
bad steps '5s/\tlim\t/\tpriv\t/' 'a generated step is named' 'a slug that does not name the module'
bad steps '/epoch/d' "vnet/steps.tsv: the head comment has no line '# epoch" "no epoch"

for edit in 's/int @/long @/:the type of .lim_max. is .int @.' \
	's/\tglobal\t/\tfile\t/:the scope of .lim_max. is .global.' \
	"s/read_mostly export/read_mostly/:the attributes of .lim_max. are 'read_mostly export'" \
	's/^lim_max/lim_none/:defines .lim_none. 0 times'; do
	project
	sed -i "5${edit%%:*}" "$TOP/vnet/variables.tsv"
	stock
	fails "vnet/variables.tsv:5: .*${edit#*:}" "the table against the source (${edit%%:*})" \
		after rename-lim
done

status_is 2 'an unknown option is a usage error' generate --frobnicate
status_is 2 'so is an unknown step' generate --step frobnicate
run_ok '--help' generate --help
done_testing

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# scripts/packages on a make-believe Debian: what it asks apt for, as root and as
# a normal user, and which version of the kernel source it settles for.

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/fixtures/series.sh
. "$VNET_TOP/tests/fixtures/series.sh"
# shellcheck source=tests/fixtures/apt.sh
. "$VNET_TOP/tests/fixtures/apt.sh"

P=$TEST_TMP/project
new_project "$P"
packages=$P/scripts/packages
tested=6.12.1-1~deb12u1
mapfile -t tree < <("$packages" --list tree | awk '!/^linux-source/ { print $1 " 1" }')
all_of_tree() { have "${tree[@]}" "$@"; }

### Calls and lists
status_is 0 'help' "$packages" --help
status_is 2 'an unknown option is a usage error' "$packages" --bad
status_is 2 'an unknown group is a usage error' "$packages" --list nogroup
like "$(stderr)" "no group 'nogroup'" 'and is named'
run_ok 'a list' "$packages" --list all
like "$(stdout)" "linux-source-6.12=$tested" 'has the source in its version'
like "$(stdout)" 'libelf-dev +objtool' 'and says what each is for'
is "$("$packages" --list)" "$("$packages" --list tree build boot generate check)" 'all is the default'
is "$("$packages" --list tree build | sort | uniq -d)" '' 'a package of two groups is listed once'
is "$(awk -F '\t' '!/^#/ && (NF != 3 || $2 == "" || $3 == "")' "$VNET_TOP/scripts/packages.d/packages.tsv")" \
	'' 'each line of the table has package, groups, and what it is for'
is "$(awk '!/^#/ { print $1 }' "$VNET_TOP/scripts/packages.d/packages.tsv" | sort | uniq -d)" '' \
	'no package has two lines'

### Nothing missing
all_of_tree "linux-source-6.12 $tested"
run_ok 'nothing missing' "$packages" --install tree
is "$(stdout)$(stderr)$(asked)" '' 'says nothing and asks apt for nothing'
run_ok 'and --missing agrees' "$packages" --missing tree

### As root
have 'git 1'
can_have "${tree[@]}" "linux-source-6.12 6.12.9-1~deb12u1" "linux-source-6.12 $tested"
status_is 1 'something missing: --missing' "$packages" --missing tree
like "$(stdout)" 'xz-utils' 'names it'
like "$(stdout)" "linux-source-6.12=$tested" 'the source too'
run_ok 'something missing: --install' "$packages" --install tree
like "$(stdout)" 'installing [0-9]+ packages: .*xz-utils' 'lists it first'
like "$(asked)" "install -y --no-install-recommends .*linux-source-6.12=$tested" \
	'installs it, the source in the tested version though a newer one is there'
like "$(asked)" 'frontend noninteractive' 'without questions'
unlike "$(asked)" 'update' 'without fetching lists that are there'
run_ok 'then nothing is missing' "$packages" --missing tree
forget
have ''
: > "$A/available"
printf '%s\n' "${tree[@]}" "linux-source-6.12 $tested" > "$A/updated"
run_ok 'on a machine without lists' "$packages" --install tree
is "$(asked | head -n 1)" update 'apt-get update comes first'
forget
have ''
touch "$A/fail-once"
run_ok 'an install that fails on old lists' "$packages" --install tree
is "$(asked | grep -v frontend | cut -d ' ' -f 1 | tr '\n' ' ')" 'install update install ' \
	'is tried again with new ones'
forget
have ''
printf '%s\n' "${tree[@]}" | grep -v '^jq ' | tee "$A/available" > "$A/updated"
echo "linux-source-6.12 $tested" | tee -a "$A/available" >> "$A/updated"
status_is 1 'a package that apt does not know' "$packages" --install tree
like "$(stderr)" 'apt has no package jq' 'is named'
unlike "$(asked)" 'install' 'and nothing is installed'
rm "$A/updated"
forget

### As a normal user
echo 1000 > "$A/uid"
have 'git 1'
can_have "${tree[@]}" "linux-source-6.12 $tested"
status_is 1 'a normal user with something missing' "$packages" --install tree
is "$(stderr | grep -c 'apt-get install')" 1 'is given one command'
like "$(stderr)" "apt-get install -y --no-install-recommends .*linux-source-6.12=$tested" 'which is whole'
is "$(asked)" '' 'nothing is done'
: > "$A/available"
status_is 1 "a normal user on a machine without lists" "$packages" --install tree
like "$(stderr)" "    apt-get update && apt-get install -y" "is told to fetch them with it"
all_of_tree "linux-source-6.12 $tested"
run_ok 'a normal user with nothing missing' "$packages" --install tree
is "$(stdout)$(stderr)" '' 'sees nothing'

### Another version of the source is installed
all_of_tree 'linux-source-6.12 6.12.9-1~deb12u1'
can_have "${tree[@]}" 'linux-source-6.12 6.12.9-1~deb12u1' "linux-source-6.12 $tested"
run_ok 'another version is installed, even as a normal user' "$packages" --install tree
is "$(asked)" "download linux-source-6.12=$tested" 'the tested one is fetched, none is replaced'
is "$(find "$P/build/cache" -name '*.tar.xz' -printf '%P\n')" \
	"linux-source-6.12_$tested/usr/src/linux-source-6.12.tar.xz" 'to build/cache'
is "$(find "$P/build/cache" -name '.fetch*')" '' 'and nothing is left over'
run_ok 'tree' "$P/scripts/tree"
like "$(stdout)" "linux-source-6.12 $tested" 'takes it'
unlike "$(stderr)" 'warning' 'without a warning'
forget
run_ok 'and again' "$packages" --install tree
is "$(stdout)$(asked)" '' 'there is nothing to do'
rm -rf "$P/build"
can_have "${tree[@]}" 'linux-source-6.12 6.12.9-1~deb12u1'
run_ok 'the tested version is not to be had' "$packages" --install tree
like "$(stderr)" "$tested, which the series is tested on, cannot be had: 6.12.9-1~deb12u1 is used" 'is said'
run_ok 'again' "$packages" --install tree
is "$(stdout)$(stderr)" '' 'but only once'
run_ok 'tree' "$P/scripts/tree"
like "$(stderr)" "warning: linux-source-6.12 is version 6.12.9-1~deb12u1; .* tested on $tested" 'warns'
rm -rf "$P/build"
can_have "${tree[@]}" "linux-source-6.12 $tested"
touch "$A/no-download"
run_ok 'it cannot be fetched' "$packages" --install tree
like "$(stderr)" 'could not be fetched' 'is a warning'
is "$(find "$P/build/cache" -name '.fetch*')" '' 'and leaves nothing over'
rm "$A/no-download"

### None is installed and the tested one is not to be had
echo 0 > "$A/uid"
rm -rf "$P/build"
all_of_tree
can_have "${tree[@]}" 'linux-source-6.12 6.12.9-1~deb12u1' 'linux-source-6.12 6.12.8-1~deb12u1'
forget
run_ok 'the newest is installed' "$packages" --install tree
like "$(asked)" 'linux-source-6.12=6.12.9-1~deb12u1' 'by its version'
like "$(stderr)" "$tested cannot be had; taking 6.12.9-1~deb12u1" 'with a warning'
all_of_tree 'linux-source-6.12 6.12.1-1'
run_ok 'the same source as another Debian has it' "$packages" --install tree
run_ok 'serves' "$P/scripts/tree"
is "$(stderr)" '' 'without a warning'
all_of_tree
rm -rf "$P/build"
status_is 1 'tree without any source' "$P/scripts/tree"
like "$(stderr)" "run 'make setup'.*KSRC=" 'says what to do'

### Any version, on demand
rm -rf "$P/build"
forget
run_ok "--fetch-source" "$packages" --fetch-source 6.12.7-1
is "$(stdout)" "$P/build/cache/linux-source-6.12_6.12.7-1/usr/src/linux-source-6.12.tar.xz" "prints where it is"
is "$(asked)" "download linux-source-6.12=6.12.7-1" "and installs nothing"
forget
run_ok "again" "$packages" --fetch-source 6.12.7-1
is "$(asked)" "" "there is nothing to fetch"
touch "$A/no-download"
status_is 1 "one that cannot be had" "$packages" --fetch-source 6.12.99-1
like "$(stderr)" "6.12.99-1 cannot be had" "is named"
status_is 2 "--fetch-source without a version" "$packages" --fetch-source

done_testing

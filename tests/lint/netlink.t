#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The C files of the netlink family are what the kernel's generator makes of its
# specification.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
cd "$VNET_TOP" || bail_out "no $VNET_TOP"

[[ -d ${VNET_BUILD:-build}/linux/.git ]] || skip_all "there is no kernel tree: run 'make tree'"
python3 -c 'import yaml, jsonschema' 2> /dev/null ||
	skip_all "python3, yaml or jsonschema is not installed: run 'make setup'"

run_ok 'the generated files are as the generator makes them' scripts/ynl --check

mkdir -p "$TEST_TMP/top/vnet"
cp -r vnet/kernel "$TEST_TMP/top/vnet/"
spec=$TEST_TMP/top/vnet/kernel/Documentation/netlink/specs/vswitch.yaml
sed -i 's/max: 60000/max: 60001/' "$spec"
status_is 1 'control: a limit that is another in the specification' scripts/ynl --check --top "$TEST_TMP/top"
like "$(stderr)" 'netlink-gen.c is not as the generator makes it' 'is noticed'
run_ok 'control: they are made anew' scripts/ynl --top "$TEST_TMP/top"
run_ok 'control: and are right then' scripts/ynl --check --top "$TEST_TMP/top"
like "$(cat "$TEST_TMP/top/vnet/kernel/net/vswitch/netlink-gen.c")" '60001' 'control: with the new limit'
status_is 2 'an option that does not exist' scripts/ynl --bad
done_testing

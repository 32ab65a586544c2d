#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: a kernel without networking builds.  Some of its files include headers of the
# network stack, whose V_ names then are globals that nobody asks for.
#
#  - Control: without the choice of how V_ names are addressed, it does not build.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/kernel/guest.sh
. "$VNET_TOP/tests/kernel/guest.sh"
# shellcheck source=tests/kernel/altered.sh
. "$VNET_TOP/tests/kernel/altered.sh"

tree=$VNET_BUILD/linux
git -C "$tree" rev-parse -q --verify main > /dev/null 2>&1 || skip_all "there is no build/linux: run 'make tree'"
config=$VNET_TOP/tests/kernel/no-networking.config
out=$VNET_BUILD/no-networking/um

run_ok 'a kernel without networking builds' \
	"$VNET_TOP/scripts/build" --only "$config" --out "$out" globals um
is "$(grep -cE '^CONFIG_(NET|VNET|VNET_STRUCTS)=' "$out/.config")" 0 'it has none'
is "$(nm "$out/linux" | grep -c ' vnet_\| V_')" 0 'and nothing of the series'

status_is 1 'control: without the choice it does not' \
	"$VNET_TOP/scripts/build" --only "$config" --out "$VNET_BUILD/no-networking/control" \
	--commit "$(altered net/Kconfig '/Kconfig\.vnet/d')" globals um
rm -rf "$VNET_BUILD/no-networking/control"
done_testing

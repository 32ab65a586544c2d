#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# export.sh DIRECTORY TREE FROM TO: TREE's commits after FROM up to TO as patches and
# a series file, with the very code that scripts/export has.

set -euo pipefail
here=$(dirname "$(realpath "$0")")
# shellcheck source=scripts/lib.sh
. "$here/../lib.sh"
# shellcheck source=scripts/tree.d/git.sh
. "$here/../tree.d/git.sh"
# shellcheck source=scripts/tree.d/steps.sh
. "$here/../tree.d/steps.sh"
# shellcheck source=scripts/export.d/format.sh
. "$here/../export.d/format.sh"
VNET_REPO=$2

mkdir -p "$VNET_BUILD/log" "$VNET_BUILD/generate"
VNET_LOG=$VNET_BUILD/log/generate.log
export VNET_LOG
: > "$VNET_LOG"
SCRATCH=$(mktemp -d "$VNET_BUILD/generate/export.XXXXXX")
trap 'rm -rf "$SCRATCH"' EXIT
export_to "$1" "$3" "$4"

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# For vswitch-fuzz and vswitch-random: runs of the probe vsw-chaos.  Source it after
# tests/probes/lib.sh.  CHAOS_SECONDS: for so long each, instead of a number of
# operations; CHAOS_SEED: from this seed on.

# chaos KEY MODE SEED OPS [OPTION]...: what it prints, as KEY.NAME=VALUE, and KEY.status.
chaos() {
	local key=$1 limit=(--seed "$3" --ops "$4")
	[[ -z ${CHAOS_SECONDS:-} ]] || limit=(--seed "$CHAOS_SEED" --ops 0 --seconds "$CHAOS_SECONDS")
	"$PROBES/vsw-chaos" --mode "$2" "${limit[@]}" "${@:5}" > /tmp/chaos
	say "$key.status" $?
	sed "s/^/$key./" /tmp/chaos
}

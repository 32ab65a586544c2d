# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # variables are shared with the tools
#
# Where the pristine kernel source is: the package of the version that the
# series is tested on, installed or unpacked in build/cache, or else another.
# Source it after lib.sh.

VNET_CACHE=$VNET_BUILD/cache

# source_wanted: SRC_WANTED, the Debian version the series is tested on, and
# SRC_PACKAGE, the package that has it.
source_wanted() {
	local file=vnet${VNET_KERNEL:+/versions/$VNET_KERNEL}/source-version
	SRC_WANTED=$(sed -n 1p "$VNET_TOP/$file" 2> /dev/null) || :
	[[ $SRC_WANTED =~ ^([0-9]+\.[0-9]+)\. ]] ||
		die "$file does not begin with a Debian version such as 6.12.1-1"
	SRC_PACKAGE=linux-source-${BASH_REMATCH[1]}
}

# source_same VERSION: it is the wanted source.  A suffix ~debNNuN marks a
# rebuild of the same source for an older Debian.
source_same() { [[ ${1%~deb*} == "${SRC_WANTED%~deb*}" ]]; }

# source_installed: SRC_INSTALLED, the version of the installed package, and
# SRC_TARBALL, its tarball; status 1 if there is none.
source_installed() {
	local status
	read -r status SRC_INSTALLED < <(dpkg-query -W \
		-f '${db:Status-Status} ${Version}\n' "$SRC_PACKAGE" 2> /dev/null) || :
	[[ ${status:-} == installed ]] || { SRC_INSTALLED='' SRC_TARBALL=''; return 1; }
	SRC_TARBALL=$(dpkg-query -L "$SRC_PACKAGE" | grep -m 1 '/linux-source-.*\.tar\.') || :
	[[ -f $SRC_TARBALL ]]
}

# source_cached: SRC_TARBALL, the wanted version's tarball in build/cache.
source_cached() {
	local t
	for t in "$VNET_CACHE/${SRC_PACKAGE}_${SRC_WANTED%~deb*}"*/usr/src/linux-source-*.tar.*; do
		SRC_VERSION=${t#"$VNET_CACHE/${SRC_PACKAGE}_"} SRC_TARBALL=$t
		SRC_VERSION=${SRC_VERSION%%/*}
		[[ -f $t ]] && source_same "$SRC_VERSION" && return
	done
	SRC_TARBALL='' SRC_VERSION=''
	return 1
}

# source_find: SRC_TARBALL and SRC_VERSION, the best there is on this machine,
# and SRC_TESTED, "yes" if it is the tested one; status 1 if there is none.
source_find() {
	source_wanted
	SRC_TESTED=yes
	if source_installed && source_same "$SRC_INSTALLED"; then
		SRC_VERSION=$SRC_INSTALLED
		return
	fi
	source_cached && return
	SRC_TESTED=no
	source_installed && SRC_VERSION=$SRC_INSTALLED
}

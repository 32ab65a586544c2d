# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # variables are shared with the tools
#
# What is missing, and how apt-get gets it.  Needs lib.sh, source.sh.

# find_missing: MISSING[], packages of NEEDED[] that are not installed; and
# SOURCE_NEED: "install" when no kernel source is installed, "fetch" when another
# version than the tested one is, empty when there is nothing to do.
find_missing() {
	local package status
	local -A have=()
	while read -r status package; do
		[[ $status == installed ]] && have[$package]=1
	done < <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${NEEDED[@]}" 2> /dev/null)
	MISSING=() SOURCE_NEED=
	for package in "${NEEDED[@]}"; do
		if [[ $package == @source ]]; then
			source_need
		elif [[ -z ${have[$package]:-} ]]; then
			MISSING+=("$package")
		fi
	done
}

# source_need: sets SOURCE_NEED.  That a tested version could not be had is
# noted in build/cache, so that not every run asks for it again: for a day.
source_need() {
	source_find || { SOURCE_NEED=install; return 0; }
	[[ $SRC_TESTED == yes ]] && return
	[[ -n $(find "$(source_note)" -mmin -1440 2> /dev/null) ]] || SOURCE_NEED=fetch
}

source_note() { printf '%s' "$VNET_CACHE/no-$SRC_PACKAGE-$SRC_WANTED"; }

# source_available: SRC_AVAILABLE, the version of the source that apt can get:
# the tested one, or its rebuild for this Debian, or else the newest; status 1
# if it has none at all.
source_available() {
	local v newest=''
	SRC_AVAILABLE=
	while read -r v; do
		[[ -n $newest ]] || newest=$v
		if [[ $v == "$SRC_WANTED" ]]; then
			SRC_AVAILABLE=$v
			return
		fi
		[[ -n $SRC_AVAILABLE ]] || ! source_same "$v" || SRC_AVAILABLE=$v
	done < <(apt-cache madison "$SRC_PACKAGE" 2> /dev/null |
		awk -F ' *[|] *' '/Packages/ && !seen[$2]++ { print $2 }')
	[[ -n $SRC_AVAILABLE ]] || SRC_AVAILABLE=$newest
	[[ -n $SRC_AVAILABLE ]]
}

# without_candidate: those of MISSING that apt's lists do not have.
without_candidate() {
	local package
	for package in "${MISSING[@]}"; do
		[[ -n $(apt-cache madison "$package" 2> /dev/null) ]] || printf '%s\n' "$package"
	done
	[[ $SOURCE_NEED != install ]] || source_available || printf '%s\n' "$SRC_PACKAGE"
}

install_missing() {
	local want=("${MISSING[@]}") lost update=''
	if [[ $(id -u) != 0 ]]; then
		if [[ $SOURCE_NEED == install ]]; then want+=("$(source_to_install)"); fi
		[[ -z $(without_candidate) ]] || update='apt-get update && '
		if ((${#want[@]})); then
			{
				printf '%s: these packages are missing: %s\n' "$prog" "${want[*]}"
				printf '%s: install them with this command, as root:\n' "$prog"
				printf '    %sapt-get install -y --no-install-recommends %s\n' \
					"$update" "${want[*]}"
			} >&2
			exit 1
		fi
		[[ $SOURCE_NEED != fetch ]] || source_fetch
		return
	fi
	lost=$(without_candidate)
	if [[ -n $lost ]]; then
		apt_update
		lost=$(without_candidate)
		[[ -z $lost ]] || die "apt has no package ${lost//$'\n'/, }: is 'main' of Debian 12 or 13," \
			"with its security updates, among apt's sources?"
	fi
	if [[ $SOURCE_NEED == install ]]; then
		source_available
		if ! source_same "$SRC_AVAILABLE"; then
			warn "$SRC_PACKAGE $SRC_WANTED cannot be had; taking $SRC_AVAILABLE:" \
				"the series is tested on the former"
			mkdir -p "$VNET_CACHE"
			touch "$(source_note)"
		fi
		want+=("$(source_to_install)")
	fi
	if ((${#want[@]})); then
		printf '%s: installing %d packages: %s\n' "$prog" "${#want[@]}" "${want[*]}"
		apt_install "${want[@]}"
	fi
	[[ $SOURCE_NEED != fetch ]] || source_fetch
}

source_to_install() {
	if source_available; then
		printf '%s=%s' "$SRC_PACKAGE" "$SRC_AVAILABLE"
	else
		printf '%s' "$SRC_PACKAGE"
	fi
}

apt_update() {
	[[ -z ${APT_UPDATED:-} ]] || return 0
	APT_UPDATED=1
	printf '%s: apt-get update\n' "$prog"
	apt_get update || warn "'apt-get update' failed: going on with the lists there are"
}

# apt_install PACKAGE...: lists that are too old name files that are gone, so a
# failure is tried again with new ones.
apt_install() {
	apt_get install -y --no-install-recommends "$@" && return
	[[ -z ${APT_UPDATED:-} ]] || die "apt-get could not install them: see above"
	apt_update
	apt_get install -y --no-install-recommends "$@" ||
		die "apt-get could not install them: see above"
}

# apt_get ARG...: quiet and without questions; needs no terminal, and never
# removes a package or takes an older one.
apt_get() {
	DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 \
		-o APT::Get::Remove=false -o Acquire::Retries=3 "$@" < /dev/null
}

# source_fetch: the tested source to build/cache; the installed one stays.  That
# it cannot be had is not an error: the installed one serves, and `tree` warns.
source_fetch() {
	local dir deb=() root=''
	[[ $(id -u) != 0 ]] || root=1
	if ! { source_available && source_same "$SRC_AVAILABLE"; } && [[ -n $root ]]; then
		apt_update
	fi
	mkdir -p "$VNET_CACHE"
	if ! { source_available && source_same "$SRC_AVAILABLE"; }; then
		touch "$(source_note)"
		warn "$SRC_PACKAGE $SRC_WANTED, which the series is tested on, cannot be had:" \
			"$SRC_INSTALLED is used"
		return
	fi
	printf '%s: fetching %s %s to %s; the installed %s stays\n' "$prog" "$SRC_PACKAGE" \
		"$SRC_AVAILABLE" "${VNET_CACHE#"$PWD"/}" "$SRC_INSTALLED"
	deb_fetch "$SRC_PACKAGE" "$SRC_AVAILABLE" || {
		touch "$(source_note)"
		warn "it could not be fetched: $SRC_INSTALLED is used"
	}
}

# deb_fetch PACKAGE VERSION: unpacked as build/cache/PACKAGE_VERSION, which is
# there complete or not at all.  No system file changes.
deb_fetch() {
	local dir deb
	mkdir -p "$VNET_CACHE"
	dir=$(mktemp -d "$VNET_CACHE/.fetch.XXXXXX") || return
	if (cd "$dir" && apt-get -qq -o Acquire::Retries=3 -o APT::Sandbox::User=root \
		download "$1=$2" < /dev/null) && deb=$(find "$dir" -name '*.deb') &&
		dpkg-deb -x "$deb" "$dir/root" && chmod 755 "$dir/root"; then
		rm -rf "${VNET_CACHE:?}/${1}_$2"
		mv "$dir/root" "$VNET_CACHE/${1}_$2"
		rm -rf "$dir"
	else
		rm -rf "$dir"
		return 1
	fi
}

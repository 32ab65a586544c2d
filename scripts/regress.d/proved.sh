# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Which steps leave a kernel as it was.
#
# prove compares objects of VNET_GLOBALS kernels.  What it shows holds for the
# other modes, too, as long as nothing that the step writes can mean something
# else there: no file that it touches asks for the mode, nothing it adds uses the
# framework, and no V_ name is defined by mode yet.

# What a file that depends on the mode has in it.
BY_MODE='CONFIG_VNET(_GLOBALS|_STRUCTS)?([^A-Z_]|$)|(^|[^_])VNET_(VAR|CONTEXT|CONTEXT_OF|MOD_INSTANCE)[^A-Z_]'

# proved_make: let prove tell what it knows, and find out what it does not, in
# the configurations of the kernels that are asked for.
proved_make() {
	local configs=''
	[[ $ARCH == x86 ]] || configs=um
	# On x86 only --stages has jobs that could inherit.
	[[ $ARCH == um || -z $STAGES ]] || configs+=${configs:+,}broad
	[[ -n $configs ]] || return 0
	"$VNET_TOP/scripts/prove" --configs "$configs" --json "$REGRESS/proved.json" ||
		warn "not every step that should be could be proved: those are run like the others"
}

# proved_load: PROVED_SAME["SHA ARCH"] for each that prove showed, in the
# configurations of the kernels that get booted.
proved_load() {
	local file sha config
	local -A arch_of=([um]=um [broad]=x86)
	declare -gA PROVED_SAME=() MODE_BLIND=()
	for file in "$VNET_BUILD/prove/result.json" "$REGRESS/proved.json"; do
		[[ -s $file ]] || continue
		while read -r sha config; do
			PROVED_SAME[$sha ${arch_of[$config]:-none}]=1
		done < <(jq -r '
			.steps[] | .sha as $sha | .configs[] | select(.verdict == "same")
			| "\($sha) \(.name)"' "$file" ||
			warn "cannot read ${file#"$PWD"/}: its verdicts are not used")
	done
}

# mode_blind N: can step N only do the same in every mode?
mode_blind() {
	local sha=${STEP_SHA[$1]} files by_mode
	if [[ -z ${MODE_BLIND[$1]:-} ]]; then
		MODE_BLIND[$1]=no
		files=$(vgit diff --name-only "$sha^" "$sha")
		by_mode=$({
			vgit grep -lE "$BY_MODE" "$sha^" -- include net
			vgit grep -lE "$BY_MODE" "$sha" -- include net
		} | sed 's/^[^:]*://' | sort -u)
		if ! grep -qxFf <(printf '%s\n' "$files") <(printf '%s\n' "$by_mode") &&
		   ! uses_framework "$sha" && ! defines_v_names "$sha" "$by_mode"; then
			MODE_BLIND[$1]=yes
		fi
	fi
	[[ ${MODE_BLIND[$1]} == yes ]]
}

# uses_framework COMMIT: does it add what include/net/vnet.h declares?
# Including that file, or INIT_VNET_FOO(net), does not count; nor does what only
# VNET_CHECK, which is no mode, makes a difference to.
uses_framework() {
	vgit diff -U0 "$1^" "$1" | sed -n 's/^+//p' |
		sed -E 's/(INIT_VNET_[A-Z0-9_]*|VNET_GLOBAL|VNET_CHECK_CONTEXT(_OF)?)\(//g' |
		grep -E '(^|[^A-Za-z0-9_/])(vnet|VNET)_' > /dev/null
}

# defines_v_names COMMIT FILES
defines_v_names() {
	local files
	[[ -n $2 ]] || return
	mapfile -t files <<< "$2"
	vgit grep -qE '^#[[:space:]]*define[[:space:]]+V_' "$1" -- "${files[@]}"
}

vgit() { git -C "$VNET_LINUX" "$@"; }

# unchanged N MODE ARCH: SAME, why step N's kernel is that of step N-1, or
# nothing.  "proved", or "unaffected": the step's trailer Vnet-Modes leaves the
# mode out.  When a step is to be proved the trailer counts only if it was.
unchanged() {
	local proved=${PROVED_SAME[${STEP_SHA[$1]} $3]:-}
	SAME=
	if [[ -n $proved ]] && { [[ $2 == globals ]] || mode_blind "$1"; }; then
		SAME=proved
	elif [[ ${STEP_MODES[$1]} != *" $2 "* ]]; then
		[[ -z $proved && ${STEP_PROOF[$1]} == same-object ]] || SAME=unaffected
	fi
}

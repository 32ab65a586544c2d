# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Completion of vnet(8) for bash.

_vnet_names() { ip -br link show "$@" 2> /dev/null | sed 's/[@ ].*//'; }

_vnet() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
	local words=() word i skip=''
	for ((i = 1; i < COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		if [[ -n $skip ]]; then
			skip=''
		elif [[ $word == -n || $word == --netns ]]; then
			skip=1
		elif [[ $word != -* ]]; then
			words+=("$word")
		fi
	done

	local list=''
	case $prev in
	-n | --netns | netns)
		list=$(ls /run/netns 2> /dev/null) ;;
	vlan | sticky | learning | flood | mcast_flood | bcast_flood | isolated | locked)
		[[ ${words[1]:-} != add && ${words[1]:-} != port ]] || list='on off' ;;
	fdb)
		[[ ${words[1]:-} != add ]] || list='hash linear' ;;
	default)
		list='allow deny' ;;
	dev)
		list=$(_vnet_names) ;;
	esac
	if [[ -z $list ]]; then
		case ${#words[@]}:${words[*]} in
		0:*) list=switch ;;
		1:switch) list='add set rm show port allow deny vlan fdb apply policy stats monitor' ;;
		'2:switch port') list='show add set rm attach detach' ;;
		'2:switch fdb') list='show add rm' ;;
		'2:switch policy') list='show attach replace detach' ;;
		'2:switch apply' | '4:switch policy attach '* | '4:switch policy replace '*)
			mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
		'2:switch allow' | '2:switch deny') list="dev $(_vnet_names type vswitch)" ;;
		'2:switch stats' | '3:switch port show') list="dev $(_vnet_names type vswitch)" ;;
		'2:switch set' | '2:switch rm' | '2:switch show' | '2:switch vlan' | '2:switch monitor' | \
			'3:switch port '* | '3:switch fdb '* | '3:switch policy '*)
			list=$(_vnet_names type vswitch) ;;
		'3:switch vlan '*) list="on off $(_vnet_names type vswport)" ;;
		'3:switch allow '* | '3:switch deny '* | '3:switch stats '* | \
			'4:switch fdb '* | '4:switch port show '* | '4:switch port set '* | \
			'4:switch port rm '*)
			list=$(_vnet_names type vswport) ;;
		'4:switch port attach '* | '4:switch port detach '*) list=$(_vnet_names) ;;
		'4:switch vlan '*) list='access trunk' ;;
		*:switch\ add\ *) list='fdb limit ageing vlan default up' ;;
		*:switch\ set\ *) list='ageing hold' ;;
		*:switch\ port\ add\ *) list='netns number up' ;;
		*:switch\ port\ set\ *)
			list='limit sticky learning flood mcast_flood bcast_flood isolated locked' ;;
		*:switch\ allow\ * | *:switch\ deny\ *) list="all $(_vnet_names type vswport)" ;;
		*:switch\ fdb\ add\ *) list='vlan dynamic sticky' ;;
		esac
	fi
	[[ $cur != -* ]] || list='--netns --json --help --version --timestamp --config'
	# shellcheck disable=SC2086 # words
	mapfile -t COMPREPLY < <(compgen -W "$list" -- "$cur")
}
complete -F _vnet vnet

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# The steps, and the jobs that they make.  A job is one kernel to build, boot
# and test: a step in a mode for an architecture, named STEP.MODE.ARCH.  Job
# 0000-stock.stock.ARCH is what the others are compared with.
#
# Needs proved.sh, key.sh, record.sh.

# plan_load: the arrays STEP_*, by number; 0 is the stock kernel.
plan_load() {
	local json id sha stage proof modes i
	json=$("$VNET_TOP/scripts/steps" --json) || exit 1
	STEP_ID=(0000-stock) STEP_STAGE=(-) STEP_PROOF=(boot) STEP_MODES=(' ')
	STEP_SHA=("$(vgit rev-parse 'stock^{commit}')")
	while IFS=$'\x1f' read -r id sha stage proof modes; do
		STEP_ID+=("$id") STEP_SHA+=("$sha") STEP_STAGE+=("$stage")
		STEP_PROOF+=("$proof") STEP_MODES+=(" $modes ")
	done < <(jq -r '.[] | [.id, .sha, .stage, .proof, (.modes | join(" "))] | join("\u001f")' <<< "$json")
	STEP_COUNT=$((${#STEP_ID[@]} - 1))
	((STEP_COUNT)) || die "build/linux has no steps: run 'make tree'"
	mapfile -t STEP_TREE < <(vgit log --no-walk=unsorted --format=%T "${STEP_SHA[@]}")
	((${#STEP_TREE[@]} == STEP_COUNT + 1)) || die "cannot read the steps of build/linux"

	declare -gA CHOSEN=()	# numbers of the steps asked for
	if [[ -n $STEPS ]]; then
		json=$("$VNET_TOP/scripts/steps" --json "$STEPS") || exit 1
		while read -r i; do CHOSEN[$i]=1; done < <(jq '.[].number' <<< "$json")
	else
		for ((i = 1; i <= STEP_COUNT; i++)); do CHOSEN[$i]=1; done
	fi
}

# ends_stage N: is step N the last one of its stage?
ends_stage() { (($1 == STEP_COUNT)) || [[ ${STEP_STAGE[$1]} != "${STEP_STAGE[$1 + 1]}" ]]; }

# looked_at N ARCH: has step N a job on that architecture?  An emulated boot and the
# build for it take minutes: there it is what users get, or the end of each stage.
looked_at() {
	[[ $2 == um ]] || (($1 == STEP_COUNT)) || { [[ -n $STAGES ]] && ends_stage "$1"; }
}

# plan_jobs: JOBS_ALL, the ids of the chosen jobs in the order in which they are
# best run: along the series, so that each build finds most of its objects done.
# By id, JOB_STEP, JOB_MODE, JOB_ARCH; JOB_FROM, the job whose verdict is
# inherited, if any, and JOB_SAME, why.
plan_jobs() {
	local arch mode
	JOBS_ALL=()
	declare -gA JOB_STEP=() JOB_MODE=() JOB_ARCH=() JOB_FROM=() JOB_SAME=() JOB_KEY=()
	proved_load
	keys_load
	records_load
	for arch in um x86; do
		[[ $ARCH == all || $ARCH == "$arch" ]] || continue
		job_add 0 stock "$arch"
		for mode in globals structs vnet; do
			[[ $MODE != all && $MODE != "$mode" ]] || plan_walk "$mode" "$arch"
		done
	done
}

# plan_walk MODE ARCH: the jobs of a mode.  The last step of the series is run
# in any case: what will be used is booted.
plan_walk() {
	local mode=$1 arch=$2 i id from why=proved exists=''
	from=0000-stock.stock.$arch
	[[ $mode != globals ]] || exists=1
	for ((i = 1; i <= STEP_COUNT; i++)); do
		# A mode begins with the first step that says to change it.
		if [[ -z $exists ]]; then
			[[ ${STEP_MODES[i]} == *" $mode "* ]] || continue
			exists=1 why=changed
		fi
		unchanged "$i" "$mode" "$arch"
		if [[ -z $SAME ]]; then
			why=changed
		elif [[ $why == proved ]]; then
			why=$SAME
		fi
		looked_at "$i" "$arch" || continue
		id=${STEP_ID[i]}.$mode.$arch
		if [[ $why == changed ]] || ((i == STEP_COUNT)) || out_of_reach "$i" "$from"; then
			job_add "$i" "$mode" "$arch"
			from=$id
		else
			job_add "$i" "$mode" "$arch" "$from" "$why"
		fi
		why=proved
	done
}

# out_of_reach N JOB: N is asked for, but what it would inherit neither is nor
# was run before.
out_of_reach() {
	[[ -n ${CHOSEN[$1]:-} && $2 != *.stock.* && -z ${CHOSEN[${JOB_STEP[$2]}]:-} ]] || return
	job_state "$2"
	[[ $STATE != pass && $STATE != fail ]]
}

# job_add STEP MODE ARCH [FROM WHY]
job_add() {
	local id=${STEP_ID[$1]}.$2.$3
	JOB_STEP[$id]=$1 JOB_MODE[$id]=$2 JOB_ARCH[$id]=$3
	JOB_FROM[$id]=${4:-} JOB_SAME[$id]=${5:-}
	(($1 == 0)) || [[ -n ${CHOSEN[$1]:-} ]] || return 0
	JOBS_ALL+=("$id")
}

# plan_list: what --list prints.
plan_list() {
	local id what
	for id in "${JOBS_ALL[@]}"; do
		job_state "$id"
		what='build, boot, test'
		case $STATE in
		inherits) what="${JOB_SAME[$id]}: the verdict of ${JOB_FROM[$id]}" ;;
		stale) what+=' again: what the result depends on is not what it was' ;;
		esac
		printf '%s\t%s\t%s\n' "$id" "$STATE" "$what"
	done
}

# job_state ID: STATE, one of todo, stale, pass, fail, inherits.  A job that was
# run has its own verdict even if it could inherit one.
job_state() {
	STATE=todo
	if [[ -n ${RECORD[$1]:-} ]]; then
		key_of "$1"
		STATE=stale
		[[ ${RECORD[$1]% *} != "$KEY" ]] || STATE=${RECORD[$1]#* }
	fi
	[[ -z ${JOB_FROM[$1]} || $STATE == pass || $STATE == fail ]] || STATE=inherits
}

# todo_list: TODO, the ids to be run, in order.
todo_list() {
	local id
	TODO=()
	for id in "${JOBS_ALL[@]}"; do
		job_state "$id"
		case $STATE in
		todo | stale) TODO+=("$id") ;;
		fail) [[ -z $RETRY$FORCE ]] || TODO+=("$id") ;;
		pass) [[ -z $FORCE ]] || TODO+=("$id") ;;
		esac
	done
}

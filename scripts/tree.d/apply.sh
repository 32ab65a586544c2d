# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # variables are shared with the tools
#
# The series onto a root commit, one commit per patch, as `git am
# --committer-date-is-author-date` by the project's own committer makes them,
# but on an index alone: no file is checked out, so a step that does not apply
# leaves nothing behind.  Needs git.sh, series.sh, explain.sh.

# What was applied before: a line says that a patch (by its SHA-256) on a
# commit gives which commit.  The name changes if commits are ever made
# otherwise than today.
APPLIED=vnet/applied-1

# apply_known: fills MADE[commit patch-sum], and MADE_COMMITS[commit].
apply_known() {
	local on sum commit
	declare -gA MADE=() MADE_COMMITS=()
	[[ -f $VNET_REPO/.git/$APPLIED ]] || return 0
	while read -r on sum commit; do
		[[ ${#commit} == 40 ]] || continue	# a killed run's half line
		MADE[$on $sum]=$commit
		MADE_COMMITS[$commit]=1
	done < "$VNET_REPO/.git/$APPLIED"
}

# apply_series BASE: HEAD_NEW, the commit of the last step.  APPLY_KEPT says how
# many steps were there already.
apply_series() {
	local i n=${#PATCHES[@]} next last=$SECONDS
	HEAD_NEW=$1 APPLY_KEPT=0
	apply_known
	for ((i = 0; i < n; i++)); do
		next=${MADE[$HEAD_NEW ${SUMS[i]}]:-}
		[[ -n $next && -n $(rev "$next") ]] || break
		HEAD_NEW=$next
	done
	APPLY_KEPT=$i
	((i < n)) || return 0
	export GIT_INDEX_FILE=$SCRATCH/apply.index
	vgit read-tree "$HEAD_NEW" || die "cannot read the tree of $HEAD_NEW"
	for (( ; i < n; i++)); do
		if ((SECONDS - last >= 5)); then
			last=$SECONDS
			printf '    step %d of %d: %s\n' $((i + 1)) "$n" "$(patch_id "${PATCHES[i]}")"
		fi
		apply_step "${PATCHES[i]}" "$HEAD_NEW"
		printf '%s %s %s\n' "$HEAD_NEW" "${SUMS[i]}" "$STEP_COMMIT" \
			>> "$VNET_REPO/.git/$APPLIED"
		MADE_COMMITS[$STEP_COMMIT]=1
		HEAD_NEW=$STEP_COMMIT
	done
	unset GIT_INDEX_FILE
}

# apply_step PATCH ON: STEP_COMMIT, the patch as a commit on ON.
apply_step() {
	local file=$VNET_PATCHES/$1 name='' email='' date='' subject='' tree line
	vgit mailinfo --encoding=UTF-8 --no-scissors "$SCRATCH/msg" "$SCRATCH/diff" \
		< "$file" > "$SCRATCH/info" 2>> "$VNET_LOG" ||
		step_fails "$1" '' 'it is not a mail as git format-patch writes it' "$ON_WHAT"
	while IFS= read -r line; do
		case $line in
		'Author: '*) name=${line#*: } ;;
		'Email: '*) email=${line#*: } ;;
		'Subject: '*) subject=${line#*: } ;;
		'Date: '*) date=${line#*: } ;;
		esac
	done < "$SCRATCH/info"
	[[ -n $email && -n $date && -n $subject ]] ||
		step_fails "$1" '' 'its From:, Date: or Subject: line is missing' "$ON_WHAT"
	{ printf '%s\n\n' "$subject"; cat "$SCRATCH/msg"; } |
		git stripspace > "$SCRATCH/message"
	vgit apply --cached --whitespace=nowarn -p1 "$SCRATCH/diff" \
		> "$SCRATCH/apply.out" 2>&1 || explain_step "$1"
	cat "$SCRATCH/apply.out" >> "$VNET_LOG"
	tree=$(vgit write-tree) || die "$(patch_id "$1"): cannot write its tree object"
	STEP_COMMIT=$(GIT_AUTHOR_NAME=$name GIT_AUTHOR_EMAIL=$email GIT_AUTHOR_DATE=$date \
		GIT_COMMITTER_NAME=$VNET_NAME GIT_COMMITTER_EMAIL=$VNET_EMAIL \
		GIT_COMMITTER_DATE=$date \
		vgit commit-tree -p "$2" -F "$SCRATCH/message" "$tree" 2>> "$VNET_LOG") ||
		step_fails "$1" '' "it cannot be committed: is its Date: '$date' one?" "$ON_WHAT"
	printf '%s %s\n' "$STEP_COMMIT" "$1" >> "$VNET_LOG"
}

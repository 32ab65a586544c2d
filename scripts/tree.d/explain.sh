# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # variables are shared with the tools
#
# Why a step does not apply, as far as a person needs it to go on: the step,
# each file and hunk, the reason in one line, and what to do.
# Needs git.sh, apply.sh (the step in SCRATCH/diff, the tree in the index).

# step_fails PATCH PLACES REASON ON: says so and ends with status 1.
step_fails() {
	{
		printf '%s: step %s does not apply to %s' "$prog" "$(patch_id "$1")" "$4"
		[[ -n $3 ]] && printf ': %s' "$3"
		printf '\n'
		[[ -z $2 ]] || printf '%s\n' "$2"
		printf '%s: nothing was changed: %s is %s\n' "$prog" "${VNET_LINUX#"$PWD"/}" "$UNCHANGED_IS"
		advice "$1"
	} >&2
	exit 1
}

advice() {
	if [[ $BASE_TESTED == yes ]]; then
		cat <<-END
			What to do: patches/$1
			does not fit the steps before it.  If it was edited by hand, undo that ('git
			checkout patches'), edit the step's commit in build/linux, and 'make export'.
		END
	else
		cat <<-END
			What to do: the series is made for Debian's $SRC_PACKAGE $SRC_WANTED: give
			a source nearer to it, or port the steps: tree(1), PORTING, says how.
		END
		[[ $VNET_REPO != "$VNET_LINUX" ]] ||
			printf "(The source is commit %s of build/linux now.)\n" "${BASE:0:12}"
	fi
}

# explain_step PATCH: tries the step on copies of the files it touches, hunk by
# hunk, and reports what does not fit.
explain_step() {
	local places
	explain_files > /dev/null
	places=$(explain_run)
	if (cd "$SCRATCH/try" && plain_git apply -R --check -p1 "$SCRATCH/diff") 2> /dev/null; then
		step_fails "$1" "$places" 'all that it changes is changed already' "$ON_WHAT"
	fi
	[[ -n $places ]] || places="  $(grep -m 1 '^error: ' "$SCRATCH/apply.out" | cut -c8-)"
	step_fails "$1" "$places" '' "$ON_WHAT"
}

# plain_git: git outside of any repository (build/ may lie in one).
plain_git() { GIT_CEILING_DIRECTORIES=$SCRATCH git -c core.autocrlf=false "$@"; }

# explain_files: SCRATCH/try gets the files the step touches, as they are.
explain_files() {
	rm -rf "$SCRATCH/try" "$SCRATCH/reject"
	mkdir "$SCRATCH/try" "$SCRATCH/reject"
	touched | while IFS= read -r path; do
		vgit ls-files --error-unmatch -- ":(top,literal)$path" || continue
		for dir in try reject; do
			printf '%s\0' "$path" |
				vgit --work-tree="$SCRATCH/$dir" checkout-index --prefix="$SCRATCH/$dir/" -f -z --stdin
		done
	done 2> /dev/null
}

# touched: every file named by the step, old and new names.
touched() {
	sed -n -e 's,^--- a/,,p' -e 's,^+++ b/,,p' -e 's,^rename \(from\|to\) ,,p' \
		-e 's,^diff --git a/\(.*\) b/\1$,\1,p' "$SCRATCH/diff" | sed 's/\t$//' | sort -u
}

# explain_run: a line or two for each file or hunk that does not fit.
explain_run() {
	(cd "$SCRATCH/reject" && plain_git apply --reject --whitespace=nowarn -p1 \
		"$SCRATCH/diff") > "$SCRATCH/reject.out" 2>&1 || :
	cat "$SCRATCH/reject.out" >> "$VNET_LOG"
	local line file=''
	while IFS= read -r line; do
		case $line in
		'Applying patch '*' with '*' reject'*)
			file=${line#Applying patch }
			file=${file% with *} ;;
		'Rejected hunk #'*)
			line=${line#Rejected hunk #}
			explain_hunk "$file" "${line%.}" ;;
		'error: patch fragment without header'* | 'error: corrupt patch'* | \
			'error: No valid patches'* | 'error: unrecognized input'*)
			printf '  the patch itself is damaged: %s\n' "${line#error: }" ;;
		'error: '*': No such file or directory')
			line=${line#error: }
			printf '  %s: the step changes this file, but it does not exist\n' \
				"${line%: No such*}" ;;
		'error: '*': already exists in working directory')
			line=${line#error: }
			printf '  %s: the step adds this file, but it exists already\n' \
				"${line%: already*}" ;;
		'error: patch failed: '* | 'error: while searching for:'* | \
			'error: '*': patch does not apply') ;;
		'error: '*) printf '  %s\n' "${line#error: }" ;;
		esac
	done < "$SCRATCH/reject.out"
}

# explain_hunk FILE N: the header of the hunk, and the first line that it
# expects and the file lacks.
explain_hunk() {
	local head total lost
	hunk "$1" "$2" > "$SCRATCH/hunk"
	head=$(head -n 1 "$SCRATCH/hunk")
	total=$(hunk "$1" count)
	printf '  %s: hunk %s of %s: %s\n' "$1" "$2" "$total" "$head"
	lost=$(sed -n '2,$s/^[ -]//p' "$SCRATCH/hunk" |
		awk 'NR == FNR { has[$0]; next } !($0 in has) { print; exit }' \
			"$SCRATCH/try/$1" -)
	if [[ -n $lost ]]; then
		printf '    the file has no such line as: %s\n' "${lost#"${lost%%[![:space:]]*}"}"
	else
		printf '    the file has each line that the hunk expects, but not together\n'
	fi
}

# hunk FILE N: the Nth hunk of FILE in the step; "count": how many it has.
hunk() {
	awk -v file="$1" -v want="$2" '
		/^diff --git / { mine = 0; left_old = left_new = 0 }
		left_old <= 0 && left_new <= 0 && /^--- / { old = substr($0, 7); sub(/\t$/, "", old) }
		left_old <= 0 && left_new <= 0 && /^\+\+\+ / {
			new = substr($0, 7); sub(/\t$/, "", new)
			mine = (old == file || new == file)
			if (mine) n = 0
			next
		}
		left_old <= 0 && left_new <= 0 && mine && /^@@ / {
			n++
			split($2, a, ","); split($3, b, ",")
			left_old = (a[2] == "" ? 1 : a[2]) + 0
			left_new = (b[2] == "" ? 1 : b[2]) + 0
			if (want != "count" && n == want) print
			next
		}
		mine && (left_old > 0 || left_new > 0) {
			if (want != "count" && n == want) print
			if (/^[ -]/ || /^$/) left_old--
			if (/^[ +]/ || /^$/) left_new--
		}
		END { if (want == "count") print n + 0 }' "$SCRATCH/diff"
}

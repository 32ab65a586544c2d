# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# For the tests of this directory: which files there are to look at, and one
# assertion for each.  Source it after tests/lib.sh.

# project_files: every file of the project, known to git or about to be; all
# there are where there is no git.
project_files() {
	cd "$VNET_TOP" || return
	{
		git ls-files --cached --others --exclude-standard 2> /dev/null ||
			find . -name build -prune -o -name .git -prune -o -type f -printf '%P\n'
	} | while IFS= read -r f; do
		[[ ! -f $f || -L $f ]] || printf '%s\n' "$f"
	done | LC_ALL=C sort -u
}

# each CHECK FILE...: one assertion for each file: that CHECK FILE says nothing
# and ends with status 0.  They run side by side.
each() {
	local check=$1 f i one
	# shellcheck disable=SC2016 # for the other shell
	one='"$0" "$2" > "$TEST_TMP/each/$1" 2>&1 ||
		printf "(status %d)\n" $? >> "$TEST_TMP/each/$1"'
	shift
	export -f "${check?}"
	rm -rf "$TEST_TMP/each"
	mkdir "$TEST_TMP/each"
	i=0
	for f; do
		i=$((i + 1))
		printf '%s\0%s\0' "$i" "$f"
	done | xargs -0 -n 2 -P "$(nproc)" bash -c "$one" "$check"
	i=0
	for f; do
		i=$((i + 1))
		if [[ -e $TEST_TMP/each/$i && ! -s $TEST_TMP/each/$i ]]; then
			ok "$f"
		else
			not_ok "$f" "$(head -n 30 "$TEST_TMP/each/$i")"
		fi
	done
}

# complains CHECK REGEX NAME: on standard input a file with a fault: the check
# must say so.  Without this, a check that sees nothing would look like a
# project without faults.
complains() {
	local out rc=0
	cat > "$TEST_TMP/${4:-fault}"
	out=$("$1" "$TEST_TMP/${4:-fault}" 2>&1) || rc=$?
	if [[ ($rc != 0 || -n $out) && $out =~ $2 ]]; then
		ok "control: $3"
	else
		not_ok "control: $3" "status $rc, said: $out"
	fi
}

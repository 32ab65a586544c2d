# SPDX-License-Identifier: GPL-2.0-only
#
# The kernel tree the series is generated on.  Nothing is checked out: files are
# read from and written to git objects through an index of our own, so that
# build/linux, its branches and its work tree stay as they are.

namespace eval repo {
	variable head ""
	variable texts [dict create]	;# path -> text at head, with what is pending
	variable pending [dict create]	;# path -> 1: written since the last commit
	variable touched [dict create]	;# path -> 1: differs from the stock source

	proc git {args} {
		variable directory
		return [run git -C $directory {*}$args]
	}

	# git_any STATUSES ...: the listed exit statuses are answers, not failures.
	proc git_any {statuses args} {
		variable directory
		set status 0
		if {[catch {exec -keepnewline -ignorestderr git -C $directory \
				{*}$args} output options]} {
			lassign [dict get $options -errorcode] kind - status
			if {$kind ne "CHILDSTATUS"} { set status -1 }
			regsub {child process exited abnormally\n?$} $output "" output
		}
		if {$status ni $statuses} { fail "git $args failed: $output" }
		return $output
	}

	# blob NAME: its bytes, as they are.
	proc blob {name} {
		variable directory
		set pipe [::open |[list git -C $directory cat-file blob $name \
			2>/dev/null] rb]
		set text [::read $pipe]
		close $pipe
		return $text
	}

	# open DIRECTORY COMMIT SCRATCH: begin at the commit.
	proc open {where commit scratch} {
		variable directory $where
		variable stock; variable head; variable work $scratch
		variable texts [dict create] pending [dict create] touched [dict create]
		if {[catch {git rev-parse --verify --quiet $commit^{commit}} id]} {
			fail "$where has no '$commit': run 'make tree'\
				(with --kernel: 'scripts/tree --kernel VERSION')"
		}
		set head [string trim $id]
		set stock $head
		file mkdir $work
		set ::env(GIT_INDEX_FILE) [file join $work index]
		foreach who {AUTHOR COMMITTER} {
			set ::env(GIT_${who}_NAME) "Linux VNET"
			set ::env(GIT_${who}_EMAIL) vnet@example.org
		}
		git read-tree $head
	}

	proc exists {path} {
		variable texts; variable head
		if {[dict exists $texts $path]} { return 1 }
		return [expr {![catch {git cat-file -e $head:$path}]}]
	}

	proc read {path} {
		variable texts; variable head
		if {![dict exists $texts $path]} {
			if {[catch {blob $head:$path} text]} {
				fail "$path: not in the kernel tree at this step"
			}
			dict set texts $path $text
		}
		return [dict get $texts $path]
	}

	proc write {path text} {
		variable texts; variable pending; variable touched
		if {[dict exists $texts $path]} { lex::forget [dict get $texts $path] }
		dict set texts $path $text
		dict set pending $path 1
		dict set touched $path 1
	}

	# stage_pending: what was written goes to the index; gives the paths.
	proc stage_pending {} {
		variable texts; variable pending; variable work
		set lines {}
		set blob [file join $work blob]
		set paths [lsort [dict keys $pending]]
		foreach path $paths {
			spew $blob [dict get $texts $path]
			set id [string trim [git hash-object -w --no-filters $blob]]
			lappend lines "100644 $id\t$path"
		}
		if {$lines ne {}} { git update-index --add --index-info << [join $lines \n]\n }
		set pending [dict create]
		return $paths
	}

	# commit MESSAGE DATE: the index becomes the new head.
	proc commit {message date} {
		variable head; variable work
		stage_pending
		set tree [string trim [git write-tree]]
		if {$tree eq [string trim [git rev-parse $head^{tree}]]} {
			fail "the step changes nothing"
		}
		set ::env(GIT_AUTHOR_DATE) "$date +0000"
		set ::env(GIT_COMMITTER_DATE) "$date +0000"
		set file [file join $work message]
		spew $file $message
		set head [string trim [git commit-tree $tree -p $head -F $file]]
		return $head
	}

	# apply PATCH: a hand-written patch goes to the index.
	proc apply {patch} {
		variable texts; variable touched; variable directory; variable head
		if {[catch {exec git -C $directory apply --cached --whitespace=nowarn \
				$patch 2>@1} said]} {
			fail [refused $patch $said]
		}
		foreach path [split [string trim [git diff-index --cached \
				--name-only --no-renames $head]] \n] {
			dict set touched $path 1
			dict unset texts $path
			if {![catch {blob :$path} text]} { dict set texts $path $text }
		}
	}

	# refused PATCH SAID: git names file and line; the hunk is found from it.
	proc refused {patch said} {
		set what "git: [string trim [lindex [split $said \n] 0]]"
		if {[regexp {patch failed: ([^\n]+):([0-9]+)} $said -> path line]} {
			set hunk [hunk_at $patch $path $line]
			set what "$path: hunk $hunk (at line $line) does not apply"
		}
		return "[file tail $patch]: $what: mend the patch by hand"
	}

	proc hunk_at {patch path line} {
		set hunk 0
		set here 0
		foreach text [split [slurp $patch] \n] {
			if {[string match "--- a/*" $text]} {
				set here [expr {$text eq "--- a/$path"}]
				set hunk 0
			}
			if {[regexp {^@@ -([0-9]+)} $text -> first]} {
				incr hunk
				if {$here && $first == $line} { return $hunk }
			}
		}
		return "?"
	}
}

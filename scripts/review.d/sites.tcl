# SPDX-License-Identifier: GPL-2.0-only
#
# Where a step changed something: from its diff, which names the function that each
# change is in.

namespace eval sites {
	# of STEP: list of {file {function number ...} lines}, by file; the function is
	# "" outside any.
	proc of {step} {
		set files {}
		set file ""
		set count [dict create]
		set function ""
		foreach line [split [step::git show -U0 --no-renames --format= [dict get $step sha]] \n] {
			if {[regexp {^\+\+\+ b/(.*)$} $line -> name]} {
				flush files $file $count
				set file $name
				set count [dict create]
			} elseif {[regexp {^@@ -\S+ \+\S+ @@ ?(.*)$} $line -> header]} {
				set function [name $header]
			} elseif {[string match +* $line]} {
				dict incr count $function
			}
		}
		flush files $file $count
		return $files
	}

	proc flush {list file count} {
		upvar $list files
		if {$file eq "" || $count eq {}} return
		set lines 0
		foreach {function number} $count { incr lines $number }
		lappend files [list $file $count $lines]
	}

	# The function of a hunk's header, which may be a struct or a variable.
	proc name {header} {
		if {[regexp {([A-Za-z_]\w*)\(} $header -> function]} { return $function }
		return ""
	}
}

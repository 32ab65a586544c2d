# SPDX-License-Identifier: GPL-2.0-only
#
# The step of build/linux that is looked at, joined with its row of the table.

namespace eval step {
	proc git {args} {
		set tree [file join $::build linux]
		if {![file isdirectory [file join $tree .git]]} {
			fail "there is no kernel tree in build/linux: run 'make tree'"
		}
		return [run git -C $tree {*}$args]
	}

	# find WANTED: a dict with number id sha subject stage origin proof modes, and
	# of the table slug and module.
	proc find {wanted} {
		foreach line [split [string trim [git log --reverse {--format=%H%x09%s} stock..main]] \n] \
				row [model::rows steps] {
			if {$line eq "" || $row eq ""} break
			lassign [split $line \t] sha subject
			set number [dict get $row number]
			set id [file rootname [file tail [patch $number]]]
			if {![matches $wanted $number $id]} continue
			return [dict merge $row [dict create id $id sha $sha subject $subject]]
		}
		fail "there is no step '$wanted': scripts/steps lists them"
	}

	proc matches {wanted number id} {
		return [expr {$wanted eq $id || ([string is digit -strict $wanted] &&
			[scan $wanted %d] == [scan $number %d])}]
	}

	proc patch {number} {
		return [lindex [glob -nocomplain -directory [file join $::top patches] */$number-*] 0]
	}

	# modules STEP: those that it converts.
	proc modules {step} {
		if {[dict get $step module] eq "-"} { return {} }
		return [model::group [dict get $step module]]
	}
}

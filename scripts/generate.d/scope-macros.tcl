# SPDX-License-Identifier: GPL-2.0-only
#
# Part of scope: the #define lines and the uses in their bodies.

namespace eval scope {
	# The #define lines; their uses are classed here.
	proc macros_of {scan} {
		variable words; variable in; variable macros
		set at [dict get $scan at]
		set number -1
		foreach directive [dict get $scan directives] {
			incr number
			lassign $directive keyword first
			if {$keyword ne "define"} continue
			set name [lindex $words $first+2]
			set i [expr {$first + 3}]
			set params {}
			if {[lindex $words $i] eq "(" && [lindex $in $i] == $number &&
			    [lindex $at $i] == [lindex $at $i-1] + [string length $name]} {
				while {[lindex $words $i] ne ")"} {
					lappend params [lindex $words [incr i]]
				}
				set params [lmap p $params {
					if {![lex::is_word $p]} continue
					set p
				}]
				incr i
			}
			set last $i
			while {$last < [llength $words] && [lindex $in $last] == $number} {
				incr last
			}
			lappend macros [dict create name $name params $params \
				first $i last [expr {$last - 1}]]
			macro_uses [expr {[llength $macros] - 1}] $first
		}
	}

	proc macro_uses {number first} {
		variable words; variable names_wanted
		set macro [lindex $::scope::macros $number]
		if {[dict exists $names_wanted [dict get $macro name]]} {
			add [expr {$first + 2}] macro {}
		}
		for {set i [dict get $macro first]} {$i <= [dict get $macro last]} {incr i} {
			if {![dict exists $names_wanted [lindex $words $i]]} continue
			if {[lindex $words $i] in [dict get $macro params]} {
				set class shadowed
			} elseif {[is_field $i [expr {$i - 1}] [expr {$i + 1}]]} {
				set class field
			} else {
				set class use
			}
			add $i $class [list macro $number]
		}
	}
}

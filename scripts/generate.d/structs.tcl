# SPDX-License-Identifier: GPL-2.0-only
#
# Stage 2.2: the variables become members of struct vnet_<mod>; the globals stay
# for VNET_GLOBALS, under #ifdef.

namespace eval structs {
	variable ifdef "#ifdef CONFIG_VNET_GLOBALS\n"

	proc step {module} {
		set facts [header::facts $module]
		set instance [instance $module]
		header::replace $module [list rename $facts] [list structs $facts]
		set home [dict get [model::module $module] home]
		set files 0
		foreach path [files $module] {
			set runs [runs $path [lines $path $module]]
			if {$runs eq {}} continue
			set last [expr {$path eq $home ? $instance : ""}]
			repo::write $path [wrap [repo::read $path] $runs $last]
			incr files
		}
		instance_member $module $home
		return [dict create FILES $files VARIABLES [llength [model::names $module]]]
	}

	# The files that define or declare: private names are in their file only.
	proc files {module} {
		return [lsort [dict keys [rename::scopes $module]]]
	}

	# What stands for the definitions in the other modes; a private module has
	# its instance in the block with the names.
	proc instance {module} {
		if {[header::private $module]} { return private }
		set attribute " __read_mostly"
		set exports {}
		foreach row [model::variables $module] {
			if {"read_mostly" ni [dict get $row attrs]} { set attribute "" }
			lappend exports [definition::exported $row]
		}
		set text "#else\nstruct vnet_$module vnet_${module}_0$attribute;\n"
		if {"EXPORT_SYMBOL" in $exports} {
			append text "EXPORT_SYMBOL(vnet_${module}_0);\n"
		} elseif {"EXPORT_SYMBOL_GPL" in $exports} {
			append text "EXPORT_SYMBOL_GPL(vnet_${module}_0);\n"
		}
		return $text
	}

	# The extents {first after} of whole lines that define, declare or export.
	proc lines {path module} {
		set text [repo::read $path]
		set scan [lex::scan $text]
		set names {}
		foreach row [model::variables $module] {
			if {[dict get $row scope] eq "global" || [dict get $row file] eq $path} {
				lappend names [dict get $row variable]
			}
		}
		set extents {}
		foreach use [dict get [scope::analyse $scan $names] uses] {
			if {[dict get $use class] ni {definition declaration export}} continue
			set tokens [definition::statement $scan [dict get $use token]]
			set first [lindex [dict get $scan at] [lindex $tokens 0]]
			set after [definition::end $scan [lindex $tokens end]]
			lappend extents [list [expr {[string last \n $text $first] + 1}] \
				[definition::line_end $text $after]]
		}
		return [lsort -integer -index 0 $extents]
	}

	# Lines that touch make one run.
	proc runs {path extents} {
		set runs {}
		foreach extent $extents {
			lassign $extent first after
			if {$runs ne {} && [lindex $runs end 1] >= $first} {
				lset runs end 1 $after
			} else {
				lappend runs $extent
			}
		}
		return $runs
	}

	proc wrap {text runs last} {
		variable ifdef
		set edits {}
		set n [llength $runs]
		foreach run $runs {
			lassign $run first after
			lappend edits [list $first $first $ifdef]
			set end "#endif\n"
			if {[incr n -1] == 0} {
				if {$last eq "private"} {
					# The block with the names follows: one #ifdef for both.
					lappend edits [list [expr {$after + 1}] \
						[expr {$after + 1 + [string length $ifdef]}] ""]
					continue
				}
				set end $last$end
			}
			lappend edits [list $after $after $end]
		}
		return [splice $text $edits]
	}

	proc instance_member {module home} {
		set text [repo::read $home]
		set line "\t[pad .construct 16]= vnet_${module}_construct,\n"
		set at [string first $line $text]
		if {$at < 0} { fail "$home: struct vnet_mod vnet_${module}_mod is not there" }
		incr at [string length $line]
		repo::write $home [splice $text [list \
			[list $at $at "\tVNET_MOD_INSTANCE($module)\n"]]]
	}
}

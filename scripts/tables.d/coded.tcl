# SPDX-License-Identifier: GPL-2.0-only
#
# The rows of vnet/variables.tsv as code has them: what gets a V_ name.  A member of
# a struct is judged by itself; in code it goes by an alias (a macro, named by
# "as:" in attrs), or its whole object is converted.

namespace eval model {
	# coded: the rows of what the series converts, each with one key more, alias: the
	# "object.member" that the variable, a macro, stands for, or "".
	proc coded {} {
		variable tables
		if {![dict exists $tables coded]} { dict set tables coded [find_coded] }
		return [dict get $tables coded]
	}

	proc find_coded {} {
		set list {}
		set modules [dict create]
		foreach row [rows variables] {
			if {![converted $row]} continue
			set as [code_name $row]
			if {![string match *.* [dict get $row variable]]} {
				lappend list [dict replace $row alias ""]
				continue
			}
			if {$as ne ""} {
				lappend list [dict replace $row variable $as scope global attrs - \
					alias [dict get $row variable]]
				continue
			}
			set object [object_of $row]
			set key [list [dict get $object variable] [dict get $object file]]
			if {[dict exists $modules $key]} {
				if {[dict get $modules $key] ne [dict get $row module]} {
					table::wrong $row "other members of\
						'[lindex $key 0]' are of module\
						'[dict get $modules $key]', and it is converted\
						as a whole"
				}
				continue
			}
			dict set modules $key [dict get $row module]
			lappend list [dict replace $object alias "" verdict per-vnet \
				module [dict get $row module] step|reason [dict get $row step|reason]]
		}
		return $list
	}

	# code_name ROW: the macro by which code says the member, or "".
	proc code_name {row} {
		foreach attribute [dict get $row attrs] {
			if {[regexp {^as:(.+)$} $attribute -> name]} { return $name }
		}
	}

	# object_of ROW: the row of the object that the member is of.
	proc object_of {row} {
		regexp {^[^.]+} [dict get $row variable] name
		foreach object [rows variables] {
			if {[dict get $object variable] eq $name &&
			    [dict get $object file] eq [dict get $row file]} { return $object }
		}
		table::wrong $row "'$name' has no row of its own"
	}

	# function_of ROW: the function that a static is in, or "".
	proc function_of {row} {
		regexp {^in:(.*)$} [dict get $row scope] -> function
		return [expr {[info exists function] ? $function : ""}]
	}
}

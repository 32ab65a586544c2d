# SPDX-License-Identifier: GPL-2.0-only
#
# The tables that vnet/tools/inventory wrote, as dicts by object; an object is
# known by {unit function name}, function "-" if it is not local to one.

namespace eval facts {
	variable objects {}		;# in the order of their keys
	variable members; variable accesses; variable pointers; variable object

	# Sections that are no memory of the running kernel: references that keep
	# symbols, and what is freed after booting.
	variable gone {.discard* .exitcall* .init* __modver}

	# rows PATH: a list of dicts, by the header.
	proc rows {path} {
		set rows {}
		set lines [split [string trimright [slurp $path] \n] \n]
		set columns [split [lindex $lines 0] \t]
		foreach line [lrange $lines 1 end] {
			set row [dict create]
			foreach column $columns value [split $line \t] {
				dict set row $column $value
			}
			lappend rows $row
		}
		return $rows
	}

	proc key {row} {
		return [list [dict get $row unit] [dict get $row function] [dict get $row name]]
	}

	proc load {directory} {
		variable objects; variable gone; variable object
		variable members [dict create] accesses [dict create] pointers [dict create]
		set object [dict create]
		foreach row [rows [file join $directory objects.tsv]] {
			set skip 0
			foreach pattern $gone {
				if {[string match $pattern [dict get $row section]]} { set skip 1 }
			}
			if {$skip} continue
			# Of two of one name (in two blocks of a function), the first.
			if {[dict exists $object [key $row]]} continue
			dict set object [key $row] $row
		}
		set objects [lsort [dict keys $object]]
		foreach table {members accesses pointers} {
			foreach row [rows [file join $directory $table.tsv]] {
				dict lappend $table [key $row] $row
			}
		}
	}

	proc get {table key} {
		variable $table
		upvar 0 $table dict
		return [expr {[dict exists $dict $key] ? [dict get $dict $key] : {}}]
	}

	# name KEY: as people say it.
	proc name {key} {
		lassign $key unit function name
		if {$function eq "-"} { return "$name ($unit)" }
		return "$name in $function\() ($unit)"
	}

	# A pointer that only says that a symbol is to be kept, or exported.
	proc real_pointer {row} {
		return [expr {![string match __UNIQUE_ID___addressable* [dict get $row in]] &&
			![string match *export_symbol* [dict get $row in]] &&
			![string match __ksymtab* [dict get $row in]]}]
	}

	# writable_sysctl ROW: its name, if a pointer is that of a sysctl or of a
	# module's parameter that can be written, or nothing.
	proc writable_sysctl {row} {
		if {[scan [dict get $row sysctl] "%s %o" name mode] == 2 && ($mode & 0222) &&
		    ![string match *.extra* [dict get $row in_part]]} {
			return "sysctl $name"
		}
	}
}

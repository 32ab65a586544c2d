# SPDX-License-Identifier: GPL-2.0-only
#
# What the tables have to say otherwise on another version of the kernel:
# vnet/versions/<version>/exceptions.tsv, laid over them row by row.

namespace eval exceptions {
	variable path ""
	variable shown ""
	variable rows {}
	variable before [dict create]	;# name -> the table's rows without exceptions
	variable of {variables modules contexts nets steps}

	# load DIRECTORY VERSION: from the project's vnet/.
	proc load {directory version} {
		variable path [file join $directory versions $version exceptions.tsv]
		variable shown vnet/versions/$version/exceptions.tsv
		variable of
		variable rows [table::read $path $shown {table key column value why} \
			{table key column}]
		foreach row $rows { table::one_of $row table $of }
	}

	# over NAME ROWS KEY COLUMNS: the rows of a table, as they hold there.
	proc over {name rows key columns} {
		variable before
		dict set before $name $rows
		set list [all $name]
		if {$list eq {}} { return $rows }
		set gone {}
		set new $rows
		foreach exception $list {
			set at [index $exception $rows $key]
			set column [dict get $exception column]
			set value [dict get $exception value]
			if {$value eq "drop"} {
				if {$column ne "-"} {
					table::wrong $exception "to drop a row, column is '-'"
				}
				lappend gone $at
				continue
			}
			if {$column ni $columns} {
				table::wrong $exception "vnet/$name.tsv has no column '$column'"
			}
			if {[dict get [lindex $rows $at] $column] eq $value} {
				table::wrong $exception "'$column' is that in vnet/$name.tsv\
					already: the exception is not needed"
			}
			lset new $at [dict replace [lindex $new $at] $column $value \
				@exception [table::at $exception]]
		}
		set at -1
		return [lmap row $new {
			if {[incr at] in $gone} continue
			set row
		}]
	}

	proc all {name} {
		variable rows
		return [lmap row $rows {
			if {[dict get $row table] ne $name} continue
			set row
		}]
	}

	# index EXCEPTION ROWS KEY: the one row that it is about.  Of a key of several
	# columns the first may be enough.
	proc index {exception rows key} {
		set wanted [dict get $exception key]
		set words [expr {[llength $key] == 1 ? [list $wanted] : [split $wanted]}]
		set found {}
		set at -1
		foreach row $rows {
			incr at
			set has [lmap column [lrange $key 0 [llength $words]-1] {
				dict get $row $column
			}]
			if {$has eq $words} { lappend found $at }
		}
		if {[llength $found] == 1} { return $found }
		set table vnet/[dict get $exception table].tsv
		if {$found eq {}} {
			table::wrong $exception "no row of $table has the key '$wanted':\
				remove the exception, or mend its key"
		}
		table::wrong $exception "[llength $found] rows of $table have the key\
			'$wanted': say more of it ([join $key { }])"
	}

	# series: the steps that are made there, as the head of the table says.
	proc series {} {
		variable path; variable shown
		return [table::setting $path $shown series]
	}
}

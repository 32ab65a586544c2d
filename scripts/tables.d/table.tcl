# SPDX-License-Identifier: GPL-2.0-only
#
# Tables: tab-separated text, '#' comments, one header line that names the
# columns.  A reader of a table gets dicts; what is wrong with a table is said
# as file:line, because that is where it is mended.

namespace eval table {
	# Where a row stands, as the error messages write it.
	proc at {row} { return [dict get $row @table]:[dict get $row @line] }

	proc wrong {row what} { fail "[at $row]: $what" }

	# The '# name: value' settings in a table's head comment.
	proc setting {path shown name} {
		foreach line [split [slurp $path] \n] {
			if {![string match #* $line]} break
			if {[regexp "^# $name: (.*)$" $line -> value]} {
				return $value
			}
		}
		fail "$shown: the head comment has no line '# $name: ...'"
	}

	# read PATH SHOWN COLUMNS KEY HEADER: the rows; no two may agree in the KEY
	# columns.  With HEADER 0 the table has no header line.
	proc read {path shown columns key {wanted 1}} {
		if {![file exists $path]} { fail "$shown: there is no such table" }
		set rows {}
		set header [expr {$wanted ? "" : $columns}]
		set number 0
		foreach line [split [slurp $path] \n] {
			incr number
			if {$line eq "" || [string match #* $line]} continue
			set fields [split $line \t]
			set row [dict create @table $shown @line $number]
			if {$header eq ""} {
				set header $fields
				if {$fields ne [list {*}$columns]} {
					wrong $row "the header must be: [join $columns { }]"
				}
				continue
			}
			lappend rows [row $row $columns $fields]
		}
		if {$header eq ""} { fail "$shown: no header line" }
		unique $rows $key
		return $rows
	}

	proc row {row columns fields} {
		if {[llength $fields] != [llength $columns]} {
			wrong $row "[llength $fields] fields, but the header has\
				[llength $columns]: write '-' for an empty one"
		}
		foreach column $columns value $fields {
			if {$value eq "" || [string trim $value] ne $value} {
				wrong $row "column '$column' is empty or has blanks at\
					its ends: '$value'"
			}
			dict set row $column $value
		}
		return $row
	}

	proc unique {rows key} {
		set seen [dict create]
		foreach row $rows {
			set id [lmap column $key {dict get $row $column}]
			if {[dict exists $seen $id]} {
				wrong $row "'[join $id { }]' stands already in line\
					[dict get $seen $id @line]"
			}
			dict set seen $id $row
		}
	}

	# one_of ROW COLUMN WORDS: the column holds one of the words.
	proc one_of {row column words} {
		set value [dict get $row $column]
		if {$value ni $words} {
			wrong $row "column '$column' is '$value', not one of: [join $words {, }]"
		}
	}

	proc matches {row column pattern what} {
		set value [dict get $row $column]
		if {![regexp "^(?:$pattern)$" $value]} {
			wrong $row "column '$column' is '$value': $what"
		}
	}
}

# SPDX-License-Identifier: GPL-2.0-only
#
# Continuation lines that stand under an opening parenthesis move with it: a longer
# name before it on its line moves it.

namespace eval align {
	# width TEXT: the column that the text ends in, tabs being eight wide.
	proc width {text} {
		set column 0
		foreach character [split $text ""] {
			incr column [expr {$character eq "\t" ? 8 - $column % 8 : 1}]
		}
		return $column
	}

	proc indent {column} {
		return [string repeat \t [expr {$column / 8}]][string repeat " " [expr {$column % 8}]]
	}

	# parentheses LINE: {open closes}: the offset of the innermost parenthesis that is
	# open at the line's end, or -1; and whether one closes that an earlier line opened.
	# What is in quotes or comments does not count.
	proc parentheses {line} {
		set stack {}
		set closes 0
		foreach place [regexp -all -inline -indices \
				{"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|/\*.*?\*/|[()]} $line] {
			set at [lindex $place 0]
			switch -- [string index $line $at] {
				"(" { lappend stack $at }
				")" {
					if {$stack eq {}} { set closes 1 }
					set stack [lrange $stack 0 end-1]
				}
			}
		}
		return [list [expr {$stack eq {} ? -1 : [lindex $stack end]}] $closes]
	}

	# indentation LINE: the column that its text begins in.
	proc indentation {line} {
		regexp {^\s*} $line blank
		return [width $blank]
	}

	# follow OLD NEW: two texts of as many lines, NEW with longer names; NEW with its
	# continuation lines under what they stood under in OLD.
	proc follow {old new} {
		set result {}
		set before [split $old \n]
		set after [split $new \n]
		set from -1	;# the column that lines stood in, and are to stand in
		set to -1
		foreach was $before is $after {
			lassign [parentheses $was] open closes
			if {$from >= 0 && [string trim $was] ne "" && [indentation $was] == $from} {
				set is [indent $to][string trimleft $is]
				if {$open < 0 && $closes} { set from -1 }
			} else {
				set from -1
			}
			lappend result $is
			if {$open < 0 || $was eq $is} continue
			set column [width [string range $was 0 $open]]
			set moved [width [string range $is 0 [lindex [parentheses $is] 0]]]
			if {$column != $moved} { set from $column; set to $moved }
		}
		return [join $result \n]
	}
}

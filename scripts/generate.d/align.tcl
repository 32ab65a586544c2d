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

	# open LINE: the offset of the innermost parenthesis that is open at the line's
	# end, or -1.  What is in quotes or comments does not count.
	proc open {line} {
		set stack {}
		set blank $line
		foreach place [regexp -all -inline -indices \
				{"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|/\*.*?\*/} $line] {
			lassign $place first last
			set blank [string replace $blank $first $last \
				[string repeat x [expr {$last - $first + 1}]]]
		}
		for {set i 0} {$i < [string length $blank]} {incr i} {
			switch -- [string index $blank $i] {
				"(" { lappend stack $i }
				")" { set stack [lrange $stack 0 end-1] }
			}
		}
		return [expr {$stack eq {} ? -1 : [lindex $stack end]}]
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
			set text [string trimleft $is]
			if {$from >= 0 && $text ne "" &&
			    [width [string range $was 0 [expr {[string length $was] -
				[string length [string trimleft $was]] - 1}]]] == $from} {
				set is [indent $to]$text
				if {[open $was] < 0 && [closes $was]} { set from -1 }
			} else {
				set from -1
			}
			lappend result $is
			set paren [open $was]
			if {$paren >= 0 && $was ne $is} {
				set column [width [string range $was 0 $paren]]
				set moved [width [string range $is 0 [open $is]]]
				if {$column != $moved} { set from $column; set to $moved }
			}
		}
		return [join $result \n]
	}

	# closes LINE: it closes more parentheses than it opens.
	proc closes {line} {
		return [expr {[regexp -all {\)} $line] > [regexp -all {\(} $line]}]
	}
}

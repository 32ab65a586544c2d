# SPDX-License-Identifier: GPL-2.0-only
#
# Holding line numbers: given a file as it was (base) and as it is (new), give
# the new text with #line directives such that every line that was there before
# keeps the number it had.  Nothing but #line directives is added, and nothing
# is taken away.
#
# Line numbers get into objects through __LINE__ (tables of WARN and BUG, names
# made unique, lock debugging), so without this any added line would change
# objects that have nothing else to do with it.  The choice of a number cannot
# hide anything: a number that is not what it was shows as a difference.
#
# A directive cannot stand everywhere.  Inside a comment and inside a directive
# that is continued with a backslash there are no numbers to hold (a macro's
# body takes the line of its use), so it waits for the end of it.  Between a
# macro's name and its opening parenthesis it would undo the call: it waits, too.
# Inside the arguments of a call gcc accepts it, so there it stands where needed.

namespace eval hold {}

# The tokens of a line, for finding out what an edited line was before; a V_
# name counts as the name it stands for.
proc hold::tokens {line} {
	set out {}
	foreach t [regexp -all -inline \
		{[A-Za-z_]\w*|\.?\d[\w.]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^\s\w]} $line] {
		lappend out [regsub {^V_} $t {}]
	}
	return $out
}

# For lines that replace others: the index (from 0) of the old line that each
# new line begins in, by the longest common subsequence of their tokens; -1
# where there is none, that is, for an inserted line.
proc hold::match {old new} {
	foreach {name lines} [list a $old b $new] {
		set $name {}
		set ${name}_line {}
		set i 0
		foreach line $lines {
			foreach t [tokens $line] {
				lappend $name $t
				lappend ${name}_line $i
			}
			incr i
		}
	}
	set out [lrepeat [llength $new] -1]
	set na [llength $a]
	set nb [llength $b]
	if {$na * $nb > 400000} {
		# Too much to compare token by token: line by line from the top.
		for {set i 0} {$i < [llength $old] && $i < [llength $new]} {incr i} {
			lset out $i $i
		}
		return $out
	}
	# best($i,$j): the length for the tokens from i and j on.
	set below [lrepeat [expr {$nb + 1}] 0]
	set table [list $below]
	for {set i [expr {$na - 1}]} {$i >= 0} {incr i -1} {
		set row [lrepeat [expr {$nb + 1}] 0]
		set t [lindex $a $i]
		for {set j [expr {$nb - 1}]} {$j >= 0} {incr j -1} {
			if {$t eq [lindex $b $j]} {
				lset row $j [expr {[lindex $below $j+1] + 1}]
			} else {
				set x [lindex $below $j]
				set y [lindex $row $j+1]
				lset row $j [expr {$x > $y ? $x : $y}]
			}
		}
		lappend table $row
		set below $row
	}
	for {set i 0; set j 0} {$i < $na && $j < $nb} {} {
		if {[lindex $a $i] eq [lindex $b $j]} {
			set line [lindex $b_line $j]
			if {[lindex $out $line] < 0} {
				lset out $line [lindex $a_line $i]
			}
			incr i
			incr j
		} elseif {[lindex $table [expr {$na - $i - 1}] $j] >=
			  [lindex $table [expr {$na - $i}] $j+1]} {
			incr i
		} else {
			incr j
		}
	}
	return $out
}

# The number that each new line is to have (list indexed from 0); 0: any.
proc hold::wanted {base new hunks} {
	set want {}
	set at 1		;# the next base line
	foreach hunk $hunks {
		lassign $hunk b nb n nn
		# A hunk without lines on a side gives the line before it.
		set b_first [expr {$nb ? $b : $b + 1}]
		set n_first [expr {$nn ? $n : $n + 1}]
		while {[llength $want] < $n_first - 1} {
			lappend want $at
			incr at
		}
		if {$nb == $nn} {
			for {set i 0} {$i < $nn} {incr i} {
				lappend want [expr {$b_first + $i}]
			}
		} elseif {$nn && !$nb} {
			lappend want {*}[lrepeat $nn 0]
		} elseif {$nn} {
			foreach i [match [lrange $base [expr {$b_first - 1}] [expr {$b_first + $nb - 2}]] \
					[lrange $new [expr {$n_first - 1}] [expr {$n_first + $nn - 2}]]] {
				lappend want [expr {$i < 0 ? 0 : $b_first + $i}]
			}
		}
		set at [expr {$b_first + $nb}]
	}
	while {[llength $want] < [llength $new]} {
		lappend want $at
		incr at
	}
	return $want
}

# What the lexer must know at the start of each line: a list with one element
# {comment continued call} for each line, and one more for the end.
#   comment    the line begins inside a comment
#   continued  the line before ended in a backslash
#   call       the line before ended in a name and this one begins with '('
proc hold::scan {lines} {
	set comment 0
	set continued 0
	set name 0
	set out {}
	foreach line $lines {
		lappend out [list $comment $continued \
			[expr {$name && [regexp {^\s*\(} $line]}]]
		set rest $line
		set code ""
		while {$rest ne ""} {
			if {$comment} {
				set end [string first "*/" $rest]
				if {$end < 0} break
				set rest [string range $rest $end+2 end]
				set comment 0
				append code " "
			} elseif {[regexp -indices {/\*|//|"(\\.|[^"\\])*"|'(\\.|[^'\\])*'} $rest where]} {
				lassign $where from to
				set what [string range $rest $from $from+1]
				append code [string range $rest 0 $from-1]
				if {$what eq "/*"} {
					set comment 1
				} elseif {$what eq "//"} {
					break
				} else {
					append code [string index $what 0]
				}
				set rest [string range $rest $to+1 end]
			} else {
				append code $rest
				break
			}
		}
		set continued [string match {*\\} $line]
		if {[string trim $code] ne ""} {
			set name [regexp {[A-Za-z_]\w*\s*$} $code]
		}
	}
	lappend out [list $comment $continued 0]
	return $out
}

# Whether a line that begins inside a comment has code behind the comment's end.
proc hold::code_after_comment {line} {
	if {[regexp {\*/(.*)$} $line -> rest]} {
		return [regexp {[^\s*/\\]} $rest]
	}
	return 0
}

# The new text with line numbers held.  Places where they cannot be held are
# appended to the list named by problems, as "LINE: why".
proc hold::lines {base new hunks problems} {
	upvar 1 $problems trouble
	set want [wanted $base $new $hunks]
	set state [scan $new]
	set out {}
	set natural 1
	set force 0
	set directive 0		;# inside a directive that is continued
	set groups {}		;# for each open #if: was a #line put inside?
	set j 0
	foreach line $new {
		lassign [lindex $state $j] comment continued call
		set w [lindex $want $j]
		if {!$continued} {
			set directive [expr {!$comment && [regexp {^\s*#} $line]}]
		}
		if {$w && ($w != $natural || $force)} {
			if {!$comment && !$continued && !$call} {
				lappend out "#line $w"
				set natural $w
				set force 0
				if {[llength $groups]} {
					lset groups end 1
				}
			} elseif {$w != $natural && !$directive &&
				  ($call || ($continued && !$comment) ||
				   [code_after_comment $line])} {
				lappend trouble "[expr {$j + 1}]: lines cannot be held\
					here: [expr {$call ? "a call's parenthesis opens the line"
					: $comment ? "code follows the end of a comment"
					: "the line continues one that ends in a backslash"}];\
					put the added lines elsewhere"
			}
		}
		lappend out $line
		incr natural
		# A directive in a branch that is not compiled is not obeyed, so the
		# number is said again behind the branch.
		if {$directive && !$continued} {
			if {[regexp {^\s*#\s*if} $line]} {
				lappend groups 0
			} elseif {[regexp {^\s*#\s*(else|elif)} $line]} {
				if {[llength $groups] && [lindex $groups end]} {
					set force 1
				}
			} elseif {[regexp {^\s*#\s*endif} $line] && [llength $groups]} {
				if {[lindex $groups end]} {
					set force 1
				}
				set groups [lrange $groups 0 end-1]
			}
		}
		incr j
	}
	return $out
}

# The hunks between two files: {base-line count new-line count}.  The histogram
# algorithm holds on to lines that are rare: blank lines and braces, of which
# there are many, must not make a line that stayed look like one that moved.
proc hold::hunks {base_file new_file} {
	set hunks {}
	set failed [catch {exec git diff --no-index --no-ext-diff --no-textconv --text \
		--no-color --histogram -U0 -- $base_file $new_file} text options]
	if {$failed && [lindex [dict get $options -errorcode] 0] ne "CHILDSTATUS"} {
		error "git diff of $base_file and $new_file: $text"
	}
	foreach line [split $text \n] {
		if {[regexp {^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@} $line -> b nb n nn]} {
			lappend hunks [list $b [expr {$nb eq "" ? 1 : $nb}] \
				$n [expr {$nn eq "" ? 1 : $nn}]]
		}
	}
	if {$failed && ![llength $hunks]} {
		error "git diff of $base_file and $new_file: $text"
	}
	return $hunks
}

# Text to lines and back; a last line without its newline stays so.
proc hold::split_text {text} {
	if {$text eq ""} { return {} }
	if {[string index $text end] eq "\n"} {
		set text [string range $text 0 end-1]
	}
	return [split $text \n]
}

proc hold::slurp {file} {
	set f [open $file rb]
	set text [read $f]
	close $f
	return $text
}

# The whole of it, from two files.
proc hold::files {base_file new_file problems} {
	upvar 1 $problems trouble
	set new [slurp $new_file]
	set hunks [hunks $base_file $new_file]
	set shifted 0
	foreach hunk $hunks {
		lassign $hunk b nb n nn
		if {$nb != $nn} { set shifted 1 }
	}
	if {!$shifted} { return $new }
	set out [join [lines [split_text [slurp $base_file]] [split_text $new] \
		$hunks trouble] \n]
	if {[string index $new end] eq "\n"} { append out \n }
	return $out
}

# SPDX-License-Identifier: GPL-2.0-only
#
# Part of scope: does a name in a function declare a local variable?  Types are
# not known, so the form of the statement has to tell.

namespace eval scope {
	# Is the name the declarator of a local variable?
	proc declares {i k} {
		variable words; variable codes; variable before_expression
		set before [lindex $words [lindex $codes $k-1]]
		if {[lex::is_word $before]} {
			return [expr {$before ni $before_expression}]
		}
		if {$before ni {* ,}} { return 0 }
		if {[lindex $words [lindex $codes $k+1]] ni {\; = , \[}} { return 0 }
		return [declaration_begins [statement_start $k] $k]
	}

	# The code token that begins the statement of token K; -1 when K stands
	# in parentheses that are not those of a for.
	proc statement_start {k} {
		variable words; variable codes
		set nesting 0
		for {set j [expr {$k - 1}]} {$j >= 0} {incr j -1} {
			switch -- [lindex $words [lindex $codes $j]] {
				")" - "\]" { incr nesting }
				"(" - "\[" {
					if {$nesting == 0} {
						if {[lindex $words [lindex $codes $j-1]] eq "for"} {
							return [expr {$j + 1}]
						}
						return -1
					}
					incr nesting -1
				}
				";" - "\{" - "\}" {
					if {$nesting == 0} { return [expr {$j + 1}] }
				}
			}
		}
		return -1
	}

	# Does a declaration begin at code token J, and is K one of its
	# declarators?  "T x" and "T * x" begin one; an expression statement
	# never has that form.
	proc declaration_begins {j k} {
		variable words; variable codes; variable qualifiers
		variable before_expression
		if {$j < 0} { return 0 }
		set typed 0
		for {set l $j} {$l <= $k} {incr l} {
			set word [lindex $words [lindex $codes $l]]
			if {$word in $qualifiers} { set typed 1; continue }
			if {$word in $before_expression || ![lex::is_word $word]} {
				return 0
			}
			incr l
			while {[lindex $words [lindex $codes $l]] eq "*"} { incr l }
			if {![lex::is_word [lindex $words [lindex $codes $l]]] && !$typed} {
				return 0
			}
			return [declarator_only $j $k]
		}
		return 0
	}

	# Only words and stars stand between the last comma and K: no '='.
	proc declarator_only {j k} {
		variable words; variable codes
		for {incr k -1} {$k >= $j} {incr k -1} {
			set word [lindex $words [lindex $codes $k]]
			if {$word eq ","} { return 1 }
			if {$word ne "*" && ![lex::is_word $word]} { return 0 }
		}
		return 1
	}
}

# SPDX-License-Identifier: GPL-2.0-only
#
# Part of scope: what one occurrence of a name is.

namespace eval scope {
	# A name after '.', '->', struct or goto, or a label, is no object.
	proc is_field {token before after} {
		variable words
		set word [lindex $words $before]
		if {$word in {. -> struct union enum goto}} { return 1 }
		return [expr {[lindex $words $after] eq ":" &&
			      $word in {\; \{ \}} }]
	}

	# classify TOKEN K: {class owner}; K is the token's place in the code.
	proc classify {i k} {
		variable words; variable codes; variable state; variable functions
		set before [lindex $codes $k-1]
		set after [lindex $codes $k+1]
		set mode [dict get $state mode]
		set owner {}
		if {$mode eq "function"} {
			set owner [list function [expr {[llength $functions] - 1}]]
		}
		if {[is_field $i $before $after]} { return [list field $owner] }
		switch $mode {
			function { return [list [in_function $i $k] $owner] }
			init { return {use {}} }
			type { return {field {}} }
			enum { return {other {}} }
		}
		if {[dict get $state equals]} { return {use {}} }
		if {[dict get $state paren] > 0} { return [list [in_parentheses $i] {}] }
		return [list [declarator $i $after] {}]
	}

	# A name between the file's declarations, outside parentheses.
	proc declarator {i after} {
		variable words; variable state
		set first [lindex $words [lindex [dict get $state head] 0]]
		if {[lindex $words $after] eq "("} { return other }
		switch $first {
			extern { return declaration }
			typedef { return other }
			"" { return use }
		}
		return definition
	}

	# A name in parentheses at file scope: the argument of a macro, of a
	# prototype, or of an attribute that follows the parameters.
	proc in_parentheses {i} {
		variable words; variable state
		set head [dict get $state head]
		lassign [parameters [concat $head $i]] name first last
		if {$last ne "" && $last < $i} { return annotation }
		set nesting 0
		foreach j [lreverse $head] {
			switch -- [lindex $words $j] {
				")" { incr nesting }
				"(" { if {$nesting == 0} break; incr nesting -1 }
			}
		}
		set place [lsearch -integer $head $j]
		set macro [lindex $words [lindex $head $place-1]]
		set is_first [expr {$place == [llength $head] - 1}]
		if {[string match EXPORT_* $macro]} { return export }
		if {[regexp {^(DEFINE|DECLARE)_PER_CPU} $macro -> which]} {
			return [expr {$which eq "DEFINE" ? "definition" : "declaration"}]
		}
		# Its first argument is the parameter's name; others are expressions.
		if {[regexp {^(module|core)_param} $macro]} {
			return [expr {$is_first ? "parameter" : "use"}]
		}
		if {[model::defines $macro] && $is_first} {
			if {[lindex $words [lindex $head 0]] eq "extern"} {
				return declaration
			}
			return definition
		}
		if {$macro in $::scope::attributes} { return annotation }
		# A statement that begins with the macro is a call, not a prototype.
		if {$place == 1} { return use }
		return shadowed
	}

	proc in_function {i k} {
		variable words; variable shadows; variable functions; variable state
		variable locals
		set word [lindex $words $i]
		if {[dict exists $locals $word] &&
		    [dict get [lindex $functions end] name] eq [dict get $locals $word]} {
			return [expr {[declares $i $k] ? "definition" : "use"}]
		}
		foreach p [dict get [lindex $functions end] params] {
			if {[lindex $p 1] eq $word} { return shadowed }
		}
		foreach s $shadows {
			if {[lindex $s 0] eq $word} { return shadowed }
		}
		if {[declares $i $k]} {
			lappend shadows [list $word [dict get $state depth]]
			return shadowed
		}
		return use
	}

	# A file with its own thing of a name (a function, an enumerator)
	# means that one wherever it says the name.
	proc others {} {
		variable uses
		set mine {}
		foreach use $uses {
			if {[dict get $use class] eq "other"} {
				dict set mine [dict get $use word] 1
			}
		}
		set uses [lmap use $uses {
			if {[dict exists $mine [dict get $use word]] &&
			    [dict get $use class] in {use annotation}} {
				dict set use class shadowed
			}
			set use
		}]
		set uses [lsort -command {apply {{a b} {
			expr {[dict get $a token] - [dict get $b token]}
		}}} $uses]
	}
}

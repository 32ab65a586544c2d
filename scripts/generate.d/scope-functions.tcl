# SPDX-License-Identifier: GPL-2.0-only
#
# Part of scope: what a brace at file scope begins, and the heads of functions.

namespace eval scope {
	# What an opening brace at file scope begins.
	proc mode_of {head equals paren} {
		variable words
		if {$equals || $paren > 0} { return init }
		lassign [parameters $head] name
		if {$name ne ""} { return function }
		foreach i $head {
			if {[lindex $words $i] eq "enum"} { return enum }
		}
		return type
	}

	# parameters HEAD: {name-token first last} of the parameter list in the
	# head of a function; empty when the head is not one.
	proc parameters {head} {
		variable words; variable attributes
		set paren 0
		set name ""
		set previous ""
		foreach i $head {
			switch -- [lindex $words $i] {
				"(" {
					if {$paren == 0 && $name eq "" && $previous ne "" &&
					    [lex::is_word [lindex $words $previous]] &&
					    [lindex $words $previous] ni $attributes} {
						set name $previous
						set first $i
					}
					incr paren
				}
				")" {
					incr paren -1
					if {$paren == 0 && $name ne ""} {
						return [list $name $first $i]
					}
				}
			}
			set previous $i
		}
		return {}
	}

	proc function_of {head open} {
		variable words
		set head [behind_macro $head]
		lassign [parameters $head] name first last
		set list {}
		set once 0
		foreach i $head {
			if {$i > $first && $i < $last} { lappend list [lindex $words $i] }
			if {[lindex $words $i] in {__init __exit}} { set once 1 }
		}
		set params [split_at_commas $list]
		set name [lindex $words $name]
		if {[regexp {^((COMPAT_)?SYSCALL_DEFINE|BPF_CALL_)[0-9]$} $name]} {
			set name [lindex $params 0]
			set params [lmap {type variable} [lrange $params 1 end] {
				concat $type $variable
			}]
		}
		return [dict create name $name open $open close -1 once $once \
			params [lmap p $params { parameter $p }]]
	}

	# behind_macro HEAD: a macro's call, which needs no ';', may stand before.
	proc behind_macro {head} {
		variable words
		set own $head
		set paren 0
		set at -1
		foreach i $head {
			incr at
			switch -- [lindex $words $i] {
				"(" { incr paren }
				")" { incr paren -1; set called 1 }
				static {
					if {$paren == 0 && [info exists called]} {
						set own [lrange $head $at end]
					}
				}
			}
		}
		return $own
	}

	proc split_at_commas {list} {
		set parts {}
		set part {}
		set nesting 0
		foreach word $list {
			if {$word in {( [ \{}} { incr nesting }
			if {$word in {) ] \}}} { incr nesting -1 }
			if {$word eq "," && $nesting == 0} {
				lappend parts $part
				set part {}
			} else {
				lappend part $word
			}
		}
		if {$part ne {}} { lappend parts $part }
		return $parts
	}

	# parameter WORDS: {type name}, the type without its qualifiers.
	proc parameter {list} {
		set type {}
		set name ""
		foreach word $list {
			if {$word in {const volatile restrict __restrict __user __rcu
				      __iomem __maybe_unused __always_unused}} continue
			if {$word eq "\["} break
			lappend type $word
		}
		if {"(" in $type} {
			regexp {\( \* ([A-Za-z_0-9]+)} $type -> name
			return [list $type $name]
		}
		if {[llength $type] > 1 && [lex::is_word [lindex $type end]]} {
			set name [lindex $type end]
			set type [lrange $type 0 end-1]
		}
		return [list $type $name]
	}
}

# SPDX-License-Identifier: GPL-2.0-only
#
# The shape of a C file: which functions and macros it has, and what each
# occurrence of a name is.  No preprocessor runs, so both branches of an #ifdef
# are seen; at #else the brackets are counted again from where the #if stood.
#
# analyse SCAN NAMES gives a dict:
#	functions	list of dicts: name params open close (token numbers)
#	macros		list of dicts: name params first last (tokens of the body)
#	uses		list of dicts: token word class owner; the classes:
#		use		the object itself, to be renamed
#		definition declaration export	the forms that keep the plain name
#		field		a member of some struct, a designator, a tag, a label
#		shadowed	a parameter or a local variable of that name
#		macro		the name that a #define defines
#		other		another file-scope thing of that name (function, enumerator)
#		parameter	module_param(): the name is interface
#	  owner is {function N}, {macro N} or {} for the file scope.

namespace eval scope {
	variable attributes {
		__acquires __releases __must_hold __acquire __release
		__cond_acquires __attribute__ __aligned __section __printf
		__scanf __counted_by __guarded_by __malloc __nonnull __alloc_size
		__no_sanitize
	}
	# Words that may stand before an expression; any other word before a
	# name makes it a declaration.
	variable before_expression {
		return else do case goto sizeof typeof __typeof__
		_Alignof __alignof__ typeof_unqual
	}
	variable qualifiers {
		static const volatile register extern struct union enum unsigned
		signed __rcu __user __iomem __percpu __maybe_unused inline auto
	}
	variable words; variable in; variable codes

	proc analyse {scan names} {
		variable words [dict get $scan words]
		variable in [dict get $scan in]
		variable names_wanted [dict create]
		foreach name $names { dict set names_wanted $name 1 }
		variable functions {} uses {} macros {}
		variable state [dict create depth 0 paren 0 mode "" head {} \
			equals 0 open -1]
		variable shadows {}
		macros_of $scan
		walk $scan
		others
		return [dict create functions $functions macros $macros uses $uses]
	}

	# The #define lines; their uses are classed here.
	proc macros_of {scan} {
		variable words; variable in; variable macros
		set at [dict get $scan at]
		set number -1
		foreach directive [dict get $scan directives] {
			incr number
			lassign $directive keyword first
			if {$keyword ne "define"} continue
			set name [lindex $words $first+2]
			set i [expr {$first + 3}]
			set params {}
			if {[lindex $words $i] eq "(" && [lindex $in $i] == $number &&
			    [lindex $at $i] == [lindex $at $i-1] + [string length $name]} {
				while {[lindex $words $i] ne ")"} {
					lappend params [lindex $words [incr i]]
				}
				set params [lmap p $params {
					if {![lex::is_word $p]} continue
					set p
				}]
				incr i
			}
			set last $i
			while {$last < [llength $words] && [lindex $in $last] == $number} {
				incr last
			}
			lappend macros [dict create name $name params $params \
				first $i last [expr {$last - 1}]]
			macro_uses [expr {[llength $macros] - 1}] $first
		}
	}

	proc macro_uses {number first} {
		variable words; variable names_wanted
		set macro [lindex $::scope::macros $number]
		if {[dict exists $names_wanted [dict get $macro name]]} {
			add [expr {$first + 2}] macro {}
		}
		for {set i [dict get $macro first]} {$i <= [dict get $macro last]} {incr i} {
			if {![dict exists $names_wanted [lindex $words $i]]} continue
			if {[lindex $words $i] in [dict get $macro params]} {
				set class shadowed
			} elseif {[is_field $i [expr {$i - 1}] [expr {$i + 1}]]} {
				set class field
			} else {
				set class use
			}
			add $i $class [list macro $number]
		}
	}

	proc add {token class owner} {
		variable uses; variable words
		lappend uses [dict create token $token word [lindex $words $token] \
			class $class owner $owner]
	}

	# A name after '.', '->', struct or goto, or a label, is no object.
	proc is_field {token before after} {
		variable words
		set word [lindex $words $before]
		if {$word in {. -> struct union enum goto}} { return 1 }
		return [expr {[lindex $words $after] eq ":" &&
			      $word in {\; \{ \} : )} }]
	}

	proc walk {scan} {
		variable words; variable in; variable names_wanted
		variable state; variable codes [dict get $scan code]
		set directives [dict get $scan directives]
		set saved {}
		set seen -1
		set k -1
		set n [llength $words]
		for {set i 0} {$i < $n} {incr i} {
			set d [lindex $in $i]
			if {$d >= 0} {
				if {$d == $seen} continue
				set seen $d
				switch [lindex $directives $d 0] {
					if - ifdef - ifndef { lappend saved $state }
					else - elif { set state [lindex $saved end] }
					endif { set saved [lrange $saved 0 end-1] }
				}
				continue
			}
			incr k
			set word [lindex $words $i]
			if {[dict exists $names_wanted $word]} {
				add $i {*}[classify $i $k]
			}
			step $i $word
		}
	}

	# One token of code moves the state.
	proc step {i word} {
		variable state; variable functions; variable shadows
		dict with state {
			set top [expr {$depth == 0}]
			switch -- $word {
				"(" { incr paren }
				")" { incr paren -1 }
				"=" { if {$top && $paren == 0} { set equals 1 } }
				"\{" {
					if {$top} {
						set mode [mode_of $head $equals $paren]
						set open $i
						set shadows {}
						if {$mode eq "function"} {
							set paren 0
							lappend functions [function_of $head $i]
						}
					}
					incr depth
				}
				"\}" {
					set depth [expr {max(0, $depth - 1)}]
					set shadows [lmap s $shadows {
						if {[lindex $s 1] > $depth} continue
						set s
					}]
					if {$depth == 0} {
						if {$mode eq "function"} {
							set f [lindex $functions end]
							dict set f close $i
							lset functions end $f
							set head {}
							set equals 0
						}
						set mode ""
						return
					}
				}
				";" {
					if {$top && $paren == 0} {
						set head {}
						set equals 0
						return
					}
				}
			}
			if {$top} { lappend head $i }
		}
	}

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
		lassign [parameters $head] name first last
		set list {}
		foreach i $head {
			if {$i > $first && $i < $last} { lappend list [lindex $words $i] }
		}
		set params [split_at_commas $list]
		set name [lindex $words $name]
		if {[regexp {^((COMPAT_)?SYSCALL_DEFINE|BPF_CALL_)[0-9]$} $name]} {
			set name [lindex $params 0]
			set params [lmap {type variable} [lrange $params 1 end] {
				concat $type $variable
			}]
		}
		return [dict create name $name open $open close -1 \
			params [lmap p $params { parameter $p }]]
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
		if {$last ne "" && $last < $i} { return use }
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
		if {[regexp {^(module|core)_param} $macro]} { return parameter }
		if {[model::defines $macro] && $is_first} {
			if {[lindex $words [lindex $head 0]] eq "extern"} {
				return declaration
			}
			return definition
		}
		if {[string match __* $macro] && $macro in $::scope::attributes} {
			return use
		}
		# A statement that begins with the macro is a call, not a prototype.
		if {$place == 1} { return use }
		return shadowed
	}

	proc in_function {i k} {
		variable words; variable shadows; variable functions; variable state
		set word [lindex $words $i]
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
			    [dict get $use class] eq "use"} {
				dict set use class shadowed
			}
			set use
		}]
		set uses [lsort -command {apply {{a b} {
			expr {[dict get $a token] - [dict get $b token]}
		}}} $uses]
	}
}

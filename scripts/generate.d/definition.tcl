# SPDX-License-Identifier: GPL-2.0-only
#
# The definition of a variable in its file: where it stands, its type, its
# attributes, its initial value; and whether the table describes it as it is.

namespace eval definition {
	variable memo [dict create]	;# what a definition was in a text of its file

	# of ROW: a dict with
	#	first after	offsets of the statement (after its ';')
	#	static		1 or 0
	#	macro args	DEFINE_...(name, args) or {} {}
	#	type		the declarator's words, the name being '@'
	#	attributes	the words between declarator and '=', and attributes before the type
	#	bare		offset behind which an initialiser begins
	#	value value_at	text of the initialiser, or ""; its offset
	#	percpu		1 or 0
	proc of {row} {
		variable memo
		set key [list [dict get $row file] [dict get $row variable] [dict get $row scope]]
		set text [repo::read [dict get $row file]]
		if {[dict exists $memo $key] && [lindex [dict get $memo $key] 0] eq $text} {
			return [lindex [dict get $memo $key] 1]
		}
		set d [find $row $text]
		dict set memo $key [list $text $d]
		return $d
	}

	proc find {row text} {
		set scan [lex::scan $text]
		set tokens [statement $scan [token $row $scan]]
		set words [lmap i $tokens { lindex [dict get $scan words] $i }]
		set d [dict create first [lindex [dict get $scan at] [lindex $tokens 0]] \
			after [end $scan [lindex $tokens end]] static 0 macro "" args {} \
			attributes {} value "" value_at -1 percpu 0]
		# What says how it is kept, and not what it is, may stand before the type.
		set leading {}
		while {[lindex $words 0] eq "static" || [placing [lindex $words 0]]} {
			if {[lindex $words 0] eq "static"} {
				dict set d static 1
			} else {
				lappend leading [lindex $words 0]
			}
			set words [lrange $words 1 end]
			set tokens [lrange $tokens 1 end]
		}
		if {[string match DEFINE_PER_CPU* [lindex $words 0]]} {
			set d [per_cpu $d $scan $words $tokens]
		} elseif {[model::defines [lindex $words 0]]} {
			set d [by_macro $d $scan $words $tokens]
		} else {
			set d [plain $d $scan $words $tokens $row]
		}
		dict set d attributes [concat $leading [dict get $d attributes]]
		return $d
	}

	# Is the word an attribute of the place of a variable?
	proc placing {word} {
		return [expr {$word eq "__read_mostly" || [string match *cacheline_aligned* $word]}]
	}

	# guards TEXT OFFSET: the #if lines that are open there, the outermost first; one
	# whose #else or #elif stands before the offset is "", because it says the contrary.
	proc guards {text offset} {
		set open {}
		set lines [regexp -all -inline -line {^#[ \t]*(?:if|ifdef|ifndef|elif|else|endif)\M.*$} \
			[string range $text 0 $offset-1]]
		foreach line $lines {
			switch -regexp -- $line {
				{^#[ \t]*if} { lappend open [string trimright $line] }
				{^#[ \t]*endif} { set open [lrange $open 0 end-1] }
				default { lset open end "" }
			}
		}
		return $open
	}

	# conditions ROW: those of its definition, beside what the series itself has put there.
	proc conditions {row} {
		if {[dict get $row alias] ne ""} { return {} }
		set text [repo::read [dict get $row file]]
		set guards [lsearch -all -inline -not -exact \
			[guards $text [dict get [of $row] first]] "#ifdef CONFIG_VNET_GLOBALS"]
		if {"" in $guards} {
			table::wrong $row "[dict get $row file] defines '[dict get $row variable]'\
				behind an #else: a hand step must turn the condition round"
		}
		return $guards
	}

	proc token {row scan} {
		set name [dict get $row variable]
		set shape [scope::analyse $scan [list $name] [locals [list $row]]]
		set function [model::function_of $row]
		set found [lmap use [dict get $shape uses] {
			if {[dict get $use class] ne "definition" ||
			    ($function ne "") != ([dict get $use owner] ne "")} continue
			dict get $use token
		}]
		if {[llength $found] != 1} {
			table::wrong $row "[dict get $row file] defines '$name'\
				[llength $found] times\
				[expr {$function eq "" ? "at file scope" : "in $function\()"}]:\
				one is wanted"
		}
		return [lindex $found 0]
	}

	# locals ROWS: for scope::analyse, the functions that statics are in, by name.
	proc locals {rows} {
		set locals [dict create]
		foreach row $rows {
			set function [model::function_of $row]
			if {$function ne ""} { dict set locals [dict get $row variable] $function }
		}
		return $locals
	}

	proc end {scan token} {
		return [expr {[lindex [dict get $scan at] $token] +
			      [string length [lindex [dict get $scan words] $token]]}]
	}

	# The tokens of the statement round TOKEN, at file scope or in a function.  A
	# preprocessor line ends it, as a ';' does.
	proc statement {scan token} {
		set words [dict get $scan words]
		set in [dict get $scan in]
		set first $token
		while {$first > 0 && [lindex $in $first-1] < 0 &&
		       [lindex $words $first-1] ni {\; \} \{}} { incr first -1 }
		# A context before it has no semicolon of its own.
		while {[string match INIT_VNET_* [lindex $words $first]]} {
			set first [expr {$first + 1 + [closing [lrange $words $first+1 $token] 0] + 1}]
		}
		set last $token
		set nesting 0
		while {[lindex $words $last] ne ";" || $nesting > 0} {
			if {[lindex $words $last] eq "\{"} { incr nesting }
			if {[lindex $words $last] eq "\}"} { incr nesting -1 }
			incr last
		}
		set tokens {}
		for {} {$first <= $last} {incr first} { lappend tokens $first }
		return $tokens
	}

	proc by_macro {d scan words tokens} {
		set close [closing $words 1]
		set args [scope::split_at_commas [lrange $words 2 $close-1]]
		dict set d macro [lindex $words 0]
		dict set d args [lmap arg [lrange $args 1 end] { spell $arg }]
		dict set d type [type_of_macro $d]
		dict set d attributes [lrange $words $close+1 end-1]
		dict set d macro_at [lindex [dict get $scan at] [lindex $tokens 0]]
		dict set d bare [end $scan [lindex $tokens $close]]
		return $d
	}

	# DEFINE_PER_CPU(type, name) and its like.
	proc per_cpu {d scan words tokens} {
		set close [closing $words 1]
		lassign [scope::split_at_commas [lrange $words 2 $close-1]] type name
		dict set d type [concat $type @ [lrange $name 1 end]]
		dict set d percpu 1
		if {[string match *_ALIGNED* [lindex $words 0]]} {
			dict set d attributes ____cacheline_aligned
		}
		return [initialised $d $scan $words $tokens [expr {$close + 1}]]
	}

	# initialised D SCAN WORDS TOKENS I: with what stands before token I, where the
	# declarator ends, and the initialiser that may begin there.
	proc initialised {d scan words tokens i} {
		dict set d bare [end $scan [lindex $tokens $i-1]]
		if {[lindex $words $i] eq "="} {
			set from [lindex [dict get $scan at] [lindex $tokens $i+1]]
			dict set d value_at $from
			dict set d value [string range [dict get $scan text] $from \
				[end $scan [lindex $tokens end-1]]-1]
		}
		return $d
	}

	proc type_of_macro {d} {
		set row [model::find initialisers macro [dict get $d macro]]
		return [lex::words [arguments [dict get $row type] @ [dict get $d args]]]
	}

	# arguments TEXT NAME ARGS: '@' and '$1', '$2' ... filled in; '$1' is the
	# macro's first argument behind the name.
	proc arguments {text name args} {
		set map [list @ $name]
		set n 0
		foreach arg $args { lappend map \$[incr n] $arg }
		return [string map $map $text]
	}

	proc plain {d scan words tokens row} {
		# A struct may have the variable's name, too.
		set name [lindex [lmap at [lsearch -all -exact $words [dict get $row variable]] {
			if {[lindex $words $at-1] in {struct union enum}} continue
			set at
		}] 0]
		set i [expr {$name + 1}]
		while {[lindex $words $i] eq "\["} { set i [expr {[closing $words $i] + 1}] }
		dict set d type [concat [lrange $words 0 $name-1] @ \
			[lrange $words $name+1 $i-1]]
		set from $i
		while {[lindex $words $i] ni {= \;}} { incr i }
		if {"," in [lrange $words 0 $i]} {
			table::wrong $row "[dict get $row file]: '[dict get $row variable]'\
				shares its definition with others: a hand step must split it\
				first"
		}
		dict set d attributes [lrange $words $from $i-1]
		return [initialised $d $scan $words $tokens $i]
	}

	# The index of the bracket that closes the one at OPEN.
	proc closing {words open} {
		set nesting 0
		for {set i $open} {$i < [llength $words]} {incr i} {
			if {[lindex $words $i] in {( \[ \{}} { incr nesting }
			if {[lindex $words $i] in {) \] \}}} {
				incr nesting -1
				if {$nesting == 0} { return $i }
			}
		}
		error "no closing bracket"
	}

	# spell WORDS: C text again, spaced as the kernel does.  An operator with
	# nothing before it to operate on is a prefix.
	proc spell {words} {
		set text ""
		set previous ""
		set tight 1
		foreach word $words {
			set operand [expr {[lex::is_word $previous] ||
				[regexp {^[0-9"')]|^\]$|^\.[0-9]} $previous]}]
			set joined [expr {$word in {) \] , \; . -> ++ --} ||
				($word in {( \[} && $operand)}]
			if {!$tight && !$joined} { append text " " }
			append text $word
			set tight [expr {$word in {( \[ . -> ! ~ ++ --} ||
				($word in {- + & *} && !$operand)}]
			set previous $word
		}
		return $text
	}

	# The start of the line behind that of OFFSET, and behind a comment that begins there.
	proc line_end {text offset} {
		set end [string first \n $text $offset]
		set comment [string last /* [string range $text $offset $end]]
		if {$comment >= 0} {
			set closed [string first */ $text [expr {$offset + $comment}]]
			set end [string first \n $text [expr {max($closed, $end)}]]
		}
		return [expr {$end + 1}]
	}

	# check ROW: does the table say what the source says?
	proc check {row} {
		if {[dict get $row alias] ne ""} {
			alias $row
			return
		}
		set d [of $row]
		if {[dict get $d type] ne [lex::words [dict get $row type]]} {
			table::wrong $row "the type of '[dict get $row variable]' is\
				'[spell [dict get $d type]]' in [dict get $row file]"
		}
		set scope [expr {[dict get $d static] ? "file" : "global"}]
		set function [model::function_of $row]
		if {$scope eq "file" && $function ne ""} { set scope in:$function }
		if {[dict get $row scope] ne $scope} {
			table::wrong $row "the scope of '[dict get $row variable]' is\
				'$scope' in [dict get $row file]"
		}
		set attributes [attributes $row $d]
		if {$attributes eq {}} { set attributes - }
		if {[lsort [dict get $row attrs]] ne [lsort $attributes]} {
			table::wrong $row "the attributes of '[dict get $row variable]' are\
				'$attributes' in [dict get $row file]"
		}
	}

	# alias ROW: the file whose macro of that name stands for the member.
	proc alias {row} {
		set name [dict get $row variable]
		foreach path [search::files [list $name]] {
			set scan [lex::scan [repo::read $path]]
			foreach macro [dict get [scope::analyse $scan [list $name]] macros] {
				if {[dict get $macro name] ne $name} continue
				set body [lrange [dict get $scan words] [dict get $macro first] \
					[dict get $macro last]]
				if {[string trim [join $body ""] ()] eq [dict get $row alias]} {
					return $path
				}
			}
		}
		fail "[table::at $row]: no macro '$name' stands for [dict get $row alias]" NO_ALIAS
	}

	proc attributes {row d} {
		set result {}
		if {[dict get $d percpu]} { lappend result percpu }
		foreach word [dict get $d attributes] {
			switch -glob -- $word {
				__read_mostly { lappend result read_mostly }
				*cacheline* - __aligned { if {![dict get $d percpu]} { lappend result aligned } }
			}
		}
		switch [exported $row] {
			EXPORT_SYMBOL - EXPORT_PER_CPU_SYMBOL { lappend result export }
			EXPORT_SYMBOL_GPL - EXPORT_PER_CPU_SYMBOL_GPL { lappend result export_gpl }
		}
		return $result
	}

	# exported ROW: the macro that exports the variable, or "".
	proc exported {row} {
		set scan [lex::scan [repo::read [dict get $row file]]]
		set shape [scope::analyse $scan [list [dict get $row variable]]]
		foreach use [dict get $shape uses] {
			if {[dict get $use class] eq "export"} {
				return [lindex [dict get $scan words] \
					[dict get $use token]-2]
			}
		}
	}
}

# SPDX-License-Identifier: GPL-2.0-only
#
# Initial values as statements: what `T x = ...;` said at build time, said at run
# time.  vnet/initialisers.tsv knows the macros; what it does not know, and what
# is no plain value, is an error: a wrong guess would be a bug nobody sees.

namespace eval value {
	# of DEFINITION LVALUE NAMES WHERE: the statements for a variable, which LVALUE says;
	# NAMES are all of its module.
	proc of {definition lvalue names where} {
		if {[dict get $definition macro] ne ""} {
			set row [model::find initialisers macro [dict get $definition macro]]
			return [by_row $row $lvalue [lmap arg [dict get $definition args] {
				definition::spell [own [lex::words $arg] $names]
			}]]
		}
		set words [own [lex::words [dict get $definition value]] $names]
		return [statements $words $lvalue [dict get $definition type] $where]
	}

	# In the definitions the module's variables have their plain names still.
	proc own {words names} {
		set previous ""
		return [lmap word $words {
			if {$word in $names && $previous ni {. ->}} { set word V_$word }
			set previous $word
		}]
	}

	proc statements {words lvalue type where} {
		if {$words eq {} || [is_zero $words]} { return {} }
		if {[lindex $words 0] eq "\{"} { return [braces $words $lvalue $type $where] }
		set row [model::find initialisers macro [lindex $words 0]]
		if {$row ne "" && [dict get $row kind] eq "value"} {
			return [by_row $row $lvalue [lmap arg \
				[scope::split_at_commas [lrange $words 2 end-1]] {
					definition::spell $arg
				}]]
		}
		if {![is_scalar $type] || [regexp {^__.*(UNLOCKED|INITIALIZER)$} \
				[lindex $words 0]]} {
			fail "$where: no statement is known that gives '$lvalue' the value\
				'[definition::spell $words]': add it to vnet/initialisers.tsv,\
				or make a hand step"
		}
		return [list "$lvalue = [definition::spell $words];"]
	}

	# A row's statement; none when the argument it names is zero.
	proc by_row {row lvalue list} {
		set zero [dict get $row zero]
		if {$zero eq "always"} { return {} }
		if {$zero ne "-" && [is_zero [lex::words [lindex $list $zero-1]]]} { return {} }
		return [list [definition::arguments [dict get $row statement] $lvalue $list]]
	}

	proc is_zero {words} {
		set words [join $words ""]
		return [regexp {^(0[uUlL]*|0x0+|NULL|false|\{(0,?)?\}|\{NULL,?\})$} $words]
	}

	# A number, an enumerator or a pointer: what '=' can assign.
	proc is_scalar {type} {
		if {"*" in $type || $type eq "any"} { return 1 }
		foreach word $type {
			if {$word in {@ const volatile}} continue
			if {$word eq "\["} break
			set row [model::find initialisers macro $word]
			if {$row eq "" || [dict get $row kind] ne "scalar"} {
				return [expr {[lindex $type 0] eq "enum"}]
			}
		}
		return 1
	}

	# { a, b } of an array, { .f = a } of a struct, { [i] = a }.
	proc braces {words lvalue type where} {
		set statements {}
		set n -1
		foreach part [scope::split_at_commas [lrange $words 1 end-1]] {
			incr n
			if {[lindex $part 0] eq "." && [lindex $part 2] eq "="} {
				set target $lvalue.[lindex $part 1]
				set inner any
				set part [lrange $part 3 end]
			} elseif {[lindex $part 0] eq "\["} {
				set close [definition::closing $part 0]
				set target $lvalue[definition::spell [lrange $part 0 $close]]
				set inner [element $type $where $lvalue]
				set part [lrange $part $close+2 end]
			} else {
				if {$type eq "any"} {
					fail "$where: '$lvalue' is given a list without names: a hand\
						step must name the members"
				}
				set target $lvalue\[$n\]
				set inner [element $type $where $lvalue]
			}
			lappend statements {*}[statements $part $target $inner $where]
		}
		return $statements
	}

	# The type of an array's elements.  What a member of a struct is, is not known.
	proc element {type where lvalue} {
		if {$type eq "any"} { return any }
		set open [lsearch -exact $type \[]
		if {$open < 0} {
			fail "$where: '$lvalue' is no array, but its initialiser is a list:\
				a hand step must name the members"
		}
		set close [definition::closing $type $open]
		return [concat [lrange $type 0 $open-1] [lrange $type $close+1 end]]
	}
}

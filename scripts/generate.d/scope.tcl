# SPDX-License-Identifier: GPL-2.0-only
#
# The shape of a C file: which functions and macros it has, and what each
# occurrence of a name is.  No preprocessor runs, so both branches of an #ifdef
# are seen; at #else the brackets are counted again from where the #if stood.
#
# analyse SCAN NAMES [LOCALS] gives a dict; LOCALS are statics of functions that are
# wanted, name -> function:
#	functions	list of dicts: name params open close (token numbers) once
#			(is it __init or __exit)
#	macros		list of dicts: name params first last (tokens of the body)
#	uses		list of dicts: token word class owner; the classes:
#		use		the object itself, to be renamed
#		annotation	the same in a __acquires() behind a function's parameters
#		definition declaration export	the forms that keep the plain name
#		field		a member of some struct, a designator, a tag, a label
#		shadowed	a parameter or a local variable of that name
#		macro		the name that a #define defines
#		other		another file-scope thing of that name (function, enumerator)
#		parameter	the first argument of module_param(): the name is interface
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
	variable words; variable in; variable codes; variable locals

	proc analyse {scan names {statics {}}} {
		variable locals $statics
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

	proc add {token class owner} {
		variable uses; variable words
		lappend uses [dict create token $token word [lindex $words $token] \
			class $class owner $owner]
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
}

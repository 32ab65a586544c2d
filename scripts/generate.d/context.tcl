# SPDX-License-Identifier: GPL-2.0-only
#
# Stage 1.5: every function that uses a V_ variable, itself or through a macro,
# says at its top which vnet it works for: INIT_VNET_<MOD>(net).  The net comes
# from a parameter, by the preferences of vnet/nets.tsv, or from an exception in
# vnet/contexts.tsv; a function with neither is an error that names it.

namespace eval context {
	variable rows {}	;# what vnet/generated/contexts.tsv will list

	proc step {module} {
		set facts [header::facts $module]
		variable errors {}
		set edits [dict create]
		set kinds [dict create]
		set functions 0
		foreach user [users $module] {
			lassign $user path function
			if {[catch {choose $module $path $function} chosen options]} {
				if {[dict get $options -errorcode] ne "GENERATE"} {
					return -options $options $chosen
				}
				lappend errors $chosen
				continue
			}
			lassign $chosen form expression kind
			if {$form eq "none"} continue
			if {$form eq "_OF" && "of" ni $facts} { lappend facts of }
			set line "\tINIT_VNET_[header::macro $module]${form}($expression)\n"
			dict lappend edits $path [place $path $function $line]
			dict incr kinds $kind
			incr functions
			record $path $function $module $form$expression $kind
		}
		if {$errors ne {}} { fail [join [lrange $errors 0 29] "\ngenerate: "] }
		set old [list rename [lsearch -all -inline -not $facts of]]
		dict for {path list} $edits {
			repo::write $path [splice [repo::read $path] $list]
		}
		header::replace $module $old [list rename [concat context $facts]]
		return [dict create FUNCTIONS $functions FILES [dict size $edits] \
			KINDS [kinds $kinds]]
	}

	proc record {path function module expression kind} {
		variable rows
		lappend rows [join [list $path [dict get $function name] $module \
			[string map {_OF OF:} $expression] $kind] \t]
	}

	# "a struct sock * (9), a struct net * (2), named by hand (1)"
	proc kinds {kinds} {
		set parts {}
		foreach {kind n} [lsort -stride 2 -index 1 -integer -decreasing \
				[lsort -stride 2 $kinds]] {
			set how [expr {$kind eq "exception" ? "named by hand" : "a $kind"}]
			lappend parts "$how ($n)"
		}
		return [join $parts {, }]
	}

	# users MODULE: list of {path function}, in the order of files and lines.
	proc users {module} {
		set macros [macros $module]
		set users {}
		dict for {path names} $macros {
			set scan [lex::scan [repo::read $path]]
			set shape [scope::analyse $scan $names]
			set seen {}
			foreach use [dict get $shape uses] {
				if {[dict get $use class] ne "use"} continue
				lassign [dict get $use owner] owner number
				switch $owner {
					"" { file_scope $module $scan $path $use }
					function {
						if {$number in $seen} continue
						lappend seen $number
						lappend users [list $path \
							[lindex [dict get $shape functions] $number]]
					}
				}
			}
		}
		return $users
	}

	# macros MODULE: path -> the names to look for there: the V_ names, and the
	# macros whose bodies use one, those of headers wherever they are used.
	proc macros {module} {
		set everywhere [lmap name [model::names $module] { set _ V_$name }]
		set local [dict create]
		while {1} {
			set grown 0
			set here [dict create]
			foreach path [search::files $everywhere] {
				dict set here $path $everywhere
			}
			dict for {path names} $local {
				if {[dict exists $here $path]} { dict lappend here $path {*}$names }
			}
			dict for {path names} $here {
				foreach macro [bodies $path $names] {
					if {$macro in $names} continue
					set grown 1
					if {[string match *.h $path]} {
						lappend everywhere $macro
					} else {
						dict lappend local $path $macro
					}
				}
			}
			set everywhere [lsort -unique $everywhere]
			if {!$grown} { return $here }
		}
	}

	# The macros of a file whose bodies use one of the names.
	proc bodies {path names} {
		set shape [scope::analyse [lex::scan [repo::read $path]] $names]
		set found {}
		foreach use [dict get $shape uses] {
			lassign [dict get $use owner] owner number
			if {$owner ne "macro" || [dict get $use class] ne "use"} continue
			set name [dict get [lindex [dict get $shape macros] $number] name]
			if {[string match SYSCTL_V_* $name] || $name in $found} continue
			lappend found $name
		}
		return $found
	}

	proc file_scope {module scan path use} {
		if {[exception $module $path -] eq ""} {
			variable errors
			lappend errors "[rename::at $scan $path $use]: '[dict get $use word]' stands\
				outside any function, where no vnet can be known: a hand step\
				must move it, or vnet/contexts.tsv say why it is right\
				(function '-')"
		}
	}

	proc exception {module path function} {
		foreach row [model::rows contexts] {
			if {[dict get $row file] eq $path && [dict get $row module] eq $module &&
			    [dict get $row function] eq $function} { return $row }
		}
	}

	# choose MODULE PATH FUNCTION: {form expression kind}; the form is "",
	# "_OF" or "none".
	proc choose {module path function} {
		set row [exception $module $path [dict get $function name]]
		if {$row ne ""} { return [by_exception $row $function] }
		foreach row [model::rows nets] {
			foreach parameter [dict get $function params] {
				lassign $parameter type name
				if {[join $type] ne [dict get $row type] || $name eq ""} continue
				return [by_parameter $row $name $module $function]
			}
		}
		fail "$path: [dict get $function name]() uses module '$module' and has no\
			parameter that leads to a net: a hand step must give it one, or\
			vnet/contexts.tsv name the net"
	}

	proc by_exception {row function} {
		set expression [dict get $row expression]
		if {$expression eq "-"} { return {none - exception} }
		if {![regexp {^OF:([^:]+):(.+)$} $expression -> pointer member]} {
			return [list "" $expression exception]
		}
		foreach parameter [dict get $function params] {
			if {[lindex $parameter 1] eq $pointer} {
				return [list _OF "$pointer, $member" exception]
			}
		}
		table::wrong $row "[dict get $row function]() in [dict get $row file] has\
			no parameter '$pointer'"
	}

	proc by_parameter {row name module function} {
		set expression [dict get $row expression]
		set kind [dict get $row type]
		if {![regexp {^OF(?::(.*))?$} $expression -> path]} {
			return [list "" [string map [list @ $name] $expression] $kind]
		}
		set member [callback $module [dict get $function name]]
		if {$path ne ""} { append member .$path }
		return [list _OF "$name, $member" $kind]
	}

	# The one variable of the module whose definition names the function: a
	# timer, a work.
	proc callback {module function} {
		set found {}
		foreach row [model::variables $module] {
			set d [definition::of $row]
			if {$function in [lex::words "[dict get $d args] [dict get $d value]"]} {
				lappend found [dict get $row variable]
			}
		}
		if {[llength $found] != 1} {
			fail "${function}(): [llength $found] variables of module '$module' have\
				it as their callback: vnet/contexts.tsv must name the one\
				(OF:<parameter>:<variable>)"
		}
		return [lindex $found 0]
	}

	# The edit that makes LINE the first of the body.
	proc place {path function line} {
		set text [repo::read $path]
		set scan [lex::scan $text]
		set at [expr {[lindex [dict get $scan at] [dict get $function open]] + 1}]
		if {[string index $text $at] ne "\n"} {
			fail "$path:[line_of $text $at]: [dict get $function name]() has its body\
				on the line of its '\{': a hand step must unfold it first"
		}
		incr at
		while {[regexp -start $at {\A\tINIT_VNET_[^\n]*\n} $text before]} {
			incr at [string length $before]
		}
		return [list $at $at $line]
	}
}

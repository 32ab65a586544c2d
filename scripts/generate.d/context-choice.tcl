# SPDX-License-Identifier: GPL-2.0-only
#
# Stage 1.5: what a function's vnet comes from: its row in vnet/contexts.tsv; else
# a parameter, by the preferences of vnet/nets.tsv; else, of code that runs when
# its file's code comes or goes, the initial vnet.

namespace eval context {
	proc exception {module path function} {
		foreach row [model::rows contexts] {
			if {[dict get $row file] eq $path && [dict get $row module] eq $module &&
			    [dict get $row function] eq $function} { return $row }
		}
	}

	# choose MODULE PATH FUNCTION: {form expression kind place}; the form is "", "_OF"
	# or "none", the place that of the row, or '-'.
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
		if {[dict get $function once]} { return {"" &init_net init -} }
		fail "$path: [dict get $function name]() uses module '$module' and has no\
			parameter that leads to a net: a hand step must give it one, or\
			vnet/contexts.tsv name the net" NO_NET
	}

	proc by_exception {row function} {
		variable used
		dict set used [table::at $row] 1
		foreach column {kind expression place} { set $column [dict get $row $column] }
		if {$kind eq "none"} { return {none - none -} }
		if {![regexp {^OF:([^:]+):(.+)$} $expression -> pointer member]} {
			return [list "" $expression $kind $place]
		}
		foreach parameter [dict get $function params] {
			if {[lindex $parameter 1] eq $pointer} {
				return [list _OF "$pointer, $member" $kind $place]
			}
		}
		table::wrong $row "[dict get $row function]() in [dict get $row file] has\
			no parameter '$pointer'"
	}

	proc by_parameter {row name module function} {
		set expression [dict get $row expression]
		set kind [dict get $row type]
		if {![regexp {^OF(?::(.*))?$} $expression -> path]} {
			return [list "" [string map [list @ $name] $expression] $kind -]
		}
		set member [callback $module [dict get $function name]]
		if {$path ne ""} { append member .$path }
		return [list _OF "$name, $member" $kind -]
	}

	# The one variable of the module whose definition names the function: a
	# timer, a work.
	proc callback {module function} {
		set found {}
		foreach row [model::variables $module] {
			if {[dict get $row alias] ne ""} continue
			set d [definition::of $row]
			if {$function in [lex::words "[dict get $d args] [dict get $d value]"]} {
				lappend found [dict get $row variable]
			}
		}
		if {[llength $found] != 1} {
			fail "${function}(): [llength $found] variables of module '$module' have\
				it as their callback: vnet/contexts.tsv must name the one\
				(OF:<parameter>:<variable>)" NO_NET
		}
		return [lindex $found 0]
	}
}

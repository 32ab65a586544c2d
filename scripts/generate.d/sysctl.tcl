# SPDX-License-Identifier: GPL-2.0-only
#
# Stage 1.5: where a ctl_table entry takes the address of a V_ variable, or is
# compared with it, SYSCTL_V_<MOD>(name) says so.  Tables are initialised at
# build time, so what stands there must stay a constant when V_name no longer
# is one.

namespace eval sysctl {
	variable members {data extra1 extra2}

	proc step {module} {
		set facts [header::facts $module]
		set files 0
		set sites 0
		set names [lmap name [model::names $module] { set _ V_$name }]
		foreach path [search::files $names] {
			set edits [edits [lex::scan [repo::read $path]] $names \
				[header::macro $module]]
			if {$edits eq {}} continue
			repo::write $path [splice [repo::read $path] $edits]
			incr files
			incr sites [llength $edits]
		}
		if {$sites == 0} { fail "no ctl_table entry names a variable of '$module'" }
		header::replace $module [list rename $facts] \
			[list rename [concat sysctl $facts]]
		return [dict create SITES $sites FILES $files VARIABLES [llength $names]]
	}

	proc edits {scan names macro} {
		variable members
		set words [dict get $scan words]
		set at [dict get $scan at]
		set edits {}
		set n [llength $words]
		for {set i 3} {$i < $n} {incr i} {
			set word [lindex $words $i]
			if {$word ni $names} continue
			set first $i
			if {[lindex $words $i-1] eq "&"} { incr first -1 }
			if {[lindex $words $first-1] ni {= == !=} ||
			    [lindex $words $first-2] ni $members ||
			    [lindex $words $first-3] ni {. ->}} continue
			if {[lindex $words $i+1] ni {, \; ) \}}} continue
			lappend edits [list [lindex $at $first] \
				[expr {[lindex $at $i] + [string length $word]}] \
				"SYSCTL_V_${macro}([string range $word 2 end])"]
		}
		return $edits
	}
}

# SPDX-License-Identifier: GPL-2.0-only
#
# Stage 1.5: where a ctl_table entry takes the address or the size of a V_ variable,
# or is compared with it, SYSCTL_V_<MOD>(name) says so.  Tables are initialised at
# build time, so what stands there must stay a constant when V_name no longer
# is one.

namespace eval sysctl {
	variable members {data extra1 extra2}

	proc step {name} {
		return [constants::step $name sysctl sysctl::edits \
			"no ctl_table entry names a variable of"]
	}

	# edits MODULE: file -> edits.
	proc edits {module} {
		set found [dict create]
		set names [lmap name [model::names $module] { set _ V_$name }]
		foreach path [header::reach $module $names] {
			set edits [in_file [lex::scan [repo::read $path]] $names \
				[header::macro $module]]
			if {$edits ne {}} { dict set found $path $edits }
		}
		return $found
	}

	proc in_file {scan names macro} {
		set words [dict get $scan words]
		set at [dict get $scan at]
		set edits {}
		set n [llength $words]
		for {set i 3} {$i < $n} {incr i} {
			set word [lindex $words $i]
			if {$word ni $names} continue
			lassign [form $words $i] first last new
			if {$first eq ""} continue
			set address SYSCTL_V_${macro}([string range $word 2 end])
			lappend edits [list [lindex $at $first] \
				[expr {[lindex $at $last] + [string length [lindex $words $last]]}] \
				[string map [list @ $address] $new]]
		}
		return $edits
	}

	# form WORDS I: the first and the last token to replace, and by what; nothing
	# when the V_ name at I is not in a table.
	proc form {words i} {
		variable members
		set before [lrange $words $i-5 $i-1]
		if {[lrange $before 1 end] eq "maxlen = sizeof (" &&
		    [lindex $words $i+1] eq ")"} {
			return [list $i $i *@]
		}
		set first [expr {[lindex $before end] eq "&" ? $i - 1 : $i}]
		if {[lindex $words $first-1] in {= == !=} &&
		    [lindex $words $first-2] in $members &&
		    [lindex $words $first-3] in {. ->} &&
		    [lindex $words $i+1] eq "."} {
			return [list $i [expr {$i + 1}] @->]
		}
		if {[lindex $words $first-1] in {= == !=} &&
		    [lindex $words $first-2] in $members &&
		    [lindex $words $first-3] in {. ->} &&
		    [lindex $words $i+1] in {, \; ) \}}} {
			return [list $first $i @]
		}
	}
}

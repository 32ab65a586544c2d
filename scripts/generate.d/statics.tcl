# SPDX-License-Identifier: GPL-2.0-only
#
# Stage 1.5: what is initialised at build time, as a struct proto is, can name no
# vnet but the initial one.  Where the address of a V_ variable stands there,
# STATIC_V_<MOD>(name) says so, and stays a constant when V_name no longer is one.

namespace eval statics {
	proc step {name} {
		return [constants::step $name static statics::edits \
			"no static initialiser names a variable of"]
	}

	# edits MODULE: file -> edits, for all uses outside functions and macros.
	proc edits {module} {
		set found [dict create]
		set names [lmap name [model::names $module] { set _ V_$name }]
		foreach path [header::reach $module $names] {
			set scan [lex::scan [repo::read $path]]
			foreach use [dict get [scope::analyse $scan $names] uses] {
				if {[dict get $use class] ne "use" || [dict get $use owner] ne ""} continue
				dict lappend found $path [edit $scan [dict get $use token] \
					STATIC_V_[header::macro $module]]
			}
		}
		return $found
	}

	# An address stays one; an array by its name is what its address points to; a
	# member is that of what it points to.
	proc edit {scan i macro} {
		set words [dict get $scan words]
		set word [lindex $words $i]
		set new "${macro}([string range $word 2 end])"
		set first $i
		if {[lindex $words $i+1] eq "."} {
			return [list [lindex [dict get $scan at] $first] \
				[lindex [dict get $scan at] $i+2] "$new->"]
		}
		switch -- "[lindex $words $i-1] [lindex $words $i+1]" {
			"& ," - "& ;" - "& )" - "& \}" { incr first -1 }
			"& \[" { set new (*$new) }
			default { set new *$new }
		}
		return [list [lindex [dict get $scan at] $first] \
			[expr {[lindex [dict get $scan at] $i] + [string length $word]}] $new]
	}
}

# SPDX-License-Identifier: GPL-2.0-only
#
# Stage 1.5: which functions use the V_ variables of a module, themselves or
# through a macro.

namespace eval context {
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
			foreach path [header::reach $module $everywhere] {
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
}

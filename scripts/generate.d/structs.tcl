# SPDX-License-Identifier: GPL-2.0-only
#
# Stage 2.2: the variables become members of struct vnet_<mod>; the globals stay
# for VNET_GLOBALS, under #ifdef.

namespace eval structs {
	variable ifdef "#ifdef CONFIG_VNET_GLOBALS\n"

	# step NAME: of a module, or of all modules of a group.
	proc step {name} {
		set modules [model::group $name]
		set files [dict create]
		foreach module $modules {
			foreach path [module $module] { dict set files $path 1 }
		}
		return [dict create VARIABLES [llength [model::variables $name]] \
			MODULES [llength $modules] FILES [dict size $files] \
			LIST [message::modules $modules]]
	}

	# module MODULE: the files that changed.
	proc module {module} {
		set changed [addresses $module]
		set before [header::facts $module]
		if {$changed ne {}} {
			header::has $module static_pcpu
			set before [header::facts $module]
		}
		set later [local_values $module]
		header::replace $module [list rename $before] [list structs $before]
		if {![header::private $module]} { header::needs $module }
		foreach path [files $module] {
			set runs [runs [repo::read $path] [lines $path $module]]
			if {$runs eq {}} continue
			repo::write $path [wrap [repo::read $path] $runs]
			lappend changed $path
		}
		set home [dict get [model::module $module] home]
		construct $module $home $later
		if {![header::private $module]} { instance $module $home }
		lappend changed $home [header::where $module]
		return [lsort -unique $changed]
	}

	# The files that define or declare: private names are in their file only.
	proc files {module} {
		set files [dict keys [rename::scopes $module]]
		foreach row [model::variables $module] {
			if {[dict get $row alias] eq ""} continue
			lappend files [definition::alias $row]
			set member [member $row]
			if {$member ne ""} { lappend files [lindex $member 0] }
		}
		return [lsort -unique $files]
	}

	# Constant addresses of what each processor has have a name of their own from now
	# on.  Gives the files.
	proc addresses {module} {
		set macro STATIC_V_[header::macro $module]
		set names [lmap row [header::members $module 1] { dict get $row variable }]
		if {$names eq {} || "static" ni [header::facts $module]} { return {} }
		set changed {}
		foreach path [header::reach $module [list $macro]] {
			set text [repo::read $path]
			set new [regsub -all "\\m${macro}\\((?=(?:[join $names |])\\))" $text \
				${macro}_PCPU(]
			if {$new eq $text} continue
			repo::write $path $new
			lappend changed $path
		}
		return $changed
	}

	# The values of statics of functions: out of a constructor's reach as long as they
	# are there.
	proc local_values {module} {
		set statements {}
		foreach row [model::variables $module] {
			if {[model::function_of $row] eq ""} continue
			set d [definition::of $row]
			lappend statements {*}[value::of $d V_[dict get $row variable] \
				[model::names $module] [constructors::where $row [dict get $d first]]]
		}
		return $statements
	}

	# The extents {first after} of whole lines that define, declare or export.
	proc lines {path module} {
		set text [repo::read $path]
		set scan [lex::scan $text]
		set names {}
		set rows {}
		set extents {}
		foreach row [model::variables $module] {
			if {[dict get $row alias] ne ""} {
				lappend extents {*}[alias_lines $path $row $scan]
			} elseif {[dict get $row scope] eq "global" || [dict get $row file] eq $path} {
				lappend names [dict get $row variable]
				lappend rows $row
			}
		}
		set locals [definition::locals [lmap row $rows {
			if {[dict get $row file] ne $path} continue
			set row
		}]]
		set shape [scope::analyse $scan $names $locals]
		set foreign [foreign $path $rows $shape]
		foreach use [dict get $shape uses] {
			if {[dict get $use class] ni {definition declaration export}} continue
			set word [dict get $use word]
			if {$word in $foreign} continue
			if {[dict exists $locals $word] &&
			    [rename::function $shape $use] ne [dict get $locals $word]} continue
			if {![dict exists $locals $word] && [dict get $use owner] ne ""} continue
			lappend extents [extent $text $scan \
				[definition::statement $scan [dict get $use token]]]
		}
		return [lsort -integer -index 0 [lsort -unique $extents]]
	}

	# The names that the file defines for itself, as a static of another variable's name.
	proc foreign {path rows shape} {
		set here [lmap row $rows {
			if {[dict get $row file] ne $path} continue
			dict get $row variable
		}]
		return [lmap use [dict get $shape uses] {
			if {[dict get $use class] ne "definition" ||
			    [dict get $use word] in $here} continue
			dict get $use word
		}]
	}

	proc extent {text scan tokens} {
		set first [lindex [dict get $scan at] [lindex $tokens 0]]
		set after [definition::end $scan [lindex $tokens end]]
		return [list [expr {[string last \n $text $first] + 1}] \
			[definition::line_end $text $after]]
	}

	# Of a member that goes by a macro: the macro, and the member of an object that
	# stays, if it is the object's own.
	proc alias_lines {path row scan} {
		set text [dict get $scan text]
		set extents {}
		set name [dict get $row variable]
		foreach use [dict get [scope::analyse $scan [list $name]] uses] {
			if {[dict get $use class] ne "macro"} continue
			set first [lindex [dict get $scan at] [dict get $use token]]
			lappend extents [list [expr {[string last \n $text $first] + 1}] \
				[definition::line_end $text $first]]
		}
		set member [member $row]
		if {[lindex $member 0] eq $path} { lappend extents [extent $text {*}[lrange $member 1 2]] }
		return $extents
	}

	# member ROW: {path scan tokens} of the declaration of the object's member; nothing
	# where it is a member of a member, whose type others have, too.
	proc member {row} {
		regexp {^([^.]+)\.(.+)$} [dict get $row alias] -> object member
		if {[string match *.* $member]} return
		foreach path [search::files [list $object]] {
			set scan [lex::scan [repo::read $path]]
			set words [dict get $scan words]
			for {set i 2} {$i < [llength $words]} {incr i} {
				if {[lrange $words $i-2 $i] ne [list struct $object \{]} continue
				set close [expr {$i + [definition::closing [lrange $words $i end] 0]}]
				for {set j $i} {$j < $close} {incr j} {
					if {[lindex $words $j] ne $member ||
					    [lindex $words $j+1] ne ";"} continue
					return [list $path $scan [definition::statement $scan $j]]
				}
			}
		}
		fail "[table::at $row]: no struct $object has a member '$member'"
	}

	# Lines that touch, but for empty ones, make one run.
	proc runs {text extents} {
		set runs {}
		foreach extent $extents {
			lassign $extent first after
			if {$runs ne {} && [string trim [string range $text \
					[lindex $runs end 1] $first-1]] eq ""} {
				lset runs end 1 $after
			} else {
				lappend runs $extent
			}
		}
		return $runs
	}

	# Where a block with names follows, one #ifdef is for both.
	proc wrap {text runs} {
		variable ifdef
		set block "\n${ifdef}#define V_"
		set edits {}
		foreach run $runs {
			lassign $run first after
			lappend edits [list $first $first $ifdef]
			if {[string equal -length [string length $block] $block [string range $text $after end]]} {
				lappend edits [list [expr {$after + 1}] \
					[expr {$after + 1 + [string length $ifdef]}] ""]
			} else {
				lappend edits [list $after $after "#endif\n"]
			}
		}
		return [splice $text $edits]
	}

	# construct MODULE HOME LATER: the module names its instance; and its constructor
	# sets what was a static of a function, where that is a member now.
	proc construct {module home later} {
		set text [repo::read $home]
		set line "\t[pad .construct 16]= vnet_${module}_construct,\n"
		set at [string first $line $text]
		if {$at < 0} { fail "$home: struct vnet_mod vnet_${module}_mod is not there" }
		incr at [string length $line]
		set kind [expr {[header::has_percpu $module] ? "_PCPU" : ""}]
		set edits [list [list $at $at "\tVNET_MOD_INSTANCE${kind}($module)\n"]]
		if {$later ne {}} {
			set head "static int vnet_${module}_construct(struct net *net)\n\{\n"
			set begin [expr {[string first $head $text] + [string length $head]}]
			set end [string first "\treturn 0;\n\}\n" $text $begin]
			set lines [join [lmap statement $later { set _ \t$statement\n }] ""]
			set lines "#ifndef CONFIG_VNET_GLOBALS\n$lines#endif\n"
			if {$end == $begin} {
				set lines "\tINIT_VNET_[header::macro $module](net)\n\n$lines"
			} else {
				# Behind the other statements.
				incr end -1
			}
			lappend edits [list $end $end $lines]
			if {$end == $begin} { lappend edits [list $end $end \n] }
		}
		repo::write $home [splice $text $edits]
	}

	# What stands for the definitions in the other modes, before the constructor; a
	# private module has its instance in the block with the names.
	proc instance {module home} {
		set attribute " __read_mostly"
		foreach row [header::members $module 0] {
			if {"read_mostly" ni [dict get $row attrs]} { set attribute "" }
		}
		set text "#ifndef CONFIG_VNET_GLOBALS\n"
		append text "struct vnet_$module vnet_${module}_0$attribute;\n"
		set export [export [header::members $module 0]]
		if {$export ne ""} { append text "${export}(vnet_${module}_0);\n" }
		if {[header::has_percpu $module]} {
			append text [header::percpu_instance $module]
			set export [export [header::members $module 1]]
			if {$export ne ""} { append text "${export}(vnet_${module}_pcpu_0);\n" }
		}
		append text "#endif\n\n"
		set source [repo::read $home]
		set at [string first "static int vnet_${module}_construct(" $source]
		repo::write $home [splice $source [list [list $at $at $text]]]
	}

	# export ROWS: how their struct is exported: for everyone if one of them was.
	proc export {rows} {
		set exports [lmap row $rows {
			if {[dict get $row alias] ne ""} {
				regexp {^[^.]+} [dict get $row alias] object
				set row [dict replace $row variable $object]
			}
			definition::exported $row
		}]
		foreach export {
			EXPORT_SYMBOL EXPORT_SYMBOL_GPL EXPORT_IPV6_MOD EXPORT_IPV6_MOD_GPL
			EXPORT_PER_CPU_SYMBOL EXPORT_PER_CPU_SYMBOL_GPL
		} {
			if {$export in $exports} { return $export }
		}
	}
}

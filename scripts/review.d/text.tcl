# SPDX-License-Identifier: GPL-2.0-only
#
# The page as text.  Each section is {title lines}; html.tcl has the same ones.

namespace eval text {
	proc sections {step} {
		return [list \
			[list "The step" [head $step]] \
			[list "The rule" [rule $step]] \
			[list "Sites" [places $step]] \
			[list "Contexts" [contexts $step]] \
			[list "Left to hand" [left::of $step]] \
			[list "Proof" [proof::of $step]]]
	}

	proc head {step} {
		set lines [list "[dict get $step number] [dict get $step subject]" \
			"stage [dict get $step stage], [dict get $step origin],\
			proof [dict get $step proof], commit [string range [dict get $step sha] 0 11]"]
		foreach module [step::modules $step] {
			set names [lmap row [model::variables $module] { dict get $row variable }]
			lappend lines "$module: [join $names {, }]"
		}
		return $lines
	}

	# What each generator does, in a line; of a step by hand, that it is.
	proc rule {step} {
		if {[dict get $step origin] ne "generated"} {
			return [list "none: the step is written by hand; read its patch"]
		}
		switch [lindex [split [dict get $step slug] -] 0] {
			rename { return [list \
				"every expression that is a variable x of the modules becomes V_x;" \
				"Coccinelle finds them, a pass over the tokens what it does not parse"] }
			context { return [list \
				"every function that says V_x, also through a macro, begins with" \
				"INIT_VNET_<MODULE>(net); the net by vnet/nets.tsv and vnet/contexts.tsv"] }
			sysctl { return [list \
				".data = &V_x in a table of sysctls becomes SYSCTL_V_<MODULE>(x)"] }
			constructors { return [list \
				"initial values become statements of the module's constructor"] }
			structs { return [list \
				"definitions become members of struct vnet_<module>, under #ifdef"] }
			live { return [list \
				"V_x goes through the pointer that INIT_VNET_<MODULE>() loads"] }
		}
		return [list "unknown"]
	}

	proc places {step} {
		set lines {}
		set all 0
		foreach entry [sites::of $step] {
			lassign $entry file functions number
			lappend lines "$file: [count $number line]"
			foreach {function n} $functions {
				if {$function eq ""} { set function "outside functions" }
				lappend lines "    $function $n"
			}
			incr all $number
		}
		return [linsert $lines 0 "[count $all {new line}] in all"]
	}

	proc contexts {step} {
		set rows [contexts::of $step]
		if {$rows eq {}} { return [list "the step chooses none"] }
		return [lmap row $rows {
			set _ "[dict get $row file] [dict get $row function]():\
				[dict get $row expression], from [dict get $row from]"
		}]
	}

	proc page {step} {
		set parts {}
		foreach section [sections $step] {
			lassign $section title lines
			if {$lines eq {}} { set lines [list nothing] }
			lappend parts "$title\n[string repeat - [string length $title]]\n[join $lines \n]"
		}
		return [join $parts "\n\n"]
	}
}

# SPDX-License-Identifier: GPL-2.0-only
#
# Stage 2.1: initial values move from the definitions into the module's
# constructor, and the module is registered.

namespace eval constructors {
	proc step {module} {
		set statements {}
		set edits [dict create]
		foreach row [model::variables $module] {
			set d [definition::of $row]
			set name [dict get $row variable]
			unconditional $row $d
			lappend statements {*}[value::of $d $name \
				[model::names $module] [where $row $d]]
			set edit [bare $row $d]
			if {$edit ne ""} { dict lappend edits [dict get $row file] $edit }
		}
		dict for {path list} $edits {
			repo::write $path [splice [repo::read $path] $list]
		}
		place $module [text $module $statements]
		return [dict create VARIABLES [llength [model::names $module]] \
			VALUES [llength $statements]]
	}

	proc where {row d} {
		set path [dict get $row file]
		return $path:[line_of [repo::read $path] [dict get $d first]]
	}

	# A definition that only some configurations have needs an #ifdef in the
	# struct as well.
	proc unconditional {row d} {
		set text [repo::read [dict get $row file]]
		if {[header::conditions $text [dict get $d first]] > 0} {
			fail "[where $row $d]: '[dict get $row variable]' is defined under an\
				#if: a hand step must make it unconditional first"
		}
	}

	# The edit that takes the initial value off a definition.
	proc bare {row d} {
		if {[dict get $d macro] ne ""} {
			return [list [dict get $d macro_at] [dict get $d bare] \
				[header::declare [dict get $row type] [dict get $row variable]]]
		}
		if {[dict get $d value] eq ""} return
		return [list [dict get $d bare] [expr {[dict get $d after] - 1}] ""]
	}

	proc text {module statements} {
		set row [model::module $module]
		set macro [dict get $row MACRO]
		set text "static int vnet_${module}_construct(struct net *net)\n\{\n"
		if {$statements ne {}} {
			append text "\tINIT_VNET_${macro}(net)\n\n"
			foreach statement $statements { append text \t$statement\n }
			append text \n
		}
		append text "\treturn 0;\n\}\n\n"
		append text "static struct vnet_mod vnet_${module}_mod = \{\n"
		foreach {member value} [list name "\"$module\"" id VNET_MOD_$macro \
				construct vnet_${module}_construct] {
			append text "\t[pad .$member 16]= $value,\n"
		}
		append text "\};\n"
		if {[dict get $row register] ne "pure_initcall"} { return $text }
		append text "\nstatic int __init vnet_${module}_init(void)\n\{\n"
		append text "\treturn vnet_mod_register(&vnet_${module}_mod);\n\}\n"
		append text "pure_initcall(vnet_${module}_init);\n"
		return $text
	}

	proc place {module text} {
		set row [model::module $module]
		set path [dict get $row home]
		set source [repo::read $path]
		if {![regexp {^by-hand:(.*)$} [dict get $row register] -> function]} {
			repo::write $path $source\n$text
			return
		}
		set at [before $path $source $function $row]
		repo::write $path [splice $source [list [list $at $at $text\n]]]
		register $module $path
	}

	# The offset where the function's definition begins: its line, and those
	# of a comment or a return type above it.
	proc before {path source function row} {
		set scan [lex::scan $source]
		foreach f [dict get [scope::analyse $scan {}] functions] {
			if {[dict get $f name] ne $function} continue
			set at [lindex [dict get $scan at] [dict get $f open]]
			set blank [string last \n\n $source $at]
			return [expr {$blank < 0 ? 0 : $blank + 2}]
		}
		table::wrong $row "$path has no function $function() to register the\
			module in"
	}

	# How an existing init function registers the module is a rule by hand.
	proc register {module path} {
		set rule vnet/cocci/$module-register.cocci
		set file [file join $::top $rule]
		if {![file exists $file]} { fail "$rule: module '$module' needs this rule" }
		set new [dict get [spatch::apply [slurp $file] [list $path]] $path]
		set old [repo::read $path]
		if {$new eq $old} { fail "$rule: matches nothing in $path" }
		repo::write $path [tidy $old $new]
	}

	# Coccinelle parts added statements by lines of nothing but tabs, beside the
	# empty lines that the rule has.
	proc tidy {old new} {
		if {[regexp {\n[ \t]+\n} $old]} { return $new }
		return [regsub -all {\n[ \t]+(?=\n)} $new ""]
	}
}

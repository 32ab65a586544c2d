# SPDX-License-Identifier: GPL-2.0-only
#
# The block of macros by which code names a module's variables: in a header of
# its own, or for a module private to one file in that file.  It grows with the
# stages; each stage finds the block exactly as the one before it left it.

namespace eval header {
	# block MODULE STAGE FACTS: the text.  STAGE is rename, structs or live;
	# FACTS say what else is there: sysctl, static, context, of.
	proc block {module stage facts} {
		if {$stage eq "rename"} { return [early $module $facts] }
		return [late $module $stage $facts]
	}

	proc macro {module} { return [dict get [model::module $module] MACRO] }

	proc private {module} {
		return [expr {[dict get [model::module $module] header] eq "-"}]
	}

	# The files that say one of the names and can mean the module's.
	proc reach {module names} {
		set files [search::files $names]
		if {![private $module]} { return $files }
		return [lsearch -all -inline -exact $files [dict get [model::module $module] home]]
	}

	# Aligned "#define V_x value" lines; what would be too long goes on the next.
	proc defines {module value} {
		set names [model::names $module]
		set column [column [lmap name $names { set _ "#define V_$name" }]]
		set text ""
		foreach name $names {
			set means [string map [list @ $name] $value]
			if {$column + [string length $means] > 100} {
				append text "#define V_$name \\\n\t$means\n"
			} else {
				append text [pad "#define V_$name" $column] $means \n
			}
		}
		return $text
	}

	# The constant addresses of the initial vnet's variables.
	proc constants {module facts value} {
		set text ""
		foreach fact {sysctl static} {
			if {$fact ni $facts} continue
			append text "#define [string toupper $fact]_V_[macro $module](var)\t$value\n"
		}
		return $text
	}

	proc context {module facts value of} {
		set text "#define INIT_VNET_[macro $module](net)$value\n"
		if {"of" in $facts} {
			append text "#define INIT_VNET_[macro $module]_OF(ptr, member)$of\n"
		}
		return $text
	}

	# The globals.  As soon as there are contexts, VNET_CHECK can want one.
	proc globals {module facts} {
		if {"context" ni $facts} { return [defines $module @] }
		return [defines $module "VNET_GLOBAL($module, @)"]
	}

	proc checked {module facts} {
		return [context $module $facts "\tVNET_CHECK_CONTEXT($module, net)" \
			" \\\n\tVNET_CHECK_CONTEXT_OF($module, ptr)"]
	}

	proc early {module facts} {
		set text [globals $module $facts]
		set constants [constants $module $facts (&(var))]
		if {$constants ne ""} { append text \n $constants }
		if {"context" in $facts} { append text \n [checked $module $facts] }
		return $text
	}

	# From 2.2 on: the globals, or the struct.
	proc late {module stage facts} {
		set text "#ifdef CONFIG_VNET_GLOBALS\n[globals $module $facts]"
		append text [constants $module $facts (&(var))] \n [checked $module $facts]
		append text "#else\n" [struct $module] \n
		if {$stage eq "live"} {
			append text [defines $module "VNET_VAR($module, @)"]
		} else {
			append text [defines $module (vnet_${module}_0._@)]
		}
		append text [constants $module $facts (&vnet_${module}_0._##var)] \n
		if {$stage eq "live"} {
			append text [context $module $facts \
				"\tVNET_CONTEXT($module, [macro $module], net)" \
				" \\\n\tVNET_CONTEXT_OF($module, ptr, member)"]
		} else {
			append text [context $module $facts "" ""]
		}
		return "$text#endif /* CONFIG_VNET_GLOBALS */\n"
	}

	proc struct {module} {
		set title [dict get [model::module $module] title]
		set variables [model::variables $module]
		set text "/**\n * struct vnet_$module - the $title of a vnet\n"
		foreach row $variables {
			append text " * @_[dict get $row variable]: [dict get $row note]\n"
		}
		append text " */\nstruct vnet_$module \{\n"
		foreach row $variables {
			append text \t[declare [dict get $row type] _[dict get $row variable]]\;\n
		}
		append text "\};\n\n"
		if {[private $module]} {
			append text "static struct vnet_$module vnet_${module}_0;\n"
		} else {
			append text "extern struct vnet_$module vnet_${module}_0;\n"
		}
		return $text
	}

	proc declare {type name} { return [string map [list @ $name] $type] }

	proc where {module} {
		set row [model::module $module]
		return [dict get $row [expr {[private $module] ? "home" : "header"}]]
	}

	# create MODULE: the header file, and its #include; the place of a private
	# block is the caller's to choose.
	proc create {module} {
		set row [model::module $module]
		set guard _NET_VNET_[macro $module]_H
		set text "/* SPDX-License-Identifier: GPL-2.0 */\n"
		append text "/* Generated from the variable table\
			(vnet/variables.tsv): module $module. */\n"
		append text "#ifndef $guard\n#define $guard\n\n"
		foreach include [concat [model::words_of $row includes] net/vnet.h] {
			append text "#include <$include>\n"
		}
		append text \n [block $module rename {}] "\n#endif /* $guard */\n"
		repo::write [dict get $row header] $text
		include [dict get $row includer] \
			[regsub {^include/} [dict get $row header] ""]
	}

	# include FILE HEADER: behind the last of the file's <net/...> includes, or of
	# all <...> includes when it has none of those; never behind one under an #if
	# of its own.
	proc include {path header} {
		set text [repo::read $path]
		if {[string first "#include <$header>\n" $text] >= 0} return
		foreach kind {<net/ <} {
			set best {}
			foreach place [regexp -all -inline -indices -line \
					"^#include $kind\[^>\n\]*>.*\n" $text] {
				set after [expr {[lindex $place 1] + 1}]
				lappend best [list [conditions $text $after] -$after $after]
			}
			if {$best ne {}} break
		}
		if {$best eq {}} {
			fail "$path: no #include <...> that one for <$header> could follow"
		}
		set after [lindex [lsort -integer -index 0 [lsort -integer -index 1 $best]] 0 2]
		repo::write $path [splice $text [list \
			[list $after $after "#include <$header>\n"]]]
	}

	# How many #if are open at the offset.
	proc conditions {text offset} {
		set text [string range $text 0 $offset-1]
		return [expr {[regexp -all -line {^#\s*if} $text] -
			      [regexp -all -line {^#\s*endif} $text]}]
	}

	# facts MODULE: what the module's block has beside the V_ names.
	proc facts {module} {
		set text [repo::read [where $module]]
		set facts {}
		foreach {fact sign} {
			sysctl SYSCTL_V_@(var) static STATIC_V_@(var) context INIT_VNET_@(net)
			of "INIT_VNET_@_OF(ptr, member)"
		} {
			set sign [string map [list @ [macro $module]] "#define $sign"]
			if {[string first $sign $text] >= 0} { lappend facts $fact }
		}
		return $facts
	}

	# has MODULE FACT: from now on, the block has that, too.
	proc has {module fact} {
		set facts [facts $module]
		replace $module [list rename $facts] [list rename [concat $fact $facts]]
	}

	# replace MODULE OLD NEW: each is {stage facts}.  Where both have the #ifdef it
	# stays as it is: a private block shares it with the definitions above.
	proc replace {module old new} {
		set path [where $module]
		set text [repo::read $path]
		set before [block $module {*}$old]
		set after [block $module {*}$new]
		set ifdef "#ifdef CONFIG_VNET_GLOBALS\n"
		if {[string match $ifdef* $before]} {
			set before [string range $before [string length $ifdef] end]
			set after [string range $after [string length $ifdef] end]
		}
		set at [string first $before $text]
		if {$at < 0} {
			fail "$path: the V_ names of module $module are not as the step\
				before left them: make hand changes to them in a later step"
		}
		repo::write $path [splice $text [list [list $at \
			[expr {$at + [string length $before]}] $after]]]
	}
}

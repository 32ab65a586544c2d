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
	# PERCPU is the value of those that each processor has.
	proc defines {module value {percpu ""}} {
		if {$percpu eq ""} { set percpu $value }
		set column [column [lmap name [model::names $module] { set _ "#define V_$name" }]]
		set text ""
		foreach row [model::variables $module] {
			set name [dict get $row variable]
			set means [string map [list @ $name] \
				[expr {[percpu $row] ? $percpu : $value}]]
			if {$column + [string length $means] > 100} {
				append text "#define V_$name \\\n\t$means\n"
			} else {
				append text [pad "#define V_$name" $column] $means \n
			}
		}
		return $text
	}

	proc percpu {row} { return [expr {"percpu" in [dict get $row attrs]}] }

	# The rows of the module's variables that each processor has, or of the others.
	proc members {module percpu} {
		return [lmap row [model::variables $module] {
			if {[percpu $row] != $percpu} continue
			set row
		}]
	}

	proc has_percpu {module} { return [expr {[members $module 1] ne {}}] }

	# The constant addresses of the initial vnet's variables; PERCPU is that of one that
	# each processor has.
	proc constants {module facts value {percpu ""}} {
		set text ""
		foreach fact {sysctl static} {
			if {$fact ni $facts} continue
			append text "#define [string toupper $fact]_V_[macro $module](var)\t$value\n"
		}
		if {"static_pcpu" in $facts} {
			append text "#define STATIC_V_[macro $module]_PCPU(var)\t$percpu\n"
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
		set mine "(vnet_${module}_0._@)"
		set percpu "(vnet_${module}_pcpu_0._@)"
		set context [context $module $facts "" ""]
		if {$stage eq "live"} {
			set mine "VNET_VAR($module, @)"
			set percpu "VNET_VAR_PCPU($module, @)"
			set context [context $module $facts \
				"\tVNET_CONTEXT($module, [macro $module], net)" \
				" \\\n\tVNET_CONTEXT_OF($module, ptr, member)"]
		}
		set text "#ifdef CONFIG_VNET_GLOBALS\n[globals $module $facts]"
		append text [constants $module $facts (&(var)) (&(var))] \n [checked $module $facts]
		append text "#else\n" [struct $module] \n [defines $module $mine $percpu]
		append text [constants $module $facts (&vnet_${module}_0._##var) \
			(&vnet_${module}_pcpu_0._##var)] \n $context
		return "$text#endif /* CONFIG_VNET_GLOBALS */\n"
	}

	# The struct, that of the variables that each processor has before it, and what
	# says that there is an instance.
	proc struct {module} {
		set title [dict get [model::module $module] title]
		set text ""
		set first ""
		if {[has_percpu $module]} {
			append text [layout ${module}_pcpu "the $title of a vnet, on each processor" \
				"" [members $module 1] $module] \n
			set first "\tstruct vnet_${module}_pcpu __percpu *pcpu;\n"
		}
		append text [layout $module "the $title of a vnet" $first [members $module 0] \
			$module] \n
		if {[private $module]} {
			append text "static struct vnet_$module vnet_${module}_0;\n"
			if {$first ne ""} { append text "static [percpu_instance $module]" }
		} else {
			append text "extern struct vnet_$module vnet_${module}_0;\n"
			if {$first ne ""} {
				append text "DECLARE_PER_CPU(struct vnet_${module}_pcpu,\
					vnet_${module}_pcpu_0);\n"
			}
		}
		return [constructors::under [here $module] $text]
	}

	proc percpu_instance {module} {
		return "DEFINE_PER_CPU(struct vnet_${module}_pcpu, vnet_${module}_pcpu_0);\n"
	}

	# The conditions that all members have, beside those that the block stands under.
	proc here {module} {
		return [constructors::beside [outer $module] [constructors::common $module]]
	}

	# The conditions that the block stands under: a header has none.
	proc outer {module} {
		if {![private $module]} { return {} }
		set text [repo::read [where $module]]
		set at [string first "\n#define V_[lindex [model::names $module] 0]" $text]
		set guards [definition::guards $text $at]
		return [lsearch -all -inline -not -exact $guards "#ifdef CONFIG_VNET_GLOBALS"]
	}

	proc layout {name title first rows module} {
		set text "/**\n * struct vnet_$name - $title\n"
		if {$first ne ""} { append text " * @pcpu: those that each processor has\n" }
		set rows [ordered $rows]
		foreach row $rows {
			append text " * @_[dict get $row variable]: [dict get $row note]\n"
		}
		append text " */\nstruct vnet_$name \{\n$first"
		set common [constructors::common $module]
		set members {}
		set previous ""
		foreach row $rows {
			set member [declare [tight [dict get $row type]] _[dict get $row variable]]
			set apart [apart $row $previous]
			set previous $row
			if {[align::width "\t$member$apart;"] > 100} {
				set apart "\n\t\t[string trimleft $apart]"
			}
			lappend members [list [definition::conditions $row] "$member$apart;"]
		}
		return "$text[constructors::statements $common $members]\};\n"
	}

	# What is read mostly comes first, then what is not; then what has cache lines of
	# its own, so that nothing shares their last one.  Of each, what is there in all
	# configurations comes before the rest.
	proc ordered {rows} {
		return [lmap item [lsort -integer -index 0 [lmap row $rows {
			set conditions [llength [definition::conditions $row]]
			list [expr {2 * [rank $row] + ($conditions > 0)}] $row
		}]] { lindex $item 1 }]
	}

	proc rank {row} {
		if {[aligned $row] ne ""} { return 2 }
		return [expr {"read_mostly" in [dict get $row attrs] ? 0 : 1}]
	}

	# aligned ROW: the attribute of a member for a variable with cache lines of its own.
	# What was in a section is where its struct is.
	proc aligned {row} {
		if {[dict get $row alias] ne ""} return
		foreach word [dict get [definition::of $row] attributes] {
			if {[regexp {^_*cacheline_(internodealigned|aligned)(_in_smp)?} $word -> - smp]} {
				return " ____cacheline_aligned$smp"
			}
		}
	}

	# apart ROW PREVIOUS: the attribute that begins a cache line: of a member that has
	# it by itself, and of the first that is written after some that are read mostly.
	proc apart {row previous} {
		set own [aligned $row]
		if {$own ne ""} { return $own }
		if {$previous eq "" || [percpu $row]} return
		if {[rank $previous] == 0 && [rank $row] == 1} {
			return " ____cacheline_aligned_in_smp"
		}
	}

	# tight TYPE: as members are written.
	proc tight {type} { return [string map {"* @" *@ "@ \[" @\[} $type] }

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
			sysctl SYSCTL_V_@(var) static STATIC_V_@(var)
			static_pcpu STATIC_V_@_PCPU(var) context INIT_VNET_@(net)
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

	# needs MODULE: the header includes what the members need.
	proc needs {module} {
		set row [model::module $module]
		set path [dict get $row header]
		set includes [lmap include [model::words_of $row members] {
			if {[string first "#include <$include>\n" [repo::read $path]] >= 0} continue
			set _ "#include <$include>\n"
		}]
		if {$includes eq {}} return
		set text [repo::read $path]
		set at [string first "#include " $text]
		repo::write $path [splice $text [list [list $at $at [join $includes ""]]]]
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

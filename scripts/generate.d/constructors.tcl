# SPDX-License-Identifier: GPL-2.0-only
#
# Stage 2.1: initial values move from the definitions into the modules'
# constructors, and VNET_MOD() has the modules registered.

namespace eval constructors {
	# step NAME: of a module, or of all modules of a group.
	proc step {name} {
		set modules [model::group $name]
		set values 0
		set files [dict create]
		foreach module $modules {
			incr values [module $module]
			dict set files [dict get [model::module $module] home] 1
		}
		return [dict create VARIABLES [llength [model::variables $name]] VALUES $values \
			MODULES [llength $modules] FILES [dict size $files] \
			LIST [message::modules $modules]]
	}

	# module MODULE: how many values its constructor sets.
	proc module {module} {
		set values {}	;# of {conditions statement}
		set edits [dict create]
		foreach row [model::variables $module] {
			if {[model::function_of $row] ne ""} continue	;# see structs
			lassign [taken $row [model::names $module]] statements edit
			set conditions [definition::conditions $row]
			foreach statement $statements { lappend values [list $conditions $statement] }
			if {$edit ne ""} { dict lappend edits [dict get $row file] $edit }
		}
		set text [text $module $values]
		dict for {path list} $edits {
			repo::write $path [splice [repo::read $path] $list]
		}
		set home [dict get [model::module $module] home]
		repo::write $home [repo::read $home]\n$text
		return [llength $values]
	}

	# taken ROW NAMES: {statements edit}: what gives the variable its value, and the
	# edit that takes the value off its definition, if there is one.
	proc taken {row names} {
		if {[dict get $row alias] ne ""} { return [of_member $row $names] }
		set d [definition::of $row]
		set name [dict get $row variable]
		set where [where $row [dict get $d first]]
		if {![dict get $d percpu]} {
			return [list [value::of $d V_$name $names $where] [bare $row $d]]
		}
		set statements [value::of $d "per_cpu(V_$name, cpu)" $names $where]
		if {[llength $statements] > 1} {
			fail "$where: 'V_$name' needs [llength $statements] statements for each\
				processor: a hand step must make it one"
		}
		return [list [lmap statement $statements {
			set _ "for_each_possible_cpu(cpu)\n\t\t$statement"
		}] [bare $row $d]]
	}

	proc where {row offset} {
		set path [dict get $row file]
		return $path:[line_of [repo::read $path] $offset]
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

	# The same for a member of an object that stays: its designator goes.
	proc of_member {row names} {
		regexp {^([^.]+)\.(.+)$} [dict get $row alias] -> object member
		set d [definition::of [dict replace $row variable $object]]
		set designators [designators $d]
		set first [lindex [split $member .] 0]
		if {![dict exists $designators $first]} { return {{} ""} }
		lassign [dict get $designators $first] from after value
		set where [where $row $from]
		if {$first ne $member} {
			fail "$where: '$member' is in the value of '$first': a hand step must take\
				it out"
		}
		set statements [value::of [dict create macro "" value $value type \
			[lex::words [dict get $row type]]] V_[dict get $row variable] $names $where]
		return [list $statements [list $from $after ""]]
	}

	# designators DEFINITION: of an object's value, member -> {first after value}, the
	# offsets those of the whole lines.
	proc designators {d} {
		set found [dict create]
		set path [dict get $d value]
		set scan [lex::scan $path]
		set words [dict get $scan words]
		set text [dict get $scan text]
		set base [dict get $d value_at]
		set n [llength $words]
		for {set i 1} {$i < $n - 1} {set i [expr {$j + 1}]} {
			set nesting 0
			for {set j $i} {$j < $n - 1} {incr j} {
				set word [lindex $words $j]
				if {$word eq "," && $nesting == 0} break
				if {$word in {( [ \{}} { incr nesting }
				if {$word in {) ] \}}} { incr nesting -1 }
			}
			if {[lindex $words $i] ne "." || [lindex $words $i+2] ne "="} continue
			set at [lindex [dict get $scan at] $i]
			set from [lindex [dict get $scan at] $i+3]
			set end [definition::end $scan [expr {$j - 1}]]
			set first [expr {[string last \n $text $at] + 1}]
			set after [string first \n $text $end]
			dict set found [lindex $words $i+1] [list [expr {$base + $first}] \
				[expr {$base + $after + 1}] [string range $text $from $end-1]]
		}
		return $found
	}

	# The conditions that all variables of the module have: they are the constructor's.
	proc common {module} {
		set common ""
		foreach row [model::variables $module] {
			set conditions [definition::conditions $row]
			if {$common eq ""} { set common [list $conditions]; continue }
			set both {}
			foreach a [lindex $common 0] b $conditions {
				if {$a ne $b} break
				lappend both $a
			}
			set common [list $both]
		}
		return [lindex $common 0]
	}

	# The text under the conditions.
	proc under {conditions text} {
		foreach condition [lreverse $conditions] {
			set text "$condition\n$text#endif\n"
		}
		return $text
	}

	# What conditions OWN has beside OUTER, which it begins with.
	proc beside {outer own} { return [lrange $own [llength $outer] end] }

	proc text {module values} {
		set row [model::module $module]
		set macro [dict get $row MACRO]
		set common [common $module]
		set text "static int vnet_${module}_construct(struct net *net)\n\{\n"
		if {$values ne {}} { append text "\tINIT_VNET_${macro}(net)\n" }
		if {[regexp {for_each_possible_cpu} $values]} { append text "\tint cpu;\n" }
		if {$values ne {}} { append text "\n[statements $common $values]\n" }
		append text "\treturn 0;\n\}\n\n"
		append text "static struct vnet_mod vnet_${module}_mod = \{\n"
		set members [list name "\"$module\"" id VNET_MOD_$macro]
		set requires [lmap other [model::words_of $row requires] {
			set _ VNET_MOD_[header::macro $other]
		}]
		if {$requires ne {}} {
			lappend members requires "VNET_REQUIRES([join $requires {, }])"
		}
		lappend members construct vnet_${module}_construct
		foreach {member value} $members {
			append text "\t[pad .$member 16]= $value,\n"
		}
		append text "\};\n\nVNET_MOD($module);\n"
		return [under $common $text]
	}

	# statements COMMON VALUES: those with the same conditions together.
	proc statements {common values} {
		set text ""
		set last {}
		set block ""
		foreach value $values {
			lassign $value conditions statement
			set conditions [beside $common $conditions]
			if {$conditions ne $last} {
				append text [under $last $block]
				set last $conditions
				set block ""
			}
			append block \t$statement\n
		}
		return $text[under $last $block]
	}
}

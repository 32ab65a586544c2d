# SPDX-License-Identifier: GPL-2.0-only
#
# The project's tables together: read, checked one by one and against each
# other, and the questions that the generators ask of them.

namespace eval model {
	variable columns {
		groups {group prefix title}
		modules {module group MACRO header includer home requires includes
			members prefix title}
		variables {variable module file scope type verdict step|reason
			attrs note}
		nets {type expression why}
		contexts {file function module kind expression place why}
		initialisers {macro kind type statement zero}
		steps {number slug stage origin module proof modes files}
		stages {stage folder title}
	}
	variable keys {
		groups group  modules module  variables {variable file scope}  nets type
		contexts {file function module}  initialisers macro
		steps slug  stages stage
	}
	variable attributes {read_mostly aligned percpu export export_gpl -}

	# load DIRECTORY [VERSION]: with the exceptions of that version of the kernel.
	proc load {directory {version ""}} {
		variable columns; variable keys; variable top $directory
		if {$version ne ""} { exceptions::load $directory $version }
		variable tables [dict create]
		dict for {name list} $columns {
			dict set tables $name [table::read \
				[file join $directory $name.tsv] vnet/$name.tsv \
				$list [dict get $keys $name] [expr {$name ne "stages"}]]
			if {$version eq ""} continue
			dict set tables $name [exceptions::over $name [rows $name] \
				[dict get $keys $name] $list]
		}
		foreach name {stages steps modules variables contexts initialisers} {
			foreach row [rows $name] { check_$name $row }
		}
		check_order
	}

	proc rows {name} {
		variable tables
		return [dict get $tables $name]
	}

	proc set_rows {name rows} {
		variable tables
		if {$name eq "variables"} { dict unset tables coded }
		dict set tables $name $rows
	}

	# Is it the row of a variable that the series converts?
	proc converted {row} {
		return [expr {[dict get $row verdict] eq "per-vnet" && [dict get $row module] ne "-"}]
	}

	# find TABLE COLUMN VALUE: the first such row, or nothing.
	proc find {name column value} {
		foreach row [rows $name] {
			if {[dict get $row $column] eq $value} { return $row }
		}
	}

	proc refers {row column name key} {
		set value [dict get $row $column]
		if {[find $name $key $value] eq ""} {
			table::wrong $row "'$value' is not in vnet/$name.tsv"
		}
	}

	proc check_stages {row} {
		table::matches $row folder {stage-[a-z0-9.-]+} "want stage-<number>-<word>"
	}

	proc check_steps {row} {
		refers $row stage stages stage
		table::matches $row number {[0-9]{4}} "want four digits"
		table::matches $row slug {[A-Za-z0-9_.-]+} "want letters, digits, '_', '.' and '-'"
		table::one_of $row origin {files hand generated}
		table::one_of $row proof {same-object boot}
		foreach mode [dict get $row modes] {
			if {$mode ni {globals structs vnet none}} {
				table::wrong $row "'$mode' is no mode: globals structs vnet none"
			}
		}
		if {[dict get $row module] ne "-" && [group [dict get $row module]] eq {}} {
			refers $row module modules module
		}
		if {[dict get $row origin] eq "generated"} {
			set want [generator $row]-[dict get $row module]
			if {[dict get $row slug] ne $want} {
				table::wrong $row "a generated step is named\
					<generator>-<module>, here $want"
			}
		}
		if {([dict get $row origin] eq "files") != ([dict get $row files] ne "-")} {
			table::wrong $row "a step of origin 'files' lists files, others '-'"
		}
	}

	proc check_order {} {
		if {[rows steps] ne {}} { date [lindex [rows steps] 0] }
		set number 0
		foreach row [rows steps] {
			incr number
			if {[scan [dict get $row number] %d] != $number} {
				table::wrong $row "steps are numbered without gaps: this is\
					[format %04d $number]"
			}
		}
	}

	# The generator of a generated step is the first word of its slug.
	proc generator {step} { return [lindex [split [dict get $step slug] -] 0] }

	proc check_modules {row} {
		set module [dict get $row module]
		if {[dict get $row group] ne $module} { refers $row group groups group }
		if {[find groups group $module] ne ""} {
			table::wrong $row "'$module' is a group in vnet/groups.tsv"
		}
		table::matches $row module {[a-z][a-z0-9_]*} "want a C identifier"
		if {[dict get $row MACRO] ne [string toupper $module]} {
			table::wrong $row "MACRO is the module's name in capitals"
		}
		if {([dict get $row header] eq "-") != ([dict get $row includer] eq "-")} {
			table::wrong $row "a header needs an includer, and the other way round"
		}
		foreach other [words_of $row requires] {
			if {[find modules module $other] eq ""} {
				table::wrong $row "requires '$other', which is no module"
			}
		}
	}

	# A column that is a list of words, '-' for none.
	proc words_of {row column} {
		set value [dict get $row $column]
		return [expr {$value eq "-" ? {} : $value}]
	}

	proc check_variables {row} {
		variable attributes
		set planned [expr {[dict get $row module] ne "-"}]
		if {$planned} { refers $row module modules module }
		table::matches $row scope {global|file|in:[A-Za-z_][A-Za-z0-9_.]*} \
			"want global, file, or in:<function>"
		table::one_of $row verdict {per-vnet shared}
		foreach attribute [dict get $row attrs] {
			if {$attribute ni $attributes && ![string match {as:[A-Za-z_]*} $attribute]} {
				table::wrong $row "'$attribute' is not one of: $attributes as:NAME"
			}
		}
		if {[code_name $row] ne "" && ![string match *.* [dict get $row variable]]} {
			table::wrong $row "'as:' is for a member of a struct"
		}
		if {[regexp -all @ [dict get $row type]] != 1} {
			table::wrong $row "a type has one '@', where the name goes"
		}
		if {[dict get $row verdict] eq "shared"} {
			table::one_of $row step|reason [reasons]
			return
		}
		if {!$planned} {
			table::matches $row step|reason {[a-z][a-z0-9-]*} \
				"want a resource group, as long as there is no step"
			return
		}
		set module [find modules module [dict get $row module]]
		# By a step if the series gets that far; until then, by a resource group.
		if {[find steps slug live-[dict get $row module]] ne ""} {
			refers $row step|reason steps slug
		} else {
			table::matches $row step|reason {[a-z][a-z0-9-]*} "want a resource group"
		}
		if {[dict get $module header] eq "-" &&
		    [dict get $row file] ne [dict get $module home]} {
			table::wrong $row "module '[dict get $module module]' is private\
				to [dict get $module home]: give it a header"
		}
	}

	# The closed list of reasons stands in the table's head comment.
	proc reasons {} {
		variable top
		return [table::setting [file join $top variables.tsv] \
			vnet/variables.tsv reasons]
	}

	proc check_contexts {row} {
		refers $row module modules module
		table::one_of $row kind {expr init host none}
		table::matches $row place {-|(behind|before) .*} \
			"want '-', or behind or before and a line of the function"
	}

	proc check_initialisers {row} {
		table::one_of $row kind {definition value scalar}
	}

	proc module {name} { return [find modules module $name] }

	# group NAME: the modules of the group, or the module of that name alone.
	proc group {name} {
		set found {}
		foreach row [rows modules] {
			if {[dict get $row group] eq $name} { lappend found [dict get $row module] }
		}
		if {$found eq {} && [module $name] ne ""} { return [list $name] }
		return $found
	}

	# variables NAME: the rows of a module, or of all modules of a group, that
	# become per vnet, as code has them, in the table's order.
	proc variables {name} {
		set modules [group $name]
		return [lmap row [coded] {
			if {[dict get $row module] ni $modules} continue
			set row
		}]
	}

	proc names {module} {
		return [lmap row [variables $module] { dict get $row variable }]
	}

	# Is MACRO(name, ...) at file scope a definition of name?
	proc defines {macro} {
		set row [find initialisers macro $macro]
		return [expr {$row ne "" && [dict get $row kind] eq "definition"}]
	}

	proc date {step} {
		variable top
		set epoch [table::setting [file join $top steps.tsv] vnet/steps.tsv epoch]
		return [expr {$epoch + 60 * [scan [dict get $step number] %d]}]
	}

	proc folder {step} {
		return [dict get [find stages stage [dict get $step stage]] folder]
	}

	proc patch {step} {
		return [folder $step]/[dict get $step number]-[dict get $step slug].patch
	}
}

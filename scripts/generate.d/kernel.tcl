# SPDX-License-Identifier: GPL-2.0-only
#
# Another version of the kernel (--kernel): the first stages, from the same tables
# with the few exceptions of vnet/versions/<version>/.  What the tables name and that
# source does not have is passed over by rule, never by guess, and listed.

namespace eval kernel {
	variable version ""
	variable noted {}	;# what rules passed over: dicts of what name file module why

	proc on {} { variable version; return [expr {$version ne ""}] }

	proc suffixed {name} {
		variable version
		return [file join $::build [expr {[on] ? "$name-$version" : $name}]]
	}
	proc tree {} { return [suffixed linux] }
	proc work {} { return [suffixed generate] }
	proc directory {} { variable version; return [file join $::top vnet versions $version] }

	proc note {what name file module why} {
		variable noted
		lappend noted [dict create what $what name $name file $file module $module why $why]
	}

	# needed ROW WHY: a row that is passed over, for WHY, has no exception.
	proc needed {row why} {
		if {![dict exists $row @exception]} return
		fail "[dict get $row @exception]: $why: the exception is not needed"
	}

	# fit: the tables become those of this source; it is open.
	proc fit {} {
		if {![on]} return
		variable noted {}
		select
		variables
		modules
		steps
	}

	# Of the steps those that the head of the exceptions names, by slug; and the
	# generated ones of the stages that it names.
	proc select {} {
		variable version
		set wanted [exceptions::series]
		set rows {}
		foreach row [model::rows steps] {
			dict with row {}
			if {$slug in $wanted || ($stage in $wanted && $origin eq "generated")} {
				lappend rows $row
			} elseif {$stage in $wanted} {
				note step $slug - $module "made by hand"
			} else {
				needed $row "step '$slug' is not made on $version"
			}
		}
		number $rows
	}

	# number ROWS: the steps that are left, without gaps.
	proc number {rows} {
		set n 0
		model::set_rows steps [lmap row $rows {
			dict replace $row number [format %04d [incr n]]
		}]
	}

	# Variables that are not there go; of the others it is checked, here and not step
	# by step, that they are as their rows say.
	proc variables {} {
		set errors {}
		set rows {}
		search::files [lmap row [model::coded] { dict get $row variable }]
		foreach row [model::coded] {
			try {
				set row [there $row]
			} trap GENERATE message {
				lappend errors $message
				continue
			}
			if {$row ne ""} { lappend rows $row }
		}
		if {$errors ne {}} { fail [join $errors "\ngenerate: "] }
		model::set_rows coded $rows
	}

	# there ROW: its row for this source, or nothing.
	proc there {row} {
		variable version
		if {[dict get $row alias] ne ""} { return [alias $row] }
		if {![defined $row]} {
			set row [elsewhere $row]
			if {$row eq ""} return
		}
		set attributes [definition::attributes $row [definition::of $row]]
		if {$attributes eq {}} { set attributes - }
		if {[lsort $attributes] ne [lsort [dict get $row attrs]]} {
			note attributes [dict get $row variable] [dict get $row file] \
				[dict get $row module] "there: $attributes"
			dict set row attrs $attributes
		}
		definition::check $row
		return $row
	}

	# alias ROW: the row, if a macro of that name is there.
	proc alias {row} {
		try {
			definition::alias $row
		} trap {GENERATE NO_ALIAS} {} {
			return [absent $row]
		}
		return $row
	}

	# classes PATH NAME: what the file's occurrences of the name are.
	proc classes {path name {locals {}}} {
		return [lsort -unique [lmap use [dict get [scope::analyse \
				[lex::scan [repo::read $path]] [list $name] $locals] uses] {
			dict get $use class
		}]]
	}

	proc defined {row} {
		dict with row {}
		return [expr {[repo::exists $file] &&
			"definition" in [classes $file $variable [definition::locals [list $row]]]}]
	}

	# elsewhere ROW: where its file does not define it.  A global that one other file
	# defines with the same type has moved; of what a file keeps to itself, that
	# would be a guess.  Nothing, where no code says the name but such that has
	# something else of that name.
	proc elsewhere {row} {
		variable version
		dict with row {}
		set found {}
		set says {}
		foreach path [search::files [list $variable]] {
			if {$path ne $file && [other_row $variable $path]} continue
			set classes [classes $path $variable]
			if {"definition" in $classes} {
				set there [dict replace $row file $path]
				set d [definition::of $there]
				if {[dict get $d type] ne [lex::words $type]} {
					if {![dict get $d static]} { lappend says $path }
				} elseif {$scope eq "file" || ![dict get $d static]} {
					lappend found $there
				}
			} elseif {"other" in $classes || "macro" in $classes} {
				continue
			} elseif {$scope eq "global" || $path eq $file} {
				foreach class $classes {
					if {$class in {use declaration export annotation parameter}} {
						lappend says $path
						break
					}
				}
			}
		}
		if {$scope eq "global" && [llength $found] == 1} {
			set there [lindex $found 0]
			if {[dict get [model::module $module] header] eq "-"} {
				table::wrong $row "'$variable' is in [dict get $there file] on\
					$version, and module '$module' private to\
					$file: $exceptions::shown must say what to do"
			}
			note moved $variable [dict get $there file] $module "from $file"
			return $there
		}
		if {$found ne {}} { set says [lmap there $found { dict get $there file }] }
		if {$says ne {}} {
			table::wrong $row "'$variable' is not defined in $file on $version, but\
				[join $says {, }] says it: $exceptions::shown must say what it is"
		}
		return [absent $row]
	}

	proc absent {row} {
		variable version
		dict with row {}
		needed $row "'$variable' is not in $version"
		note variable $variable $file $module "not in $version"
		return ""
	}

	# Has the table a row of its own for the name in that file?
	proc other_row {name path} {
		foreach row [model::rows variables] {
			if {[dict get $row variable] eq $name && [dict get $row file] eq $path} {
				return 1
			}
		}
		return 0
	}

	# A module without variables has nothing to say.
	proc modules {} {
		set gone {}
		model::set_rows modules [lmap row [model::rows modules] {
			set module [dict get $row module]
			if {[model::variables $module] eq {}} {
				needed $row "no variable of '$module' is there"
				note module $module [dict get $row home] $module "none of its variables"
				lappend gone $module
				continue
			}
			set row
		}]
		foreach row [model::rows contexts] {
			if {[dict get $row module] in $gone} { pass_over $row }
		}
	}

	# Nor has a step without modules.
	proc steps {} {
		number [lmap row [model::rows steps] {
			set module [dict get $row module]
			if {[dict get $row origin] eq "generated" && [model::group $module] eq {}} {
				note step [dict get $row slug] - $module "none of its modules"
				continue
			}
			set row
		}]
	}

	# needless STEP WHY: a step that finds nothing to do.
	proc needless {step why} {
		note step [dict get $step slug] - [dict get $step module] $why
		number [lmap row [model::rows steps] {
			if {[dict get $row slug] eq [dict get $step slug]} continue
			set row
		}]
	}

	# pass_over ROW: of vnet/contexts.tsv, that no function needs.
	proc pass_over {row} {
		variable version
		dict with row {}
		set why "uses no variable of the module"
		if {![repo::exists $file]} {
			set why "no such file"
		} elseif {$function ne "-" && [lsearch -exact [lmap f [dict get [scope::analyse \
				[lex::scan [repo::read $file]] {}] functions] {
					dict get $f name
				}] $function] < 0} {
			set why "no such function"
		}
		needed $row "${function}() of $file: $why"
		note context $function $file $module $why
	}

	proc left {path function module} {
		note left [dict get $function name] $path $module "no parameter leads to a net"
	}

	# check_expression PATH FUNCTION EXPRESSION: what a row says was read in the source
	# that the series is made on, and in the first stages no compiler sees it.
	proc check_expression {path function expression} {
		variable version
		if {![on]} return
		set words [dict get [lex::scan [repo::read $path]] words]
		set known [lrange $words [dict get $function open] [dict get $function close]]
		foreach parameter [dict get $function params] { lappend known [lindex $parameter 1] }
		set expression [lex::words $expression]
		set previous ""
		foreach word $expression next [lrange $expression 1 end] {
			set before $previous
			set previous $word
			if {![lex::is_word $word] || $before in {. -> struct} || $word in {struct init_net}} continue
			if {$next eq "("} {
				if {[search::files [list $word]] ne {}} continue
			} elseif {$word in $known} continue
			fail "$path: [dict get $function name](): '$word', which its context names,\
				is not there on $version: $exceptions::shown must say another"
		}
	}
}

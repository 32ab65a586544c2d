# SPDX-License-Identifier: GPL-2.0-only
#
# Stage 1.0: every use of a module's variables says V_name.  The definition, its
# declarations and its export keep the plain name; so do fields, parameters and
# locals that happen to have it.

namespace eval rename {
	# step NAME: of a module, or of all modules of a group.
	proc step {name} {
		set modules [model::group $name]
		foreach row [model::variables $name] { definition::check $row }
		foreach module $modules { check_new_names $module }
		set sites [sites $name]
		set counted [apply $name $sites]
		foreach module $modules { place_names $module }
		verify $name
		return [dict create {*}$counted MODULES [llength $modules] \
			LIST [message::modules $modules]]
	}

	proc place_names {module} {
		if {[header::private $module]} {
			header::include [dict get [model::module $module] home] net/vnet.h
			private_block $module
		} else {
			header::create $module
		}
	}

	# V_ names must be new to the tree; those of a private module, to its file and
	# to all headers.
	proc check_new_names {module} {
		set home [dict get [model::module $module] home]
		foreach name [model::names $module] {
			foreach path [search::files [list V_$name]] {
				if {[header::private $module] && $path ne $home &&
				    ![string match *.h $path]} continue
				fail "$path: has a 'V_$name' already"
			}
		}
	}

	# scopes MODULE: path -> the names that can mean the module's there.
	proc scopes {module} {
		set scopes [dict create]
		foreach row [model::variables $module] {
			set name [dict get $row variable]
			set files [dict get $row file]
			if {[dict get $row scope] eq "global"} {
				set files [search::files [list $name]]
			}
			foreach path $files { dict lappend scopes $path $name }
		}
		return $scopes
	}

	# sites MODULE: list of {path token word method line}.
	proc sites {module} {
		set scopes [scopes $module]
		set uses [dict create]
		foreach path [lsort [dict keys $scopes]] {
			set list [uses $path [dict get $scopes $path] $module]
			if {$list ne {}} { dict set uses $path $list }
		}
		set found [spatch::expressions [model::names $module] [dict keys $uses]]
		set sites {}
		dict for {path list} $uses {
			set scan [lex::scan [repo::read $path]]
			set cocci [dict get $found $path]
			foreach use $list {
				set token [dict get $use token]
				set method [expr {$token in $cocci ? "cocci" : "lexer"}]
				lappend sites [list $path $token [dict get $use word] $method]
			}
		}
		return $sites
	}

	# The occurrences in one file that are the variable itself.  In the module's
	# own definitions the names stay, as in x = LIST_HEAD_INIT(x): these values
	# go to the constructor.
	proc uses {path names module} {
		set scan [lex::scan [repo::read $path]]
		set mine {}
		set aliases {}
		set here {}
		foreach row [model::variables $module] {
			if {[dict get $row alias] ne ""} {
				lappend aliases [dict get $row variable]
			} elseif {[dict get $row file] eq $path} {
				lappend mine [dict get $row variable]
				lappend here $row
			}
		}
		set locals [definition::locals $here]
		set shape [scope::analyse $scan $names $locals]
		set foreign {}
		set itself {}
		foreach use [dict get $shape uses] {
			set word [dict get $use word]
			switch [dict get $use class] {
				parameter {
					if {$word in $mine} { fail "[at $scan $path $use]: module\
						parameter '$word' is interface: a hand step must\
						make it module_param_named() first" }
				}
				definition {
					# The file has its own thing of that name.
					if {$word ni $mine} { lappend foreign $word; continue }
					lappend itself {*}[definition::statement $scan \
						[dict get $use token]]
				}
				macro { if {$word ni [concat $mine $aliases]} { lappend foreign $word } }
			}
		}
		return [lmap use [dict get $shape uses] {
			set word [dict get $use word]
			if {[dict get $use class] ni {use annotation} || $word in $foreign ||
			    [dict get $use token] in $itself} continue
			if {[dict exists $locals $word] &&
			    [function $shape $use] ne [dict get $locals $word]} continue
			set use
		}]
	}

	# function SHAPE USE: the name of the function that it is in, or "".
	proc function {shape use} {
		lassign [dict get $use owner] owner number
		if {$owner eq "function"} {
			return [dict get [lindex [dict get $shape functions] $number] name]
		}
	}

	proc at {scan path use} {
		return $path:[line_of [dict get $scan text] \
			[lindex [dict get $scan at] [dict get $use token]]]
	}

	proc apply {module sites} {
		set counts [dict create cocci 0 lexer 0]
		set edits [dict create]
		set list "file\tline\tvariable\tfound by\n"
		foreach site $sites {
			lassign $site path token word method
			set scan [lex::scan [repo::read $path]]
			set at [lindex [dict get $scan at] $token]
			dict lappend edits $path [list $at $at V_]
			dict incr counts $method
			append list "$path\t[line_of [dict get $scan text] $at]\t$word\t$method\n"
		}
		spew [file join $::scratch sites-$module.tsv] $list
		dict for {path list} $edits {
			set text [repo::read $path]
			repo::write $path [align::follow $text [splice $text $list]]
		}
		return [dict create \
			VARIABLES [llength [model::variables $module]] \
			SITES [llength $sites] COCCI [dict get $counts cocci] \
			LEXER [dict get $counts lexer] FILES [dict size $edits]]
	}

	# A private module's names follow its last definition, as its struct will have
	# to; but stand before the first use, where that comes earlier.
	proc private_block {module} {
		set path [dict get [model::module $module] home]
		set text [repo::read $path]
		set last 0
		foreach row [model::variables $module] {
			if {[model::function_of $row] ne ""} continue
			set last [expr {max($last, [dict get [definition::of $row] after])}]
		}
		# Where all are statics of functions: before the first of these.
		set last [expr {$last ? [definition::line_end $text $last] : [string length $text]}]
		set at [before_use $module $path $text $last]
		set block [header::block $module rename {}]
		set block [expr {$at < $last ? "$block\n" : "\n$block"}]
		repo::write $path [splice $text [list [list $at $at $block]]]
	}

	# before_use MODULE PATH TEXT LAST: LAST; or, if one of the names is used
	# before that, the start of what it is used in.
	proc before_use {module path text last} {
		set scan [lex::scan $text]
		set names [lmap name [model::names $module] { set _ V_$name }]
		foreach word [dict get $scan words] offset [dict get $scan at] {
			if {$offset > $last} break
			if {$word ni $names} continue
			# The paragraph that begins a declaration, a comment or a #define.
			set from $offset
			while {1} {
				set blank [string last \n\n $text $from-1]
				if {$blank < 0} { fail "$path: no place for the names of '$module'" }
				set at [expr {$blank + 2}]
				if {[string index $text $at] ni [list \t " " \} \{]} { return $at }
				set from $blank
			}
		}
		return $last
	}

	# Nothing may be left that still says the plain name.
	proc verify {module} {
		dict for {path names} [scopes $module] {
			set scan [lex::scan [repo::read $path]]
			foreach use [uses $path $names $module] {
				if {[names_it $scan $use]} continue
				fail "[at $scan $path $use]: '[dict get $use word]' was not renamed"
			}
		}
	}

	# Is the use the body of its own #define V_name name?
	proc names_it {scan use} {
		set i [dict get $use token]
		return [expr {[lindex [dict get $scan words] $i-1] eq "V_[dict get $use word]"}]
	}

	# All the names that the table will have searched for, for one search.
	proc all_names {} {
		set names {}
		foreach row [model::coded] {
			lappend names V_[dict get $row variable]
			if {[dict get $row scope] eq "global"} {
				lappend names [dict get $row variable]
			}
		}
		return $names
	}
}

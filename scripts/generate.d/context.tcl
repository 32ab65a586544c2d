# SPDX-License-Identifier: GPL-2.0-only
#
# Stage 1.5: every function that uses a V_ variable, itself or through a macro,
# says which vnet it works for: INIT_VNET_<MOD>(net), at its top unless its row in
# vnet/contexts.tsv says behind which line.  A function for which there is no net is
# an error that names it.

namespace eval context {
	variable rows {}	;# what vnet/generated/contexts.tsv will list
	variable used		;# rows of vnet/contexts.tsv that a function had

	# step NAME: of a module, or of all modules of a group.
	proc step {name} {
		variable errors {}
		variable used [dict create]
		variable functions [dict create]
		variable files [dict create]
		variable kinds [dict create]
		set modules [model::group $name]
		set places 0
		foreach module $modules {
			incr places [module $module]
			unused $module
		}
		if {$errors ne {}} { fail [join [lrange $errors 0 99] "\ngenerate: "] }
		return [dict create FUNCTIONS [dict size $functions] PLACES $places \
			FILES [dict size $files] KINDS [say $kinds] LIST [tally $kinds] \
			MODULES [llength $modules]]
	}

	# module MODULE: how many contexts of it were put.
	proc module {module} {
		variable errors; variable functions; variable files; variable kinds
		set facts [header::facts $module]
		set edits [dict create]
		set places 0
		foreach user [users $module] {
			lassign $user path function
			try {
				lassign [choose $module $path $function] form expression kind where
				if {$form eq "none"} continue
				set line "INIT_VNET_[header::macro $module]${form}($expression)"
				dict lappend edits $path [place $path $function $line $where]
				if {$form eq ""} { kernel::check_expression $path $function $expression }
			} trap {GENERATE NO_NET} message {
				if {[kernel::on]} {
					kernel::left $path $function $module
				} else {
					lappend errors $message
				}
				continue
			} trap GENERATE message {
				lappend errors $message
				continue
			}
			if {$form eq "_OF" && "of" ni $facts} { lappend facts of }
			incr places
			dict incr kinds $kind
			dict set functions $path:[dict get $function name]:[dict get $function open] 1
			dict set files $path 1
			record $path $function $module $form$expression $kind
		}
		if {$errors ne {}} { return $places }
		set old [list rename [lsearch -all -inline -not $facts of]]
		dict for {path list} $edits {
			repo::write $path [splice [repo::read $path] $list]
		}
		header::replace $module $old [list rename [concat context $facts]]
		return $places
	}

	proc record {path function module expression kind} {
		variable rows
		lappend rows [join [list $path [dict get $function name] $module \
			[string map {_OF OF:} $expression] $kind] \t]
	}

	# A row that no function needs is a mistake, or has had its day.
	proc unused {module} {
		variable used; variable errors
		foreach row [model::rows contexts] {
			if {[dict get $row module] ne $module || [dict exists $used [table::at $row]]} continue
			if {[kernel::on]} { kernel::pass_over $row; continue }
			lappend errors "[table::at $row]: no function [dict get $row function]() of\
				[dict get $row file] uses module '$module'"
		}
	}

	variable names {
		expr "an expression of the function's own"
		init "the initial vnet, in code that runs when it comes or goes"
		host "the initial vnet, in code that serves all"
	}

	# tell KINDS LEAD: {what n} for each kind, the most frequent first; LEAD goes before
	# a type.
	proc tell {kinds lead} {
		variable names
		set parts {}
		foreach {kind n} [lsort -stride 2 -index 1 -integer -decreasing \
				[lsort -stride 2 $kinds]] {
			set how $lead$kind
			if {[dict exists $names $kind]} { set how [dict get $names $kind] }
			lappend parts [list $how $n]
		}
		return $parts
	}

	# "a struct sock * (9), a struct net * (2), an expression of the function's own (1)"
	proc say {kinds} {
		return [join [lmap part [tell $kinds "a "] {
			lassign $part what n
			set _ "$what ($n)"
		}] {, }]
	}

	# The same, a line for each.
	proc tally {kinds} {
		return [join [lmap part [tell $kinds ""] {
			lassign $part what n
			format " %4d %s" $n $what
		}] \n]
	}

	# The edit that makes LINE the first of the body; or puts it where WHERE says,
	# "behind" or "before" a line, as far from the margin as what follows.
	proc place {path function line where} {
		if {$where ne "-"} { return [beside $path $function $line $where] }
		set text [repo::read $path]
		set at [expr {[offset $path $function open] + 1}]
		if {[string index $text $at] ne "\n"} {
			fail "$path:[line_of $text $at]: [dict get $function name]() has its body\
				on the line of its '\{': a hand step must unfold it first"
		}
		incr at
		while {[regexp -start $at {\A\tINIT_VNET_[^\n]*\n} $text before]} {
			incr at [string length $before]
		}
		return [list $at $at "\t$line\n"]
	}

	proc beside {path function line where} {
		regexp {^(behind|before) (.*)$} $where -> side wanted
		set from [offset $path $function open]
		set text [string range [repo::read $path] 0 [offset $path $function close]]
		set found [regexp -all -inline -indices -start $from -line \
			"^\[ \t]*[quoted $wanted]\$" $text]
		if {[llength $found] != 1} {
			fail "$path: [dict get $function name]() has [llength $found] lines\
				'$wanted', $side which vnet/contexts.tsv wants its context"
		}
		lassign [lindex $found 0] at last
		if {$side eq "behind"} { set at [expr {$last + 2}] }
		regexp -start $at {\A\n*([ \t]*)} $text -> indent
		return [list $at $at "$indent$line\n"]
	}

	proc offset {path function end} {
		return [lindex [dict get [lex::scan [repo::read $path]] at] \
			[dict get $function $end]]
	}

	proc quoted {text} { return [regsub -all {[^A-Za-z0-9_ ]} $text {\\&}] }
}

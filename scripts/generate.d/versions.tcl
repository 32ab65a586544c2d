# SPDX-License-Identifier: GPL-2.0-only
#
# What came of the series on another version of the kernel.  Its patches are not
# kept: a hash of each tells whether they come out as before.

namespace eval versions {
	variable head "# SPDX-License-Identifier: GPL-2.0-only\n# Written by scripts/generate --kernel"

	variable figures [dict create]	;# slug -> text

	# counted STEP FIGURES: noted by the series as it goes.
	proc counted {step counts} {
		variable figures
		dict unset counts LIST
		dict set figures [dict get $step slug] [expr {$counts eq {} ? "-" : [join [lmap \
				{name value} $counts { set _ "[string tolower $name] $value" }] {, }]}]
	}

	proc texts {patches} {
		output::export $patches
		return [dict create series.tsv [series $patches] report.tsv [report]]
	}

	proc series {patches} {
		variable head; variable figures
		set text "$head $kernel::version: the steps, the SHA-256 of\n# each patch, and\
			what was counted.\n"
		append text "# source: [string trim [repo::git rev-parse stock^{tree}]]\n"
		append text "number\tslug\tsha256\tfigures\n"
		foreach row [model::rows steps] {
			dict with row {}
			set file [glob -directory $patches */$number-*.patch]
			set sum [lindex [run sha256sum $file] 0]
			append text [join [list $number $slug $sum [dict get $figures $slug]] \t]\n
		}
		return $text
	}

	proc report {} {
		variable head
		set lines [lmap row $kernel::noted {
			join [lmap column {what name file module why} { dict get $row $column }] \t
		}]
		set text "$head $kernel::version: what rules passed over.\n"
		append text [explain]
		append text "what\tname\tfile\tmodule\twhy\n"
		foreach line [lsort $lines] { append text $line \n }
		return $text
	}

	variable kinds {
		variable "rows of variables.tsv that are not in that source"
		moved "rows of variables.tsv whose one definition is in another file"
		attributes "rows of variables.tsv that have other attributes"
		module "rows of modules.tsv without a variable"
		step "steps left out"
		context "rows of contexts.tsv that no function needs"
		left "contexts left to hand: functions that no parameter leads to a net in"
	}

	proc explain {} {
		variable kinds
		set text ""
		dict for {kind says} $kinds { append text "#   [pad $kind 16]$says\n" }
		return $text
	}

	# written: what is committed.
	proc written {name} { return [file join [kernel::directory] $name] }

	proc write {patches} {
		dict for {name text} [texts $patches] { spew [written $name] $text }
		repo::git branch -f series $repo::head
		cache::prune
		puts "[count [llength [model::rows steps]] step] on $kernel::version: branch series of\
			[file tail [kernel::tree]]"
		return [list_exceptions]
	}

	proc check {patches} {
		dict for {name text} [texts $patches] {
			set shown vnet/versions/$kernel::version/$name
			set file [written $name]
			if {[file exists $file] && [slurp $file] eq $text} continue
			if {![file exists $file]} {
				puts stderr "generate: $shown is missing"
			} else {
				set fresh [file join $patches $name]
				spew $fresh $text
				puts stderr "generate: $shown is not what is generated:"
				puts stderr [output::excerpt $file $fresh]
			}
			puts stderr "generate: 'scripts/generate --kernel $kernel::version' writes it anew"
			return 1
		}
		puts "[count [llength [model::rows steps]] step] on $kernel::version, all as in\
			vnet/versions/$kernel::version/series.tsv"
		return 0
	}

	# The exceptions, and for each table how many rows the first stages read, and what
	# became of them.
	proc list_exceptions {} {
		foreach row $exceptions::rows {
			puts [join [lmap column {table key column value why} { dict get $row $column }] \t]
		}
		set noted [dict create]
		foreach row [report_rows] { dict incr noted [dict get $row what] }
		puts "table\trows\texceptions\trows with one\tpassed over by rule"
		set all {0 0 0 0}
		foreach table $exceptions::of {
			set by [expr {[dict exists {variables variable modules module contexts context \
				steps step} $table] ? [dict get {variables variable modules module \
				contexts context steps step} $table] : "none"}]
			set figures [list [rows $table] [llength [exceptions::all $table]] \
				[llength [lsort -unique [lmap row [exceptions::all $table] {
					dict get $row key
				}]]] [expr {[dict exists $noted $by] ? [dict get $noted $by] : 0}]]
			puts $table\t[join $figures \t]
			set all [lmap a $all b $figures { expr {$a + $b} }]
		}
		puts all\t[join $all \t]
		foreach {kind says} [list moved "found in another file by rule" attributes \
				"with other attributes, by rule" left "contexts left to hand"] {
			puts "$says: [expr {[dict exists $noted $kind] ? [dict get $noted $kind] : 0}]"
		}
		return 0
	}

	# rows TABLE: how many rows the first stages read.
	proc rows {table} {
		set rows [dict get $exceptions::before $table]
		switch $table {
			variables { set rows [lmap row $rows {
				if {![model::converted $row]} continue
				set row
			}] }
			steps { set rows [lmap row $rows {
				if {[dict get $row stage] ni [exceptions::series] && [dict get $row slug]
				    ni [lmap e [exceptions::all steps] { dict get $e key }]} continue
				set row
			}] }
		}
		return [llength $rows]
	}

	proc report_rows {} {
		set file [written report.tsv]
		if {![file exists $file]} {
			fail "there is no [file tail $file] of $kernel::version: run\
				'scripts/generate --kernel $kernel::version'"
		}
		return [table::read $file report.tsv {what name file module why} \
			{what name file module}]
	}
}

# SPDX-License-Identifier: GPL-2.0-only
#
# Which C files of the tree say a name.  The stock source is searched once per
# name and remembered in the build directory; files that steps have touched
# are looked at anew each time.

namespace eval search {
	variable memo [dict create]
	variable memo_file ""

	# What is compiled into no kernel is no matter of the series.
	variable where {*.c *.h :!tools :!scripts :!samples :!Documentation}

	proc remember {directory} {
		variable memo [dict create]
		variable memo_file [file join $directory search-$repo::stock.tsv]
		if {![file exists $memo_file]} return
		foreach line [split [string trim [slurp $memo_file] \n] \n] {
			dict set memo {*}[split $line \t]
		}
	}

	# files NAMES: the files that say one of the names, sorted.
	proc files {names} {
		variable memo
		set new {}
		set found [dict create]
		foreach name $names {
			if {![dict exists $memo $name]} { lappend new $name }
		}
		if {$new ne {}} { stock [lsort -unique $new] }
		foreach name $names {
			foreach path [dict get $memo $name] { dict set found $path 1 }
		}
		set pattern "\\m(?:[join $names |])\\M"
		foreach path [dict keys $repo::touched] {
			dict unset found $path
			if {![string match {*.[ch]} $path] || ![repo::exists $path]} continue
			set text [repo::read $path]
			foreach name $names {
				# Much faster than the pattern, and mostly no.
				if {[string first $name $text] < 0} continue
				if {[regexp $pattern $text]} { dict set found $path 1 }
				break
			}
		}
		return [lsort [dict keys $found]]
	}

	proc stock {names} {
		variable memo; variable where; variable memo_file
		foreach name $names { dict set memo $name {} }
		# git grep ends with status 1 when it finds nothing.
		set found [repo::git_any {0 1} grep --no-color -o -P \
			"\\b(?:[join $names |])\\b" $repo::stock -- {*}$where]
		foreach line [lsort -unique [split [string trim $found] \n]] {
			if {[regexp {^[0-9a-f]+:([^:]+):(.*)$} $line -> path name]} {
				dict lappend memo $name $path
			}
		}
		set lines [lmap name [lsort [dict keys $memo]] {
			set line $name\t[dict get $memo $name]
		}]
		spew $memo_file [join $lines \n]\n
	}
}

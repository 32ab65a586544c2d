# SPDX-License-Identifier: GPL-2.0-only
#
# What Coccinelle made of a file, remembered by the hash of all that it depends
# on: its version, the rule and the file's text.  Most files are the same from
# one run to the next, and some take it half a minute.

namespace eval cache {
	variable used {}
	variable version ""

	proc directory {} { return [file join [kernel::work] spatch] }

	# keys RULE PATHS: path -> key.
	proc keys {rule paths} {
		variable version
		if {$version eq ""} { set version [run spatch --version] }
		set work [file join $::scratch keys]
		set list ""
		set n 0
		foreach path $paths {
			set file [file join $work [incr n]]
			spew $file "$version\n$rule\n[repo::read $path]"
			append list $file \n
		}
		set ids [split [string trim [run git hash-object --no-filters \
			--stdin-paths << $list]] \n]
		file delete -force $work
		set keys [dict create]
		foreach path $paths id $ids { dict set keys $path $id }
		return $keys
	}

	# get KEY: the text, or nothing in an empty list; else a list of it.
	proc get {key} {
		variable used
		lappend used $key
		set file [file join [directory] $key]
		if {![file exists $file]} { return {} }
		return [list [slurp $file]]
	}

	# A killed run must not leave half a file under the name.
	proc put {key text} {
		set file [file join [directory] $key]
		spew $file.[pid] $text
		file rename -force $file.[pid] $file
	}

	# After a run of the whole series: what it did not use is of no use.
	proc prune {} {
		variable used
		foreach file [glob -nocomplain -directory [directory] *] {
			if {[file tail $file] ni $used} { file delete $file }
		}
	}
}

# SPDX-License-Identifier: GPL-2.0-only
#
# What becomes of the generated commits: patches, written or compared, and the
# list of contexts for review.

namespace eval output {
	variable contexts vnet/generated/contexts.tsv

	# export DIRECTORY: patches and series of the generated commits.
	proc export {directory} {
		file mkdir $directory
		run [file join $::home generate.d export.sh] $directory \
			$repo::directory $repo::stock $repo::head
		spew [file join $directory contexts.tsv] [contexts_text]
	}

	proc contexts_text {} {
		set text "# SPDX-License-Identifier: GPL-2.0-only\n"
		append text "# Written by scripts/generate: every function that has been given a context,\n"
		append text "# and what its vnet comes from.\n"
		append text "file\tfunction\tmodule\texpression\tfrom\n"
		foreach row $context::rows { append text $row \n }
		return $text
	}

	# files DIRECTORY: the relative paths below it, sorted.
	proc files {directory} {
		set found {}
		foreach path [glob -nocomplain -directory $directory -tails * */*] {
			if {[file isfile [file join $directory $path]]} { lappend found $path }
		}
		return [lsort $found]
	}

	# where PATH: an exported file's place in the project.
	proc where {path} {
		variable contexts
		return [expr {$path eq "contexts.tsv" ? $contexts : "patches/$path"}]
	}

	proc write {directory} {
		lock
		set new [files $directory]
		set old [stale $new]
		set written 0
		foreach path $new {
			set target [file join $::top [where $path]]
			set text [slurp [file join $directory $path]]
			if {[file exists $target] && [slurp $target] eq $text} continue
			spew $target $text
			incr written
		}
		foreach path $old { file delete [file join $::top patches $path] }
		puts "[count [expr {[llength $new] - 2}] patch] generated: [count $written file]\
			written, [llength $old] removed, the others as they were"
	}

	# stale NEW: the patches that are not of the series any more.  Only what can
	# be had again may go: generated patches, and hand patches that a step used.
	proc stale {new} {
		set old {}
		foreach path [files [file join $::top patches]] {
			if {$path in $new || ![string match *.patch $path]} continue
			set full [file join $::top patches $path]
			if {$full ni $series::used &&
			    [regexp -line {^Vnet-Origin: hand$} [slurp $full]]} {
				fail "patches/$path belongs to no step: name it in\
					vnet/steps.tsv, or remove it"
			}
			lappend old $path
		}
		return $old
	}

	# One at a time may change patches/: the lock of scripts/tree and export.  A
	# lock on an open file outlives the program that takes it, as long as we do.
	proc lock {} {
		if {[info exists ::env(VNET_TREE_LOCKED)]} return
		variable held [open [file join $::build .tree-lock] a+]
		exec flock 0 <@ $held
	}

	# compare DIRECTORY: 1 if patches/ is what was generated; else it says where
	# the first difference is.
	proc compare {directory} {
		set new [files $directory]
		set old [lsearch -all -inline [files [file join $::top patches]] *.patch]
		foreach path [lsort -unique [concat $new $old]] {
			set target [file join $::top [where $path]]
			set fresh [file join $directory $path]
			if {![file exists $target]} {
				puts stderr "generate: [where $path] is missing"
			} elseif {![file exists $fresh]} {
				puts stderr "generate: [where $path] belongs to no step"
			} elseif {[slurp $target] ne [slurp $fresh]} {
				puts stderr "generate: [where $path] is not what is generated:"
				puts stderr [excerpt $target $fresh]
			} else continue
			puts stderr "generate: 'make generate' writes it anew; a hand edit of\
				a generated patch belongs in the tables or the generators"
			return 0
		}
		puts "[count [expr {[llength $new] - 2}] patch] generated, all as in patches/"
		return 1
	}

	proc excerpt {old new} {
		catch {exec diff -u --label committed --label generated $old $new} said
		return [join [lrange [split $said \n] 0 23] \n]
	}
}

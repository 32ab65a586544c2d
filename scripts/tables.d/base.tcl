# SPDX-License-Identifier: GPL-2.0-only
#
# What every part of the generator uses: how an error is raised, how a file is
# read and written byte for byte, how another program is run.

# fail MESSAGE [KIND]: the input is wrong; the message names it and says what to do.
# KIND is for who can do without.
proc fail {message args} {
	return -code error -errorcode [list GENERATE {*}$args] $message
}

set warnings {}
proc warn {message} {
	lappend ::warnings $message
	puts stderr "generate: warning: $message"
}

# Kernel sources are bytes: an offset is a byte, and nothing is converted.
proc slurp {path} {
	set channel [open $path rb]
	try { return [read $channel] } finally { close $channel }
}

proc spew {path text} {
	file mkdir [file dirname $path]
	set channel [open $path wb]
	try { puts -nonewline $channel $text } finally { close $channel }
}

# run COMMAND...: its output; a failure is an error with what it said.
proc run {args} {
	if {[catch {exec -keepnewline -ignorestderr {*}$args 2>@1} output]} {
		fail "[lrange $args 0 1] failed: [string trim $output]"
	}
	return $output
}

# count N NOUN: "1 file", "3 files".
proc count {n noun} {
	if {$n == 1} { return "$n $noun" }
	if {[string match *y $noun]} { return "$n [string range $noun 0 end-1]ies" }
	if {[string match *ch $noun]} { return "$n ${noun}es" }
	return "$n ${noun}s"
}

# line_of TEXT OFFSET: the number of the line, from 1.
proc line_of {text offset} {
	return [expr {[regexp -all {\n} [string range $text 0 $offset-1]] + 1}]
}

# pad WORD COLUMN: the word and the tabs that lead to the column.
proc pad {word column} {
	set width [string length $word]
	set tabs [expr {($column - $width + 7) / 8}]
	return $word[string repeat \t [expr {$tabs < 1 ? 1 : $tabs}]]
}

# column WORDS: the tab stop past the longest word.
proc column {words} {
	set longest 0
	foreach word $words {
		set longest [expr {max($longest, [string length $word])}]
	}
	return [expr {($longest / 8 + 1) * 8}]
}

# splice TEXT EDITS: each edit is {first after replacement} in offsets of the
# old text; edits do not overlap.
proc splice {text edits} {
	set result ""
	set at 0
	foreach edit [lsort -integer -index 0 $edits] {
		lassign $edit first after replacement
		if {$first < $at} { error "overlapping edits at offset $first" }
		append result [string range $text $at $first-1] $replacement
		set at $after
	}
	return $result[string range $text $at end]
}

# SPDX-License-Identifier: GPL-2.0-only
#
# Tcl's own rules for splitting a script into commands and words.
#
# A script becomes a list of commands, a command a list of words, a word a dict:
#	kind	brace, quote, bare; expand for {*}...
#	text	without the braces or quotes
#	line	where it begins
#	subs	the scripts, already split, of its [command substitutions]

namespace eval parse {
	variable text {} i 0 line 1 end 0
}

# script TEXT LINE: the commands of a script that begins in that line.
proc parse::script {t from} {
	return [isolated $t $from { commands 0 }]
}

# substitutions TEXT LINE: the scripts of the [substitutions] in an expression.
proc parse::substitutions {t from} {
	return [isolated $t $from { inner {} 1 }]
}

# pairs TEXT LINE: of the body of a switch, each script and its line.
proc parse::pairs {t from} {
	set out {}
	set words [concat {*}[script [string map {; \\;} $t] $from]]
	if {[llength $words] % 2} { error "switch: a pattern has no body" }
	foreach {pattern body} $words {
		if {[dict get $body text] ne "-"} {
			lappend out [string map {\\; ;} [dict get $body text]] [dict get $body line]
		}
	}
	return $out
}

# literal WORD: its text, if that is what it stands for; else the empty string.
proc parse::literal {w} {
	if {$w eq ""} { return "" }
	if {[dict get $w kind] ni {brace expand} && [regexp {[$\[\\]} [dict get $w text]]} { return "" }
	return [expr {[dict get $w kind] eq "expand" ? "" : [dict get $w text]}]
}

# What is under way is put aside meanwhile.
proc parse::isolated {t from what} {
	variable text; variable i; variable line; variable end
	set kept [list $text $i $line $end]
	lassign [list $t 0 $from [string length $t]] text i line end
	try { return [eval $what] } finally { lassign $kept text i line end }
}

proc parse::peek {} {
	variable text; variable i
	return [string index $text $i]
}

proc parse::next {} {
	variable text; variable i; variable line
	set c [string index $text $i]
	if {$c eq "\n"} { incr line }
	incr i
	return $c
}

# A backslash takes the character after it along.
proc parse::escape {} { next; next }

# commands BRACKET: up to the end, or up to the "]" that closes a substitution.
proc parse::commands {bracket} {
	variable i; variable end; variable line
	set out {}
	set start $line
	while {$i < $end} {
		set c [peek]
		if {$c eq "\]" && $bracket} { next; return $out }
		if {$c eq "#"} { comment; continue }
		if {$c eq "\\" && [follows \n]} { escape; continue }
		if {[string is space $c] || $c eq ";"} { next; continue }
		lappend out [command $bracket]
	}
	if {$bracket} { error "no \"\]\" for the \"\[\" of line $start" }
	return $out
}

proc parse::follows {c} {
	variable text; variable i
	return [expr {[string index $text $i+1] eq $c}]
}

proc parse::comment {} {
	variable i; variable end
	while {$i < $end && [peek] ne "\n"} {
		if {[peek] eq "\\"} escape else next
	}
}

proc parse::command {bracket} {
	variable i; variable end
	set words {}
	while {$i < $end} {
		set c [peek]
		if {$c eq "\n" || $c eq ";" || ($c eq "\]" && $bracket)} break
		if {$c eq "\\" && [follows \n]} { escape; continue }
		if {[string is space $c]} { next; continue }
		lappend words [word $bracket]
	}
	return $words
}

proc parse::word {bracket} {
	variable text; variable i; variable line
	set start $line
	set subs {}
	set kind bare
	if {[string range $text $i $i+2] eq "{*}" && ![string is space [string index $text $i+3]]} {
		incr i 3
		set kind expand
	}
	switch -- [peek] {
		"\{" {
			set from [expr {$i + 1}]
			braces
			set to [expr {$i - 2}]
			ended "close-brace"
			if {$kind eq "bare"} { set kind brace }
		}
		"\"" {
			next
			set from $i
			set subs [inner "\""]
			set to [expr {$i - 1}]
			if {[peek] ne "\""} { error "no quote ends the one of line $start" }
			next
			ended "close-quote"
			if {$kind eq "bare"} { set kind quote }
		}
		default {
			set from $i
			set subs [inner [expr {$bracket ? " \t\n;\]" : " \t\n;"}]]
			set to [expr {$i - 1}]
		}
	}
	return [dict create kind $kind text [string range $text $from $to] line $start subs $subs]
}

# Nothing may follow the end of a word in braces or quotes.
proc parse::ended {what} {
	variable i; variable end; variable line
	if {$i < $end && ![string is space [peek]] && [peek] ni {; \]} && !([peek] eq "\\" && [follows \n])} {
		error "line $line: extra characters after $what"
	}
}

proc parse::braces {} {
	variable i; variable end; variable line
	set start $line
	set depth 0
	while {$i < $end} {
		switch -- [peek] {
			"\\" { escape }
			"\{" { incr depth; next }
			"\}" {
				next
				if {[incr depth -1] == 0} return
			}
			default { next }
		}
	}
	error "no \"\}\" for the \"\{\" of line $start"
}

# inner STOP [EXPRESSION]: up to one of the characters of STOP; the substitutions
# in it.  In an expression, what stands in braces is not looked into.
proc parse::inner {stop {expression 0}} {
	variable i; variable end
	set subs {}
	while {$i < $end} {
		set c [peek]
		if {$c ne "" && [string first $c $stop] >= 0} break
		switch -- $c {
			"\\" {
				if {[follows \n] && [string first " " $stop] >= 0} break
				escape
			}
			"\{" { if {$expression} braces else next }
			"\[" { next; lappend subs [commands 1] }
			"$" {
				next
				if {[peek] eq "\{"} braces
			}
			default { next }
		}
	}
	return $subs
}

# SPDX-License-Identifier: GPL-2.0-only
#
# Commit messages.  vnet/messages/<slug>.txt or, for all modules alike,
# vnet/messages/<generator>.txt is the text, with @WORDS@ for the figures; it is
# filled here and the trailers are added.

namespace eval message {
	variable width 72

	# of STEP FIGURES: the message of a step that is not a hand patch.
	proc of {step figures} {
		set text [fill [template $step] [concat [module $step] $figures] $step]
		return [finish $text $step]
	}

	proc template {step} {
		set names [list [dict get $step slug]]
		if {[dict get $step origin] eq "generated"} {
			if {[model::find groups group [dict get $step module]] ne ""} {
				lappend names [model::generator $step]-group
			}
			lappend names [model::generator $step]
		}
		foreach name $names {
			set file [file join $::top vnet messages $name.txt]
			if {[file exists $file]} { return [slurp $file] }
		}
		fail "vnet/messages/[lindex $names 0].txt: step [dict get $step slug]\
			needs this message"
	}

	# modules NAMES: a line for each, for the message of a group's step.
	proc modules {names} {
		set lines {}
		foreach name $names {
			set row [model::module $name]
			lappend lines " $name: the [dict get $row title]\
				([count [llength [model::variables $name]] variable])"
		}
		return [join $lines \n]
	}

	proc module {step} {
		set group [model::find groups group [dict get $step module]]
		if {$group ne ""} {
			return [dict create PREFIX [dict get $group prefix] \
				TITLE [dict get $group title]]
		}
		set row [model::module [dict get $step module]]
		if {$row eq ""} { return {} }
		set home [dict get $row header]
		if {$home eq "-"} { set home [dict get $row home] }
		set names [lmap name [model::names [dict get $row module]] { set _ $name }]
		return [dict create MODULE [dict get $row module] \
			MACRO [dict get $row MACRO] TITLE [dict get $row title] \
			PREFIX [dict get $row prefix] PLACE $home \
			HOME [dict get $row home] FIRST [lindex $names 0]]
	}

	# "@FILES:file@" is the figure with its noun: "1 file", "3 files".
	proc fill {text figures step} {
		dict for {name value} $figures {
			set text [string map [list @$name@ $value] $text]
			while {[regexp "@$name:(\[^@\n\]*)@" $text all noun]} {
				set text [string map [list $all [count $value $noun]] $text]
			}
		}
		if {[regexp {@[A-Z]+(:[^@\n]*)?@} $text left]} {
			fail "the message of step [dict get $step slug] says $left, but there\
				is no such figure"
		}
		return $text
	}

	# Comments go, paragraphs are filled, trailers are put.
	proc finish {text step} {
		set paragraphs {}
		set text [regsub -all -line {^#.*\n} $text ""]
		foreach paragraph [split [regsub -all {\n\n+} [string trim $text \n] \x00] \x00] {
			lappend paragraphs [wrap $paragraph]
		}
		return "[join $paragraphs \n\n]\n\n[trailers $step]"
	}

	proc trailers {step} {
		set text ""
		foreach name {Stage Origin Proof Modes} {
			append text "Vnet-$name: [dict get $step [string tolower $name]]\n"
		}
		return $text
	}

	# A paragraph that is indented stays as it is.
	proc wrap {paragraph} {
		variable width
		if {[regexp {^\s} $paragraph]} { return $paragraph }
		set lines {}
		set line ""
		foreach word [regexp -all -inline {\S+} $paragraph] {
			if {$line ne "" && [string length "$line $word"] > $width} {
				lappend lines $line
				set line ""
			}
			append line [expr {$line eq "" ? "" : " "}] $word
		}
		lappend lines $line
		return [join $lines \n]
	}

	# of_patch PATCH STEP: a hand patch's own message, with the table's trailers.
	proc of_patch {patch step} {
		set body [file join $::scratch mail-body]
		set said [exec git -c i18n.commitEncoding=UTF-8 mailinfo -b $body /dev/null < $patch]
		if {![regexp -line {^Subject: (.*)$} $said -> subject]} {
			fail "[file tail $patch]: has no Subject:"
		}
		regsub {^\[PATCH[^]]*\] } $subject "" subject
		set text [regsub -all -line {^Vnet-[A-Za-z]+:.*\n?} [slurp $body] ""]
		set text [string trim $text \n]
		set trail [expr {[regexp {\n\n[A-Z][A-Za-z-]+: [^\n]*$} $text] ? "\n" : "\n\n"}]
		return "$subject\n\n$text$trail[trailers $step]"
	}
}

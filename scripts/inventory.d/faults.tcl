# SPDX-License-Identifier: GPL-2.0-only
#
# What is wrong: objects without a verdict, rows without an object, constants
# that are written, and differences from vnet/generated/inventory.tsv.

namespace eval faults {
	variable list {}

	proc add {what} {
		variable list
		lappend list $what
	}

	proc find {} {
		foreach key $facts::objects {
			lassign [verdicts::of $key] class verdict reason how
			if {$class eq "unclassified"} {
				add "[facts::name $key] at [dict get $facts::object $key place] has no\
					verdict: [why $key]"
			} elseif {$how ne "code" && ($class eq "constant" || [verdicts::members $key] ne {})} {
				constant $key $reason $how
			}
		}
		rows
	}

	# why KEY: what speaks against a constant.
	proc why {key} {
		set parts {}
		foreach {list what} [list [evidence::writers $key] "written by" \
				[evidence::sysctls $key] "set by" \
				[evidence::lost $key] "its address is given away by" \
				[evidence::holders $key] "its address is in"] {
			if {$list ne {}} { lappend parts "$what [join [lrange $list 0 2] {, }]" }
		}
		if {$parts eq {}} { lappend parts "it leads to data that may change" }
		return [join $parts "; "]
	}

	# Called constant: then nothing may write it once the kernel runs; if it is judged
	# member by member, each that is called so.
	proc constant {key reason how} {
		set members [verdicts::members $key]
		foreach member $members {
			lassign $member name class verdict why
			if {$class eq "constant"} {
				called $key $name $why $how [evidence::member_writers $key $name]
			}
		}
		if {$members eq {}} {
			called $key "" $reason $how \
				[concat [evidence::writers $key] [evidence::sysctls $key]]
		}
	}

	# called KEY MEMBER REASON HOW WRITERS: an error if there are any.
	proc called {key member reason how writers} {
		if {$writers eq {}} return
		lassign $key unit function name
		if {$member ne ""} { append name .$member }
		add "[facts::name [list $unit $function $name]] is called constant ($reason, by\
			[expr {$how eq "rule" ? "a rule" : "vnet/variables.tsv"}]), but is written by\
			[join [lrange $writers 0 2] {, }]"
	}

	# Rows of the table that name what is not there.
	proc rows {} {
		dict for {key row} $verdicts::rows {
			if {![dict exists $facts::object $key]} {
				add "[table::at $row]: there is no [facts::name $key]"
			}
		}
		dict for {key pairs} $verdicts::fields {
			set names [lmap row [facts::get members $key] {dict get $row member}]
			if {![dict exists $verdicts::rows $key]} {
				add "[table::at [lindex $pairs 0 1]]: [facts::name $key] has rows for\
					members, but none for the rest of it"
			}
			foreach pair $pairs {
				lassign $pair member row
				if {$member ni $names} {
					add "[table::at $row]: [facts::name $key] has no member '$member'"
				}
			}
		}
	}

	# compare OLD NEW PARTIAL: lists of lines of the generated table.
	# PARTIAL: the kernel looked at has not all of it.
	proc compare {old new partial} {
		set was [index $old]
		set is [index $new]
		dict for {id rest} $is {
			if {![dict exists $was $id]} {
				add "new: [shown $id]"
			} elseif {[lindex $rest 0] ne [lindex [dict get $was $id] 0]} {
				add "changed: [shown $id] is now [lindex $rest 0],\
					was [lindex [dict get $was $id] 0]"
			} elseif {$rest ne [dict get $was $id]} {
				add "changed: [shown $id] is now [join [lrange $rest 1 end]],\
					was [join [lrange [dict get $was $id] 1 end]]"
			}
		}
		if {$partial} return
		dict for {id rest} $was {
			if {![dict exists $is $id]} { add "vanished: [shown $id]" }
		}
	}

	# Lines by {unit function name}; what follows is the type, then the verdict.
	proc index {lines} {
		set index [dict create]
		foreach line $lines {
			set fields [split $line \t]
			dict set index [lrange $fields 0 2] [lrange $fields 3 end]
		}
		return $index
	}
	proc shown {id} { return [facts::name $id] }
}

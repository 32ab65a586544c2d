# SPDX-License-Identifier: GPL-2.0-only
#
# Conditional blocks of a C file: which lines are compiled together.  A block is
# what stands between two directives of an #if group; block 0 is what stands
# outside of all of them.  When a marker is defined at the start of each block,
# the preprocessor's list of macros says which blocks it came through.

namespace eval blocks {}

# A dict:
#   block   list: for each line its block; a directive is in the block around it
#   after   list: for each line the block that holds what follows it
#   starts  list of {line block}: the block begins behind that line (from 1)
#   test    dict: block -> the conditions of all groups that it is in
proc blocks::parse {lines} {
	set block {}
	set after {}
	set starts {{0 0}}
	set test {0 {}}
	set stack {}		;# of {block-around conditions-so-far}
	set now 0
	set next 1
	set comment 0
	set n 0
	set pending ""		;# a directive that is being continued
	foreach line $lines {
		incr n
		set here $now
		set text $line
		if {$pending eq ""} {
			# Comments are taken out only to see directives and their ends.
			set code [uncomment $line comment]
			set is_directive [regexp {^\s*#\s*(if|ifdef|ifndef|elif|else|endif)\y} $code]
		} else {
			set code "$pending [uncomment $line comment]"
			set is_directive 1
		}
		set pending ""
		if {$is_directive && [string index $line end] eq "\\"} {
			set pending [string range [string trimright $code] 0 end-1]
			lappend block [expr {[regexp {^\s*#\s*(if|ifdef|ifndef)\y} $code]
				? $now : [lindex $stack end 0]}]
			lappend after $now
			continue
		}
		if {$is_directive} {
			regexp {^\s*#\s*(\w+)\s*(.*)$} $code -> word condition
			switch -- $word {
				if - ifdef - ifndef {
					lappend stack [list $now [list $condition]]
					set now $next
				}
				elif - else {
					if {![llength $stack]} {
						error "line $n: #$word without #if"
					}
					lassign [lindex $stack end] here conditions
					lappend conditions $condition
					lset stack end 1 $conditions
					set now $next
				}
				endif {
					if {![llength $stack]} {
						error "line $n: #endif without #if"
					}
					set now [lindex $stack end 0]
					set here $now
					set stack [lrange $stack 0 end-1]
				}
			}
			if {$word ne "endif"} {
				lappend starts [list $n $next]
				dict set test $next [concat {*}[lmap s $stack { lindex $s 1 }]]
				incr next
			}
		}
		lappend block $here
		lappend after $now
	}
	return [dict create block $block after $after starts $starts test $test]
}

proc blocks::uncomment {line commentvar} {
	upvar 1 $commentvar comment
	set out ""
	while {$line ne ""} {
		if {$comment} {
			set end [string first "*/" $line]
			if {$end < 0} break
			set line [string range $line $end+2 end]
			set comment 0
			append out " "
		} elseif {[regexp -indices {/\*|//|"(\\.|[^"\\])*"|'(\\.|[^'\\])*'} $line where]} {
			lassign $where from to
			set what [string range $line $from $from+1]
			if {$what eq "//"} {
				append out [string range $line 0 $from-1]
				break
			}
			if {$what eq "/*"} {
				append out [string range $line 0 $from-1]
				set comment 1
			} else {
				append out [string range $line 0 $to]
			}
			set line [string range $line $to+1 end]
		} else {
			append out $line
			break
		}
	}
	return $out
}

# The lines with a marker at the start of each block: PREFIX<block>.
proc blocks::mark {lines parsed prefix} {
	set out {}
	set at 0
	foreach start [dict get $parsed starts] {
		lassign $start line block
		lappend out {*}[lrange $lines $at $line-1]
		lappend out "#define $prefix$block 1"
		set at $line
	}
	lappend out {*}[lrange $lines $at end]
	return $out
}

# Whether only the configuration decides about a block, so that every object
# of one configuration that reads the file treats it alike.
proc blocks::by_configuration {parsed block} {
	foreach condition [dict get $parsed test $block] {
		# Include guards are names; they hold for each object's first reading.
		if {[regexp {^_*[A-Z0-9_]+_H_*$} [string trim $condition]]} continue
		foreach name [regexp -all -inline {[A-Za-z_]\w*} $condition] {
			if {$name ni {defined IS_ENABLED IS_BUILTIN IS_REACHABLE __KERNEL__ __ASSEMBLY__}
			    && ![string match CONFIG_* $name]} {
				return 0
			}
		}
	}
	return 1
}

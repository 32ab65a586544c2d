# SPDX-License-Identifier: GPL-2.0-only
#
# The totals, as a table for people or as JSON.

namespace eval report {
	# The part of the stack that a file belongs to.
	proc subsystem {unit} {
		foreach {pattern name} {
			net/ipv4/netfilter/* netfilter  net/ipv6/netfilter/* netfilter
			net/bridge/netfilter/* netfilter  net/netfilter/* netfilter
			net/core/* core  net/ipv4/* ipv4  net/ipv6/* ipv6  net/unix/* unix
			net/netlink/* netlink  net/packet/* packet  net/sctp/* sctp
			net/mptcp/* mptcp  net/xfrm/* xfrm  net/key/* xfrm  net/sched/* sched
		} {
			if {[string match $pattern $unit]} { return $name }
		}
		if {[regexp {^net/[^/]*$} $unit]} { return core }
		return others
	}
	variable subsystems {core ipv4 ipv6 netfilter unix netlink packet sctp mptcp xfrm
		sched others}

	# count LINES: {where class verdict reason} -> number, of the lines of the
	# generated list.  An object that is judged member by member is its members.
	proc count {lines} {
		set count [dict create]
		set split [dict create]
		foreach line $lines {
			lassign [split $line \t] unit function name type class verdict reason from
			if {$from eq "member"} {
				dict set split [list $unit $function [regsub {\..*} $name ""]] 1
			}
		}
		foreach line $lines {
			lassign [split $line \t] unit function name type class verdict reason from
			if {$from ne "member" && [dict exists $split [list $unit $function $name]]} continue
			dict incr count [list [subsystem $unit] $class $verdict $reason]
		}
		return $count
	}

	# sum COUNT PATTERN: of those whose {where class verdict reason} match.
	proc sum {count pattern} {
		set n 0
		dict for {one number} $count {
			set all 1
			foreach value $one want $pattern {
				if {$want ne "*" && $value ne $want} { set all 0 }
			}
			if {$all} { incr n $number }
		}
		return $n
	}

	# rows COUNT: for each part of the stack and for all ("*"): its name, how
	# many are judged, constant, infrastructure, state, and per vnet.
	proc rows {count} {
		variable subsystems
		return [lmap where [concat $subsystems {*}] {
			list $where [sum $count [list $where * * *]] \
				[sum $count [list $where constant * *]] \
				[sum $count [list $where infrastructure * *]] \
				[sum $count [list $where state * *]] \
				[sum $count [list $where state per-vnet *]]
		}]
	}
	proc share {row} {
		lassign $row where total constant infrastructure state vnet
		return [expr {$state ? "[expr {100 * $vnet / $state}] %" : "-"}]
	}

	# reasons COUNT: {reason class number} of what is shared.
	proc reasons {count} {
		set list {}
		dict for {reason class} [concat $verdicts::reasons {empty constant unwritten constant}] {
			lappend list [list $reason $class [sum $count [list * * shared $reason]]]
		}
		return $list
	}

	proc table {count} {
		set format "%-12s %7s %9s %15s %7s %9s %7s"
		set lines [list [format $format "" total constant infrastructure state per-vnet share]]
		foreach row [rows $count] {
			set name [lindex $row 0]
			lappend lines [format $format [expr {$name eq "*" ? "all" : $name}] \
				{*}[lrange $row 1 end] [share $row]]
		}
		lappend lines "" "shared, by reason:"
		foreach row [reasons $count] {
			lassign $row reason class n
			if {$n} { lappend lines [format "%7d  %-15s %s" $n $reason $class] }
		}
		lappend lines "" "unclassified: [sum $count {* unclassified * *}]"
		return [join $lines \n]
	}

	proc json {count} {
		set parts [lmap row [lrange [rows $count] 0 end-1] {
			format {"%s":{"total":%d,"constant":%d,"infrastructure":%d,"state":%d,"per_vnet":%d}} {*}$row
		}]
		set reasons [lmap row [reasons $count] {
			format {"%s":%d} [lindex $row 0] [lindex $row 2]
		}]
		return [format {{"objects":%d,"judged":%d,"unclassified":%d,"faults":%d,"subsystems":{%s},"reasons":{%s}}} \
			[llength $facts::objects] [sum $count {* * * *}] \
			[sum $count {* unclassified * *}] [llength $faults::list] \
			[join $parts ,] [join $reasons ,]]
	}
}

# SPDX-License-Identifier: GPL-2.0-only
#
# The variables of the stack by subsystem and verdict, as an SVG: a bar for each part,
# its length the number of judged objects.

namespace eval chart {
	variable series {
		{per-vnet "#1b6ca8" "state, per vnet"}
		{state "#e08e0b" "state, shared"}
		{infrastructure "#9aa5b1" infrastructure}
		{constant "#d9dee4" constant}
	}

	proc rows {} {
		set count [report::count [generated::read \
			[file join $::top vnet generated inventory.tsv]]]
		return [lmap row [lrange [report::rows $count] 0 end-1] {
			lassign $row where total constant infrastructure state vnet
			list $where [list $vnet [expr {$state - $vnet}] $infrastructure $constant] $total
		}]
	}

	proc svg {} {
		variable series
		set rows [rows]
		set most [tcl::mathfunc::max 1 {*}[lmap row $rows { lindex $row 2 }]]
		set height [expr {22 * [llength $rows] + 40}]
		set svg "<svg viewBox=\"0 0 760 $height\" role=\"img\"\
			aria-label=\"globals by subsystem and verdict\">\n"
		set x 110
		foreach entry $series {
			lassign $entry name color title
			append svg "<rect x=\"$x\" y=\"4\" width=\"12\" height=\"12\" fill=\"$color\"/>" \
				"<text x=\"[expr {$x + 16}]\" y=\"14\">$title</text>\n"
			incr x 140
		}
		set y 30
		foreach row $rows {
			lassign $row where numbers total
			append svg "<text x=\"100\" y=\"[expr {$y + 13}]\" text-anchor=\"end\">$where</text>\n"
			set x 110.0
			foreach n $numbers entry $series {
				set width [expr {560.0 * $n / $most}]
				append svg [format {<rect x="%.1f" y="%d" width="%.1f" height="16" fill="%s"><title>%s: %d</title></rect>} \
					$x $y $width [lindex $entry 1] [lindex $entry 2] $n] \n
				set x [expr {$x + $width}]
			}
			append svg [format {<text x="%.1f" y="%d">%d</text>} [expr {$x + 5}] [expr {$y + 13}] $total] \n
			incr y 22
		}
		return "$svg</svg>\n"
	}
}

# SPDX-License-Identifier: GPL-2.0-only
#
# vnet/generated/inventory.tsv: every object of the broad configuration with
# what it is, so that a change of the source shows in a diff.

namespace eval generated {
	variable head "# SPDX-License-Identifier: GPL-2.0-only
# Written by scripts/inventory --write: every writable object with static storage in
# the scope of vnet/inventory/scope.tsv, and the members of those that are judged
# member by member.
unit\tfunction\tname\ttype\tclass\tverdict\treason\tfrom
"

	proc lines {} {
		set lines {}
		foreach key $facts::objects {
			set object [dict get $facts::object $key]
			lappend lines [join [list {*}$key [dict get $object type] \
				{*}[verdicts::of $key]] \t]
			lassign $key unit function name
			foreach member [verdicts::members $key] {
				lappend lines [join [list $unit $function \
					$name.[lindex $member 0] [lindex $member 4] \
					{*}[lrange $member 1 3] member] \t]
			}
		}
		return $lines
	}

	proc text {} {
		variable head
		return $head[join [lines] \n]\n
	}

	proc read {path} {
		set lines {}
		if {![file exists $path]} { return {} }
		foreach line [split [string trimright [slurp $path] \n] \n] {
			if {![string match "#*" $line] && ![string match "unit\t*" $line]} {
				lappend lines $line
			}
		}
		return $lines
	}
}

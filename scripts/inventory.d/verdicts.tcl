# SPDX-License-Identifier: GPL-2.0-only
#
# What becomes of each object: from its row in vnet/variables.tsv, else by a
# rule of vnet/inventory/rules.tsv, else "constant" if the code shows it.

namespace eval verdicts {
	variable rows		;# {unit function name} -> row
	variable fields		;# {unit function name} -> list of {member row}
	variable reasons	;# reason -> class
	variable rules {}

	proc load {top} {
		variable rows [dict create] fields [dict create] reasons [dict create] rules {}
		foreach row [table::read [file join $top vnet inventory reasons.tsv] \
				vnet/inventory/reasons.tsv {reason class definition} reason] {
			table::one_of $row class {constant infrastructure state}
			dict set reasons [dict get $row reason] [dict get $row class]
		}
		if {[dict keys $reasons] ne [model::reasons]} {
			fail "vnet/variables.tsv: its '# reasons:' are not those of\
				vnet/inventory/reasons.tsv: [dict keys $reasons]"
		}
		foreach row [table::read [file join $top vnet inventory rules.tsv] \
				vnet/inventory/rules.tsv {type section reason why} {type section}] {
			table::one_of $row reason [dict keys $reasons]
			lappend rules $row
		}
		foreach row [model::rows variables] { add $row }
	}

	proc add {row} {
		variable rows; variable fields
		set function -
		regexp {^in:(.*)$} [dict get $row scope] -> function
		set name [dict get $row variable]
		set member ""
		regexp {^([^.]+)\.(.+)$} $name -> name member
		set key [list [dict get $row file] $function $name]
		if {$member eq ""} {
			dict set rows $key $row
		} else {
			dict lappend fields $key [list $member $row]
		}
	}

	# said ROW: {class verdict reason} of a row.
	proc said {row} {
		variable reasons
		if {[dict get $row verdict] eq "per-vnet"} { return {state per-vnet -} }
		set reason [dict get $row step|reason]
		return [list [dict get $reasons $reason] shared $reason]
	}

	# of KEY: {class verdict reason how}; class "unclassified" if nothing says.
	proc of {key} {
		variable rows; variable rules; variable reasons
		if {[dict exists $rows $key]} {
			return [list {*}[said [dict get $rows $key]] table]
		}
		set object [dict get $facts::object $key]
		if {[dict get $object size] == 0} { return {constant shared empty size} }
		foreach rule $rules {
			if {![string match [dict get $rule type] [dict get $object type]] ||
			    ![string match [dict get $rule section] [dict get $object section]]} continue
			set reason [dict get $rule reason]
			return [list [dict get $reasons $reason] shared $reason rule]
		}
		if {[evidence::constant $key]} { return {constant shared unwritten code} }
		return {unclassified - - -}
	}

	# members KEY: a list of {member class verdict reason type} when the object
	# is judged member by member; what has no row of its own has the object's.
	# A member of a member is judged if it has a row.
	proc members {key} {
		variable fields
		if {![dict exists $fields $key]} { return {} }
		set own [lrange [of $key] 0 2]
		set rows [concat {*}[dict get $fields $key]]
		set result {}
		foreach row [facts::get members $key] {
			set name [dict get $row member]
			if {[dict exists $rows $name]} {
				set verdict [said [dict get $rows $name]]
			} elseif {[string first . $name] >= 0} {
				continue
			} else {
				set verdict $own
			}
			lappend result [list $name {*}$verdict [dict get $row type]]
		}
		return $result
	}
}

# SPDX-License-Identifier: GPL-2.0-only
#
# What the generator did not do for the modules of a step: steps by hand, contexts
# named by hand, and variables of the same files that no step converts yet.

namespace eval left {
	# of STEP: list of lines.
	proc of {step} {
		set modules [step::modules $step]
		set lines {}
		foreach row [model::rows steps] {
			if {[dict get $row origin] eq "hand" && [dict get $row module] in $modules} {
				lappend lines "step [dict get $row number] by hand:\
					[dict get $row slug]"
			}
		}
		foreach row [model::rows contexts] {
			if {[dict get $row module] in $modules} {
				lappend lines "[dict get $row function]() of [dict get $row file]:\
					[dict get $row expression], because it [dict get $row why]"
			}
		}
		set files {}
		foreach module $modules {
			foreach row [model::variables $module] {
				lappend files [dict get $row file]
			}
		}
		foreach row [model::rows variables] {
			if {[dict get $row verdict] eq "per-vnet" && [dict get $row module] eq "-" &&
			    [dict get $row file] in $files} {
				lappend lines "not converted yet: [dict get $row variable]\
					([dict get $row file]), [why $row]"
			}
		}
		return $lines
	}

	proc why {row} {
		if {[string match *.* [dict get $row variable]]} { return "a member of what code registers" }
		return "a flag that a macro declares"
	}
}

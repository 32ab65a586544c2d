# SPDX-License-Identifier: GPL-2.0-only
#
# What prove found of a step.

namespace eval proof {
	# of STEP: list of lines; of a step that prove has no result of, one that says so.
	proc of {step} {
		if {[dict get $step proof] ne "same-object"} {
			return [list "none: it may change objects; 'make regress' builds, boots and\
				tests it"]
		}
		foreach file [list [file join $::build prove result.json] \
				[file join $::top docs results prove.json]] {
			if {![file exists $file]} continue
			set lines [ask $file [dict get $step sha]]
			if {$lines ne {}} { return $lines }
		}
		return [list "not known: run 'make prove STEPS=[dict get $step number]'"]
	}

	proc ask {file sha} {
		set said [exec jq -r --arg sha $sha -f [file join $::scripts review.d proof.jq] $file]
		return [split [string trim $said] \n]
	}
}

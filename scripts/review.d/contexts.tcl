# SPDX-License-Identifier: GPL-2.0-only
#
# Which net each function was given, by vnet/generated/contexts.tsv; only steps of
# stage 1.5 choose.

namespace eval contexts {
	# of STEP: list of dicts file function module expression from.
	proc of {step} {
		if {[dict get $step stage] ne "1.5" || [dict get $step origin] ne "generated" ||
		    ![string match context-* [dict get $step slug]]} { return {} }
		set modules [step::modules $step]
		return [lmap row [table::read [file join $::top vnet generated contexts.tsv] \
				vnet/generated/contexts.tsv \
				{file function module expression from} {file function module}] {
			if {[dict get $row module] ni $modules} continue
			set row
		}]
	}
}

# SPDX-License-Identifier: GPL-2.0-only
#
# Stage 1.5: where a V_ name has to be a constant address, a macro of its module says
# so; which places these are is for sysctl and statics to say.

namespace eval constants {
	# step NAME FACT EDITS NONE: of a module, or of all modules of a group.  EDITS is a
	# command that gives a module's edits, file -> list; a module with some has the macro
	# of FACT (see header) from now on.  With none at all it fails, saying NONE.
	proc step {name fact edits none} {
		set files [dict create]
		set sites 0
		set modules 0
		foreach module [model::group $name] {
			set found [$edits $module]
			if {$found eq {}} continue
			dict for {path list} $found {
				repo::write $path [splice [repo::read $path] $list]
				dict set files $path 1
				incr sites [llength $list]
			}
			header::has $module $fact
			incr modules
		}
		if {$sites == 0} { fail "$none '$name'" NOTHING }
		return [dict create SITES $sites FILES [dict size $files] MODULES $modules]
	}
}

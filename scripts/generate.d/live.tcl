# SPDX-License-Identifier: GPL-2.0-only
#
# Stage 3.0: the names go through the vnet's pointer, which the context macros
# now load.  Only the blocks with the names change.

namespace eval live {
	# step NAME: of a module, or of all modules of a group.
	proc step {name} {
		set modules [model::group $name]
		foreach module $modules {
			set facts [header::facts $module]
			header::replace $module [list structs $facts] [list live $facts]
		}
		return [dict create VARIABLES [llength [model::variables $name]] \
			MODULES [llength $modules] LIST [message::modules $modules]]
	}
}

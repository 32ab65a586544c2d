# SPDX-License-Identifier: GPL-2.0-only
#
# Stage 3.0: the names go through the vnet's pointer, which the context macros
# now load.  Only the block with the names changes.

namespace eval live {
	proc step {module} {
		set facts [header::facts $module]
		header::replace $module [list structs $facts] [list live $facts]
		return [dict create VARIABLES [llength [model::names $module]]]
	}
}

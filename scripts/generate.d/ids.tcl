# SPDX-License-Identifier: GPL-2.0-only
#
# The numbers of the modules: vnet/kernel/include/net/vnet/ids.h, from
# vnet/modules.tsv.  It is a file of the framework's step, so it is written for
# the maintainer to commit, and only compared when the series is built.

namespace eval ids {
	variable path include/net/vnet/ids.h

	proc text {} {
		set text "/* SPDX-License-Identifier: GPL-2.0 */\n"
		append text "/* Generated from the module table (vnet/modules.tsv). */\n"
		append text "#ifndef _NET_VNET_IDS_H\n#define _NET_VNET_IDS_H\n\n"
		append text "enum vnet_mod_id \{\n"
		set names ""
		foreach row [model::rows modules] {
			append text "\tVNET_MOD_[dict get $row MACRO],\n"
			append names " \\\n\t\"[dict get $row module]\","
		}
		append text "\tVNET_MOD_STATIC_COUNT\n\};\n\n"
		append text "/* Their names, in that order. */\n"
		append text "#define VNET_MOD_NAMES[string range $names 0 end-1]\n\n"
		append text "/* Slots left for modules that are not in the table: see VNET_MOD_ANY. */\n"
		append text "#define VNET_MOD_SPARE	16\n"
		append text "#define VNET_MOD_MAX	(VNET_MOD_STATIC_COUNT + VNET_MOD_SPARE)\n\n"
		append text "#endif /* _NET_VNET_IDS_H */\n"
		return $text
	}

	proc file {} { return [::file join $::top vnet kernel $ids::path] }

	proc check {} {
		if {[slurp [file]] ne [text]} {
			fail "vnet/kernel/$ids::path does not match vnet/modules.tsv:\
				run 'scripts/generate --ids' and commit it"
		}
	}
}

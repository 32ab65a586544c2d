# SPDX-License-Identifier: GPL-2.0-only
#
# What the code says of an object: who changes it once the kernel runs.
#
# Functions that run only when code loads or leaves although the compiler
# cannot see it (their address is in a table) stand in vnet/inventory/loaders.tsv,
# pointers that nothing is written through in vnet/inventory/holders.tsv, and what the
# analysis gets wrong in vnet/inventory/exceptions.tsv.

namespace eval evidence {
	variable loaders {}
	variable harmless {}	;# {type member} of pointers that nothing is written by
	variable exceptions {}	;# {object unit writer} that is none

	proc load {directory} {
		variable loaders {} harmless {} exceptions {}
		foreach row [table::read [file join $directory loaders.tsv] \
				vnet/inventory/loaders.tsv {function why} function] {
			lappend loaders [dict get $row function]
		}
		foreach row [table::read [file join $directory holders.tsv] \
				vnet/inventory/holders.tsv {type member why} {type member}] {
			lappend harmless [list [dict get $row type] [dict get $row member]]
		}
		foreach row [table::read [file join $directory exceptions.tsv] \
				vnet/inventory/exceptions.tsv {object unit writer why} \
				{object unit writer}] {
			lappend exceptions [list [dict get $row object] [dict get $row unit] \
				[dict get $row writer]]
		}
	}

	# excepted KEY WRITER: it is known not to write that object.
	proc excepted {key writer} {
		variable exceptions
		foreach triple $exceptions {
			lassign $triple object unit by
			if {[string match $object [lindex $key 2]] &&
			    [string match $unit [lindex $key 0]] &&
			    [string match $by $writer]} { return 1 }
		}
		return 0
	}

	# The compiler makes copies of functions under such names.
	proc plain {function} {
		return [regsub {\.(constprop|isra|part|cold)(\.\d+)?.*$} $function ""]
	}

	proc loader {access} {
		variable loaders
		return [expr {[dict get $access when] eq "init" ||
			[plain [dict get $access by]] in $loaders ||
			[plain [dict get $access via]] in $loaders}]
	}

	# writers KEY: the functions that write it while the kernel runs.
	proc writers {key} {
		set found {}
		foreach access [facts::get accesses $key] {
			if {[dict get $access deed] ne "writes" || [loader $access]} continue
			set text [dict get $access by]
			if {[dict get $access via] ne "-"} {
				append text " (by [dict get $access via])"
			}
			if {[excepted $key $text]} continue
			lappend found $text
		}
		return [lsort -unique $found]
	}

	# member_writers KEY MEMBER: those that write the member itself.  What a function
	# that the whole is passed to writes, is not known by member.
	proc member_writers {key member} {
		set found {}
		foreach access [facts::get accesses $key] {
			if {[dict get $access deed] ne "writes" || [dict get $access via] ne "-" ||
			    [loader $access]} continue
			if {![regexp {^\.([^.\[]+)} [dict get $access part] -> name] ||
			    $name ne $member || [excepted $key [dict get $access by]]} continue
			lappend found [dict get $access by]
		}
		return [lsort -unique $found]
	}

	# sysctls KEY: the writable ones that change it.
	proc sysctls {key} {
		set found {}
		foreach pointer [facts::get pointers $key] {
			set name [facts::writable_sysctl $pointer]
			if {$name ne "" && ![excepted $key $name]} { lappend found $name }
		}
		return [lsort -unique $found]
	}

	proc harmless {pointer} {
		variable harmless
		foreach pair $harmless {
			if {[string match [lindex $pair 0] [dict get $pointer in_type]] &&
			    [string match [lindex $pair 1] [dict get $pointer in_part]]} { return 1 }
		}
		return 0
	}

	# holders KEY: other initialised data that have its address, and might be
	# used to change it.
	proc holders {key} {
		set found {}
		foreach pointer [facts::get pointers $key] {
			if {[dict get $pointer sysctl] ne "-" || ![facts::real_pointer $pointer]} continue
			# Of itself, as in an empty list.
			if {[dict get $pointer in] eq [lindex $key 2] || [harmless $pointer]} continue
			lappend found [dict get $pointer in][dict get $pointer in_part]
		}
		return [lsort -unique $found]
	}

	# lost KEY: the functions that give its address away to where this analysis
	# does not follow.
	proc lost {key} {
		set found {}
		foreach access [facts::get accesses $key] {
			if {[loader $access]} continue
			set deed [dict get $access deed]
			if {$deed in {keeps returns} ||
			    ($deed eq "passes" && [dict get $access via] eq "*")} {
				lappend found [dict get $access by]
			}
		}
		return [lsort -unique $found]
	}

	# A pointer to data that can be changed says nothing about those.
	variable operations {module kmem_cache proto sctp_af ctl_table_header}
	proc pointer {type} {
		variable operations
		if {![regexp {\*@} $type] || [regexp {^const |\*const @|\(\*} $type]} { return 0 }
		if {[regexp {^struct (\w+) \*@} $type -> name] && $name in $operations} { return 0 }
		return 1
	}

	# leads_on KEY: the object is such a pointer, the head of a list, or a struct
	# that has one and is no table of functions.
	proc leads_on {key} {
		set type [dict get $facts::object $key type]
		if {[pointer $type] || [regexp {^struct (list|hlist|hlist_nulls|llist)_head @} $type]} {
			return 1
		}
		set own [regsub { [^ ]*@.*$} $type ""]
		set found 0
		foreach row [facts::get members $key] {
			if {[string first . [dict get $row member]] >= 0} continue
			set member [dict get $row type]
			if {[string match {*(\*@*)()*} $member]} { return 0 }
			if {[pointer $member] && [regsub { [^ ]*@.*$} $member ""] ne $own} { set found 1 }
		}
		return $found
	}

	# constant KEY: nothing changes it once the kernel runs, and nothing could
	# that is not seen.
	proc constant {key} {
		return [expr {[writers $key] eq {} && [sysctls $key] eq {} &&
			[holders $key] eq {} && [lost $key] eq {} &&
			![leads_on $key]}]
	}
}

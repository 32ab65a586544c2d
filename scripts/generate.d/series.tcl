# SPDX-License-Identifier: GPL-2.0-only
#
# The walk over vnet/steps.tsv: each step becomes a commit on top of the one
# before it.

namespace eval series {
	variable used {}	;# hand patches that steps have taken up

	# build LAST: all steps, or those up to the one with the slug LAST.
	# With skip set, a step whose input does not exist yet is left out.
	proc build {last skip} {
		set context::rows {}
		search::files [rename::all_names]
		foreach step [model::rows steps] {
			set slug [dict get $step slug]
			set step [model::find steps slug $slug]	;# its number may be another by now
			set begin [clock milliseconds]
			if {$skip && [missing $step] ne ""} {
				warn "step $slug is left out: there is no [missing $step]"
			} else {
				if {[catch {one $step} figures options]} {
					if {[kernel::on] && [dict get $options -errorcode] eq
					    {GENERATE NOTHING}} {
						kernel::needless $step $figures
						continue
					}
					dict set options -errorinfo \
						[dict get $options -errorinfo]
					return -options $options "step [dict get $step number]\
						$slug: $figures"
				}
				versions::counted $step $figures
				progress $step $figures [expr {[clock milliseconds] - $begin}]
			}
			if {$slug eq $last} break
		}
	}

	proc one {step} {
		set date [model::date $step]
		switch [dict get $step origin] {
			files {
				set figures [copy $step]
				set text [message::of $step $figures]
			}
			hand {
				set figures {}
				set patch [patch $step]
				repo::apply $patch
				set text [message::of_patch $patch $step]
			}
			generated {
				set figures [[model::generator $step]::step \
					[dict get $step module]]
				set text [message::of $step $figures]
			}
		}
		repo::commit $text $date
		return $figures
	}

	proc progress {step figures milliseconds} {
		set shown [lmap {name value} $figures {
			if {$name eq "LIST"} continue
			set _ "[string tolower $name] $value"
		}]
		puts stderr [format {[%d/%d %5.1fs] %s %s} \
			[scan [dict get $step number] %d] [llength [model::rows steps]] \
			[expr {$milliseconds / 1000.0}] [dict get $step slug] \
			[expr {$shown eq {} ? "" : "([join $shown {, }])"}]]
	}

	# What a step needs and does not have yet, or "".
	proc missing {step} {
		switch [dict get $step origin] {
			files {
				foreach file [dict get $step files] {
					if {![file exists [file join $::top vnet kernel $file]]} {
						return vnet/kernel/$file
					}
				}
			}
			hand {
				if {[patches $step] eq {}} { return [wanted $step] }
			}
		}
	}

	# A hand step's patch is found by its slug, whatever its number: that
	# changes when a step is put in before it.
	proc wanted {step} {
		return patches/*/????-[string range [dict get $step slug] 0 51].patch
	}

	proc patches {step} {
		return [glob -nocomplain -directory $::top [wanted $step]]
	}

	proc patch {step} {
		set found [patches $step]
		if {[llength $found] != 1} {
			table::wrong $step "[llength $found] patches match [wanted $step]:\
				a hand step needs one, whose subject gives the slug"
		}
		lappend ::series::used [lindex $found 0]
		return [lindex $found 0]
	}

	# Files that the series only adds; a directory stands for all in it.
	proc copy {step} {
		if {[missing $step] ne ""} {
			table::wrong $step "there is no [missing $step]"
		}
		set paths {}
		foreach file [dict get $step files] { lappend paths {*}[below $file] }
		foreach path $paths {
			if {[repo::exists $path]} {
				fail "$path is in the tree already: a 'files' step only adds"
			}
			if {$path eq $ids::path && ![kernel::on]} { ids::check }
			repo::write $path [slurp [file join $::top vnet kernel $path]]
		}
		return [dict create FILES [llength $paths]]
	}

	proc below {path} {
		set full [file join $::top vnet kernel $path]
		if {![file isdirectory $full]} { return [list $path] }
		set paths {}
		foreach name [lsort [glob -tails -directory $full *]] {
			lappend paths {*}[below [file join $path $name]]
		}
		return $paths
	}
}

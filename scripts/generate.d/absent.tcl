# SPDX-License-Identifier: GPL-2.0-only
#
# The series with the plain names gone: every definition, declaration and export of
# a converted variable, and what its V_ name stands for, says vnet_raw_<name>.  Where
# code still said the plain name, it does not compile.  For the check kernel.

namespace eval absent {
	variable branch absent

	# made: the commit that follows main, if there is one already.
	proc made {} {
		variable branch
		if {[catch {repo::git rev-parse --verify --quiet $branch^{commit} $branch^ \
				main^{commit}} ids]} return
		lassign $ids id parent main
		return [expr {$parent eq $main ? $id : ""}]
	}

	# build: the commit, on top of the head.
	proc build {} {
		variable branch
		dict for {path rows} [files] {
			set edits [edits $path $rows]
			if {$edits ne {}} {
				repo::write $path [splice [repo::read $path] $edits]
			}
		}
		foreach row [model::rows modules] { names [dict get $row module] }
		repo::commit "vnet: take the plain names away\n\nWritten by scripts/generate\
			--absent, for the check kernel.\n" [model::date [lindex [model::rows steps] end]]
		repo::git branch -f $branch $repo::head
		return $repo::head
	}

	# files: path -> the rows that it can mean.
	proc files {} {
		set files [dict create]
		set all {}
		foreach row [model::coded] {
			if {[dict get $row scope] eq "global"} { lappend all [dict get $row variable] }
		}
		search::files $all
		foreach row [model::coded] {
			set paths [dict get $row file]
			if {[dict get $row scope] eq "global"} {
				set paths [search::files [list [dict get $row variable]]]
			}
			foreach path $paths { dict lappend files $path $row }
		}
		return $files
	}

	# edits PATH ROWS: where the names are defined, declared or exported, and where a
	# definition names itself.
	proc edits {path rows} {
		set scan [lex::scan [repo::read $path]]
		set here [lmap row $rows {
			if {[dict get $row file] ne $path} continue
			set row
		}]
		set mine [lmap row $here { dict get $row variable }]
		set aliases [lmap row $rows {
			if {[dict get $row alias] eq ""} continue
			dict get $row variable
		}]
		set names [lmap row $rows { dict get $row variable }]
		set locals [definition::locals $here]
		set uses [dict get [scope::analyse $scan $names $locals] uses]
		set tokens {}
		set itself {}
		set foreign {}
		foreach use $uses {
			set word [dict get $use word]
			set token [dict get $use token]
			switch [dict get $use class] {
				definition {
					if {$word ni $mine} { lappend foreign $word; continue }
					lappend tokens $token
					lappend itself {*}[definition::statement $scan $token]
				}
				declaration - export { lappend tokens $token }
				macro { if {$word in $aliases} { lappend tokens $token } }
			}
		}
		foreach use $uses {
			if {[dict get $use class] in {use annotation} &&
			    [dict get $use token] in $itself} { lappend tokens [dict get $use token] }
		}
		return [lmap token [lsort -integer -unique $tokens] {
			if {[lindex [dict get $scan words] $token] in $foreign} continue
			set at [lindex [dict get $scan at] $token]
			list $at $at vnet_raw_
		}]
	}

	# names MODULE: what the V_ names, and the constant addresses, stand for.
	proc names {module} {
		if {[model::variables $module] eq {}} return
		set path [header::where $module]
		set text [repo::read $path]
		set MACRO [header::macro $module]
		regsub -all "(VNET_GLOBAL\\($module, )" $text {\1vnet_raw_} text
		regsub -all "(#define (?:SYSCTL|STATIC)_V_${MACRO}(?:_PCPU)?\\(var\\)\\s+)\\(&\\(var\\)\\)" \
			$text {\1(\&(vnet_raw_##var))} text
		repo::write $path $text
	}
}

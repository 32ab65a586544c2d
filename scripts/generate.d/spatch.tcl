# SPDX-License-Identifier: GPL-2.0-only
#
# Coccinelle finds which occurrences of a name are expressions.  It parses C
# and knows fields, tags and labels; but it re-wraps the lines that it changes.
# So it runs on copies, and only the identifiers that it changed are taken over:
# the tokens of its output and of the original are compared one by one.

namespace eval spatch {
	proc rule {names} {
		return "// Written by scripts/generate from the variable table.
@@
identifier x = {[join $names {, }]};
fresh identifier y = \"V_\" ## x;
@@

- x
+ y
"
	}

	# apply RULE PATHS: path -> the file's text after the rule.
	proc apply {rule paths} {
		set keys [cache::keys $rule $paths]
		set texts [dict create]
		set new {}
		foreach path $paths {
			set text [cache::get [dict get $keys $path]]
			if {$text eq {}} { lappend new $path }
			dict set texts $path [lindex $text 0]
		}
		if {$new eq {}} { return $texts }
		dict for {path text} [run_on $rule $new] {
			cache::put [dict get $keys $path] $text
			dict set texts $path $text
		}
		return $texts
	}

	# Coccinelle on copies of the files.
	proc run_on {rule paths} {
		set directory [file join $::scratch spatch]
		file delete -force $directory
		set script [file join $directory rule.cocci]
		spew $script $rule
		foreach path $paths { spew [file join $directory $path] [repo::read $path] }
		set here [pwd]
		cd $directory
		try {
			set said [run spatch --sp-file $script --no-includes --in-place \
				--very-quiet --timeout 300 -j 2 {*}$paths]
		} finally {
			cd $here
		}
		spew [file join $::scratch spatch.log] $said
		set result [dict create]
		foreach path $paths {
			dict set result $path [slurp [file join $directory $path]]
		}
		return $result
	}

	# expressions NAMES PATHS: path -> the token numbers that the rule renames.
	proc expressions {names paths} {
		set found [dict create]
		if {$paths eq {}} { return $found }
		dict for {path text} [apply [rule $names] $paths] {
			dict set found $path [changed [dict get [lex::scan \
				[repo::read $path]] words] [lex::words $text] $path]
		}
		return $found
	}

	proc changed {old new path} {
		if {[llength $old] != [llength $new]} {
			warn "$path: Coccinelle's output does not match token by token:\
				its sites count as found by the token pass"
			return {}
		}
		set tokens {}
		set i -1
		foreach a $old b $new {
			incr i
			if {$a eq $b} continue
			if {$b ne "V_$a"} {
				fail "$path: Coccinelle made '$b' of '$a', which no rule says"
			}
			lappend tokens $i
		}
		return $tokens
	}
}

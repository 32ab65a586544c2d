# SPDX-License-Identifier: GPL-2.0-only
#
# C tokens.  Comments and blanks are no tokens; preprocessor lines are tokens
# that know their directive.  A scan is a dict:
#	text	the source
#	words	the tokens, in order
#	at	their offsets
#	in	for each token the number of its directive, or -1 for code
#	directives	list of {keyword first-token}
#	code	the numbers of the tokens that are code

namespace eval lex {
	variable pattern [join {
		{\\\n}
		{\n}
		{/\*(?:[^*]|\*+[^*/])*\*+/}
		{//[^\n]*}
		{L?"(?:[^"\\\n]|\\.|\\\n)*"}
		{'(?:[^'\\\n]|\\.)*'}
		{[A-Za-z_][A-Za-z0-9_]*}
		{\.?[0-9](?:[eEpP][+-]|[A-Za-z0-9_.])*}
		{->|\+\+|--|<<=|>>=|<<|>>|<=|>=|==|!=|&&|\|\||\.\.\.|##}
		{[-+*/%&|^]=}
		{[^\s]}
	} |]
	variable cache [dict create]

	proc scan {text} {
		variable cache
		if {[dict exists $cache $text]} { return [dict get $cache $text] }
		set result [scan_new $text]
		dict set cache $text $result
		return $result
	}

	# forget TEXT: it has been changed, and nobody will ask for it again.
	proc forget {text} {
		variable cache
		dict unset cache $text
	}

	proc scan_new {text} {
		variable pattern
		set words {}; set at {}; set in {}; set directives {}; set code {}
		set directive -1
		set fresh 1
		set n 0
		foreach pair [regexp -all -inline -indices -- $pattern $text] {
			lassign $pair first last
			set word [string range $text $first $last]
			switch -glob -- $word {
				"\n" { set directive -1; set fresh 1; continue }
				"\\\n" - "/\\**" - "//*" continue
			}
			if {$fresh && $word eq "#"} {
				set directive [llength $directives]
				lappend directives [list "" $n]
			} elseif {$directive >= 0 &&
				  $n == [lindex $directives $directive 1] + 1} {
				lset directives $directive 0 $word
			}
			set fresh 0
			if {$directive < 0} { lappend code $n }
			lappend words $word
			lappend at $first
			lappend in $directive
			incr n
		}
		return [dict create text $text words $words at $at in $in \
			directives $directives code $code]
	}

	# words TEXT: only the tokens.
	proc words {text} { return [dict get [scan_new $text] words] }

	proc is_word {token} { return [regexp {^[A-Za-z_]} $token] }
}

# SPDX-License-Identifier: GPL-2.0-only
#
# The page as one static HTML file: nothing is loaded from elsewhere.

namespace eval html {
	variable style {
		body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto;
			padding: 0 1rem; color: #1d2733 }
		pre { background: #f4f6f8; padding: .8rem; overflow-x: auto }
		h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin-top: 2rem }
		svg { width: 100%; font: 12px system-ui, sans-serif }
	}

	proc text {string} { return [string map {& &amp; < &lt; > &gt; \" &quot;} $string] }

	proc write {path step} {
		variable style
		set title "step [dict get $step number]: [dict get $step subject]"
		set page "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">\n"
		append page "<title>[text $title]</title>\n<style>$style</style></head>\n<body>\n"
		append page "<h1>[text $title]</h1>\n"
		foreach section [text::sections $step] {
			lassign $section name lines
			if {$lines eq {}} { set lines [list nothing] }
			append page "<h2>[text $name]</h2>\n<pre>[text [join $lines \n]]</pre>\n"
		}
		append page "<h2>The globals of the network stack</h2>\n[chart::svg]"
		append page "<p>By subsystem and verdict, as vnet/generated/inventory.tsv has them\
			(<code>make inventory</code>).</p>\n</body>\n</html>\n"
		set channel [open $path w]
		fconfigure $channel -encoding utf-8 -translation lf
		puts -nonewline $channel $page
		close $channel
	}
}

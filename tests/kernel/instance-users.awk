# SPDX-License-Identifier: GPL-2.0-only
#
# Who names an instance of a vnet module by itself, and not by a context: of what
# "readelf -SsrW OBJECT" prints, a line "SECTION-KIND USER INSTANCE" for each relocation to
# vnet_<module>_0 or vnet_<module>_pcpu_0 from what is in memory when the kernel runs.
# The kind is code or data; the user is the function or object that has the relocation.
#
# A relocation to a static instance names its section and an offset; what is there says
# the table of symbols.  A few bytes lie between the offset and the address where the
# relocation counts from the next instruction.  Without lockdep the key of a lock has no
# size, and the same address as what the linker put behind it: where a constructor names
# the beginning of its own instance, and such a key is there, it is the key.

function hex(s,  i, n, c) {
	n = 0
	s = tolower(s)
	for (i = 1; i <= length(s); i++) {
		c = index("0123456789abcdef", substr(s, i, 1))
		if (!c) break
		n = n * 16 + c - 1
	}
	return n
}

# What lies at this offset of that section: instances only, or anything that has a size.
function at(section, offset, wanted,  i) {
	for (i = 1; i <= symbols; i++)
		if (where[i] == section && start[i] <= offset &&
		    offset < start[i] + (extent[i] > 0 ? extent[i] : 1) &&
		    (!wanted || is_instance(name[i])))
			return name[i]
	return ""
}

# Is the key of a lock at that address?
function key_at(section, offset,  i) {
	for (i = 1; i <= symbols; i++)
		if (where[i] == section && start[i] == offset && extent[i] == 0 && name[i] ~ /^__key/)
			return 1
	return 0
}

function is_instance(s) { return s ~ /^vnet_[a-z0-9_]+_0$/ }

/^Section Headers:/ { part = "sections"; next }
/^Symbol table / { part = "symbols"; next }
/^Relocation section / {
	part = "relocations"
	source = $3
	gsub(/'/, "", source)
	sub(/^\.rela/, "", source)
	next
}

part == "sections" && /^ *\[ *[0-9]+\]/ {
	line = $0
	sub(/^ *\[ */, "", line)
	number = line + 0
	sub(/^[0-9]+\] */, "", line)
	split(line, f, / +/)
	# Name Type Address Off Size ES Flg Lk Inf Al; the flags may be empty.
	flag[f[1]] = f[7] ~ /^[A-Za-z]+$/ ? f[7] : ""
	number_of[f[1]] = number
	next
}

# Num: Value Size Type Bind Vis Ndx Name
part == "symbols" && $1 ~ /^[0-9]+:$/ && $7 ~ /^[0-9]+$/ && ($4 == "OBJECT" || $4 == "FUNC") {
	symbols++
	name[symbols] = $8
	start[symbols] = hex($2)
	extent[symbols] = $3 ~ /^0x/ ? hex(substr($3, 3)) : $3 + 0
	where[symbols] = $7 + 0
	next
}

# Offset Info Type Value Name + Addend
part == "relocations" && $3 ~ /^R_/ {
	count++
	from[count] = source
	offset[count] = hex($1)
	type[count] = $3
	to[count] = $5
	addend[count] = $6 == "-" ? -hex($7) : hex($7)
	next
}

END {
	for (i = 1; i <= count; i++) {
		if (flag[from[i]] !~ /A/ || from[i] ~ /^\.(export_symbol|discard)/)
			continue
		target = to[i]
		key = 0
		if (target in number_of) {
			key = key_at(number_of[target], addend[i])
			low = high = addend[i]
			if (type[i] ~ /PC|PLT|GOT/) { low += 4; high += 8 }
			target = ""
			for (o = low; o <= high && target == ""; o++)
				target = at(number_of[to[i]], o, 1)
		}
		if (!is_instance(target))
			continue
		user = at(number_of[from[i]], offset[i], 0)
		sub(/\..*/, "", user)
		own = user
		if (sub(/_construct$/, "_0", own) && own == target && key)
			continue
		kind = flag[from[i]] ~ /X/ ? "code" : "data"
		line = kind " " (user == "" ? from[i] : user) " " target
		if (!(line in seen)) { seen[line]; print line }
	}
}

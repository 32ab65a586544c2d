# SPDX-License-Identifier: GPL-2.0-only
#
# For gdb, on a kernel that has stopped: what the variables of vnet/variables.tsv
# hold, one line for each scalar in them, in a form that does not depend on where
# the linker or an allocator has put things.  Two kernels then compare by diff.
#
#	gdb -batch ... -ex 'python values.dump("variables.tsv", "modules", "out")' linux
#
# Lines are "MODULE::NAME[.member][index] VALUE"; a pointer is what it points to:
# a variable of the table, a symbol, "allocated", or "itself+OFFSET".

import bisect
import os
import re
import sys

import gdb

STOCK = os.environ.get("VNET_STOCK") == "1"
if not STOCK:
    sys.path.insert(0, os.environ["VNET_GDB_SCRIPTS"])
    import linux.vnet as vnet

# What no kernel has as an address: small numbers, and end markers of lists.
LOWEST = 0x1000000

# The next of a timer that its definition initialises, for debugobjects; where
# timer_setup() does, it is NULL.
TIMER_ENTRY_STATIC = 0x300


class Variable:
    def __init__(self, row):
        self.name, self.module, self.file, self.scope, self.declarator = row[:5]
        self.alias = row[7][3:] if row[7].startswith("as:") else self.name
        self.label = self.module + "::" + self.name
        self.value = None

    def look_local(self, function):
        """A static variable of a function, which may be inlined everywhere."""
        try:
            return gdb.parse_and_eval("{}::{}".format(function, self.name))
        except gdb.error:
            text = gdb.execute("info variables ^{}".format(self.name),
                               to_string=True)
            found = re.findall(r"^(0x[0-9a-f]+) +{}(?:\.\d+)?$".format(self.name),
                               text, re.MULTILINE)
            if len(found) != 1:
                raise
            pointer = self.declarator.replace("@", "(*)")
            return gdb.parse_and_eval("*({}){}".format(pointer, found[0]))

    def look_stock(self):
        first, _, rest = self.name.partition(".")
        if self.scope.startswith("in:"):
            return self.look_local(self.scope[3:])
        if self.scope == "global":
            # The symbol that gdb finds may be a declaration, without an address.
            value = gdb.parse_and_eval(first)
        else:
            value = None
            for symbol in gdb.lookup_static_symbols(first):
                if symbol.is_variable and symbol.symtab.filename.endswith(self.file):
                    value = symbol.value()
            if value is None:
                raise gdb.error("no static " + first)
        for member in rest.split(".") if rest else []:
            value = value[member]
        return value

    def look_vnet(self):
        try:
            place, rest = vnet.find(self.module + "::" + self.alias)
        except gdb.GdbError:
            # A variable by itself, of a function that is inlined.
            if not self.scope.startswith("in:"):
                raise
            return self.look_local(self.scope[3:])
        return vnet.follow(place.value(vnet.find_net(0), 0), rest)

    def look(self):
        value = self.look_stock() if STOCK else self.look_vnet()
        if value.address is None:
            raise gdb.error("it has no address")
        self.value = value
        self.address = int(value.address)
        self.size = value.type.sizeof


def read_table(path):
    rows = [line.rstrip("\n").split("\t") for line in open(path)
            if not line.startswith("#")]
    for row in rows[1:]:
        if row[5] == "per-vnet" and row[1] != "-":
            yield Variable(row)


class Names:
    """What an address means."""

    def __init__(self, variables):
        self.variables = sorted((v for v in variables if v.value is not None),
                                key=lambda v: v.address)
        self.starts = [v.address for v in self.variables]
        self.known = {}

    def of_symbol(self, address):
        if address not in self.known:
            text = gdb.execute("info symbol {:#x}".format(address),
                               to_string=True)
            match = re.match(r"(\S+)(?: \+ (\d+))? in section", text)
            # What the compiler appends to a name is its own business.
            self.known[address] = match and self.member(
                re.sub(r"\.[\w.]+$", "", match.group(1)),
                int(match.group(2) or 0))
        return self.known[address]

    @staticmethod
    def member(symbol, offset):
        """What is a variable by itself in the stock kernel, there in an instance."""
        match = re.match(r"vnet_(\w+)_0$", symbol)
        if not match:
            return symbol
        for field in gdb.lookup_type("struct vnet_" + match.group(1)).fields():
            start = field.bitpos // 8
            if field.name and start <= offset < start + field.type.sizeof:
                return field.name[1:]
        return symbol

    def of(self, pointer, variable):
        address = int(pointer) & (2 ** 64 - 1)
        if address == TIMER_ENTRY_STATIC:
            address = 0
        if address < LOWEST or address > 2 ** 63:
            return "{:#x}".format(address)
        if variable.address <= address < variable.address + max(variable.size, 1):
            return "itself+{}".format(address - variable.address)
        i = bisect.bisect_right(self.starts, address) - 1
        if i >= 0:
            other = self.variables[i]
            if address < other.address + other.size:
                return "{}+{}".format(other.label, address - other.address)
        return self.of_symbol(address) or "allocated"


def walk(path, value, variable, names, emit):
    kind = value.type.strip_typedefs()
    if kind.sizeof == 0:
        # A lock, where there is one processor.
        return
    if kind.code == gdb.TYPE_CODE_ARRAY:
        low, high = kind.range()
        for i in range(low, high + 1):
            walk("{}[{}]".format(path, i), value[i], variable, names, emit)
    elif kind.code == gdb.TYPE_CODE_STRUCT:
        for field in kind.fields():
            step = path + "." + field.name if field.name else path
            walk(step, value[field], variable, names, emit)
    elif kind.code == gdb.TYPE_CODE_UNION:
        # One of those that have all of it.
        for field in kind.fields():
            if field.type.sizeof == kind.sizeof:
                step = path + "." + field.name if field.name else path
                walk(step, value[field], variable, names, emit)
                break
    elif kind.code == gdb.TYPE_CODE_PTR:
        emit(path, names.of(value, variable))
    else:
        emit(path, str(int(value)))


def registered(out):
    """Write which modules there are."""
    with open(out, "w") as file:
        for mod in vnet.vnet_mods():
            file.write(mod["name"].string() + "\n")


def dump(table, modules, out):
    wanted = open(modules).read().split()
    variables = [v for v in read_table(table) if v.module in wanted]
    with open(out, "w") as file:
        for variable in variables:
            try:
                variable.look()
            except (gdb.error, gdb.GdbError) as error:
                file.write("{} missing: {}\n".format(variable.label, error))
        names = Names(variables)
        for variable in variables:
            if variable.value is not None:
                walk(variable.label, variable.value, variable, names,
                     lambda path, text: file.write(path + " " + text + "\n"))

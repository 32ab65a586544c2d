# SPDX-License-Identifier: GPL-2.0-only
#
# For gdb, on a kernel of the series that has stopped: ask scripts/gdb/linux/vnet.py
# for every variable of vnet/variables.tsv that is a vnet's, and compare where it says
# that it is with where C says so.  One line for each: "MODULE::NAME ok", or what is
# wrong.
#
#	gdb -batch ... -ex 'python ask("variables.tsv", "out")' linux

import os
import sys

import gdb

sys.path.insert(0, os.environ["VNET_GDB_SCRIPTS"])
import linux.vnet as vnet


def by_c(module, name, row):
    """The address, by an expression of C and the debug information alone."""
    for expression in ("&vnet_{0}_0._{1}".format(module, name),
                       "&vnet_{0}_pcpu_0._{1}".format(module, name)):
        try:
            return int(gdb.parse_and_eval(expression))
        except gdb.error:
            pass
    if row[0] != name:
        return int(gdb.parse_and_eval("&" + row[0]))
    if row[3] == "global":
        return int(gdb.parse_and_eval("&" + name))
    for symbol in gdb.lookup_static_symbols(name):
        if symbol.is_variable and symbol.symtab.filename.endswith(row[2]):
            address = symbol.value().address
            if address is not None:
                return int(address)
    return int(gdb.parse_and_eval("&{}::{}".format(row[3][3:], name)))


def ask(table, out):
    modules = [mod["name"].string() for mod in vnet.vnet_mods()]
    rows = [line.rstrip("\n").split("\t") for line in open(table)
            if not line.startswith("#")][1:]
    names = {}
    for row in rows:
        if row[5] == "per-vnet" and row[1] != "-":
            alias = row[7][3:] if row[7].startswith("as:") else None
            # Of an object that is converted as a whole, the object.
            name = alias or row[0].partition(".")[0]
            names[row[1], name] = row if alias else [name] + row[1:]

    with open(out, "w") as file:
        for (module, name), row in names.items():
            label = module + "::" + name
            # Before it has a constructor, a module is known by its names only.
            asked = label if module in modules else name
            if asked == name and row[3].startswith("in:"):
                continue
            try:
                want = by_c(module, name, row)
            except gdb.error:
                # An empty lock, for one, has no place in a kernel for one processor.
                want = None
            try:
                value = gdb.parse_and_eval('$lx_vnet("{}")'.format(asked))
                verdict = "ok"
                if value.address is None or int(value.address) != want:
                    verdict = "is said to be at {}, but is at {}".format(
                        value.address, want)
            except gdb.error as error:
                verdict = "is not found: {}".format(error)
                if want is None:
                    verdict = "is not there"
                elif asked == name and "in several modules" in str(error):
                    verdict = "is one of several"
            file.write("{} {}\n".format(label, verdict))

# SPDX-License-Identifier: GPL-2.0-only
#
# gdb helper commands and functions for Linux kernel debugging
#
#  virtualised variables of the network stack
#
# Code names such a variable V_foo, which is a macro.  What it stands for depends
# on how the kernel was built (Documentation/networking/vnet.rst), and gdb knows
# neither.  These find it in each of the three ways.
#

import re

import gdb

from linux import cpus, lists, utils


net_type = utils.CachedType("struct net")
vnet_mod_type = utils.CachedType("struct vnet_mod")
module_type = utils.CachedType("struct module")

# With global variables, members of structs that are not converted as a whole.
MEMBERS = {
    "net_ptype_all": "net_hotdata.ptype_all",
    "net_max_skb_frags": "net_hotdata.sysctl_max_skb_frags",
    "net_mem_pcpu_rsv": "net_hotdata.sysctl_mem_pcpu_rsv",
    "inet_ehash_secret": "net_hotdata.tcp_protocol.secret",
    "tcp_ipv6_hash_secret": "net_hotdata.tcpv6_offload.secret",
    "inet6_ehash_secret": "net_hotdata.tcpv6_protocol.secret",
    "udp_ehash_secret": "net_hotdata.udp_protocol.secret",
    "udp_ipv6_hash_secret": "net_hotdata.udpv6_offload.secret",
    "udp6_ehash_secret": "net_hotdata.udpv6_protocol.secret",
    "sctp_ep_hashtable": "sctp_globals.ep_hashtable",
    "sctp_port_hashtable": "sctp_globals.port_hashtable",
    "sctp_transport_hashtable": "sctp_globals.transport_hashtable",
}

# [MODULE::]NAME and what follows: .member and [index].
NAME = re.compile(r"^(?:(\w+)::)?(?:V_)?(\w+)((?:\.\w+|\[\w+\])*)$")


def fields(gdbtype):
    return {f.name: f for f in gdbtype.strip_typedefs().fields()}


def per_net():
    """Whether namespaces have instances of modules: CONFIG_VNET."""
    return "vnet" in fields(net_type.get_type())


def vnet_mods():
    """The registered modules, in order of construction."""
    ptr = vnet_mod_type.get_type().pointer()
    for mod in lists.list_for_each_entry(gdb.parse_and_eval("vnet_mods"),
                                         ptr, "list"):
        yield mod


def vnets():
    """All network namespaces."""
    ptr = net_type.get_type().pointer()
    for net in lists.list_for_each_entry(
            gdb.parse_and_eval("net_namespace_list"), ptr, "list"):
        yield net


def inum(net):
    return int(net["ns"]["inum"])


def find_net(which):
    """A struct net *, from that, a struct net, an inode number, or 0: the first."""
    if isinstance(which, gdb.Value):
        kind = which.type.strip_typedefs()
        if kind.code == gdb.TYPE_CODE_PTR:
            return which.cast(net_type.get_type().pointer())
        if kind.code == gdb.TYPE_CODE_STRUCT:
            return which.address
    number = int(which)
    if number == 0:
        return gdb.parse_and_eval("&init_net")
    for net in vnets():
        if inum(net) == number:
            return net
    raise gdb.GdbError("no network namespace has the number {}".format(number))


def struct_type(name):
    try:
        return gdb.lookup_type("struct " + name)
    except gdb.error:
        return None


def in_percpu_section(address):
    """Whether a symbol there is a per-CPU variable, of the kernel or a module."""
    try:
        start = int(gdb.parse_and_eval("(unsigned long)&__per_cpu_start"))
        end = int(gdb.parse_and_eval("(unsigned long)&__per_cpu_end"))
    except gdb.error:
        return False
    if start <= address < end:
        return True
    try:
        if "percpu_size" not in fields(module_type.get_type()):
            return False
        for mod in lists.list_for_each_entry(
                gdb.parse_and_eval("modules"),
                module_type.get_type().pointer(), "list"):
            begin = int(mod["percpu"])
            if begin <= address < begin + int(mod["percpu_size"]):
                return True
    except gdb.error:
        pass
    return False


class Place:
    """Where a variable is: how to get from a net to its address."""

    def __init__(self, module, percpu, address):
        self.module = module        # its name, or None when that is unknown
        self.percpu = percpu
        self.address = address      # a function of a struct net *

    def value(self, net, cpu):
        pointer = self.address(net)
        if self.percpu:
            return cpus.per_cpu(pointer, cpu)
        return pointer.dereference()


def in_struct(mod, var):
    """The place of @var, a member of what @mod has, or None."""
    name = mod["name"].string()
    member = "_" + var
    whole = struct_type("vnet_" + name)
    percpu = struct_type("vnet_" + name + "_pcpu")

    def instance(net):
        if per_net():
            found = net["vnet"]["instance"][int(mod["id"])]
        else:
            found = mod["instance0"]
        if int(found) == 0:
            raise gdb.GdbError("that namespace has no instance of " + name)
        return found.cast(whole.pointer())

    def pcpu(net):
        if per_net():
            found = instance(net)["pcpu"]
        else:
            found = mod["pcpu0"]
        return found.cast(percpu.pointer())

    if whole and member in fields(whole):
        return Place(name, False, lambda net: instance(net)[member].address)
    if percpu and int(mod["pcpu_size"]) and member in fields(percpu):
        return Place(name, True, lambda net: pcpu(net)[member].address)
    return None


def home(name):
    """The file that has the constructor of module @name."""
    for symbol in gdb.lookup_static_symbols("vnet_" + name + "_mod"):
        return symbol.symtab
    return None


def same_file(symtab, other):
    """Whether both are of one file; gdb makes a new object for each question."""
    return symtab is not None and other is not None and \
        symtab.filename == other.filename


def statics_of(symtab, var):
    """@var as a static variable of a function in @symtab."""
    # What gdb falls back to where a function has none of that name.
    others = [symbol.value().address
              for symbol in gdb.lookup_static_symbols(var)
              if symbol.is_variable]
    others = [int(address) for address in others if address is not None]
    for block in (symtab.static_block(), symtab.global_block()):
        for symbol in block:
            if not symbol.is_function or \
               not same_file(symbol.symtab, symtab):
                continue
            try:
                value = gdb.parse_and_eval("'{}'::{}::{}".format(
                    symtab.filename, symbol.name, var))
                if value.address is not None and \
                   int(value.address) not in others:
                    yield value
            except gdb.error:
                pass


def in_globals(wanted, var):
    """The places of @var where it is a variable by itself."""
    found = []
    if var in MEMBERS:
        try:
            found.append(gdb.parse_and_eval(MEMBERS[var]))
        except gdb.error:
            pass
    else:
        # Of what is only declared where gdb looks, the linker knows the address.
        symbol = gdb.lookup_global_symbol(var)
        if symbol and symbol.addr_class in (gdb.SYMBOL_LOC_STATIC,
                                            gdb.SYMBOL_LOC_UNRESOLVED):
            found.append(gdb.parse_and_eval(var))
        for symbol in gdb.lookup_static_symbols(var):
            if symbol.is_variable and \
               (wanted is None or same_file(symbol.symtab, home(wanted))):
                found.append(symbol.value())
    if not found and wanted and home(wanted):
        found.extend(statics_of(home(wanted), var))

    places = {}
    for value in found:
        if value.address is None:
            continue
        address = value.address
        places[int(address)] = Place(wanted, in_percpu_section(int(address)),
                                     lambda net, a=address: a)
    return list(places.values())


def find(name):
    """The place of a variable, and what follows its name."""
    match = NAME.match(name)
    if not match:
        raise gdb.GdbError("'{}' is no name of a variable".format(name))
    wanted, var, rest = match.groups()

    mods = [mod for mod in vnet_mods()
            if wanted is None or mod["name"].string() == wanted]
    if wanted and not mods:
        raise gdb.GdbError("no module '{}' is registered".format(wanted))

    places = [place for place in
              (in_struct(mod, var) for mod in mods if int(mod["instance0"]))
              if place]
    if not places:
        places = in_globals(wanted, var)
    if not places:
        raise gdb.GdbError("no V_{} is known{}".format(
            var, " in module " + wanted if wanted else ""))
    if len(places) > 1:
        known = [place.module for place in places if place.module]
        raise gdb.GdbError("V_{0} is in several modules: say MODULE::{0}{1}".format(
            var, ", one of " + " ".join(known) if known else ""))
    return places[0], rest


def follow(value, rest):
    """@value.member[index]..., without a copy of all of it."""
    if not rest:
        return value
    gdb.set_convenience_variable("_vnet", value.address)
    return gdb.parse_and_eval("(*$_vnet)" + rest)


def some_cpu(cpu):
    if cpu != -1:
        return cpu
    possible = list(cpus.each_possible_cpu())
    return possible[0] if len(possible) == 1 else cpus.get_current_cpu()


class LxVnetFunction(gdb.Function):
    """Return a virtualised variable of the network stack.

$lx_vnet("NAME"[, NET[, CPU]]): Return V_NAME of the network namespace NET, which
is a struct net, a pointer to one, or the inode number that 'ip netns identify'
and /proc/PID/ns/net know; without it, or with 0, the initial one's.  Of a per-CPU
variable, return that of processor CPU; without it, of the current context.
NAME may be MODULE::NAME, and may be followed by .MEMBER and [INDEX]."""

    def __init__(self):
        super(LxVnetFunction, self).__init__("lx_vnet")

    def invoke(self, name, net=0, cpu=-1):
        place, rest = find(name.string())
        net = find_net(net)
        cpu = some_cpu(int(cpu)) if place.percpu else 0
        return follow(place.value(net, cpu), rest)


LxVnetFunction()


class LxVnet(gdb.Command):
    """Print virtualised variables of the network stack.

lx-vnet: List the modules, in the order in which they were constructed.
lx-vnet NAME: Print V_NAME of the initial network namespace.
lx-vnet NAME NET: Print that of the namespace with the inode number NET.
lx-vnet NAME all: Print that of each namespace.
NAME may be MODULE::NAME, and may be followed by .MEMBER and [INDEX].  A per-CPU
variable is printed for every possible processor."""

    def __init__(self):
        super(LxVnet, self).__init__("lx-vnet", gdb.COMMAND_DATA)

    def modules(self):
        gdb.write("{:<16} {:>3} {:<8} {:>6} {:>6} {:>9}\n".format(
            "module", "id", "per vnet", "size", "pcpu", "instances"))
        for mod in vnet_mods():
            gdb.write("{:<16} {:>3} {:<8} {:>6} {:>6} {:>9}\n".format(
                mod["name"].string(), int(mod["id"]),
                "yes" if int(mod["flags"]) & 1 else "no", int(mod["size"]),
                int(mod["pcpu_size"]), int(mod["instances"]["counter"])))

    def show(self, place, name, rest, net):
        where = "net:[{}]".format(inum(net))
        for cpu in cpus.each_possible_cpu() if place.percpu else [0]:
            if place.percpu:
                where = "net:[{}] cpu {}".format(inum(net), cpu)
            value = follow(place.value(net, cpu), rest)
            gdb.write("{} {} = {}\n".format(name, where, value))

    def invoke(self, arg, from_tty):
        words = gdb.string_to_argv(arg)
        if not words:
            self.modules()
            return
        if len(words) > 2:
            raise gdb.GdbError("lx-vnet takes a NAME and a NET")
        place, rest = find(words[0])
        if len(words) == 1:
            nets = [find_net(0)]
        elif words[1] == "all":
            nets = list(vnets())
        else:
            nets = [find_net(gdb.parse_and_eval(words[1]))]
        for net in nets:
            self.show(place, words[0], rest, net)


LxVnet()

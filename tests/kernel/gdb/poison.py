# SPDX-License-Identifier: GPL-2.0-only
#
# For gdb, attached to User Mode Linux with CONFIG_VNET: change the pointers that a network
# namespace has to the instances of modules, to see who uses them.
#
# With poison() they point to where no memory is.  Whoever follows one faults; that is
# noted, and the registers and the stack are given the real address, so that this one
# access succeeds and the next function that asks the namespace faults again.

import os
import sys

import gdb

sys.path.insert(0, os.environ["VNET_GDB_SCRIPTS"])
import linux.vnet as vnet

# Addresses that no process of this kind has in use: so much room for each module.
POISON = 0x5A5A00000000
ROOM = 1 << 20
REGISTERS = ["rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "r8", "r9", "r10",
             "r11", "r12", "r13", "r14", "r15"]
STACK = 1 << 14
RED_ZONE = 128


def instances(net):
    """The ids of the modules, with their names and where this namespace's instance is."""
    return {int(mod["id"]): (mod["name"].string(),
                             int(net["vnet"]["instance"][int(mod["id"])]))
            for mod in vnet.vnet_mods()}


def point(net, number, address):
    gdb.execute("set var ((struct net *){:#x})->vnet.instance[{}] = (void *){:#x}"
                .format(int(net), number, address))


def signal(number):
    """Tell the guest, which waits for this value of a limit of the host."""
    place, _ = vnet.find("core::sysctl_wmem_default")
    value = place.value(vnet.find_net(0), 0)
    gdb.execute("set var *(int *){:#x} = {}".format(int(value.address), number))


def swap(inum, limit):
    """Give the namespace a copy of core's instance, with that limit in it."""
    net = vnet.find_net(inum)
    number = int(gdb.parse_and_eval("vnet_core_mod")["id"])
    size = int(gdb.parse_and_eval("vnet_core_mod")["size"])
    copy = int(gdb.parse_and_eval("(long)&boot_command_line")) + 1024
    memory = gdb.selected_inferior()
    memory.write_memory(copy, memory.read_memory(
        int(net["vnet"]["instance"][number]), size).tobytes())
    offset = int(gdb.parse_and_eval(
        "(long)&((struct vnet_core *)0)->_sysctl_rmem_max"))
    memory.write_memory(copy + offset, limit.to_bytes(4, "little"))
    gdb.execute("set var $vnet_core_was = {:#x}".format(
        int(net["vnet"]["instance"][number])))
    point(net, number, copy)
    print("was {}".format(int(gdb.parse_and_eval("$vnet_core_was"))))
    signal(300001)


def shift(real):
    """Turn each poisoned address in registers and on the stack into the real one."""
    def mended(value):
        number = (value - POISON) // ROOM
        if value < POISON or number not in real:
            return None
        return real[number] + value - POISON - number * ROOM

    for register in REGISTERS:
        value = mended(int(gdb.parse_and_eval("(unsigned long)$" + register)))
        if value is not None:
            gdb.execute("set var ${} = {:#x}".format(register, value))
    memory = gdb.selected_inferior()
    bottom = int(gdb.parse_and_eval("(unsigned long)$rsp"))
    size = STACK - bottom % STACK
    if bottom % STACK >= RED_ZONE:
        # A function that calls no other may keep its variables below.
        bottom -= RED_ZONE
        size += RED_ZONE
    stack = memory.read_memory(bottom, size).tobytes()
    for at in range(0, size - 7, 8):
        value = mended(int.from_bytes(stack[at:at + 8], "little"))
        if value is not None:
            memory.write_memory(bottom + at, value.to_bytes(8, "little"))


def user():
    """The function that uses the pointer: the first of the network stack's."""
    frame = gdb.newest_frame()
    while frame is not None:
        function = frame.function()
        if function is not None and "/net/" in function.symtab.filename:
            return function.name
        frame = frame.older()
    return gdb.newest_frame().name() or "unknown"


def poison(inum, was, out, spared):
    """Poison all of the namespace's pointers but those of the modules spared, until the
    guest ends; write "MODULE FUNCTION" for whoever follows one.  "was" is what core's
    pointer was before swap()."""
    net = vnet.find_net(inum)
    modules = instances(net)
    core = int(gdb.parse_and_eval("vnet_core_mod")["id"])
    modules[core] = ("core", was)
    names, real = {}, {}
    for number, (name, address) in modules.items():
        point(net, number, address)
        if name not in spared:
            names[number], real[number] = name, address
            point(net, number, POISON + number * ROOM)
    signal(300002)

    seen = {}
    with open(out, "w") as file:
        file.write("poisoned {}\n".format(len(real)))
        gdb.execute("handle SIGSEGV stop print pass", to_string=True)
        step = "continue"
        while True:
            try:
                gdb.execute(step, to_string=True)
            except gdb.error as error:
                file.write("gdb: {}\n".format(error))
                return
            if not gdb.selected_inferior().pid:
                return
            try:
                info = gdb.parse_and_eval("$_siginfo")
                address = int(info["_sifields"]["_sigfault"]["si_addr"])
            except gdb.error:
                step = "continue"
                continue
            number = (address - POISON) // ROOM
            if address < POISON or number not in real:
                # The kernel's own, which it handles.
                step = "continue"
                continue
            key = (number, int(gdb.parse_and_eval("(unsigned long)$pc")))
            if key not in seen:
                seen[key] = user()
                file.write("{} {}\n".format(names[number], seen[key]))
                file.flush()
            shift(real)
            step = "signal 0"

// SPDX-License-Identifier: GPL-2.0-only
/* The commands of 'vnet switch'. */
#include "switch.h"
#include "vnet.h"

const struct command switch_commands[] = {
	{ "add", switch_add,
	  "add NAME [OPTION VALUE]... [up]\n"
	  "\n"
	  "Make a switch.  Its device is its own port, number 0, for this vnet.\n"
	  "\n"
	  "  fdb hash|linear      how it keeps addresses (default: hash)\n"
	  "  limit N              how many addresses\n"
	  "  ageing SECONDS       how long it keeps one that sends nothing; 0: for good\n"
	  "  vlan on|off          whether it knows VLANs (default: off)\n"
	  "  default allow|deny   whether a new port may send to others (default: allow)\n"
	  "  up                   set its device up\n" },
	{ "set", switch_set,
	  "set NAME [ageing SECONDS] [hold MILLISECONDS]\n"
	  "\n"
	  "Change how long a switch keeps an address, and how long after a frame an address\n"
	  "stays where it is though frames come from it elsewhere.\n" },
	{ "rm", switch_rm,
	  "rm NAME\n"
	  "\n"
	  "Remove a switch and its ports, in whichever vnet they are; uplinks are set free.\n" },
	{ "show", switch_show,
	  "show [NAME] [--config]\n"
	  "\n"
	  "Show the switches of this vnet, or one.\n"
	  "\n"
	  "  --config   all of them as a text for 'vnet switch apply'\n" },
	{ "port", switch_port,
	  "port show|add|set|rm|attach|detach ...\n"
	  "\n"
	  "  port show SWITCH [PORT]\n"
	  "  port show dev DEVICE\n"
	  "  port add SWITCH NAME [netns VNET] [number N] [up]\n"
	  "  port set SWITCH PORT [limit N|none] [sticky on|off] [learning on|off]\n"
	  "           [flood on|off] [mcast_flood on|off] [bcast_flood on|off]\n"
	  "           [isolated on|off] [locked on|off]\n"
	  "  port rm SWITCH PORT\n"
	  "  port attach SWITCH DEVICE    a device becomes an uplink\n"
	  "  port detach SWITCH DEVICE    it is one no more\n" },
	{ "allow", switch_allow,
	  "allow SWITCH PORT|dev DEVICE TO...|all\n"
	  "\n"
	  "Let a port send to others.  With dev, narrow no more what a port that was handed\n"
	  "to this vnet sends; TO are then numbers.  all is for ports to come, too.\n" },
	{ "deny", switch_deny,
	  "deny SWITCH PORT|dev DEVICE TO...|all\n"
	  "\n"
	  "Let a port no more send to others.  With dev, narrow what a port that was handed\n"
	  "to this vnet sends; TO are then numbers.  all is for ports to come, too.\n" },
	{ "vlan", switch_vlan,
	  "vlan SWITCH [on|off] | SWITCH PORT access VID|trunk VIDS [native VID]\n"
	  "\n"
	  "Show the VLANs of all ports, let the switch know VLANs or not, or set those of a\n"
	  "port.  VIDS is a list such as 10,20-29, or all or none.\n" },
	{ "fdb", switch_fdb,
	  "fdb show|add|rm ...\n"
	  "\n"
	  "  fdb show SWITCH [PORT]\n"
	  "  fdb add SWITCH PORT ADDRESS [vlan VID] [dynamic] [sticky]\n"
	  "  fdb rm SWITCH PORT ADDRESS [vlan VID]\n"
	  "\n"
	  "Show, add or remove stations.  What is added does not age, unless it is dynamic.\n" },
	{ "apply", switch_apply,
	  "apply FILE|-\n"
	  "\n"
	  "Carry out a configuration, as a whole or not at all.  What it names is afterwards\n"
	  "as it says: see vnet-switch(8).\n" },
	{ "policy", switch_policy,
	  "policy show|attach|replace|detach ...\n"
	  "\n"
	  "  policy show [SWITCH]\n"
	  "  policy attach SWITCH OBJECT [NAME]\n"
	  "  policy replace SWITCH OBJECT [NAME]\n"
	  "  policy detach SWITCH\n"
	  "\n"
	  "Let a BPF program decide, too, what ports may send: the policy NAME of the file\n"
	  "OBJECT, or its only one.  Replaced, no frame is decided by neither.\n" },
	{ "stats", switch_stats,
	  "stats SWITCH [PORT] | dev DEVICE\n"
	  "\n"
	  "Show the counters of ports: what they sent and got, and why frames were dropped.\n" },
	{ "monitor", switch_monitor,
	  "monitor [SWITCH] [--timestamp]\n"
	  "\n"
	  "Print what happens to switches, ports and stations, until it is interrupted: of\n"
	  "this vnet's switches, and of ports that were handed to it.\n"
	  "\n"
	  "  -t, --timestamp   when it happened\n" },
	{ 0 },
};

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The configuration of a switch as text.
 *
 * One switch, a line for each thing said, words separated by blanks, comments
 * from a '#' to the end of the line:
 *
 *	switch sw0 fdb hash limit 16384 ageing 300 vlan on default deny
 *	port p1 access 10 limit 64
 *	port p2 access 10
 *	port p3 trunk 10,20-29 native 10
 *	uplink eth0 trunk all
 *	allow p1 p2 eth0
 *	allow p2 p1
 *	deny eth0 sw0
 *
 *	switch NAME [fdb hash|linear] [limit N] [ports N] [ageing SECONDS]
 *	       [hold MS] [vlan on|off] [default allow|deny]
 *	port NAME | uplink NAME | local
 *	       [number N] [access VID | trunk VIDS|all|none [native VID]]
 *	       [limit N|none] [sticky on|off] [learning on|off] [flood on|off]
 *	       [mcast_flood on|off] [bcast_flood on|off] [isolated on|off]
 *	       [locked on|off]
 *	allow FROM TO...
 *	deny FROM TO...
 *
 * The switch comes first.  "local" is the switch's own port, whose name in
 * allow and deny is the name of the switch.  A port is one that the switch
 * makes, an uplink a device that it takes.  allow and deny are carried out one
 * after the other, for ports that lines before or after them name; FROM starts
 * with what the switch's default says, and TO can be "all", for ports that do
 * not exist yet, too.
 *
 * Nothing here knows what exists: the parser makes a struct vsw_config of the
 * whole text, or says what is wrong with it, and its caller carries that out.
 */
#ifndef _VSWITCH_CONFIG_H
#define _VSWITCH_CONFIG_H

#include "forward.h"

#define VSW_CONFIG_SIZE_MAX	(256 * 1024)
#define VSW_NAME_SIZE		16	/* IFNAMSIZ */

/**
 * enum vsw_config_kind - what a port of a configuration is
 * @VSW_CONFIG_LOCAL: the switch's own
 * @VSW_CONFIG_PORT: one that the switch makes
 * @VSW_CONFIG_UPLINK: a device that it takes
 */
enum vsw_config_kind {
	VSW_CONFIG_LOCAL,
	VSW_CONFIG_PORT,
	VSW_CONFIG_UPLINK,
};

/* What a configuration says of a port. */
#define VSW_CONFIG_HAS_NUMBER	BIT(0)
#define VSW_CONFIG_HAS_ACCESS	BIT(1)
#define VSW_CONFIG_HAS_TRUNK	BIT(2)
#define VSW_CONFIG_HAS_PORT_LIMIT	BIT(3)
#define VSW_CONFIG_HAS_STICKY	BIT(4)
#define VSW_CONFIG_HAS_ALLOW	BIT(5)

/* What a configuration says of the switch. */
#define VSW_CONFIG_HAS_FDB	BIT(0)
#define VSW_CONFIG_HAS_LIMIT	BIT(1)
#define VSW_CONFIG_HAS_PORTS	BIT(2)
#define VSW_CONFIG_HAS_AGEING	BIT(3)
#define VSW_CONFIG_HAS_HOLD	BIT(4)
#define VSW_CONFIG_HAS_VLAN	BIT(5)
#define VSW_CONFIG_HAS_DEFAULT	BIT(6)

/**
 * struct vsw_config_port - a port of a configuration
 * @name: its name; that of the switch for the local port
 * @kind: what it is
 * @line: of the text, from 1; 0 for a local port without a line
 * @column: of its name in that line, from 1
 * @has: VSW_CONFIG_HAS_NUMBER, ...: which of the following are said
 * @number: its number
 * @vid: its VLAN as an access port, or native VLAN as a trunk, 0 for none
 * @vids: its VLANs as a trunk, with the native one (4,096 bits)
 * @limit: entries in the table, U32_MAX for no limit
 * @sticky: whether what it learns is sticky
 * @flags: VSW_PORT_LEARNING, ...
 * @mask: which of @flags are said
 * @allow: the owner's list; bit i stands for ports[i] of the configuration
 * @fill: whether it allows ports that the configuration does not name
 */
struct vsw_config_port {
	char			name[VSW_NAME_SIZE];
	enum vsw_config_kind	kind;
	unsigned int		line;
	unsigned int		column;
	u32			has;
	u16			number;
	u16			vid;
	unsigned long		*vids;
	u32			limit;
	bool			sticky;
	u32			flags;
	u32			mask;
	DECLARE_BITMAP(allow, VSW_MAX_PORTS);
	bool			fill;
};

/**
 * struct vsw_config - a configuration
 * @name: the name of the switch
 * @line: where the text names it, from 1
 * @column: in that line, from 1
 * @has: VSW_CONFIG_HAS_FDB, ...: which of the following are said
 * @type: structure of the table
 * @limit: entries of the table
 * @max_ports: ports that may join
 * @ageing: in seconds, 0 for none
 * @hold: in milliseconds, 0 for none
 * @vlan: whether it knows VLANs
 * @deny: whether new ports may send to none
 * @nr_ports: how many ports, at least one
 * @ports: the ports; the first one is the local port
 */
struct vsw_config {
	char			name[VSW_NAME_SIZE];
	unsigned int		line;
	unsigned int		column;
	u32			has;
	enum vsw_fdb_type	type;
	u32			limit;
	u32			max_ports;
	u32			ageing;
	u32			hold;
	bool			vlan;
	bool			deny;
	unsigned int		nr_ports;
	struct vsw_config_port	*ports[VSW_MAX_PORTS];
};

#define VSW_CONFIG_WORD_SIZE	32

/**
 * struct vsw_config_error - what is wrong with a text
 * @line: the line, from 1
 * @column: the byte in that line, from 1, where the word begins
 * @word: the word, shortened, with '?' for what cannot be printed; may be empty
 * @msg: what is wrong, a constant without full stop
 */
struct vsw_config_error {
	unsigned int	line;
	unsigned int	column;
	char		word[VSW_CONFIG_WORD_SIZE];
	const char	*msg;
};

int vsw_config_parse(const char *text, size_t size, struct vsw_config **config,
		     struct vsw_config_error *error);
void vsw_config_free(struct vsw_config *config);
bool vsw_config_name_suits(const char *name, size_t len);
size_t vsw_config_print(const struct vsw_config *config, char *buf,
			size_t size);

#endif /* _VSWITCH_CONFIG_H */

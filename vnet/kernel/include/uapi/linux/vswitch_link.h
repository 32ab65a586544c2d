/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * Attributes of the link types "vswitch" and "vswport" (IFLA_INFO_DATA).
 * What a switch does is configured by the generic netlink family "vswitch".
 */
#ifndef _UAPI_LINUX_VSWITCH_LINK_H
#define _UAPI_LINUX_VSWITCH_LINK_H

/* Where a switch keeps its addresses: IFLA_VSWITCH_FDB. */
enum {
	VSWITCH_FDB_HASH,
	VSWITCH_FDB_LINEAR,
};

enum {
	IFLA_VSWITCH_UNSPEC,
	IFLA_VSWITCH_FDB,		/* u32, at creation only */
	IFLA_VSWITCH_FDB_LIMIT,		/* u32, entries; at creation only */
	IFLA_VSWITCH_AGEING,		/* u32, milliseconds; 0: never */
	IFLA_VSWITCH_DEFAULT_DENY,	/* u8, new ports may send to no port */
	IFLA_VSWITCH_VLAN_AWARE,	/* u8, whether it knows VLANs */

	__IFLA_VSWITCH_MAX,
};

#define IFLA_VSWITCH_MAX (__IFLA_VSWITCH_MAX - 1)

enum {
	IFLA_VSWPORT_UNSPEC,
	IFLA_VSWPORT_NUMBER,		/* u16, at creation only */

	__IFLA_VSWPORT_MAX,
};

#define IFLA_VSWPORT_MAX (__IFLA_VSWPORT_MAX - 1)

#endif

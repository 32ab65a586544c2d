/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Why the core of a switch drops a frame or a copy of it.
 */
#ifndef _VSWITCH_DROP_H
#define _VSWITCH_DROP_H

/**
 * enum vsw_drop - why a frame, or the copy for a port, is dropped
 * @VSW_DROP_NOT: it is not
 * @VSW_DROP_SOURCE: its source is a group address or all zeroes
 * @VSW_DROP_RESERVED: its destination is one that no bridge forwards
 *		       (01:80:C2:00:00:00 to 0F)
 * @VSW_DROP_VLAN_TAGGED: it came tagged by an access port
 * @VSW_DROP_VLAN_UNTAGGED: it came untagged by a trunk without native VLAN
 * @VSW_DROP_VLAN_INGRESS: it came in a VLAN that the port is not in
 * @VSW_DROP_VLAN_EGRESS: the destination is not in its VLAN
 * @VSW_DROP_VLAN_INNER: it would leave untagged with a tag of its sender's
 * @VSW_DROP_LOCKED: its source is not one of those of the locked port
 * @VSW_DROP_SAME_PORT: it came in by the port that it would leave by
 * @VSW_DROP_ALLOW: the allow-list of the port that it came in by says no
 * @VSW_DROP_ISOLATED: both ports are isolated ones
 * @VSW_DROP_FLOOD: this kind of flood does not go to that port
 * @VSW_DROP_CORE: how many there are; the first for reasons of others
 */
enum vsw_drop {
	VSW_DROP_NOT,
	VSW_DROP_SOURCE,
	VSW_DROP_RESERVED,
	VSW_DROP_VLAN_TAGGED,
	VSW_DROP_VLAN_UNTAGGED,
	VSW_DROP_VLAN_INGRESS,
	VSW_DROP_VLAN_EGRESS,
	VSW_DROP_VLAN_INNER,
	VSW_DROP_LOCKED,
	VSW_DROP_SAME_PORT,
	VSW_DROP_ALLOW,
	VSW_DROP_ISOLATED,
	VSW_DROP_FLOOD,
	VSW_DROP_CORE,
};

#endif /* _VSWITCH_DROP_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The table of addresses for "bridge fdb".
 */
#ifndef __VSWITCH_FDB_NETLINK_H
#define __VSWITCH_FDB_NETLINK_H

#include <linux/types.h>

#include "fdb.h"

struct ndmsg;
struct net_device;
struct netlink_callback;
struct netlink_ext_ack;
struct nlattr;
struct nlmsghdr;
struct sk_buff;
struct vswitch;

int vswitch_ndo_fdb_add(struct ndmsg *ndm, struct nlattr *tb[],
			struct net_device *dev, const unsigned char *addr,
			u16 vid, u16 flags, struct netlink_ext_ack *extack);
int vswitch_ndo_fdb_del(struct ndmsg *ndm, struct nlattr *tb[],
			struct net_device *dev, const unsigned char *addr,
			u16 vid, struct netlink_ext_ack *extack);
int vswitch_ndo_fdb_del_bulk(struct nlmsghdr *nlh, struct net_device *dev,
			     struct netlink_ext_ack *extack);
int vswitch_ndo_fdb_get(struct sk_buff *skb, struct nlattr *tb[],
			struct net_device *dev, const unsigned char *addr,
			u16 vid, u32 portid, u32 seq,
			struct netlink_ext_ack *extack);
int vswitch_ndo_fdb_dump(struct sk_buff *skb, struct netlink_callback *cb,
			 struct net_device *dev, struct net_device *filter_dev,
			 int *idx);

void vswitch_fdb_notify(struct vswitch *sw, enum vsw_fdb_event event,
			const struct vsw_fdb_info *info, u16 from);

#endif

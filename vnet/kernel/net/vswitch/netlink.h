/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Parts of the generic netlink family "vswitch" that its files share.
 */
#ifndef __VSWITCH_NETLINK_H
#define __VSWITCH_NETLINK_H

#include <linux/types.h>

struct genl_info;
struct net;
struct netlink_ext_ack;
struct nlattr;
struct sk_buff;
struct vswitch;
struct vswitch_port;

/* Context of these: RTNL. */
struct vswitch *vswitch_nl_switch(struct net *net, const struct nlattr *attr,
				  struct netlink_ext_ack *extack);
struct vswitch_port *vswitch_nl_port(struct genl_info *info, bool *owner);
int vswitch_nl_fill_switch(struct sk_buff *skb, const struct vswitch *sw,
			   const struct genl_info *info);
int vswitch_nl_fill_port(struct sk_buff *skb, struct vswitch_port *port,
			 bool owner, const struct genl_info *info);

#endif

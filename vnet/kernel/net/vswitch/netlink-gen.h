/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/vswitch.yaml */
/* YNL-GEN kernel header */

#ifndef _LINUX_VSWITCH_GEN_H
#define _LINUX_VSWITCH_GEN_H

#include <net/netlink.h>
#include <net/genetlink.h>

#include <uapi/linux/vswitch.h>

int vswitch_nl_switch_get_doit(struct sk_buff *skb, struct genl_info *info);
int vswitch_nl_switch_set_doit(struct sk_buff *skb, struct genl_info *info);
int vswitch_nl_port_get_doit(struct sk_buff *skb, struct genl_info *info);
int vswitch_nl_port_get_dumpit(struct sk_buff *skb,
			       struct netlink_callback *cb);
int vswitch_nl_port_set_doit(struct sk_buff *skb, struct genl_info *info);
int vswitch_nl_allow_doit(struct sk_buff *skb, struct genl_info *info);
int vswitch_nl_deny_doit(struct sk_buff *skb, struct genl_info *info);
int vswitch_nl_stats_get_doit(struct sk_buff *skb, struct genl_info *info);
int vswitch_nl_stats_get_dumpit(struct sk_buff *skb,
				struct netlink_callback *cb);

enum {
	VSWITCH_NLGRP_CONFIG,
	VSWITCH_NLGRP_FDB,
};

extern struct genl_family vswitch_nl_family;

#endif /* _LINUX_VSWITCH_GEN_H */

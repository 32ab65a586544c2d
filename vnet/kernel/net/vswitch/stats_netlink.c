// SPDX-License-Identifier: GPL-2.0
/*
 * Counters in the generic netlink family "vswitch": those of ethtool -S, for
 * ports that are in other vnets, too.
 */
#include <linux/rtnetlink.h>
#include <net/genetlink.h>

#include "netlink.h"
#include "netlink-gen.h"
#include "vswitch.h"

/* vswitch_nl_port() is for requests about a port of any kind. */
static_assert((int)VSWITCH_A_STATS_SWITCH == (int)VSWITCH_A_PORT_SWITCH);
static_assert((int)VSWITCH_A_STATS_NUMBER == (int)VSWITCH_A_PORT_NUMBER);
static_assert((int)VSWITCH_A_STATS_IFINDEX == (int)VSWITCH_A_PORT_IFINDEX);

static int vswitch_nl_put_reason(struct sk_buff *skb, int type,
				 const char *name, u64 count)
{
	struct nlattr *nest = nla_nest_start(skb, type);

	if (!nest)
		return -EMSGSIZE;
	if (nla_put_string(skb, VSWITCH_A_REASON_NAME, name) ||
	    nla_put_uint(skb, VSWITCH_A_REASON_COUNT, count)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

static int vswitch_nl_put_reasons(struct sk_buff *skb,
				  const struct vswitch_totals *sum)
{
	unsigned int i;

	for (i = VSW_LEARN_NEW; i < VSW_LEARN_MAX; i++)
		if (vswitch_nl_put_reason(skb, VSWITCH_A_STATS_LEARN,
					  vsw_learn_name(i), sum->learn[i]))
			return -EMSGSIZE;
	for (i = VSW_DROP_NOT + 1; i < VSWITCH_DROP_COUNT; i++)
		if (vswitch_nl_put_reason(skb, VSWITCH_A_STATS_DROP,
					  vswitch_drop_name(i), sum->drops[i]))
			return -EMSGSIZE;
	return 0;
}

static int vswitch_nl_fill_stats(struct sk_buff *skb, struct vswitch_port *port,
				 bool owner, const struct genl_info *info)
{
	struct vswitch_totals sum;
	void *hdr = genlmsg_iput(skb, info);

	if (!hdr)
		return -EMSGSIZE;
	vswitch_stats_sum(port, &sum);
	if (nla_put_u16(skb, VSWITCH_A_STATS_NUMBER, port->core.fdb.no) ||
	    nla_put_u32(skb, VSWITCH_A_STATS_IFINDEX, port->dev->ifindex) ||
	    (owner && (nla_put_u32(skb, VSWITCH_A_STATS_SWITCH,
				   port->sw->local.dev->ifindex) ||
		       nla_put_string(skb, VSWITCH_A_STATS_NAME,
				      port->name))) ||
	    nla_put_uint(skb, VSWITCH_A_STATS_IN_PACKETS, sum.in_packets) ||
	    nla_put_uint(skb, VSWITCH_A_STATS_IN_BYTES, sum.in_bytes) ||
	    nla_put_uint(skb, VSWITCH_A_STATS_OUT_PACKETS, sum.out_packets) ||
	    nla_put_uint(skb, VSWITCH_A_STATS_OUT_BYTES, sum.out_bytes) ||
	    nla_put_uint(skb, VSWITCH_A_STATS_FLOOD,
			 sum.count[VSWITCH_COUNT_FLOOD]) ||
	    nla_put_uint(skb, VSWITCH_A_STATS_QUEUED,
			 sum.count[VSWITCH_COUNT_QUEUED]) ||
	    vswitch_nl_put_reasons(skb, &sum)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

int vswitch_nl_stats_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vswitch_port *port;
	struct sk_buff *rsp;
	bool owner;
	int err;

	rsp = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!rsp)
		return -ENOMEM;

	rtnl_lock();
	port = vswitch_nl_port(info, &owner);
	err = IS_ERR(port) ? PTR_ERR(port) :
			     vswitch_nl_fill_stats(rsp, port, owner, info);
	rtnl_unlock();
	if (err) {
		nlmsg_free(rsp);
		return err;
	}
	return genlmsg_reply(rsp, info);
}

int vswitch_nl_stats_get_dumpit(struct sk_buff *skb,
				struct netlink_callback *cb)
{
	const struct genl_info *info = genl_info_dump(cb);
	unsigned long *no = (unsigned long *)cb->ctx;
	struct vsw_port_core *core;
	struct vswitch *sw;
	int err = 0;

	if (GENL_REQ_ATTR_CHECK(info, VSWITCH_A_STATS_SWITCH))
		return -EINVAL;

	rtnl_lock();
	sw = vswitch_nl_switch(genl_info_net(info),
			       info->attrs[VSWITCH_A_STATS_SWITCH],
			       info->extack);
	if (IS_ERR(sw)) {
		err = PTR_ERR(sw);
		goto unlock;
	}
	for_each_set_bit_from(*no, sw->used, VSW_MAX_PORTS) {
		rcu_read_lock();
		core = vsw_port_of(&sw->core, *no);
		rcu_read_unlock();
		/* RTNL keeps it. */
		err = vswitch_nl_fill_stats(skb, vswitch_port_of(core), true,
					    info);
		if (err)
			break;
	}
unlock:
	rtnl_unlock();
	return err;
}

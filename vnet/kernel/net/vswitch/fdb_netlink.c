// SPDX-License-Identifier: GPL-2.0
/*
 * The table of addresses for "bridge fdb": add, delete, flush, show, get, monitor.
 *
 * Entries are shown at the device that they are behind, so that the tenant of a
 * port sees those of its own port and no others.  The switch device shows those
 * of its local port and, "via" a device, those behind uplinks and behind ports
 * that are in other vnets.
 *
 * Only who may configure the switch may change entries: one that does not age
 * takes an address away from all other ports.
 */
#include <linux/etherdevice.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <net/net_namespace.h>
#include <net/netlink.h>

#include "fdb_netlink.h"
#include "vswitch.h"

static bool vswitch_fdb_permitted(const struct vswitch *sw,
				  struct netlink_ext_ack *extack)
{
	if (vswitch_owner_capable(sw))
		return true;
	NL_SET_ERR_MSG(extack, "Only the owner of the switch may change its table");
	return false;
}

/* The device named by "via", which may be in another vnet. */
static struct net_device *vswitch_fdb_via(struct nlattr *tb[],
					  struct net_device *dev)
{
	u32 ifindex = nla_get_u32(tb[NDA_IFINDEX]);
	struct net_device *via;
	struct net *net;

	if (!tb[NDA_LINK_NETNSID])
		return __dev_get_by_index(dev_net(dev), ifindex);
	if (nla_len(tb[NDA_LINK_NETNSID]) != sizeof(s32))
		return NULL;
	net = get_net_ns_by_id(dev_net(dev), nla_get_s32(tb[NDA_LINK_NETNSID]));
	if (!net)
		return NULL;
	via = __dev_get_by_index(net, ifindex);
	/* RTNL keeps the device. */
	put_net(net);
	return via;
}

/* The port that an entry is for: that of @dev, or of a device named by "via". */
static struct vswitch_port *vswitch_fdb_port(struct nlattr *tb[],
					     struct net_device *dev,
					     struct netlink_ext_ack *extack)
{
	struct vswitch_port *port = netdev_priv(dev), *via = NULL;
	struct net_device *viadev;

	if (!tb[NDA_IFINDEX])
		return port;
	if (!vswitch_is_switch(dev)) {
		NL_SET_ERR_MSG(extack, "\"via\" goes with the switch device only");
		return NULL;
	}
	if (nla_len(tb[NDA_IFINDEX]) != sizeof(u32)) {
		NL_SET_ERR_MSG_ATTR(extack, tb[NDA_IFINDEX], "Not an interface index");
		return NULL;
	}

	viadev = vswitch_fdb_via(tb, dev);
	if (viadev == dev)
		return port;
	if (viadev)
		via = vswitch_is_port(viadev) ? netdev_priv(viadev) :
						vswitch_uplink_get(viadev);
	if (!via || via->sw != port->sw) {
		NL_SET_ERR_MSG_ATTR(extack, tb[NDA_IFINDEX],
				    "The device is not a port of the switch");
		return NULL;
	}
	return via;
}

/* A VLAN has to be named exactly where the switch knows VLANs. */
static int vswitch_fdb_check_vid(const struct vswitch *sw, u16 vid,
				 struct netlink_ext_ack *extack)
{
	if (!(sw->core.flags & VSW_CORE_VLAN) && vid) {
		NL_SET_ERR_MSG(extack, "The switch knows no VLANs");
		return -EINVAL;
	}
	if (sw->core.flags & VSW_CORE_VLAN && !vsw_vid_valid(vid)) {
		NL_SET_ERR_MSG(extack, "An entry of this switch needs a VLAN, 1 to 4094");
		return -EINVAL;
	}
	return 0;
}

/**
 * vswitch_ndo_fdb_add() - ndo_fdb_add
 * @ndm: the request
 * @tb: its attributes
 * @dev: a port's device, or the switch device
 * @addr: the address
 * @vid: its VLAN, or 0
 * @flags: NLM_F_CREATE, ...
 * @extack: what is wrong
 *
 * Context: RTNL.
 * Return: 0 or a negative error.
 */
int vswitch_ndo_fdb_add(struct ndmsg *ndm, struct nlattr *tb[],
			struct net_device *dev, const unsigned char *addr,
			u16 vid, u16 flags, struct netlink_ext_ack *extack)
{
	struct vswitch *sw = ((struct vswitch_port *)netdev_priv(dev))->sw;
	struct vswitch_port *port;
	unsigned int how = 0;
	u16 entry = 0;
	int err;

	if (!vswitch_fdb_permitted(sw, extack))
		return -EPERM;
	port = vswitch_fdb_port(tb, dev, extack);
	if (!port)
		return -EINVAL;
	err = vswitch_fdb_check_vid(sw, vid, extack);
	if (err)
		return err;
	if (!is_valid_ether_addr(addr)) {
		NL_SET_ERR_MSG(extack, "Not the address of one station");
		return -EINVAL;
	}
	if (tb[NDA_DST] || tb[NDA_PORT] || tb[NDA_VNI] || tb[NDA_SRC_VNI] ||
	    tb[NDA_NH_ID]) {
		NL_SET_ERR_MSG(extack, "A switch has no remote destinations");
		return -EINVAL;
	}

	if (ndm->ndm_state & (NUD_PERMANENT | NUD_NOARP)) {
		entry |= VSW_FDB_STATIC;
	} else if (!(ndm->ndm_state & NUD_REACHABLE)) {
		NL_SET_ERR_MSG(extack, "An entry is permanent, static or dynamic");
		return -EINVAL;
	}
	if (ndm->ndm_flags & NTF_STICKY)
		entry |= VSW_FDB_STICKY;

	if (flags & NLM_F_CREATE)
		how |= VSW_FDB_CREATE;
	if (flags & NLM_F_REPLACE)
		how |= VSW_FDB_REPLACE;

	err = vsw_fdb_add(&sw->core.fdb, &port->core.fdb, vsw_key(addr, vid),
			  entry, how, jiffies);
	switch (err) {
	case -EEXIST:
		NL_SET_ERR_MSG(extack, "The switch has an entry of this address");
		break;
	case -ENOENT:
		NL_SET_ERR_MSG(extack, "The switch has no entry of this address");
		break;
	case -ENOSPC:
		NL_SET_ERR_MSG(extack, "The port or the switch has as many entries as it may have");
		break;
	}
	return err;
}

/**
 * vswitch_ndo_fdb_del() - ndo_fdb_del
 * @ndm: the request
 * @tb: its attributes
 * @dev: a port's device, or the switch device
 * @addr: the address
 * @vid: its VLAN, or 0
 * @extack: what is wrong
 *
 * Context: RTNL.
 * Return: 0 or a negative error.
 */
int vswitch_ndo_fdb_del(struct ndmsg *ndm, struct nlattr *tb[],
			struct net_device *dev, const unsigned char *addr,
			u16 vid, struct netlink_ext_ack *extack)
{
	struct vswitch *sw = ((struct vswitch_port *)netdev_priv(dev))->sw;
	struct vswitch_port *port;
	int err;

	if (!vswitch_fdb_permitted(sw, extack))
		return -EPERM;
	port = vswitch_fdb_port(tb, dev, extack);
	if (!port)
		return -EINVAL;
	err = vswitch_fdb_check_vid(sw, vid, extack);
	if (err)
		return err;

	err = vsw_fdb_del(&sw->core.fdb, vsw_key(addr, vid), &port->core.fdb);
	if (err == -ENOENT)
		NL_SET_ERR_MSG(extack, "The port has no entry of this address");
	return err;
}

static u16 vswitch_fdb_flags(u16 state, u8 flags)
{
	u16 entry = 0;

	if (state & NUD_NOARP)
		entry |= VSW_FDB_STATIC;
	if (state & NUD_PERMANENT)
		entry |= VSW_FDB_LOCAL;
	if (flags & NTF_STICKY)
		entry |= VSW_FDB_STICKY;
	return entry;
}

/**
 * vswitch_ndo_fdb_del_bulk() - ndo_fdb_del_bulk: flush
 * @nlh: the request
 * @dev: a port's device, for what is behind that port; or the switch device, for
 *	 all, or what is behind the port named by "brport"
 * @extack: what is wrong
 *
 * Context: RTNL.
 * Return: 0 or a negative error.
 */
int vswitch_ndo_fdb_del_bulk(struct nlmsghdr *nlh, struct net_device *dev,
			     struct netlink_ext_ack *extack)
{
	static const struct nla_policy policy[NDA_MAX + 1] = {
		[NDA_VLAN]		= { .type = NLA_U16 },
		[NDA_IFINDEX]		= { .type = NLA_U32 },
		[NDA_LINK_NETNSID]	= { .type = NLA_S32 },
		[NDA_NDM_STATE_MASK]	= { .type = NLA_U16 },
		[NDA_NDM_FLAGS_MASK]	= { .type = NLA_U8 },
	};
	struct vswitch *sw = ((struct vswitch_port *)netdev_priv(dev))->sw;
	struct vsw_fdb_filter filter = { .port = -1, .vid = -1 };
	const struct ndmsg *ndm = nlmsg_data(nlh);
	struct nlattr *tb[NDA_MAX + 1];
	struct vswitch_port *port;
	int err;

	if (!vswitch_fdb_permitted(sw, extack))
		return -EPERM;
	err = nlmsg_parse(nlh, sizeof(*ndm), tb, NDA_MAX, policy, extack);
	if (err)
		return err;

	if (ndm->ndm_flags & ~(NTF_SELF | NTF_STICKY) ||
	    ndm->ndm_state & ~(NUD_PERMANENT | NUD_NOARP)) {
		NL_SET_ERR_MSG(extack, "An entry is permanent, static, dynamic; it may be sticky");
		return -EINVAL;
	}
	filter.flags = vswitch_fdb_flags(ndm->ndm_state, ndm->ndm_flags);
	if (tb[NDA_NDM_STATE_MASK])
		filter.mask |= vswitch_fdb_flags(nla_get_u16(tb[NDA_NDM_STATE_MASK]), 0);
	if (tb[NDA_NDM_FLAGS_MASK])
		filter.mask |= vswitch_fdb_flags(0, nla_get_u8(tb[NDA_NDM_FLAGS_MASK]));

	if (tb[NDA_VLAN]) {
		filter.vid = nla_get_u16(tb[NDA_VLAN]);
		err = vswitch_fdb_check_vid(sw, filter.vid, extack);
		if (err)
			return err;
	}
	if (tb[NDA_IFINDEX] || !vswitch_is_switch(dev)) {
		port = vswitch_fdb_port(tb, dev, extack);
		if (!port)
			return -EINVAL;
		filter.port = port->core.fdb.no;
	}

	vsw_fdb_flush(&sw->core.fdb, &filter);
	return 0;
}

/*
 * One entry as a message about @dev.  @via is the device that it is behind,
 * where that is not @dev.
 */
static int vswitch_fdb_fill(struct sk_buff *skb, struct net_device *dev,
			    const struct net_device *via,
			    const struct vsw_fdb_info *info, u32 portid,
			    u32 seq, int type, unsigned int nlflags, gfp_t gfp)
{
	struct nda_cacheinfo ci = {};
	struct nlmsghdr *nlh;
	struct ndmsg *ndm;

	nlh = nlmsg_put(skb, portid, seq, type, sizeof(*ndm), nlflags);
	if (!nlh)
		return -EMSGSIZE;

	ndm = nlmsg_data(nlh);
	memset(ndm, 0, sizeof(*ndm));
	ndm->ndm_family = AF_BRIDGE;
	ndm->ndm_ifindex = dev->ifindex;
	ndm->ndm_flags = NTF_SELF;
	if (info->flags & VSW_FDB_STICKY)
		ndm->ndm_flags |= NTF_STICKY;
	if (info->flags & VSW_FDB_LOCAL)
		ndm->ndm_state = NUD_PERMANENT;
	else if (info->flags & VSW_FDB_STATIC)
		ndm->ndm_state = NUD_NOARP;
	else
		ndm->ndm_state = NUD_REACHABLE;

	ci.ndm_used = jiffies_delta_to_clock_t(jiffies - info->stamp);
	ci.ndm_updated = ci.ndm_used;

	if (nla_put(skb, NDA_LLADDR, ETH_ALEN, info->addr) ||
	    (info->vid && nla_put_u16(skb, NDA_VLAN, info->vid)) ||
	    nla_put(skb, NDA_CACHEINFO, sizeof(ci), &ci))
		goto failure;
	if (via && nla_put_u32(skb, NDA_IFINDEX, via->ifindex))
		goto failure;
	if (via && !net_eq(dev_net(via), dev_net(dev)) &&
	    nla_put_s32(skb, NDA_LINK_NETNSID,
			peernet2id_alloc(dev_net(dev), dev_net(via), gfp)))
		goto failure;

	nlmsg_end(skb, nlh);
	return 0;

failure:
	nlmsg_cancel(skb, nlh);
	return -EMSGSIZE;
}

/* Whether the switch device shows what is behind a port. */
static bool vswitch_fdb_via_switch(const struct vswitch_port *port)
{
	return port->kind == VSWITCH_PORT_KIND_UPLINK ||
	       !net_eq(dev_net(port->dev), dev_net(port->sw->local.dev));
}

/*
 * Whether an entry is shown at the device of @at, and if it is behind another
 * device, which.  RCU.
 */
static bool vswitch_fdb_shown(const struct vswitch_port *at,
			      const struct vsw_fdb_info *info,
			      struct net_device **via)
{
	struct vsw_port_core *core;
	struct vswitch_port *port;

	*via = NULL;
	if (info->port == at->core.fdb.no)
		return true;
	if (at->kind != VSWITCH_PORT_KIND_LOCAL)
		return false;
	core = vsw_port_of(&at->sw->core, info->port);
	if (!core)
		return false;
	port = vswitch_port_of(core);
	if (!vswitch_fdb_via_switch(port))
		return false;
	*via = port->dev;
	return true;
}

/**
 * vswitch_ndo_fdb_get() - ndo_fdb_get: what vswitch_ndo_fdb_dump() shows of an
 *			   address
 * @skb: where the message goes
 * @tb: attributes of the request
 * @dev: a port's device, or the switch device
 * @addr: the address
 * @vid: its VLAN, or 0
 * @portid: whose request it is
 * @seq: its number
 * @extack: what is wrong
 *
 * Context: RTNL.
 * Return: 0 or a negative error.
 */
int vswitch_ndo_fdb_get(struct sk_buff *skb, struct nlattr *tb[],
			struct net_device *dev, const unsigned char *addr,
			u16 vid, u32 portid, u32 seq,
			struct netlink_ext_ack *extack)
{
	struct vswitch_port *at = netdev_priv(dev);
	const struct vsw_fdb_entry *e;
	struct vsw_fdb_info info;
	struct net_device *via;
	int err;

	err = vswitch_fdb_check_vid(at->sw, vid, extack);
	if (err)
		return err;

	rcu_read_lock();
	e = vsw_fdb_lookup(&at->sw->core.fdb, vsw_key(addr, vid), jiffies);
	if (e)
		vsw_fdb_info(e, &info);
	if (e && vswitch_fdb_shown(at, &info, &via)) {
		err = vswitch_fdb_fill(skb, dev, via, &info, portid, seq,
				       RTM_NEWNEIGH, 0, GFP_ATOMIC);
	} else {
		NL_SET_ERR_MSG(extack, "The device has no entry of this address");
		err = -ENOENT;
	}
	rcu_read_unlock();
	return err;
}

struct vswitch_fdb_dump {
	struct sk_buff		*skb;
	struct netlink_callback	*cb;
	struct vswitch_port	*at;	/* the port whose device is asked */
	int			*idx;
	int			err;
};

static bool vswitch_fdb_dump_one(const struct vsw_fdb_info *info, void *arg)
{
	struct vswitch_fdb_dump *dump = arg;
	struct net_device *via;

	if (!vswitch_fdb_shown(dump->at, info, &via))
		return true;

	/* Where the last message was full. */
	if (*dump->idx >= dump->cb->args[2]) {
		dump->err = vswitch_fdb_fill(dump->skb, dump->at->dev, via, info,
					     NETLINK_CB(dump->cb->skb).portid,
					     dump->cb->nlh->nlmsg_seq,
					     RTM_NEWNEIGH, NLM_F_MULTI,
					     GFP_ATOMIC);
		if (dump->err)
			return false;
	}
	(*dump->idx)++;
	return true;
}

/**
 * vswitch_ndo_fdb_dump() - ndo_fdb_dump
 * @skb: where messages go
 * @cb: the dump
 * @dev: a port's device, or the switch device
 * @filter_dev: not used
 * @idx: how many entries were passed by
 *
 * Context: RTNL.
 * Return: 0, or -EMSGSIZE to be called again.
 */
int vswitch_ndo_fdb_dump(struct sk_buff *skb, struct netlink_callback *cb,
			 struct net_device *dev, struct net_device *filter_dev,
			 int *idx)
{
	struct vswitch_fdb_dump dump = {
		.skb = skb, .cb = cb, .at = netdev_priv(dev), .idx = idx,
	};
	struct vsw_fdb_cursor cursor = {};

	vsw_fdb_dump(&dump.at->sw->core.fdb, &cursor, vswitch_fdb_dump_one,
		     &dump);
	return dump.err;
}

static size_t vswitch_fdb_msgsize(void)
{
	return NLMSG_ALIGN(sizeof(struct ndmsg)) +
	       nla_total_size(ETH_ALEN) +			/* NDA_LLADDR */
	       nla_total_size(sizeof(u16)) +			/* NDA_VLAN */
	       nla_total_size(sizeof(struct nda_cacheinfo)) +	/* NDA_CACHEINFO */
	       nla_total_size(sizeof(u32)) +			/* NDA_IFINDEX */
	       nla_total_size(sizeof(s32));			/* NDA_LINK_NETNSID */
}

static void vswitch_fdb_notify_dev(struct net_device *dev,
				   const struct net_device *via,
				   const struct vsw_fdb_info *info, int type)
{
	struct net *net = dev_net(dev);
	struct sk_buff *skb;
	int err;

	if (!rtnl_has_listeners(net, RTNLGRP_NEIGH))
		return;

	skb = nlmsg_new(vswitch_fdb_msgsize(), GFP_ATOMIC);
	if (!skb) {
		rtnl_set_sk_err(net, RTNLGRP_NEIGH, -ENOBUFS);
		return;
	}
	err = vswitch_fdb_fill(skb, dev, via, info, 0, 0, type, 0, GFP_ATOMIC);
	if (WARN_ON_ONCE(err)) {
		kfree_skb(skb);
		rtnl_set_sk_err(net, RTNLGRP_NEIGH, err);
		return;
	}
	rtnl_notify(skb, net, 0, RTNLGRP_NEIGH, NULL, GFP_ATOMIC);
}

static void vswitch_fdb_notify_port(struct vswitch *sw, u16 no,
				    const struct vsw_fdb_info *info, int type)
{
	struct vsw_port_core *core = vsw_port_of(&sw->core, no);
	struct vswitch_port *port;

	/* Of a port that leaves, whose device is told to be gone itself. */
	if (!core)
		return;

	port = vswitch_port_of(core);
	if (port->kind != VSWITCH_PORT_KIND_UPLINK)
		vswitch_fdb_notify_dev(port->dev, NULL, info, type);
	if (vswitch_fdb_via_switch(port))
		vswitch_fdb_notify_dev(sw->local.dev, port->dev, info, type);
}

/**
 * vswitch_fdb_notify() - tell who listens to RTNLGRP_NEIGH
 * @sw: the switch
 * @event: what happened
 * @info: the entry
 * @from: the port that it was behind before
 *
 * Context: BHs off, the lock of the table held.
 */
void vswitch_fdb_notify(struct vswitch *sw, enum vsw_fdb_event event,
			const struct vsw_fdb_info *info, u16 from)
{
	int type = event == VSW_FDB_AGED || event == VSW_FDB_REMOVED ?
		   RTM_DELNEIGH : RTM_NEWNEIGH;

	rcu_read_lock();
	if (event == VSW_FDB_MOVED)
		vswitch_fdb_notify_port(sw, from, info, RTM_DELNEIGH);
	vswitch_fdb_notify_port(sw, info->port, info, type);
	rcu_read_unlock();
}

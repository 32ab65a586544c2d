// SPDX-License-Identifier: GPL-2.0
/*
 * The generic netlink family "vswitch": what a switch does with frames of its
 * ports.  Its messages: Documentation/netlink/specs/vswitch.yaml.
 *
 * A switch is configured from the vnet that it is in, by who has CAP_NET_ADMIN
 * there.  Who was handed a port has that in the vnet of the port, and may
 * narrow, never widen, where the port may send to.
 */
#include <linux/bitmap.h>
#include <linux/rtnetlink.h>
#include <net/genetlink.h>
#include <net/net_namespace.h>
#include <net/sock.h>

#include "netlink.h"
#include "netlink-gen.h"
#include "notify.h"
#include "policy.h"
#include "vswitch.h"

static_assert((int)VSWITCH_PORT_FLAGS_LEARNING == (int)VSW_PORT_LEARNING);
static_assert((int)VSWITCH_PORT_FLAGS_FLOOD == (int)VSW_PORT_FLOOD);
static_assert((int)VSWITCH_PORT_FLAGS_MCAST_FLOOD == (int)VSW_PORT_MCAST_FLOOD);
static_assert((int)VSWITCH_PORT_FLAGS_BCAST_FLOOD == (int)VSW_PORT_BCAST_FLOOD);
static_assert((int)VSWITCH_PORT_FLAGS_ISOLATED == (int)VSW_PORT_ISOLATED);
static_assert((int)VSWITCH_PORT_FLAGS_LOCKED == (int)VSW_PORT_LOCKED);

/* Bit n of a set is bit n % 8 of byte n / 8, on every machine. */
static void vswitch_bits_get(unsigned long *bits, const struct nlattr *attr)
{
	const u8 *bytes = nla_data(attr);
	unsigned int i, n = nla_len(attr) * BITS_PER_BYTE;

	bitmap_zero(bits, n);
	for (i = 0; i < n; i++)
		if (bytes[i / BITS_PER_BYTE] & BIT(i % BITS_PER_BYTE))
			__set_bit(i, bits);
}

static int vswitch_bits_put(struct sk_buff *skb, int type,
			    const unsigned long *bits, unsigned int n)
{
	struct nlattr *attr = nla_reserve(skb, type, n / BITS_PER_BYTE);
	unsigned int i;
	u8 *bytes;

	if (!attr)
		return -EMSGSIZE;
	bytes = nla_data(attr);
	memset(bytes, 0, n / BITS_PER_BYTE);
	for_each_set_bit(i, bits, n)
		bytes[i / BITS_PER_BYTE] |= BIT(i % BITS_PER_BYTE);
	return 0;
}

struct vswitch *vswitch_nl_switch(struct net *net, const struct nlattr *attr,
				  struct netlink_ext_ack *extack)
{
	struct net_device *dev = __dev_get_by_index(net, nla_get_u32(attr));

	if (!dev) {
		NL_SET_ERR_MSG_ATTR(extack, attr, "No such device");
		return ERR_PTR(-ENODEV);
	}
	if (!vswitch_is_switch(dev)) {
		NL_SET_ERR_MSG_ATTR(extack, attr, "The device is not a vswitch");
		return ERR_PTR(-EINVAL);
	}
	return vswitch_of(dev);
}

/* The port of a device, or NULL. */
static struct vswitch_port *vswitch_port_of_dev(struct net_device *dev)
{
	if (vswitch_is_switch(dev) || vswitch_is_port(dev))
		return netdev_priv(dev);
	return vswitch_uplink_get(dev);
}

/*
 * The port that a request is about.  @owner: whether the request comes from the
 * vnet of the switch; if not, it comes from that of the port.
 */
struct vswitch_port *vswitch_nl_port(struct genl_info *info, bool *owner)
{
	struct net *net = genl_info_net(info);
	struct vsw_port_core *core = NULL;
	struct vswitch_port *port;
	struct net_device *dev;
	struct vswitch *sw;
	struct nlattr *attr;

	attr = info->attrs[VSWITCH_A_PORT_IFINDEX];
	if (attr) {
		dev = __dev_get_by_index(net, nla_get_u32(attr));
		if (!dev) {
			NL_SET_ERR_MSG_ATTR(info->extack, attr, "No such device");
			return ERR_PTR(-ENODEV);
		}
		port = vswitch_port_of_dev(dev);
		if (!port) {
			NL_SET_ERR_MSG_ATTR(info->extack, attr,
					    "The device is not a port of a vswitch");
			return ERR_PTR(-EINVAL);
		}
		*owner = net_eq(net, dev_net(port->sw->local.dev));
		return port;
	}

	if (GENL_REQ_ATTR_CHECK(info, VSWITCH_A_PORT_SWITCH) ||
	    GENL_REQ_ATTR_CHECK(info, VSWITCH_A_PORT_NUMBER))
		return ERR_PTR(-EINVAL);
	sw = vswitch_nl_switch(net, info->attrs[VSWITCH_A_PORT_SWITCH],
			       info->extack);
	if (IS_ERR(sw))
		return ERR_CAST(sw);

	attr = info->attrs[VSWITCH_A_PORT_NUMBER];
	rcu_read_lock();
	core = vsw_port_of(&sw->core, nla_get_u16(attr));
	rcu_read_unlock();
	/* RTNL keeps it. */
	if (!core) {
		NL_SET_ERR_MSG_ATTR(info->extack, attr,
				    "The switch has no port of this number");
		return ERR_PTR(-ENOENT);
	}
	*owner = true;
	return vswitch_port_of(core);
}

static bool vswitch_nl_permitted(struct sk_buff *skb, struct genl_info *info)
{
	if (netlink_ns_capable(skb, genl_info_net(info)->user_ns, CAP_NET_ADMIN))
		return true;
	NL_SET_ERR_MSG(info->extack, "CAP_NET_ADMIN is missing");
	return false;
}

static int vswitch_nl_put_policy(struct sk_buff *skb, const struct vswitch *sw)
{
	char name[VSWITCH_POLICY_NAME_LEN];
	u32 link_id;

	if (!vswitch_policy_get(sw, name, &link_id))
		return 0;
	if (nla_put_string(skb, VSWITCH_A_SWITCH_POLICY, name) ||
	    nla_put_u32(skb, VSWITCH_A_SWITCH_POLICY_LINK, link_id))
		return -EMSGSIZE;
	return 0;
}

int vswitch_nl_fill_switch(struct sk_buff *skb, const struct vswitch *sw,
			   const struct genl_info *info)
{
	const struct vsw_core *core = &sw->core;
	void *hdr = genlmsg_iput(skb, info);

	if (!hdr)
		return -EMSGSIZE;
	if (nla_put_u32(skb, VSWITCH_A_SWITCH_IFINDEX, sw->local.dev->ifindex) ||
	    nla_put_u8(skb, VSWITCH_A_SWITCH_VLAN_AWARE,
		       !!(core->flags & VSW_CORE_VLAN)) ||
	    nla_put_u32(skb, VSWITCH_A_SWITCH_AGEING,
			jiffies_to_msecs(sw->params.ageing)) ||
	    nla_put_u32(skb, VSWITCH_A_SWITCH_HOLD,
			jiffies_to_msecs(sw->params.hold)) ||
	    nla_put_u32(skb, VSWITCH_A_SWITCH_ENTRIES,
			READ_ONCE(core->fdb.entries)) ||
	    nla_put_u32(skb, VSWITCH_A_SWITCH_LIMIT, core->fdb.limit) ||
	    vswitch_nl_put_policy(skb, sw)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

int vswitch_nl_switch_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vswitch *sw;
	struct sk_buff *rsp;
	int err;

	if (GENL_REQ_ATTR_CHECK(info, VSWITCH_A_SWITCH_IFINDEX))
		return -EINVAL;

	rsp = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!rsp)
		return -ENOMEM;

	rtnl_lock();
	sw = vswitch_nl_switch(genl_info_net(info),
			       info->attrs[VSWITCH_A_SWITCH_IFINDEX],
			       info->extack);
	err = IS_ERR(sw) ? PTR_ERR(sw) : vswitch_nl_fill_switch(rsp, sw, info);
	rtnl_unlock();
	if (err) {
		nlmsg_free(rsp);
		return err;
	}
	return genlmsg_reply(rsp, info);
}

int vswitch_nl_switch_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr **attrs = info->attrs;
	struct vsw_fdb_params params;
	struct vswitch *sw;
	int err = 0;

	if (!vswitch_nl_permitted(skb, info))
		return -EPERM;
	if (GENL_REQ_ATTR_CHECK(info, VSWITCH_A_SWITCH_IFINDEX))
		return -EINVAL;

	rtnl_lock();
	sw = vswitch_nl_switch(genl_info_net(info),
			       attrs[VSWITCH_A_SWITCH_IFINDEX], info->extack);
	if (IS_ERR(sw)) {
		err = PTR_ERR(sw);
		goto unlock;
	}

	params = sw->params;
	if (attrs[VSWITCH_A_SWITCH_AGEING])
		params.ageing =
			msecs_to_jiffies(nla_get_u32(attrs[VSWITCH_A_SWITCH_AGEING]));
	if (attrs[VSWITCH_A_SWITCH_HOLD])
		params.hold =
			msecs_to_jiffies(nla_get_u32(attrs[VSWITCH_A_SWITCH_HOLD]));
	vswitch_set_times(sw, params.ageing, params.hold);
	if (attrs[VSWITCH_A_SWITCH_VLAN_AWARE])
		vsw_core_set_vlan(&sw->core,
				  nla_get_u8(attrs[VSWITCH_A_SWITCH_VLAN_AWARE]));
	vswitch_notify_switch(sw, VSWITCH_CMD_SWITCH_NTF);
unlock:
	rtnl_unlock();
	return err;
}

static int vswitch_nl_put_allow(struct sk_buff *skb, struct vswitch_port *port,
				enum vsw_allow_by by, int type, int type_new)
{
	DECLARE_BITMAP(bits, VSW_MAX_PORTS);
	bool fill = vsw_allow_get(&port->core.allow, by, bits);

	if (vswitch_bits_put(skb, type, bits, VSW_MAX_PORTS) ||
	    nla_put_u8(skb, type_new, fill))
		return -EMSGSIZE;
	return 0;
}

static int vswitch_nl_put_vlan(struct sk_buff *skb,
			       const struct vswitch_port *port)
{
	DECLARE_BITMAP(vids, VSW_VLANS);
	u16 access, native;

	vsw_vlan_get(&port->core.vlan, &access, &native, vids);
	if (nla_put_u16(skb, VSWITCH_A_PORT_ACCESS, access))
		return -EMSGSIZE;
	if (access)
		return 0;
	if (nla_put_u16(skb, VSWITCH_A_PORT_NATIVE, native) ||
	    vswitch_bits_put(skb, VSWITCH_A_PORT_VIDS, vids, VSW_VLANS))
		return -EMSGSIZE;
	return 0;
}

/* What only the owner of the switch is told. */
static int vswitch_nl_put_owners(struct sk_buff *skb, struct vswitch_port *port)
{
	const struct vswitch *sw = port->sw;
	struct net *net = dev_net(sw->local.dev);
	struct net *peer = dev_net(port->dev);

	if (nla_put_u32(skb, VSWITCH_A_PORT_SWITCH, sw->local.dev->ifindex) ||
	    nla_put_string(skb, VSWITCH_A_PORT_NAME, port->name) ||
	    vswitch_nl_put_allow(skb, port, VSW_ALLOW_OWNER,
				 VSWITCH_A_PORT_ALLOW,
				 VSWITCH_A_PORT_ALLOW_NEW))
		return -EMSGSIZE;
	if (!net_eq(net, peer) &&
	    nla_put_s32(skb, VSWITCH_A_PORT_NETNSID,
			peernet2id_alloc(net, peer, GFP_KERNEL)))
		return -EMSGSIZE;
	return 0;
}

int vswitch_nl_fill_port(struct sk_buff *skb, struct vswitch_port *port,
			 bool owner, const struct genl_info *info)
{
	const struct vsw_port_core *core = &port->core;
	void *hdr = genlmsg_iput(skb, info);

	if (!hdr)
		return -EMSGSIZE;
	if (nla_put_u16(skb, VSWITCH_A_PORT_NUMBER, core->fdb.no) ||
	    nla_put_u32(skb, VSWITCH_A_PORT_IFINDEX, port->dev->ifindex) ||
	    nla_put_u32(skb, VSWITCH_A_PORT_KIND, port->kind) ||
	    nla_put_u32(skb, VSWITCH_A_PORT_FLAGS, core->flags) ||
	    nla_put_u32(skb, VSWITCH_A_PORT_LIMIT, core->fdb.limit) ||
	    nla_put_u32(skb, VSWITCH_A_PORT_ENTRIES,
			READ_ONCE(core->fdb.entries)) ||
	    nla_put_u8(skb, VSWITCH_A_PORT_STICKY, core->fdb.sticky) ||
	    vswitch_nl_put_vlan(skb, port) ||
	    vswitch_nl_put_allow(skb, port, VSW_ALLOW_TENANT,
				 VSWITCH_A_PORT_TENANT_ALLOW,
				 VSWITCH_A_PORT_TENANT_ALLOW_NEW) ||
	    (owner && vswitch_nl_put_owners(skb, port))) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

int vswitch_nl_port_get_doit(struct sk_buff *skb, struct genl_info *info)
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
			     vswitch_nl_fill_port(rsp, port, owner, info);
	rtnl_unlock();
	if (err) {
		nlmsg_free(rsp);
		return err;
	}
	return genlmsg_reply(rsp, info);
}

int vswitch_nl_port_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	const struct genl_info *info = genl_info_dump(cb);
	struct vsw_port_core *core;
	struct vswitch *sw;
	unsigned long *no = (unsigned long *)cb->ctx;
	int err = 0;

	if (GENL_REQ_ATTR_CHECK(info, VSWITCH_A_PORT_SWITCH))
		return -EINVAL;

	rtnl_lock();
	sw = vswitch_nl_switch(genl_info_net(info),
			       info->attrs[VSWITCH_A_PORT_SWITCH],
			       info->extack);
	if (IS_ERR(sw)) {
		err = PTR_ERR(sw);
		goto unlock;
	}
	for_each_set_bit_from(*no, sw->used, VSW_MAX_PORTS) {
		rcu_read_lock();
		core = vsw_port_of(&sw->core, *no);
		rcu_read_unlock();
		err = vswitch_nl_fill_port(skb, vswitch_port_of(core), true,
					   info);
		if (err)
			break;
	}
unlock:
	rtnl_unlock();
	return err;
}

/* A tenant changes nothing but its own list, and an owner all but that. */
static int vswitch_nl_check_set(struct genl_info *info, bool owner)
{
	int type;

	/* The request has no place for what comes behind the last one allowed. */
	for (type = 1; type <= VSWITCH_A_PORT_TENANT_ALLOW_NEW; type++) {
		if (!info->attrs[type])
			continue;
		switch (type) {
		case VSWITCH_A_PORT_SWITCH:
		case VSWITCH_A_PORT_NUMBER:
		case VSWITCH_A_PORT_IFINDEX:
			continue;
		case VSWITCH_A_PORT_TENANT_ALLOW:
		case VSWITCH_A_PORT_TENANT_ALLOW_NEW:
			if (!owner)
				continue;
			NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[type],
					    "This list is for who was handed the port");
			return -EPERM;
		default:
			if (owner)
				continue;
			NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[type],
					    "Only the owner of the switch may change this");
			return -EPERM;
		}
	}
	return 0;
}

/* Puts in @trunk what the port is to be, or NULL for an access port. */
static int vswitch_nl_make_trunk(struct vswitch_port *port,
				 struct genl_info *info,
				 struct vsw_trunk **trunk)
{
	struct nlattr *access = info->attrs[VSWITCH_A_PORT_ACCESS];
	struct nlattr *native = info->attrs[VSWITCH_A_PORT_NATIVE];
	struct nlattr *set = info->attrs[VSWITCH_A_PORT_VIDS];
	DECLARE_BITMAP(vids, VSW_VLANS);
	u16 old_access, vid;

	*trunk = NULL;
	if (access && nla_get_u16(access) && (native || set)) {
		NL_SET_ERR_MSG_ATTR(info->extack, access,
				    "A port is an access port or a trunk");
		return -EINVAL;
	}
	if (!native && !set) {
		if (!access || nla_get_u16(access))
			return 0;
		NL_SET_ERR_MSG_ATTR(info->extack, access,
				    "A trunk needs its VLANs, an access port has one from 1 to 4094");
		return -EINVAL;
	}

	vsw_vlan_get(&port->core.vlan, &old_access, &vid, vids);
	if (!set && old_access) {
		NL_SET_ERR_MSG_ATTR(info->extack, native,
				    "An access port becomes a trunk by its VLANs");
		return -EINVAL;
	}
	if (set)
		vswitch_bits_get(vids, set);
	if (native)
		vid = nla_get_u16(native);
	*trunk = vsw_trunk_make(vid, vids);
	return *trunk ? 0 : -ENOMEM;
}

/* Puts in @allow what the list of @by is to be, or NULL for no change. */
static int vswitch_nl_make_allow(struct vswitch_port *port,
				 struct genl_info *info, enum vsw_allow_by by,
				 int type, int type_new,
				 struct vsw_allow **allow)
{
	DECLARE_BITMAP(bits, VSW_MAX_PORTS);
	bool fill;

	*allow = NULL;
	if (!info->attrs[type] && !info->attrs[type_new])
		return 0;
	fill = vsw_allow_get(&port->core.allow, by, bits);
	if (info->attrs[type])
		vswitch_bits_get(bits, info->attrs[type]);
	if (info->attrs[type_new])
		fill = nla_get_u8(info->attrs[type_new]);
	*allow = vsw_allow_make(&port->core.allow, by, bits, fill);
	return *allow ? 0 : -ENOMEM;
}

/* All of the request or nothing: what can fail comes first. */
static int vswitch_nl_port_set(struct vswitch_port *port, bool owner,
			       struct genl_info *info)
{
	struct vsw_core *core = &port->sw->core;
	struct nlattr **attrs = info->attrs;
	u32 mask = VSW_PORT_FLAGS_ALL, limit = port->core.fdb.limit;
	bool sticky = port->core.fdb.sticky;
	struct vsw_allow *allow;
	struct vsw_trunk *trunk;
	int err;

	err = vswitch_nl_check_set(info, owner);
	if (err)
		return err;
	if (attrs[VSWITCH_A_PORT_FLAGS_MASK] && !attrs[VSWITCH_A_PORT_FLAGS]) {
		NL_SET_ERR_MSG_ATTR(info->extack,
				    attrs[VSWITCH_A_PORT_FLAGS_MASK],
				    "A mask is of flags, which are missing");
		return -EINVAL;
	}
	err = vswitch_nl_make_trunk(port, info, &trunk);
	if (err)
		return err;
	if (owner)
		err = vswitch_nl_make_allow(port, info, VSW_ALLOW_OWNER,
					    VSWITCH_A_PORT_ALLOW,
					    VSWITCH_A_PORT_ALLOW_NEW, &allow);
	else
		err = vswitch_nl_make_allow(port, info, VSW_ALLOW_TENANT,
					    VSWITCH_A_PORT_TENANT_ALLOW,
					    VSWITCH_A_PORT_TENANT_ALLOW_NEW,
					    &allow);
	if (err) {
		kfree(trunk);
		return err;
	}

	if (trunk)
		vsw_port_put_trunk(core, &port->core, trunk);
	else if (attrs[VSWITCH_A_PORT_ACCESS])
		vsw_port_set_access(core, &port->core,
				    nla_get_u16(attrs[VSWITCH_A_PORT_ACCESS]));
	if (allow)
		vsw_allow_publish(&port->core.allow, allow);
	if (attrs[VSWITCH_A_PORT_FLAGS_MASK])
		mask = nla_get_u32(attrs[VSWITCH_A_PORT_FLAGS_MASK]);
	if (attrs[VSWITCH_A_PORT_FLAGS])
		vsw_port_set_flags(&port->core,
				   nla_get_u32(attrs[VSWITCH_A_PORT_FLAGS]),
				   mask);
	if (attrs[VSWITCH_A_PORT_LIMIT])
		limit = nla_get_u32(attrs[VSWITCH_A_PORT_LIMIT]);
	if (attrs[VSWITCH_A_PORT_STICKY])
		sticky = nla_get_u8(attrs[VSWITCH_A_PORT_STICKY]);
	vsw_fdb_port_set(&port->core.fdb, limit, sticky);
	return 0;
}

int vswitch_nl_port_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vswitch_port *port;
	bool owner;
	int err;

	if (!vswitch_nl_permitted(skb, info))
		return -EPERM;

	rtnl_lock();
	port = vswitch_nl_port(info, &owner);
	err = IS_ERR(port) ? PTR_ERR(port) :
			     vswitch_nl_port_set(port, owner, info);
	if (!err)
		vswitch_notify_port(port, VSWITCH_CMD_PORT_NTF);
	rtnl_unlock();
	return err;
}

static int vswitch_nl_allow(struct sk_buff *skb, struct genl_info *info,
			    bool allow)
{
	struct vswitch_port *port;
	bool owner;
	int err;

	if (!vswitch_nl_permitted(skb, info))
		return -EPERM;
	if (GENL_REQ_ATTR_CHECK(info, VSWITCH_A_PORT_TO))
		return -EINVAL;

	rtnl_lock();
	port = vswitch_nl_port(info, &owner);
	if (IS_ERR(port))
		err = PTR_ERR(port);
	else
		err = vsw_allow_set(&port->core.allow,
				    owner ? VSW_ALLOW_OWNER : VSW_ALLOW_TENANT,
				    nla_get_u16(info->attrs[VSWITCH_A_PORT_TO]),
				    allow);
	if (!err)
		vswitch_notify_port(port, VSWITCH_CMD_PORT_NTF);
	rtnl_unlock();
	return err;
}

int vswitch_nl_allow_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vswitch_nl_allow(skb, info, true);
}

int vswitch_nl_deny_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vswitch_nl_allow(skb, info, false);
}

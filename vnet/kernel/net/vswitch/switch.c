// SPDX-License-Identifier: GPL-2.0
/*
 * The device of a switch, rtnl kind "vswitch".
 */
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>
#include <net/rtnetlink.h>
#include <uapi/linux/vswitch_link.h>

#include "fdb_netlink.h"
#include "notify.h"
#include "policy.h"
#include "trace.h"
#include "vswitch.h"

static struct vswitch *vswitch_of_fdb(struct vsw_fdb *fdb)
{
	return container_of(fdb, struct vswitch, core.fdb);
}

static void vswitch_fdb_kick(struct vsw_fdb *fdb)
{
	mod_delayed_work(system_power_efficient_wq,
			 &vswitch_of_fdb(fdb)->housekeeping, 0);
}

static void vswitch_fdb_event(struct vsw_fdb *fdb, enum vsw_fdb_event event,
			      const struct vsw_fdb_info *info, u16 from)
{
	vswitch_trace_fdb(vswitch_of_fdb(fdb), event, info, from);
	vswitch_fdb_notify(vswitch_of_fdb(fdb), event, info, from);
	vswitch_notify_fdb(vswitch_of_fdb(fdb), event, info, from);
}

static const struct vsw_fdb_client vswitch_fdb_client = {
	.event	= vswitch_fdb_event,
	.kick	= vswitch_fdb_kick,
};

static void vswitch_housekeep(struct work_struct *work)
{
	struct vswitch *sw = container_of(to_delayed_work(work), struct vswitch,
					  housekeeping);
	unsigned long delay = vsw_fdb_housekeep(&sw->core.fdb, jiffies);

	if (delay != ULONG_MAX)
		queue_delayed_work(system_power_efficient_wq, &sw->housekeeping,
				   delay);
}

static int vswitch_init(struct net_device *dev)
{
	struct vswitch *sw = vswitch_of(dev);
	int err;

	err = vswitch_netdev_init(dev);
	if (err)
		return err;

	err = vsw_core_init(&sw->core, sw->flags, &sw->params,
			    &vswitch_fdb_client);
	if (err) {
		if (err == -EINVAL)
			NL_SET_ERR_MSG(sw->local.extack,
				       "The table cannot have so many or so few entries");
		goto err_netdev;
	}

	sw->local.kind = VSWITCH_PORT_KIND_LOCAL;
	err = vswitch_port_join(sw, &sw->local, VSW_PORT_LOCAL,
				sw->local.extack);
	if (err)
		goto err_core;

	vswitch_fdb_kick(&sw->core.fdb);
	return 0;

err_core:
	cancel_delayed_work_sync(&sw->housekeeping);
	vsw_core_destroy(&sw->core);
err_netdev:
	vswitch_netdev_free(&sw->local);
	return err;
}

static void vswitch_uninit(struct net_device *dev)
{
	struct vswitch *sw = vswitch_of(dev);

	vswitch_port_leave(&sw->local);
}

/* All ports are gone: each held a reference to the device until then. */
static void vswitch_free(struct net_device *dev)
{
	struct vswitch *sw = vswitch_of(dev);

	vswitch_policy_release(sw);
	cancel_delayed_work_sync(&sw->housekeeping);
	vsw_port_free(&sw->local.core);
	vsw_core_destroy(&sw->core);
	vswitch_netdev_free(&sw->local);
}

static const struct net_device_ops vswitch_netdev_ops = {
	.ndo_init		= vswitch_init,
	.ndo_uninit		= vswitch_uninit,
	.ndo_open		= vswitch_netdev_open,
	.ndo_stop		= vswitch_netdev_stop,
	.ndo_start_xmit		= vswitch_xmit,
	.ndo_get_stats64	= vswitch_get_stats64,
	.ndo_set_rx_mode	= vswitch_netdev_set_rx_mode,
	.ndo_set_mac_address	= eth_mac_addr,
	.ndo_validate_addr	= eth_validate_addr,
	.ndo_features_check	= passthru_features_check,
	.ndo_set_rx_headroom	= vswitch_netdev_set_rx_headroom,
	.ndo_add_slave		= vswitch_uplink_add,
	.ndo_del_slave		= vswitch_uplink_del,
	.ndo_fdb_add		= vswitch_ndo_fdb_add,
	.ndo_fdb_del		= vswitch_ndo_fdb_del,
	.ndo_fdb_del_bulk	= vswitch_ndo_fdb_del_bulk,
	.ndo_fdb_dump		= vswitch_ndo_fdb_dump,
	.ndo_fdb_get		= vswitch_ndo_fdb_get,
};

static const struct device_type vswitch_type = {
	.name	= "vswitch",
};

static void vswitch_setup(struct net_device *dev)
{
	struct vswitch *sw = vswitch_of(dev);

	vswitch_netdev_setup(dev);
	eth_hw_addr_random(dev);
	dev->netdev_ops = &vswitch_netdev_ops;
	dev->priv_destructor = vswitch_free;
	/* A switch stays with the vnet that made it. */
	dev->netns_immutable = true;
	SET_NETDEV_DEVTYPE(dev, &vswitch_type);

	sw->params.ageing = VSWITCH_AGEING;
	sw->params.hold = VSWITCH_HOLD;
	INIT_LIST_HEAD(&sw->up);
	INIT_LIST_HEAD(&sw->ports);
	INIT_DELAYED_WORK(&sw->housekeeping, vswitch_housekeep);
}

/* As in netlink-gen.c. */
static const struct netlink_range_validation vswitch_ageing_range = {
	.max	= 1000000000ULL,
};

static const struct nla_policy vswitch_policy[IFLA_VSWITCH_MAX + 1] = {
	[IFLA_VSWITCH_FDB]		= NLA_POLICY_MAX(NLA_U32,
							 VSW_FDB_TYPES - 1),
	[IFLA_VSWITCH_FDB_LIMIT]	= NLA_POLICY_MIN(NLA_U32, 1),
	[IFLA_VSWITCH_AGEING]		=
		NLA_POLICY_FULL_RANGE(NLA_U32, &vswitch_ageing_range),
	[IFLA_VSWITCH_DEFAULT_DENY]	= NLA_POLICY_MAX(NLA_U8, 1),
	[IFLA_VSWITCH_VLAN_AWARE]	= NLA_POLICY_MAX(NLA_U8, 1),
};

static int vswitch_validate(struct nlattr *tb[], struct nlattr *data[],
			    struct netlink_ext_ack *extack)
{
	return vswitch_validate_address(tb[IFLA_ADDRESS], extack);
}

static int vswitch_newlink(struct net *src_net, struct net_device *dev,
			   struct nlattr *tb[], struct nlattr *data[],
			   struct netlink_ext_ack *extack)
{
	struct vswitch *sw = vswitch_of(dev);
	int err;

	if (data) {
		if (data[IFLA_VSWITCH_FDB])
			sw->params.type = nla_get_u32(data[IFLA_VSWITCH_FDB]);
		if (data[IFLA_VSWITCH_FDB_LIMIT])
			sw->params.limit =
				nla_get_u32(data[IFLA_VSWITCH_FDB_LIMIT]);
		if (data[IFLA_VSWITCH_AGEING])
			sw->params.ageing =
				msecs_to_jiffies(nla_get_u32(data[IFLA_VSWITCH_AGEING]));
		if (data[IFLA_VSWITCH_DEFAULT_DENY] &&
		    nla_get_u8(data[IFLA_VSWITCH_DEFAULT_DENY]))
			sw->flags |= VSW_CORE_DEFAULT_DENY;
		if (data[IFLA_VSWITCH_VLAN_AWARE] &&
		    nla_get_u8(data[IFLA_VSWITCH_VLAN_AWARE]))
			sw->flags |= VSW_CORE_VLAN;
	}

	sw->local.extack = extack;
	err = register_netdevice(dev);
	sw->local.extack = NULL;
	return err;
}

/**
 * vswitch_create() - make a switch, as "ip link add" does
 * @net: the vnet
 * @name: of its device
 * @params: what its table is made with
 * @flags: VSW_CORE_VLAN, ...
 * @extack: what is wrong
 *
 * Context: RTNL.
 * Return: the device, or a negative error.
 */
struct net_device *vswitch_create(struct net *net, const char *name,
				  const struct vsw_fdb_params *params,
				  unsigned long flags,
				  struct netlink_ext_ack *extack)
{
	struct nlattr *tb[IFLA_MAX + 1] = {};
	struct net_device *dev;
	struct vswitch *sw;
	int err;

	dev = rtnl_create_link(net, name, NET_NAME_USER, &vswitch_link_ops, tb,
			       extack);
	if (IS_ERR(dev))
		return dev;
	sw = vswitch_of(dev);
	sw->params = *params;
	sw->flags = flags;
	sw->local.extack = extack;
	err = register_netdevice(dev);
	sw->local.extack = NULL;
	if (err) {
		free_netdev(dev);
		return ERR_PTR(err);
	}
	rtnl_configure_link(dev, NULL, 0, NULL);
	return dev;
}

/**
 * vswitch_set_times() - change how long the table keeps what it learned
 * @sw: the switch
 * @ageing: ticks without a frame until an entry goes; 0: it stays
 * @hold: ticks after a frame until an entry may move
 *
 * Context: RTNL.
 */
void vswitch_set_times(struct vswitch *sw, unsigned long ageing,
		       unsigned long hold)
{
	sw->params.ageing = ageing;
	sw->params.hold = hold;
	vsw_fdb_set_ageing(&sw->core.fdb, ageing, hold);
	vswitch_fdb_kick(&sw->core.fdb);
}

/**
 * vswitch_event() - something happens to the device of a switch
 * @sw: the switch
 * @event: of a netdevice notifier
 *
 * Context: RTNL.
 */
void vswitch_event(struct vswitch *sw, unsigned long event)
{
	if (event == NETDEV_CHANGENAME)
		strscpy(sw->local.name, sw->local.dev->name);
	vswitch_notify_switch_event(sw, event);
}

static int vswitch_changelink(struct net_device *dev, struct nlattr *tb[],
			      struct nlattr *data[],
			      struct netlink_ext_ack *extack)
{
	struct vswitch *sw = vswitch_of(dev);
	static const int fixed[] = {
		IFLA_VSWITCH_FDB, IFLA_VSWITCH_FDB_LIMIT,
		IFLA_VSWITCH_DEFAULT_DENY,
	};
	unsigned int i;

	if (!data)
		return 0;

	for (i = 0; i < ARRAY_SIZE(fixed); i++) {
		if (data[fixed[i]]) {
			NL_SET_ERR_MSG_ATTR(extack, data[fixed[i]],
					    "Can only be chosen when the switch is made");
			return -EOPNOTSUPP;
		}
	}
	if (data[IFLA_VSWITCH_AGEING])
		vswitch_set_times(sw,
				  msecs_to_jiffies(nla_get_u32(data[IFLA_VSWITCH_AGEING])),
				  sw->params.hold);
	if (data[IFLA_VSWITCH_VLAN_AWARE])
		vsw_core_set_vlan(&sw->core,
				  nla_get_u8(data[IFLA_VSWITCH_VLAN_AWARE]));
	vswitch_notify_switch(sw, VSWITCH_CMD_SWITCH_NTF);
	return 0;
}

/*
 * Without the switch its ports are nothing, in whichever vnet they are.  The
 * references that ports hold make the order in which the devices of the list go
 * immaterial.
 */
static void vswitch_dellink(struct net_device *dev, struct list_head *head)
{
	struct vswitch *sw = vswitch_of(dev);
	struct vswitch_port *port, *next;

	list_for_each_entry_safe(port, next, &sw->ports, list) {
		switch (port->kind) {
		case VSWITCH_PORT_KIND_VIRTUAL:
			vswitch_port_dellink(port->dev, head);
			break;
		case VSWITCH_PORT_KIND_UPLINK:
			vswitch_uplink_del(dev, port->dev);
			break;
		}
	}
	unregister_netdevice_queue(dev, head);
}

static size_t vswitch_get_size(const struct net_device *dev)
{
	return nla_total_size(sizeof(u32)) +	/* IFLA_VSWITCH_FDB */
	       nla_total_size(sizeof(u32)) +	/* IFLA_VSWITCH_FDB_LIMIT */
	       nla_total_size(sizeof(u32)) +	/* IFLA_VSWITCH_AGEING */
	       nla_total_size(sizeof(u8)) +	/* IFLA_VSWITCH_DEFAULT_DENY */
	       nla_total_size(sizeof(u8));	/* IFLA_VSWITCH_VLAN_AWARE */
}

static int vswitch_fill_info(struct sk_buff *skb, const struct net_device *dev)
{
	const struct vswitch *sw = vswitch_of(dev);
	const struct vsw_core *core = &sw->core;

	if (nla_put_u32(skb, IFLA_VSWITCH_FDB, sw->params.type) ||
	    nla_put_u32(skb, IFLA_VSWITCH_FDB_LIMIT, core->fdb.limit) ||
	    nla_put_u32(skb, IFLA_VSWITCH_AGEING,
			jiffies_to_msecs(sw->params.ageing)) ||
	    nla_put_u8(skb, IFLA_VSWITCH_DEFAULT_DENY,
		       !!(core->flags & VSW_CORE_DEFAULT_DENY)) ||
	    nla_put_u8(skb, IFLA_VSWITCH_VLAN_AWARE,
		       !!(core->flags & VSW_CORE_VLAN)))
		return -EMSGSIZE;
	return 0;
}

struct rtnl_link_ops vswitch_link_ops __read_mostly = {
	.kind		= "vswitch",
	.priv_size	= sizeof(struct vswitch),
	.setup		= vswitch_setup,
	.maxtype	= IFLA_VSWITCH_MAX,
	.policy		= vswitch_policy,
	.validate	= vswitch_validate,
	.newlink	= vswitch_newlink,
	.changelink	= vswitch_changelink,
	.dellink	= vswitch_dellink,
	.get_size	= vswitch_get_size,
	.fill_info	= vswitch_fill_info,
};

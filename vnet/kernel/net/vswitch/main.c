// SPDX-License-Identifier: GPL-2.0
/*
 * vswitch: a virtual Ethernet switch for network namespaces.
 */
#include <linux/module.h>
#include <linux/netdevice.h>
#include <net/genetlink.h>
#include <net/rtnetlink.h>

#include "chardev.h"
#include "netlink-gen.h"
#include "notify.h"
#include "policy.h"
#include "vswitch.h"

/*
 * What happens to uplinks, and what of our own devices their own operations do
 * not know: names, other vnets, and when others may be told of them.
 */
static int vswitch_netdev_event(struct notifier_block *nb, unsigned long event,
				void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);
	struct vswitch_port *port = vswitch_uplink_get(dev);

	/* A port of one switch may be an uplink of another. */
	if (vswitch_is_port(dev))
		vswitch_port_event(netdev_priv(dev), event);
	else if (vswitch_is_switch(dev))
		vswitch_event(vswitch_of(dev), event);
	return port ? vswitch_uplink_event(port, event) : NOTIFY_DONE;
}

static struct notifier_block vswitch_netdev_notifier = {
	.notifier_call = vswitch_netdev_event,
};

/* Switches tell of themselves by the family: it is there before and after them. */
static int __init vswitch_module_init(void)
{
	int err;

	vswitch_drop_register();

	err = genl_register_family(&vswitch_nl_family);
	if (err)
		goto err_drop;
	err = register_netdevice_notifier(&vswitch_netdev_notifier);
	if (err)
		goto err_family;
	err = rtnl_link_register(&vswitch_link_ops);
	if (err)
		goto err_notifier;
	err = rtnl_link_register(&vswitch_port_link_ops);
	if (err)
		goto err_switch;
	err = vswitch_policy_register();
	if (err)
		goto err_port;
	err = vswitch_chardev_register();
	if (err)
		goto err_port;
	return 0;

err_port:
	rtnl_link_unregister(&vswitch_port_link_ops);
err_switch:
	rtnl_link_unregister(&vswitch_link_ops);
err_notifier:
	unregister_netdevice_notifier(&vswitch_netdev_notifier);
err_family:
	genl_unregister_family(&vswitch_nl_family);
err_drop:
	vswitch_drop_unregister();
	return err;
}

static void __exit vswitch_module_exit(void)
{
	vswitch_chardev_unregister();
	/* Takes all switches, and they take their ports. */
	rtnl_link_unregister(&vswitch_link_ops);
	rtnl_link_unregister(&vswitch_port_link_ops);
	unregister_netdevice_notifier(&vswitch_netdev_notifier);
	genl_unregister_family(&vswitch_nl_family);
	vswitch_drop_unregister();
	/* Callbacks that free ports are our code. */
	rcu_barrier();
}

module_init(vswitch_module_init);
module_exit(vswitch_module_exit);

MODULE_DESCRIPTION("Virtual Ethernet switch for network namespaces");
MODULE_LICENSE("GPL");
MODULE_ALIAS_RTNL_LINK("vswitch");
MODULE_ALIAS_RTNL_LINK("vswport");
MODULE_ALIAS_GENL_FAMILY(VSWITCH_FAMILY_NAME);

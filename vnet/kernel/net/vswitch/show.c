// SPDX-License-Identifier: GPL-2.0
/*
 * The configuration of the switches of a vnet, as a text that vswitch_apply()
 * takes.
 */
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <net/net_namespace.h>

#include "apply.h"
#include "config.h"
#include "vswitch.h"

/* Names of ports here count also before it is their turn. */
static bool vswitch_show_named(const struct vsw_config *config,
			       const struct vswitch *sw, const char *name)
{
	const struct vswitch_port *port;
	unsigned int i;

	for (i = 0; i < config->nr_ports; i++)
		if (!strcmp(config->ports[i]->name, name))
			return true;
	list_for_each_entry(port, &sw->ports, list)
		if (vswitch_port_is_home(port) && !strcmp(port->name, name))
			return true;
	return false;
}

/*
 * Ports in other vnets can have names of ports here, which are found by name: it is
 * those that get another one, since they go by their number.
 */
static int vswitch_show_name(const struct vsw_config *config,
			     const struct vswitch_port *port, char *name)
{
	unsigned int i = 0;

	strscpy(name, port->name, VSW_NAME_SIZE);
	if (vswitch_port_is_home(port))
		return vsw_config_name_suits(name, strlen(name)) ? 0 : -EILSEQ;
	while (!vsw_config_name_suits(name, strlen(name)) ||
	       vswitch_show_named(config, port->sw, name))
		snprintf(name, VSW_NAME_SIZE, "port%u.%u", port->core.fdb.no,
			 i++);
	return 0;
}

static int vswitch_show_vlan(const struct vswitch_port *port,
			     struct vsw_config_port *conf)
{
	u16 access, native;

	conf->vids = kcalloc(BITS_TO_LONGS(VSW_VLANS), sizeof(long),
			     GFP_KERNEL_ACCOUNT);
	if (!conf->vids)
		return -ENOMEM;
	vsw_vlan_get(&port->core.vlan, &access, &native, conf->vids);
	conf->has |= access ? VSW_CONFIG_HAS_ACCESS : VSW_CONFIG_HAS_TRUNK;
	conf->vid = access ?: native;
	return 0;
}

static int vswitch_show_port(struct vsw_config *config,
			     const struct vswitch_port *port)
{
	static const enum vsw_config_kind kinds[] = {
		[VSWITCH_PORT_KIND_LOCAL]	= VSW_CONFIG_LOCAL,
		[VSWITCH_PORT_KIND_VIRTUAL]	= VSW_CONFIG_PORT,
		[VSWITCH_PORT_KIND_UPLINK]	= VSW_CONFIG_UPLINK,
	};
	struct vsw_config_port *conf;
	int err;

	conf = kzalloc(sizeof(*conf), GFP_KERNEL_ACCOUNT);
	if (!conf)
		return -ENOMEM;
	err = vswitch_show_name(config, port, conf->name);
	if (err) {
		kfree(conf);
		return err;
	}
	config->ports[config->nr_ports++] = conf;
	conf->kind = kinds[port->kind];
	conf->line = 1;
	conf->number = port->core.fdb.no;
	if (port->kind != VSWITCH_PORT_KIND_LOCAL)
		conf->has |= VSW_CONFIG_HAS_NUMBER;
	conf->limit = port->core.fdb.limit;
	conf->sticky = port->core.fdb.sticky;
	conf->flags = port->core.flags;
	conf->mask = VSW_PORT_FLAGS_ALL;
	conf->has |= VSW_CONFIG_HAS_PORT_LIMIT | VSW_CONFIG_HAS_STICKY;
	return vswitch_show_vlan(port, conf);
}

/* A text names ports: it does not say what a list says of other numbers. */
static void vswitch_show_allow(struct vsw_config *config,
			       struct vswitch_port *port,
			       struct vsw_config_port *conf)
{
	const unsigned long *used = port->sw->used;
	DECLARE_BITMAP(bits, VSW_MAX_PORTS);
	unsigned int i;

	conf->fill = vsw_allow_get(&port->core.allow, VSW_ALLOW_OWNER, bits);
	if (conf->fill != config->deny &&
	    (conf->fill ? bitmap_subset(used, bits, VSW_MAX_PORTS) :
			  !bitmap_intersects(used, bits, VSW_MAX_PORTS)))
		return;
	conf->has |= VSW_CONFIG_HAS_ALLOW;
	for (i = 0; i < config->nr_ports; i++)
		__assign_bit(i, conf->allow,
			     test_bit(config->ports[i]->number, bits));
}

/* In the order of numbers, the local port first. */
static int vswitch_show_ports(struct vsw_config *config, struct vswitch *sw)
{
	struct vsw_port_core *core;
	unsigned int no, i = 0;
	int err;

	for_each_set_bit(no, sw->used, VSW_MAX_PORTS) {
		rcu_read_lock();
		core = vsw_port_of(&sw->core, no);
		rcu_read_unlock();
		/* RTNL keeps it. */
		err = vswitch_show_port(config, vswitch_port_of(core));
		if (err)
			return err;
	}
	for_each_set_bit(no, sw->used, VSW_MAX_PORTS) {
		rcu_read_lock();
		core = vsw_port_of(&sw->core, no);
		rcu_read_unlock();
		vswitch_show_allow(config, vswitch_port_of(core),
				   config->ports[i++]);
	}
	return 0;
}

static struct vsw_config *vswitch_show_switch(struct vswitch *sw)
{
	const struct vsw_core *core = &sw->core;
	struct vsw_config *config;
	int err;

	config = kvzalloc(sizeof(*config), GFP_KERNEL_ACCOUNT);
	if (!config)
		return ERR_PTR(-ENOMEM);
	strscpy(config->name, sw->local.dev->name);
	config->has = VSW_CONFIG_HAS_FDB | VSW_CONFIG_HAS_LIMIT |
		      VSW_CONFIG_HAS_PORTS | VSW_CONFIG_HAS_AGEING |
		      VSW_CONFIG_HAS_HOLD | VSW_CONFIG_HAS_VLAN |
		      VSW_CONFIG_HAS_DEFAULT;
	config->type = sw->params.type;
	config->limit = core->fdb.limit;
	config->max_ports = core->fdb.max_ports;
	/* The text has seconds: rather a little longer than not at all. */
	config->ageing = DIV_ROUND_UP(jiffies_to_msecs(sw->params.ageing),
				      MSEC_PER_SEC);
	config->hold = jiffies_to_msecs(sw->params.hold);
	config->vlan = core->flags & VSW_CORE_VLAN;
	config->deny = core->flags & VSW_CORE_DEFAULT_DENY;
	err = vswitch_show_ports(config, sw);
	if (err) {
		vsw_config_free(config);
		return ERR_PTR(err);
	}
	return config;
}

/* Adds the text of one switch to *@text, which has *@size bytes. */
static int vswitch_show_one(struct vswitch *sw, char **text, size_t *size)
{
	struct vsw_config *config = vswitch_show_switch(sw);
	char *longer;
	size_t len;

	if (IS_ERR(config))
		return PTR_ERR(config);
	len = vsw_config_print(config, NULL, 0);
	longer = kvmalloc(*size + len + 1, GFP_KERNEL_ACCOUNT);
	if (longer) {
		if (*size)
			memcpy(longer, *text, *size);
		vsw_config_print(config, longer + *size, len + 1);
		kvfree(*text);
		*text = longer;
		*size += len;
	}
	vsw_config_free(config);
	return longer ? 0 : -ENOMEM;
}

/**
 * vswitch_show() - the configuration of the switches of a vnet
 * @net: the vnet
 * @text: where the text goes, for kvfree(); NULL if it is empty
 * @size: where its length goes
 *
 * Context: process.  Takes RTNL.
 * Return: 0, -ENOMEM, or -EILSEQ if a device here has a name that no text can have.
 */
int vswitch_show(struct net *net, char **text, size_t *size)
{
	struct net_device *dev;
	int err = 0;

	*text = NULL;
	*size = 0;
	rtnl_lock();
	for_each_netdev(net, dev) {
		if (!vswitch_is_switch(dev))
			continue;
		err = vswitch_show_one(vswitch_of(dev), text, size);
		if (err)
			break;
	}
	rtnl_unlock();
	if (err) {
		kvfree(*text);
		*text = NULL;
		*size = 0;
	}
	return err;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Carrying out a configuration that came as text (see config.h), as a whole or
 * not at all.
 *
 * A text says all of each switch that it names.  A switch that does not exist
 * is made; of one that does, ports that the text does not name are removed, and
 * what it does not say of a port is as for a new one.  What only its making can
 * decide, a text may say only as it is.  Other switches are left alone, and so
 * are entries of the table and the lists of tenants.
 *
 * Everything happens with RTNL held.  First each line is checked against what
 * exists, and all memory is allocated for what is to be changed.  Then devices
 * are made and taken, which can fail, and be undone.  What follows cannot fail:
 * the changes, and at last the removals.
 *
 * A port that is in another vnet is the owner's to configure, but not to name:
 * it is found by its number, or by the name that it had when it was handed over.
 */
#include <linux/ctype.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <net/net_namespace.h>
#include <net/rtnetlink.h>

#include "apply.h"
#include "config.h"
#include "notify.h"
#include "vswitch.h"

/**
 * struct vswitch_apply_port - a port of the text
 * @conf: what the text says
 * @port: the port, when it exists
 * @dev: the device that becomes an uplink
 * @no: its number
 * @made: whether the text made it
 * @trunk: what makes it a trunk, or NULL
 * @allow: its new allow-list
 */
struct vswitch_apply_port {
	const struct vsw_config_port	*conf;
	struct vswitch_port		*port;
	struct net_device		*dev;
	u16				no;
	bool				made;
	struct vsw_trunk		*trunk;
	struct vsw_allow		*allow;
};

/**
 * struct vswitch_apply_undo - the allow-list of a port that there was before
 * @port: the port
 * @allow: its allow-list
 *
 * When a port that was made goes again, others' lists forget what they said of
 * its number, which may have been said before it was made.
 */
struct vswitch_apply_undo {
	struct vswitch_port	*port;
	struct vsw_allow	*allow;
};

/**
 * struct vswitch_apply_switch - a switch of the text
 * @config: what the text says
 * @line: lines of the text before those that are about this switch
 * @sw: the switch, when it exists
 * @made: whether the text made it
 * @ports: its ports, as many as the configuration has
 * @kept: numbers of ports that the text names
 * @undo: of ports that there were before
 * @undos: how many
 */
struct vswitch_apply_switch {
	struct vsw_config		*config;
	unsigned int			line;
	struct vswitch			*sw;
	bool				made;
	struct vswitch_apply_port	*ports;
	DECLARE_BITMAP(kept, VSW_MAX_PORTS);
	struct vswitch_apply_undo	*undo;
	unsigned int			undos;
};

/**
 * struct vswitch_apply - a text
 * @net: the vnet
 * @error: where what is wrong goes
 * @switches: its switches
 * @n: how many
 */
struct vswitch_apply {
	struct net			*net;
	struct vswitch_apply_error	*error;
	struct vswitch_apply_switch	*switches;
	unsigned int			n;
};

static __printf(6, 7) int vswitch_apply_fail(struct vswitch_apply *ap,
					     unsigned int line,
					     unsigned int column,
					     const char *name, int err,
					     const char *fmt, ...)
{
	struct vswitch_apply_error *error = ap->error;
	va_list args;
	int n = 0;

	error->line = line;
	error->column = column;
	if (name)
		n = scnprintf(error->msg, sizeof(error->msg), "%s: ", name);
	va_start(args, fmt);
	vscnprintf(error->msg + n, sizeof(error->msg) - n, fmt, args);
	va_end(args);
	return err;
}

static int vswitch_apply_nomem(struct vswitch_apply *ap)
{
	return vswitch_apply_fail(ap, 0, 0, NULL, -ENOMEM, "no memory");
}

#define vswitch_fail_switch(ap, as, err, ...)				\
	vswitch_apply_fail(ap, (as)->line + (as)->config->line,		\
			   (as)->config->column, (as)->config->name, err, \
			   __VA_ARGS__)

#define vswitch_fail_port(ap, as, p, err, ...)				\
	vswitch_apply_fail(ap, (as)->line + (p)->conf->line,		\
			   (p)->conf->column, (p)->conf->name, err,	\
			   __VA_ARGS__)

/* What the kernel said, or at least that it failed. */
static const char *vswitch_apply_said(const struct netlink_ext_ack *extack,
				      int err)
{
	if (extack->_msg)
		return extack->_msg;
	switch (err) {
	case -ENOMEM:
		return "no memory";
	case -EEXIST:
		return "there is a device of this name";
	case -ERANGE:
		return "the switch cannot have a port of this number";
	default:
		return "the device cannot be made";
	}
}

/*
 * Parsing
 */

/* Whether the line that begins at @p begins the text of a switch. */
static bool vswitch_apply_begins(const char *p, const char *end)
{
	static const char word[] = "switch";
	const size_t len = sizeof(word) - 1;

	while (p < end && (*p == ' ' || *p == '\t' || *p == '\r'))
		p++;
	if ((size_t)(end - p) < len || memcmp(p, word, len))
		return false;
	p += len;
	return p == end || isspace(*p) || *p == '#';
}

static int vswitch_apply_parse_one(struct vswitch_apply *ap, const char *text,
				   size_t size, unsigned int line)
{
	struct vswitch_apply_switch *as = &ap->switches[ap->n];
	struct vsw_config_error wrong;
	unsigned int i;
	int err;

	if (ap->n == VSWITCH_APPLY_SWITCHES)
		return vswitch_apply_fail(ap, line + 1, 1, NULL, -EINVAL,
					  "more than %u switches in one text",
					  VSWITCH_APPLY_SWITCHES);
	err = vsw_config_parse(text, size, &as->config, &wrong);
	if (err == -ENOMEM)
		return vswitch_apply_nomem(ap);
	if (err)
		return vswitch_apply_fail(ap, line + wrong.line, wrong.column,
					  wrong.word[0] ? wrong.word : NULL,
					  err, "%s", wrong.msg);
	as->line = line;
	ap->n++;
	for (i = 0; i + 1 < ap->n; i++)
		if (!strcmp(ap->switches[i].config->name, as->config->name))
			return vswitch_fail_switch(ap, as, -EINVAL,
						   "this switch is there already");
	return 0;
}

/* The parser knows of one switch: the text is divided where one begins. */
static int vswitch_apply_parse(struct vswitch_apply *ap, const char *text,
			       size_t size)
{
	const char *end = text + size, *from = text, *p = text;
	unsigned int line = 0, from_line = 0;
	bool any = false;
	int err;

	while (p < end) {
		if (vswitch_apply_begins(p, end)) {
			if (any) {
				err = vswitch_apply_parse_one(ap, from,
							      p - from,
							      from_line);
				if (err)
					return err;
				from = p;
				from_line = line;
			}
			any = true;
		}
		p = memchr(p, '\n', end - p);
		p = p ? p + 1 : end;
		line++;
		cond_resched();
	}
	return vswitch_apply_parse_one(ap, from, end - from, from_line);
}

/*
 * What the text is about, among what exists
 */

static int vswitch_apply_find_switch(struct vswitch_apply *ap,
				     struct vswitch_apply_switch *as)
{
	const struct vsw_config *config = as->config;
	struct net_device *dev = __dev_get_by_name(ap->net, config->name);
	const struct vsw_core *core;

	if (!dev)
		return 0;
	if (!vswitch_is_switch(dev))
		return vswitch_fail_switch(ap, as, -EEXIST,
					   "a device of this name is no vswitch");
	as->sw = vswitch_of(dev);
	core = &as->sw->core;
	if ((config->has & VSW_CONFIG_HAS_FDB &&
	     config->type != as->sw->params.type) ||
	    (config->has & VSW_CONFIG_HAS_LIMIT &&
	     config->limit != core->fdb.limit) ||
	    (config->has & VSW_CONFIG_HAS_PORTS &&
	     config->max_ports != core->fdb.max_ports))
		return vswitch_fail_switch(ap, as, -EOPNOTSUPP,
					   "was made with another table, which only removing it changes");
	if (config->deny != !!(core->flags & VSW_CORE_DEFAULT_DENY))
		return vswitch_fail_switch(ap, as, -EOPNOTSUPP,
					   "was made with default %s, which only removing it changes",
					   config->deny ? "allow" : "deny");
	return 0;
}

static struct vswitch_port *vswitch_port_of_number(struct vswitch *sw, u16 no)
{
	struct vsw_port_core *core;

	rcu_read_lock();
	core = vsw_port_of(&sw->core, no);
	rcu_read_unlock();
	/* RTNL keeps it. */
	return core ? vswitch_port_of(core) : NULL;
}

static int vswitch_apply_find_by_name(struct vswitch_apply *ap,
				      struct vswitch_apply_switch *as,
				      struct vswitch_apply_port *p)
{
	struct net_device *dev = __dev_get_by_name(ap->net, p->conf->name);
	struct vswitch_port *port;

	if (dev) {
		if (!vswitch_is_port(dev))
			return vswitch_fail_port(ap, as, p, -EEXIST,
						 "a device of this name is no port of a vswitch");
		port = netdev_priv(dev);
		if (port->sw != as->sw)
			return vswitch_fail_port(ap, as, p, -EEXIST,
						 "is a port of another switch");
		p->port = port;
		return 0;
	}
	if (!as->sw)
		return 0;
	list_for_each_entry(port, &as->sw->ports, list) {
		if (port->kind != VSWITCH_PORT_KIND_VIRTUAL ||
		    vswitch_port_is_home(port) ||
		    strcmp(port->name, p->conf->name))
			continue;
		if (p->port)
			return vswitch_fail_port(ap, as, p, -EINVAL,
						 "several ports in other vnets were called so: say the number");
		p->port = port;
	}
	return 0;
}

static int vswitch_apply_find_port(struct vswitch_apply *ap,
				   struct vswitch_apply_switch *as,
				   struct vswitch_apply_port *p)
{
	bool numbered = p->conf->has & VSW_CONFIG_HAS_NUMBER;
	struct vswitch_port *port = NULL;
	int err;

	if (numbered && as->sw)
		port = vswitch_port_of_number(as->sw, p->conf->number);
	if (port && port->kind == VSWITCH_PORT_KIND_VIRTUAL &&
	    !vswitch_port_is_home(port)) {
		p->port = port;
		return 0;
	}
	err = vswitch_apply_find_by_name(ap, as, p);
	if (err)
		return err;
	if (p->port && numbered && p->port->core.fdb.no != p->conf->number)
		return vswitch_fail_port(ap, as, p, -EOPNOTSUPP,
					 "has number %u, which only removing it changes",
					 p->port->core.fdb.no);
	return 0;
}

static int vswitch_apply_find_uplink(struct vswitch_apply *ap,
				     struct vswitch_apply_switch *as,
				     struct vswitch_apply_port *p)
{
	struct net_device *dev = __dev_get_by_name(ap->net, p->conf->name);
	struct vswitch_port *port;

	if (!dev) {
		/* It may be a port that the text makes. */
		return 0;
	}
	port = vswitch_uplink_get(dev);
	if (port && port->sw == as->sw) {
		p->port = port;
		if (p->conf->has & VSW_CONFIG_HAS_NUMBER &&
		    port->core.fdb.no != p->conf->number)
			return vswitch_fail_port(ap, as, p, -EOPNOTSUPP,
						 "has number %u, which only detaching it changes",
						 port->core.fdb.no);
		return 0;
	}
	if (netdev_master_upper_dev_get(dev))
		return vswitch_fail_port(ap, as, p, -EBUSY,
					 "has a master already");
	return 0;
}

static int vswitch_apply_find_ports(struct vswitch_apply *ap,
				    struct vswitch_apply_switch *as)
{
	struct vswitch_apply_port *p;
	unsigned int i;
	int err;

	as->ports = kvcalloc(as->config->nr_ports, sizeof(*as->ports),
			     GFP_KERNEL_ACCOUNT);
	if (!as->ports)
		return vswitch_apply_nomem(ap);
	for (i = 0; i < as->config->nr_ports; i++) {
		p = &as->ports[i];
		p->conf = as->config->ports[i];
		switch (p->conf->kind) {
		case VSW_CONFIG_LOCAL:
			p->port = as->sw ? &as->sw->local : NULL;
			break;
		case VSW_CONFIG_PORT:
			err = vswitch_apply_find_port(ap, as, p);
			if (err)
				return err;
			break;
		case VSW_CONFIG_UPLINK:
			err = vswitch_apply_find_uplink(ap, as, p);
			if (err)
				return err;
			break;
		}
		if (!p->port)
			continue;
		p->no = p->port->core.fdb.no;
		if (__test_and_set_bit(p->no, as->kept))
			return vswitch_fail_port(ap, as, p, -EINVAL,
						 "is a port that another line names");
	}
	return 0;
}

/* Of new ports.  Numbers of ports that the text removes are not free yet. */
static int vswitch_apply_number(struct vswitch_apply *ap,
				struct vswitch_apply_switch *as)
{
	struct vswitch_apply_port *p;
	unsigned int i, no;

	__set_bit(VSW_PORT_LOCAL, as->kept);
	for (i = 1; i < as->config->nr_ports; i++) {
		p = &as->ports[i];
		if (p->port || !(p->conf->has & VSW_CONFIG_HAS_NUMBER))
			continue;
		if (as->sw && test_bit(p->conf->number, as->sw->used))
			return vswitch_fail_port(ap, as, p, -EBUSY,
						 "another port has number %u",
						 p->conf->number);
		p->no = p->conf->number;
		/* The parser has seen to it that no other line says it. */
		__set_bit(p->no, as->kept);
	}
	for (i = 1; i < as->config->nr_ports; i++) {
		p = &as->ports[i];
		if (p->port || p->conf->has & VSW_CONFIG_HAS_NUMBER)
			continue;
		for (no = VSW_PORT_LOCAL + 1; no < VSW_MAX_PORTS; no++)
			if (!test_bit(no, as->kept) &&
			    !(as->sw && test_bit(no, as->sw->used)))
				break;
		if (no == VSW_MAX_PORTS)
			return vswitch_fail_port(ap, as, p, -ENOSPC,
						 "all ports of the switch are in use");
		p->no = no;
		__set_bit(no, as->kept);
	}
	return 0;
}

/*
 * Memory for what will be changed
 */

static struct vsw_allow *
vswitch_apply_make_allow(const struct vswitch_apply_switch *as,
			 struct vswitch_apply_port *p)
{
	const struct vsw_config *config = as->config;
	struct vsw_allow __rcu *none = NULL;
	DECLARE_BITMAP(bits, VSW_MAX_PORTS);
	bool fill = !config->deny;
	unsigned int i;

	if (p->conf->has & VSW_CONFIG_HAS_ALLOW)
		fill = p->conf->fill;
	if (fill)
		bitmap_fill(bits, VSW_MAX_PORTS);
	else
		bitmap_zero(bits, VSW_MAX_PORTS);
	if (p->conf->has & VSW_CONFIG_HAS_ALLOW)
		for (i = 0; i < config->nr_ports; i++)
			__assign_bit(as->ports[i].no, bits,
				     test_bit(i, p->conf->allow));
	return vsw_allow_make(p->port ? &p->port->core.allow : &none,
			      VSW_ALLOW_OWNER, bits, fill);
}

static int vswitch_apply_prepare_undo(struct vswitch_apply *ap,
				      struct vswitch_apply_switch *as)
{
	DECLARE_BITMAP(bits, VSW_MAX_PORTS);
	struct vswitch_apply_undo *undo;
	struct vswitch_port *port;
	bool fill;

	if (!as->sw)
		return 0;
	as->undo = kvcalloc(bitmap_weight(as->sw->used, VSW_MAX_PORTS),
			    sizeof(*as->undo), GFP_KERNEL_ACCOUNT);
	if (!as->undo)
		return vswitch_apply_nomem(ap);
	list_for_each_entry(port, &as->sw->ports, list) {
		if (!rcu_access_pointer(port->core.allow))
			continue;
		fill = vsw_allow_get(&port->core.allow, VSW_ALLOW_OWNER, bits);
		undo = &as->undo[as->undos];
		undo->port = port;
		undo->allow = vsw_allow_make(&port->core.allow, VSW_ALLOW_OWNER,
					     bits, fill);
		if (!undo->allow)
			return vswitch_apply_nomem(ap);
		as->undos++;
	}
	return 0;
}

static int vswitch_apply_prepare(struct vswitch_apply *ap,
				 struct vswitch_apply_switch *as)
{
	struct vswitch_apply_port *p;
	unsigned int i;

	for (i = 0; i < as->config->nr_ports; i++) {
		p = &as->ports[i];
		if (p->conf->has & VSW_CONFIG_HAS_TRUNK) {
			p->trunk = vsw_trunk_make(p->conf->vid, p->conf->vids);
			if (!p->trunk)
				return vswitch_apply_nomem(ap);
		}
		p->allow = vswitch_apply_make_allow(as, p);
		if (!p->allow)
			return vswitch_apply_nomem(ap);
	}
	return vswitch_apply_prepare_undo(ap, as);
}

/*
 * What can still fail, and be undone
 */

static int vswitch_apply_make_switch(struct vswitch_apply *ap,
				     struct vswitch_apply_switch *as)
{
	const struct vsw_config *config = as->config;
	struct vsw_fdb_params params = {
		.ageing = VSWITCH_AGEING, .hold = VSWITCH_HOLD,
	};
	struct netlink_ext_ack extack = {};
	struct net_device *dev;

	if (config->has & VSW_CONFIG_HAS_FDB)
		params.type = config->type;
	if (config->has & VSW_CONFIG_HAS_LIMIT)
		params.limit = config->limit;
	if (config->has & VSW_CONFIG_HAS_PORTS)
		params.ports = config->max_ports;
	dev = vswitch_create(ap->net, config->name, &params,
			     config->deny ? VSW_CORE_DEFAULT_DENY : 0, &extack);
	if (IS_ERR(dev))
		return vswitch_fail_switch(ap, as, PTR_ERR(dev), "%s",
					   vswitch_apply_said(&extack,
							      PTR_ERR(dev)));
	as->sw = vswitch_of(dev);
	as->made = true;
	as->ports[0].port = &as->sw->local;
	return 0;
}

static int vswitch_apply_make_port(struct vswitch_apply *ap,
				   struct vswitch_apply_switch *as,
				   struct vswitch_apply_port *p)
{
	struct netlink_ext_ack extack = {};
	struct net_device *dev;

	dev = vswitch_port_create(as->sw, p->conf->name, p->no, &extack);
	if (IS_ERR(dev))
		return vswitch_fail_port(ap, as, p, PTR_ERR(dev), "%s",
					 vswitch_apply_said(&extack,
							    PTR_ERR(dev)));
	p->port = netdev_priv(dev);
	p->made = true;
	return 0;
}

static int vswitch_apply_take_uplink(struct vswitch_apply *ap,
				     struct vswitch_apply_switch *as,
				     struct vswitch_apply_port *p)
{
	struct net_device *dev = __dev_get_by_name(ap->net, p->conf->name);
	struct netlink_ext_ack extack = {};
	int err;

	if (!dev)
		return vswitch_fail_port(ap, as, p, -ENODEV,
					 "there is no such device");
	/* Another line, of another switch, may have taken it. */
	if (netdev_master_upper_dev_get(dev))
		return vswitch_fail_port(ap, as, p, -EBUSY,
					 "has a master already");
	err = vswitch_uplink_add_as(as->sw->local.dev, dev, p->no, &extack);
	if (err)
		return vswitch_fail_port(ap, as, p, err, "%s",
					 vswitch_apply_said(&extack, err));
	p->port = vswitch_uplink_get(dev);
	p->made = true;
	return 0;
}

static int vswitch_apply_make(struct vswitch_apply *ap)
{
	struct vswitch_apply_switch *as;
	struct vswitch_apply_port *p;
	unsigned int i;
	int err;

	for (as = ap->switches; as < ap->switches + ap->n; as++) {
		if (!as->sw) {
			err = vswitch_apply_make_switch(ap, as);
			if (err)
				return err;
		}
		for (i = 1; i < as->config->nr_ports; i++) {
			p = &as->ports[i];
			if (p->port || p->conf->kind != VSW_CONFIG_PORT)
				continue;
			err = vswitch_apply_make_port(ap, as, p);
			if (err)
				return err;
		}
	}
	/* Ports of one switch can be uplinks of another. */
	for (as = ap->switches; as < ap->switches + ap->n; as++) {
		for (i = 1; i < as->config->nr_ports; i++) {
			p = &as->ports[i];
			if (p->port || p->conf->kind != VSW_CONFIG_UPLINK)
				continue;
			err = vswitch_apply_take_uplink(ap, as, p);
			if (err)
				return err;
		}
	}
	return 0;
}

static void vswitch_apply_unmake(struct vswitch_apply *ap)
{
	struct vswitch_apply_switch *as;
	struct vswitch_apply_port *p;
	LIST_HEAD(list);
	unsigned int i;

	for (as = ap->switches; as < ap->switches + ap->n; as++) {
		for (i = 1; as->ports && i < as->config->nr_ports; i++) {
			p = &as->ports[i];
			if (p->made && p->conf->kind == VSW_CONFIG_UPLINK)
				vswitch_uplink_del(as->sw->local.dev,
						   p->port->dev);
		}
	}
	for (as = ap->switches; as < ap->switches + ap->n; as++) {
		for (i = 1; as->ports && i < as->config->nr_ports; i++) {
			p = &as->ports[i];
			if (p->made && p->conf->kind == VSW_CONFIG_PORT)
				vswitch_port_dellink(p->port->dev, &list);
		}
		if (as->made)
			vswitch_link_ops.dellink(as->sw->local.dev, &list);
	}
	unregister_netdevice_many(&list);
	for (as = ap->switches; as < ap->switches + ap->n; as++) {
		for (i = 0; i < as->undos; i++) {
			vsw_allow_publish(&as->undo[i].port->core.allow,
					  as->undo[i].allow);
			as->undo[i].allow = NULL;
		}
	}
}

/*
 * What cannot fail
 */

static void vswitch_apply_commit_port(struct vswitch_apply_switch *as,
				      struct vswitch_apply_port *p)
{
	const struct vsw_config_port *conf = p->conf;
	struct vsw_port_core *core = &p->port->core;

	vsw_port_set_flags(core, (VSW_PORT_FLAGS_DEFAULT & ~conf->mask) |
				 (conf->flags & conf->mask),
			   VSW_PORT_FLAGS_ALL);
	vsw_fdb_port_set(&core->fdb,
			 conf->has & VSW_CONFIG_HAS_PORT_LIMIT ? conf->limit :
								 U32_MAX,
			 conf->has & VSW_CONFIG_HAS_STICKY && conf->sticky);
	if (p->trunk)
		vsw_port_put_trunk(&as->sw->core, core, p->trunk);
	else
		vsw_port_set_access(&as->sw->core, core,
				    conf->has & VSW_CONFIG_HAS_ACCESS ?
				    conf->vid : VSW_DEFAULT_VID);
	p->trunk = NULL;
}

static void vswitch_apply_commit(struct vswitch_apply_switch *as)
{
	const struct vsw_config *config = as->config;
	struct vswitch *sw = as->sw;
	struct vswitch_apply_port *p;
	unsigned int i;

	/* First who may send where, then the rest. */
	for (i = 0; i < config->nr_ports; i++) {
		p = &as->ports[i];
		vsw_allow_publish(&p->port->core.allow, p->allow);
		p->allow = NULL;
	}
	for (i = 0; i < config->nr_ports; i++)
		vswitch_apply_commit_port(as, &as->ports[i]);
	vsw_core_set_vlan(&sw->core, config->vlan);
	vswitch_set_times(sw,
			  config->has & VSW_CONFIG_HAS_AGEING ?
			  msecs_to_jiffies(config->ageing * MSEC_PER_SEC) :
			  VSWITCH_AGEING,
			  config->has & VSW_CONFIG_HAS_HOLD ?
			  msecs_to_jiffies(config->hold) : VSWITCH_HOLD);

	/* No frame has come by these before all that holds. */
	for (i = 0; i < config->nr_ports; i++)
		if (as->ports[i].port->kind == VSWITCH_PORT_KIND_UPLINK)
			vswitch_uplink_update(as->ports[i].port);
}

static void vswitch_apply_remove(struct vswitch_apply_switch *as,
				 struct list_head *list)
{
	struct vswitch_port *port, *next;

	if (as->made)
		return;
	list_for_each_entry_safe(port, next, &as->sw->ports, list) {
		if (test_bit(port->core.fdb.no, as->kept))
			continue;
		if (port->kind == VSWITCH_PORT_KIND_VIRTUAL)
			vswitch_port_dellink(port->dev, list);
		else
			vswitch_uplink_del(as->sw->local.dev, port->dev);
	}
}

static void vswitch_apply_tell(const struct vswitch_apply_switch *as)
{
	unsigned int i;

	vswitch_notify_switch(as->sw, VSWITCH_CMD_SWITCH_NTF);
	for (i = 0; i < as->config->nr_ports; i++)
		vswitch_notify_port(as->ports[i].port, VSWITCH_CMD_PORT_NTF);
}

static void vswitch_apply_free(struct vswitch_apply *ap)
{
	struct vswitch_apply_switch *as;
	unsigned int i;

	for (as = ap->switches; as < ap->switches + ap->n; as++) {
		for (i = 0; as->ports && i < as->config->nr_ports; i++) {
			kfree(as->ports[i].trunk);
			kfree(as->ports[i].allow);
		}
		for (i = 0; i < as->undos; i++)
			kfree(as->undo[i].allow);
		kvfree(as->ports);
		kvfree(as->undo);
		vsw_config_free(as->config);
	}
	kvfree(ap->switches);
}

static int vswitch_apply_locked(struct vswitch_apply *ap)
{
	struct vswitch_apply_switch *as;
	LIST_HEAD(list);
	int err;

	for (as = ap->switches; as < ap->switches + ap->n; as++) {
		err = vswitch_apply_find_switch(ap, as);
		if (!err)
			err = vswitch_apply_find_ports(ap, as);
		if (!err)
			err = vswitch_apply_number(ap, as);
		if (!err)
			err = vswitch_apply_prepare(ap, as);
		if (err)
			return err;
	}
	err = vswitch_apply_make(ap);
	if (err) {
		vswitch_apply_unmake(ap);
		return err;
	}

	for (as = ap->switches; as < ap->switches + ap->n; as++) {
		vswitch_apply_commit(as);
		vswitch_apply_tell(as);
	}
	for (as = ap->switches; as < ap->switches + ap->n; as++)
		vswitch_apply_remove(as, &list);
	unregister_netdevice_many(&list);
	return 0;
}

/**
 * vswitch_apply() - carry out a configuration, as a whole or not at all
 * @net: the vnet
 * @text: the configuration
 * @size: its length in bytes
 * @error: where what is wrong goes
 *
 * Context: process.  Takes RTNL.
 * Return: 0, or a negative error and *@error, and nothing is changed.
 */
int vswitch_apply(struct net *net, const char *text, size_t size,
		  struct vswitch_apply_error *error)
{
	struct vswitch_apply ap = { .net = net, .error = error };
	int err;

	ap.switches = kvcalloc(VSWITCH_APPLY_SWITCHES, sizeof(*ap.switches),
			       GFP_KERNEL_ACCOUNT);
	if (!ap.switches)
		return vswitch_apply_nomem(&ap);
	err = vswitch_apply_parse(&ap, text, size);
	if (!err) {
		rtnl_lock();
		err = vswitch_apply_locked(&ap);
		rtnl_unlock();
	}
	vswitch_apply_free(&ap);
	return err;
}

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Telling who listens to the generic netlink family "vswitch" what happens.
 */
#ifndef __VSWITCH_NOTIFY_H
#define __VSWITCH_NOTIFY_H

#include <linux/types.h>
#include <uapi/linux/vswitch.h>

#include "fdb.h"

struct vswitch;
struct vswitch_port;

void vswitch_notify_switch(const struct vswitch *sw, u8 cmd);
void vswitch_notify_switch_event(const struct vswitch *sw, unsigned long event);
void vswitch_notify_port(struct vswitch_port *port, u8 cmd);
void vswitch_notify_port_came(struct vswitch_port *port);
void vswitch_notify_port_goes(struct vswitch_port *port, bool moves);
void vswitch_notify_fdb(struct vswitch *sw, enum vsw_fdb_event event,
			const struct vsw_fdb_info *info, u16 from);

#endif

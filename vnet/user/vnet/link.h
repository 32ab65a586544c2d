/* SPDX-License-Identifier: GPL-2.0-only */
/* Devices of a switch, by rtnetlink. */
#ifndef LINK_H
#define LINK_H

#include <stdint.h>

#include "nl.h"

/* What a new switch is made with; a negative number is for the kernel to choose. */
struct switch_options {
	int64_t	fdb;		/* VSWITCH_FDB_HASH, ... */
	int64_t	limit;
	int64_t	ageing;		/* milliseconds */
	int	deny;
	int	vlan;
	int	up;
};

void link_add_switch(const char *name, const struct switch_options *o);
/* netns: a file descriptor, or -1; number: or -1. */
void link_add_port(const char *name, uint32_t sw, int netns, int number, int up);
/* netnsid: or -1. */
void link_del(const char *about, uint32_t ifindex, int netnsid);
void link_set_master(const char *about, uint32_t ifindex, uint32_t master);
/* each() gets a RTM_NEWLINK for each switch of this vnet, or for one. */
void link_switches(mnl_cb_t each, void *arg);
/* Ends the program if the device is no switch. */
void link_need_switch(const char *name, uint32_t ifindex);

#endif

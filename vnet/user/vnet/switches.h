/* SPDX-License-Identifier: GPL-2.0-only */
/* Switches as the kernel shows them. */
#ifndef SWITCHES_H
#define SWITCHES_H

#include <net/if.h>
#include <stdbool.h>
#include <stdint.h>

/* One switch, by its device and by the family vswitch. */
struct vswitch {
	char		name[IF_NAMESIZE];
	uint32_t	ifindex;
	bool		up;
	uint32_t	fdb;		/* VSWITCH_FDB_HASH, ... */
	bool		deny;		/* new ports */
	bool		vlan;
	uint32_t	ageing;		/* milliseconds */
	uint32_t	hold;
	uint32_t	entries;
	uint32_t	limit;
	char		policy[64];
	uint32_t	policy_link;	/* id of its BPF link; 0: it has no policy */
};

struct switches {
	struct vswitch	*at;
	int		n;
};

/* All switches of this vnet, or the one of this name; ends the program if there is none. */
void switches_get(const char *name, struct switches *switches);

#endif

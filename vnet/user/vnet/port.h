/* SPDX-License-Identifier: GPL-2.0-only */
/* Ports and switches as the kernel shows them. */
#ifndef PORT_H
#define PORT_H

#include <linux/if_ether.h>
#include <linux/vswitch.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdint.h>

#include "nl.h"
#include "words.h"

#define PORTS		1024
#define ALLOW_SIZE	(PORTS / 8)

struct port {
	uint16_t	number;
	uint32_t	sw;		/* 0: that is not for us to know */
	uint32_t	ifindex;
	int32_t		netnsid;	/* -1: here */
	uint32_t	kind;
	uint32_t	flags;
	uint16_t	access;
	uint16_t	native;
	uint8_t		vids[VIDS_SIZE];
	uint32_t	limit;
	uint32_t	entries;
	bool		sticky;
	uint8_t		allow[ALLOW_SIZE];
	bool		allow_new;
	uint8_t		tenant_allow[ALLOW_SIZE];
	bool		tenant_allow_new;
	char		name[IF_NAMESIZE];
};

struct ports {
	struct port	*at;
	int		n;
};

/* A port of a command: a switch and its port, or a device that is one. */
struct target {
	uint32_t	sw;		/* or 0, and */
	uint32_t	ifindex;
	uint16_t	number;
	char		about[64];
};

uint32_t switch_find(const char *name);
void port_parse(const struct nlmsghdr *nlh, struct port *port);
void ports_get(uint32_t sw, const char *about, struct ports *ports);
const struct port *ports_number(const struct ports *ports, uint16_t number);
/* By number or by name; ends the program if there is none. */
const struct port *ports_find(const struct ports *ports, const char *word, const char *sw);

/* Takes "SWITCH PORT" or "dev DEVICE". */
void target_take(struct words *w, struct target *t);
void target_put(struct nlmsghdr *nlh, const struct target *t);
void target_get(const struct target *t, struct port *port);

extern const char *const port_kinds[];
const char *port_flag_name(unsigned int bit);
#define PORT_FLAGS	6

/* key: where it is a member of a JSON object; ports: of its switch, if we know them. */
void port_print(const char *key, const struct port *port, const struct ports *ports);

#endif

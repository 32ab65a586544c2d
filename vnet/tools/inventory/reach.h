/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What follows from the facts of all functions together: which write through
 * their arguments, and which run only while the kernel starts.
 */
#ifndef INVENTORY_REACH_H
#define INVENTORY_REACH_H

#include "flow.h"

#define ARGUMENTS 6

struct reach {
	/* By function and argument: it, or what it calls, writes there. */
	bool (*writes)[ARGUMENTS];
	/* By function: it runs only at start, or on the way out. */
	bool *init;
};

int reach_find(struct reach *reach, const struct flow *flow,
	       const struct image *image);
void reach_free(struct reach *reach);

#endif

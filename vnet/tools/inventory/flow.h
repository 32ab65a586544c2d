/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the machine code does with objects: which function reads, writes, passes
 * on or keeps the address of which part of which object.
 *
 * Each function is followed once, in the order of its instructions, with what
 * the registers and the stack slots hold as far as it is the address of an
 * object or an argument.  A loop is seen once; what comes back from memory other
 * than the stack is not known.
 */
#ifndef INVENTORY_FLOW_H
#define INVENTORY_FLOW_H

#include "image.h"
#include "objects.h"

enum holds { NOTHING, OBJECT, ARGUMENT, FUNCTION };

/* An address: of an object, of a function, or what was got as argument; and an offset. */
struct value {
	enum holds holds;
	bool old;		/* left by a call: no argument of the next one */
	uint32_t which;		/* index of the object or function, or number of the argument */
	int64_t offset;
};

enum deed {
	READS, WRITES,
	PASSES,			/* to a function, as its argument number .argument */
	KEEPS,			/* puts the address into memory */
	RETURNS,
};

#define NO_FUNCTION UINT32_MAX	/* called by a pointer */

struct fact {
	struct value of;
	enum deed deed;
	uint8_t argument;
	uint32_t function, callee;	/* indices of image->functions */
};

/* That a function calls or jumps to another, or is named by code or data. */
struct call {
	uint32_t caller, callee;
};

struct flow {
	struct fact *facts;
	size_t nr_facts, room_facts;
	struct call *calls;
	size_t nr_calls, room_calls;
	bool *taken;		/* by function: its address is in use */
};

int flow_read(struct flow *flow, const struct image *image,
	      const struct objects *objects);
void flow_free(struct flow *flow);

#endif

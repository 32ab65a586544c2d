/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Configurations as text: carrying one out, and making one of what there is.
 */
#ifndef __VSWITCH_APPLY_H
#define __VSWITCH_APPLY_H

#include <linux/types.h>

struct net;

/* Switches that one text can be about. */
#define VSWITCH_APPLY_SWITCHES	64

/**
 * struct vswitch_apply_error - why a text was not carried out
 * @line: the line, from 1, or 0 if it is about no line
 * @column: the byte in that line, from 1
 * @msg: what is wrong, for people
 */
struct vswitch_apply_error {
	unsigned int	line;
	unsigned int	column;
	char		msg[192];
};

int vswitch_apply(struct net *net, const char *text, size_t size,
		  struct vswitch_apply_error *error);
int vswitch_show(struct net *net, char **text, size_t *size);

#endif

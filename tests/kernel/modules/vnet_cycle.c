// SPDX-License-Identifier: GPL-2.0
/*
 * Two modules that require each other, by ids that nobody else can have: the last
 * of the spare ones.
 */
#define FIRST_ID	(VNET_MOD_MAX - 1)
#define SECOND_ID	(VNET_MOD_MAX - 2)
#define FIRST_REQUIRES	VNET_REQUIRES(VNET_MOD_MAX - 2)
#define SECOND_REQUIRES	VNET_REQUIRES(VNET_MOD_MAX - 1)
#include "pair.h"

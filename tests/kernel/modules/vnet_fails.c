// SPDX-License-Identifier: GPL-2.0
/*
 * The constructor of the later one fails: in the other vnet, where there is an
 * instance for it.
 */
#define FIRST_ID	VNET_MOD_ANY
#define SECOND_ID	VNET_MOD_ANY
#define FIRST_REQUIRES	NULL
#define SECOND_REQUIRES	NULL
#define FAIL_AT		(IS_ENABLED(CONFIG_VNET) ? 4 : 2)
#include "pair.h"

// SPDX-License-Identifier: GPL-2.0
/* The second requires a module that is not there. */
#define FIRST_ID	VNET_MOD_ANY
#define SECOND_ID	VNET_MOD_ANY
#define FIRST_REQUIRES	NULL
#define SECOND_REQUIRES	VNET_REQUIRES(VNET_MOD_CORE, VNET_MOD_MAX - 1)
#include "pair.h"

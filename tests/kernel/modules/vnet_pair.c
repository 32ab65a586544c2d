// SPDX-License-Identifier: GPL-2.0
/* Two modules that are right: in the order of what they require. */
#define FIRST_ID	VNET_MOD_ANY
#define SECOND_ID	VNET_MOD_ANY
#define FIRST_REQUIRES	VNET_REQUIRES(VNET_MOD_CORE)
#define SECOND_REQUIRES	VNET_REQUIRES(VNET_MOD_CORE, VNET_MOD_FLOWLABEL)
#include "pair.h"

/* SPDX-License-Identifier: GPL-2.0 */
/* Generated from the module table (vnet/modules.tsv). */
#ifndef _NET_VNET_IDS_H
#define _NET_VNET_IDS_H

enum vnet_mod_id {
	VNET_MOD_CORE,
	VNET_MOD_FLOWLABEL,
	VNET_MOD_STATIC_COUNT
};

/* Slots left for modules that are not in the table: see VNET_MOD_ANY. */
#define VNET_MOD_SPARE	16
#define VNET_MOD_MAX	(VNET_MOD_STATIC_COUNT + VNET_MOD_SPARE)

#endif /* _NET_VNET_IDS_H */

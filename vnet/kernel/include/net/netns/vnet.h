/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The part of struct net that leads to the virtualised state of its vnet.
 */
#ifndef __NETNS_VNET_H__
#define __NETNS_VNET_H__

#include <linux/types.h>
#include <net/vnet/ids.h>

/**
 * struct netns_vnet - instances of the vnet modules in one namespace
 * @instance: by module id, the instance this namespace uses; the initial
 *	namespace's as long as the module has not gone per vnet
 * @own: by module id, whether @instance is storage of this namespace alone
 * @own_pcpu: by module id, whether that has per-CPU storage, too
 */
struct netns_vnet {
	void		*instance[VNET_MOD_MAX];
	DECLARE_BITMAP(own, VNET_MOD_MAX);
	DECLARE_BITMAP(own_pcpu, VNET_MOD_MAX);
};

#endif /* __NETNS_VNET_H__ */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Secrets of a vnet, made when they are first needed.
 */
#ifndef _NET_VNET_RANDOM_H
#define _NET_VNET_RANDOM_H

#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/net.h>
#include <linux/types.h>
#include <asm/barrier.h>

/*
 * vnet_random_once(&V_secret, size): give a secret its random value, unless it
 * has one.  The size is a multiple of four.
 *
 * net_get_random_once() notes that in a flag of the calling function and then
 * takes its own branch out of the code: there is one of each for all vnets.
 * Here the secret itself says it.  Storage of a vnet begins as zero, and the
 * first four bytes of a secret that has been made never are.  They are written
 * last, and read first, so whoever sees them sees the rest.
 *
 * Context: any.
 */
#ifdef CONFIG_VNET_GLOBALS
#define vnet_random_once(secret, size)	net_get_random_once(secret, size)
#else
void vnet_random_make(u32 *secret, size_t size);

static __always_inline void vnet_random_once(void *secret, size_t size)
{
	BUILD_BUG_ON(size % sizeof(u32));

	/* Pairs with vnet_random_make(). */
	if (unlikely(!smp_load_acquire((u32 *)secret)))
		vnet_random_make(secret, size);
}
#endif

#endif /* _NET_VNET_RANDOM_H */

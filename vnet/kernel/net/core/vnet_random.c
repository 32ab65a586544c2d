// SPDX-License-Identifier: GPL-2.0
/*
 * Secrets of a vnet: see include/net/vnet/random.h.
 */
#include <linux/export.h>
#include <linux/random.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <net/vnet/random.h>

/* Held for a secret's first moment only, so one does for all of them. */
static DEFINE_SPINLOCK(vnet_random_lock);

/**
 * vnet_random_make() - make a secret, unless somebody else just did
 * @secret: its first four bytes, which are zero as long as it is not made
 * @size: bytes, a multiple of four
 *
 * For vnet_random_once(), which looks first.
 *
 * Context: any; takes a spinlock with interrupts disabled.
 */
void vnet_random_make(u32 *secret, size_t size)
{
	unsigned long flags;
	u32 first;

	spin_lock_irqsave(&vnet_random_lock, flags);
	if (!*secret) {
		get_random_bytes(secret + 1, size - sizeof(*secret));
		do {
			first = get_random_u32();
		} while (!first);
		/* Pairs with vnet_random_once(). */
		smp_store_release(secret, first);
	}
	spin_unlock_irqrestore(&vnet_random_lock, flags);
}
EXPORT_SYMBOL_GPL(vnet_random_make);

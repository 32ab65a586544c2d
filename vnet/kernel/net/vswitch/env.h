/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the core of the virtual switch takes from its environment.
 *
 * The core (fdb*.c, allow.c, vlan.c, forward.c, config.c) decides; it knows no
 * sk_buff and no net_device.  It is compiled in the kernel and, from the same
 * files, in user space on liburcu: by its unit tests and fuzzers, and for
 * switches that run there.  It is written with the kernel's names, and the
 * env_user.h of whoever compiles it says what they are in user space.  No other
 * file of the core includes a system header or asks for __KERNEL__.
 */
#ifndef _VSWITCH_ENV_H
#define _VSWITCH_ENV_H

#ifdef __KERNEL__

#include <linux/bitmap.h>
#include <linux/bitops.h>
#include <linux/build_bug.h>
#include <linux/cache.h>
#include <linux/container_of.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/etherdevice.h>
#include <linux/if_vlan.h>
#include <linux/indirect_call_wrapper.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/mm.h>
#include <linux/random.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/types.h>
#include <linux/unaligned.h>

/**
 * vsw_trylock() - take a lock if nobody has it
 * @lock: the lock
 *
 * Without SMP nobody can have it where this is called, with BHs off; and sparse
 * sees spin_trylock() take it twice there.
 *
 * Context: BHs off.
 * Return: true if it is taken.
 */
static inline bool vsw_trylock(spinlock_t *lock)
{
	if (IS_ENABLED(CONFIG_SMP))
		return spin_trylock(lock);
	spin_lock(lock);
	return true;
}

#else

#include "env_user.h"

#endif

/**
 * vsw_test_bit() - test_bit() for what a frame asks
 * @n: the bit
 * @map: the bitmap
 *
 * On x86, test_bit() of a bit that is not constant is one instruction that
 * finds the word, too, and takes longer than to find it first.
 *
 * Context: any.
 * Return: true if it is set.
 */
static inline bool vsw_test_bit(unsigned int n, const unsigned long *map)
{
	return READ_ONCE(map[BIT_WORD(n)]) & BIT_MASK(n);
}

#endif /* _VSWITCH_ENV_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The environment of the virtual switch's core in user space: what the names
 * that it uses are there, on liburcu (Debian: liburcu-dev) and a C library.
 *
 * Each thread that reads registers itself with rcu_register_thread().  The
 * flavour of RCU is liburcu's default, or
 *
 *	VSW_USER_RCU_QSBR	quiescent states, for measuring: link with
 *				-lurcu-qsbr
 *	VSW_USER_RCU_LOCK	a rwlock that is no RCU but that ThreadSanitizer
 *				understands, for tests of the locking; see there
 *	VSW_USER_FAIL		vsw_user_fail() of the program says which
 *				allocations fail
 */
#ifndef _VSWITCH_ENV_USER_H
#define _VSWITCH_ENV_USER_H

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define _LGPL_SOURCE
#if defined(VSW_USER_RCU_LOCK)
#include "env_user_rcu.h"
#elif defined(VSW_USER_RCU_QSBR)
#include <urcu-qsbr.h>
#include <urcu-call-rcu.h>
#else
#include <urcu.h>
#include <urcu-call-rcu.h>
#endif

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;

#define U32_MAX			UINT32_MAX
#define ETH_ALEN		6

#undef likely
#undef unlikely
#define likely(x)		__builtin_expect(!!(x), 1)
#define unlikely(x)		__builtin_expect(!!(x), 0)
#define ARRAY_SIZE(a)		(sizeof(a) / sizeof((a)[0]))
#define ____cacheline_aligned	__attribute__((aligned(64)))
#define __printf(a, b)		__attribute__((format(printf, a, b)))
#define __rcu
#define __acquires(x)
#define __releases(x)

#undef container_of
#define container_of(ptr, type, member)					\
	((type *)((char *)(ptr) - offsetof(type, member)))

#define min(a, b)							\
({									\
	__typeof__(a) _a = (a);						\
	__typeof__(b) _b = (b);						\
									\
	_a < _b ? _a : _b;						\
})
#define max(a, b)							\
({									\
	__typeof__(a) _a = (a);						\
	__typeof__(b) _b = (b);						\
									\
	_a > _b ? _a : _b;						\
})
#define clamp(v, lo, hi)	min(max(v, lo), hi)
#define min_t(t, a, b)		min((t)(a), (t)(b))
#define max_t(t, a, b)		max((t)(a), (t)(b))

static inline int ilog2(unsigned long v)
{
	return (int)(sizeof(v) * CHAR_BIT) - 1 - __builtin_clzl(v);
}

/* Memory.  A power of two is its own alignment, as of kmalloc(). */
#define GFP_KERNEL		0
#define GFP_KERNEL_ACCOUNT	0
#define GFP_ATOMIC		0
#define __GFP_NOWARN		0

#ifdef VSW_USER_FAIL
bool vsw_user_fail(void);
#else
static inline bool vsw_user_fail(void)
{
	return false;
}
#endif

static inline void *vsw_user_alloc(size_t size)
{
	void *p;

	if (vsw_user_fail())
		return NULL;
	if (size < 4096 && !(size & (size - 1)) && size >= sizeof(void *)) {
		if (posix_memalign(&p, size, size))
			return NULL;
		memset(p, 0, size);
		return p;
	}
	return calloc(1, size);
}

#define kmalloc(size, gfp)	((void)(gfp), vsw_user_alloc(size))
#define kzalloc(size, gfp)	((void)(gfp), vsw_user_alloc(size))
#define kvzalloc(size, gfp)	((void)(gfp), vsw_user_alloc(size))
#define kcalloc(n, size, gfp)	((void)(gfp), vsw_user_alloc((n) * (size)))
#define kvcalloc(n, size, gfp)	((void)(gfp), vsw_user_alloc((n) * (size)))
#define kfree(p)		free(p)
#define kvfree(p)		free(p)
#define struct_size(p, member, n)					\
	(sizeof(*(p)) + sizeof((p)->member[0]) * (size_t)(n))

static inline void get_random_bytes(void *buf, size_t size)
{
#ifdef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
	memset(buf, 0x5a, size);
#else
	if (getrandom(buf, size, 0) != (ssize_t)size)
		abort();
#endif
}

/* Shared variables. */
#define READ_ONCE(x)		__atomic_load_n(&(x), __ATOMIC_RELAXED)
#define WRITE_ONCE(x, v)	__atomic_store_n(&(x), v, __ATOMIC_RELAXED)
#define smp_load_acquire(p)	__atomic_load_n(p, __ATOMIC_ACQUIRE)
#define smp_store_release(p, v)	__atomic_store_n(p, v, __ATOMIC_RELEASE)

/* RCU: liburcu's own of these names, but for what it does not have. */
#undef rcu_dereference
#undef rcu_assign_pointer
#define rcu_dereference(p)	__atomic_load_n(&(p), __ATOMIC_CONSUME)
#define rcu_dereference_check(p, c)	rcu_dereference(p)
#define rcu_dereference_protected(p, c)	READ_ONCE(p)
#define rcu_access_pointer(p)	READ_ONCE(p)
#define rcu_assign_pointer(p, v)	smp_store_release(&(p), v)
#define RCU_INIT_POINTER(p, v)	WRITE_ONCE(p, v)
#define rcu_replace_pointer(p, v, c)					\
({									\
	__typeof__(p) _old = READ_ONCE(p);				\
									\
	rcu_assign_pointer(p, v);					\
	_old;								\
})

static inline void vsw_user_free_rcu(struct rcu_head *head)
{
	free(head);
}

/* The rcu_head is the first member of everything that is freed so. */
#define kfree_rcu(p, member)						\
do {									\
	static_assert(offsetof(__typeof__(*(p)), member) == 0,		\
		      "the rcu_head is not the first member");		\
	call_rcu(&(p)->member, vsw_user_free_rcu);			\
} while (0)

/* Locks. */
typedef pthread_mutex_t spinlock_t;

#define spin_lock_init(l)	pthread_mutex_init(l, NULL)
#define vsw_trylock(l)		(!pthread_mutex_trylock(l))
#define spin_unlock(l)		pthread_mutex_unlock(l)
#define spin_lock_bh(l)		pthread_mutex_lock(l)
#define spin_unlock_bh(l)	pthread_mutex_unlock(l)
#define lockdep_assert_held(l)	((void)(l))
#define lockdep_is_held(l)	((void)(l), true)
#define cond_resched()		((void)0)

#define INDIRECT_CALL_1(f, f1, ...)					\
	(likely((f) == (f1)) ? (f1)(__VA_ARGS__) : (f)(__VA_ARGS__))

/* Bytes. */
static inline u16 get_unaligned_le16(const void *p)
{
	const u8 *b = p;

	return b[0] | b[1] << 8;
}

static inline u32 get_unaligned_le32(const void *p)
{
	const u8 *b = p;

	return b[0] | b[1] << 8 | b[2] << 16 | (u32)b[3] << 24;
}

static inline void put_unaligned_le16(u16 v, void *p)
{
	u8 *b = p;

	b[0] = v;
	b[1] = v >> 8;
}

static inline void put_unaligned_le32(u32 v, void *p)
{
	put_unaligned_le16(v, p);
	put_unaligned_le16(v >> 16, (u8 *)p + 2);
}

static inline ssize_t strscpy(char *to, const char *from, size_t size)
{
	size_t n = strnlen(from, size);

	if (n == size) {
		memcpy(to, from, size - 1);
		to[size - 1] = 0;
		return -E2BIG;
	}
	memcpy(to, from, n + 1);
	return n;
}

/* Bits. */
#define BIT(n)			(1UL << (n))
#define BIT_ULL(n)		(1ULL << (n))
#define BITS_PER_LONG		((int)(sizeof(long) * CHAR_BIT))
#define BITS_TO_LONGS(n)	(((n) + BITS_PER_LONG - 1) / BITS_PER_LONG)
#define BIT_MASK(n)		(1UL << ((n) % BITS_PER_LONG))
#define BIT_WORD(n)		((n) / BITS_PER_LONG)
#define DECLARE_BITMAP(name, n)	unsigned long name[BITS_TO_LONGS(n)]

static inline bool test_bit(unsigned int n, const unsigned long *map)
{
	return READ_ONCE(map[BIT_WORD(n)]) & BIT_MASK(n);
}

static inline void set_bit(unsigned int n, unsigned long *map)
{
	__atomic_fetch_or(&map[BIT_WORD(n)], BIT_MASK(n), __ATOMIC_RELAXED);
}

static inline void clear_bit(unsigned int n, unsigned long *map)
{
	__atomic_fetch_and(&map[BIT_WORD(n)], ~BIT_MASK(n), __ATOMIC_RELAXED);
}

static inline void __set_bit(unsigned int n, unsigned long *map)
{
	map[BIT_WORD(n)] |= BIT_MASK(n);
}

static inline void __clear_bit(unsigned int n, unsigned long *map)
{
	map[BIT_WORD(n)] &= ~BIT_MASK(n);
}

static inline void assign_bit(unsigned int n, unsigned long *map, bool value)
{
	if (value)
		set_bit(n, map);
	else
		clear_bit(n, map);
}

static inline void __assign_bit(unsigned int n, unsigned long *map, bool value)
{
	if (value)
		__set_bit(n, map);
	else
		__clear_bit(n, map);
}

/* As of the kernel for constant sizes that are multiples of a long. */
static inline void bitmap_zero(unsigned long *to, unsigned int n)
{
	memset(to, 0, BITS_TO_LONGS(n) * sizeof(long));
}

static inline void bitmap_fill(unsigned long *to, unsigned int n)
{
	memset(to, 0xff, BITS_TO_LONGS(n) * sizeof(long));
}

static inline void bitmap_copy(unsigned long *to, const unsigned long *from,
			       unsigned int n)
{
	memcpy(to, from, BITS_TO_LONGS(n) * sizeof(long));
}

static inline bool bitmap_and(unsigned long *to, const unsigned long *a,
			      const unsigned long *b, unsigned int n)
{
	unsigned long any = 0;
	int i;

	for (i = 0; i < (int)BITS_TO_LONGS(n); i++)
		any |= to[i] = a[i] & b[i];
	return any;
}

static inline bool bitmap_full(const unsigned long *map, unsigned int n)
{
	int i;

	for (i = 0; i < (int)BITS_TO_LONGS(n); i++)
		if (map[i] != ~0UL)
			return false;
	return true;
}

static inline bool bitmap_empty(const unsigned long *map, unsigned int n)
{
	int i;

	for (i = 0; i < (int)BITS_TO_LONGS(n); i++)
		if (map[i])
			return false;
	return true;
}

static inline bool bitmap_equal(const unsigned long *a, const unsigned long *b,
				unsigned int n)
{
	return !memcmp(a, b, BITS_TO_LONGS(n) * sizeof(long));
}

static inline unsigned int bitmap_weight(const unsigned long *map,
					 unsigned int n)
{
	unsigned int weight = 0;
	int i;

	for (i = 0; i < (int)BITS_TO_LONGS(n); i++)
		weight += __builtin_popcountl(map[i]);
	return weight;
}

static inline void bitmap_set(unsigned long *map, unsigned int start,
			      unsigned int n)
{
	while (n--)
		__set_bit(start++, map);
}

static inline unsigned int vsw_user_next_bit(const unsigned long *map,
					     unsigned int n, unsigned int start,
					     bool value)
{
	while (start < n && test_bit(start, map) != value)
		start++;
	return start;
}

#define find_next_bit(map, n, start)	vsw_user_next_bit(map, n, start, true)
#define find_next_zero_bit(map, n, start)				\
	vsw_user_next_bit(map, n, start, false)

#endif /* _VSWITCH_ENV_USER_H */

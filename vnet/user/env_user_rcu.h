/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A stand-in for RCU that ThreadSanitizer understands.
 *
 * liburcu orders memory with instructions that ThreadSanitizer cannot see, and
 * would be reported for each thing it frees.  Here a reader holds a rwlock, and
 * whoever waits for readers takes it for writing: all that is left to report is
 * the core's own.  A test that uses this finds missing READ_ONCE(), missing
 * barriers and missing locks, but no use after free, since writers wait for
 * readers much longer than they need: that is for AddressSanitizer on liburcu.
 */
#ifndef _VSWITCH_ENV_USER_RCU_H
#define _VSWITCH_ENV_USER_RCU_H

#include <pthread.h>

struct rcu_head {
	struct rcu_head *next;
	void (*func)(struct rcu_head *head);
};

/* Who waits for readers must not wait for ever.  Readers do not nest. */
__attribute__((weak)) pthread_rwlock_t vsw_user_rcu =
	PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;
__attribute__((weak)) struct rcu_head *vsw_user_rcu_todo;

static inline void rcu_read_lock(void)
{
	pthread_rwlock_rdlock(&vsw_user_rcu);
}

static inline void rcu_read_unlock(void)
{
	pthread_rwlock_unlock(&vsw_user_rcu);
}

static inline void synchronize_rcu(void)
{
	pthread_rwlock_wrlock(&vsw_user_rcu);
	pthread_rwlock_unlock(&vsw_user_rcu);
}

/* May be called by a reader, which cannot wait for readers. */
static inline void call_rcu(struct rcu_head *head,
			    void (*func)(struct rcu_head *head))
{
	head->func = func;
	head->next = __atomic_load_n(&vsw_user_rcu_todo, __ATOMIC_RELAXED);
	while (!__atomic_compare_exchange_n(&vsw_user_rcu_todo, &head->next,
					    head, false, __ATOMIC_ACQ_REL,
					    __ATOMIC_RELAXED))
		;
}

/* Runs what call_rcu() was given; here nobody else does. */
static inline void rcu_barrier(void)
{
	struct rcu_head *head, *next;

	head = __atomic_exchange_n(&vsw_user_rcu_todo, NULL, __ATOMIC_ACQ_REL);
	synchronize_rcu();
	for (; head; head = next) {
		next = head->next;
		head->func(head);
	}
}

static inline void rcu_register_thread(void)
{
}

static inline void rcu_unregister_thread(void)
{
}

#endif /* _VSWITCH_ENV_USER_RCU_H */

// SPDX-License-Identifier: GPL-2.0
/*
 * Entries of a forwarding database in an array, for small switches.
 *
 * A lookup compares keys from the first to the last; those of a very small
 * switch, and the pointers to its entries, are in one cache line or two.  An
 * entry stays at its place as long as it lives, so no reader can miss it; a
 * place that becomes free is marked by the key 0 and used again.
 */
#include "fdb.h"

#define VSW_LINEAR_MAX		256

/**
 * struct vsw_place - a place of the array
 * @key: the key of the entry, 0 for a place that is free
 * @entry: the entry
 */
struct vsw_place {
	u64				key;
	struct vsw_fdb_entry __rcu	*entry;
};

/**
 * struct vsw_linear - the array
 * @used: places from the first to the last that is used
 * @place: the places
 */
struct vsw_linear {
	u32			used;
	struct vsw_place	place[VSW_LINEAR_MAX];
};

/* The array, for one who holds the lock. */
static struct vsw_linear *vsw_linear(const struct vsw_fdb *fdb)
{
	return rcu_dereference_protected(fdb->table,
					 lockdep_is_held(&fdb->lock));
}

/**
 * vsw_fdb_linear_find() - find of struct vsw_fdb_ops
 * @fdb: the table
 * @key: address and VLAN
 *
 * Context: RCU, or the lock.
 * Return: the entry, or NULL.
 */
struct vsw_fdb_entry *vsw_fdb_linear_find(const struct vsw_fdb *fdb, u64 key)
{
	const struct vsw_linear *l;
	struct vsw_fdb_entry *e;
	u32 i, n;

	l = rcu_dereference_check(fdb->table, lockdep_is_held(&fdb->lock));
	n = READ_ONCE(l->used);
	for (i = 0; i < n; i++) {
		if (likely(READ_ONCE(l->place[i].key) != key))
			continue;
		/*
		 * What is at this place may be in the middle of a change, and
		 * on a machine of 32 bits the key may be half of one and half
		 * of another.  The entry's own key is never changed.
		 */
		e = rcu_dereference_check(l->place[i].entry,
					  lockdep_is_held(&fdb->lock));
		if (e && e->key == key)
			return e;
	}
	return NULL;
}

static void vsw_linear_insert(struct vsw_fdb *fdb, struct vsw_fdb_entry *e)
{
	struct vsw_linear *l = vsw_linear(fdb);
	u32 i;

	/* There is a place: fdb.c keeps to the limit. */
	for (i = 0; i < l->used && l->place[i].key; i++)
		;
	e->hash = i;
	rcu_assign_pointer(l->place[i].entry, e);
	WRITE_ONCE(l->place[i].key, e->key);
	if (i == l->used)
		WRITE_ONCE(l->used, i + 1);
}

static void vsw_linear_remove(struct vsw_fdb *fdb, struct vsw_fdb_entry *e)
{
	struct vsw_linear *l = vsw_linear(fdb);
	u32 used = l->used;

	WRITE_ONCE(l->place[e->hash].key, 0);
	RCU_INIT_POINTER(l->place[e->hash].entry, NULL);
	while (used && !l->place[used - 1].key)
		used--;
	WRITE_ONCE(l->used, used);
}

static bool vsw_linear_walk(struct vsw_fdb *fdb, struct vsw_fdb_cursor *cursor,
			    unsigned int budget, vsw_fdb_visit_t visit,
			    void *arg)
{
	const struct vsw_linear *l;
	struct vsw_fdb_entry *e;

	l = rcu_dereference_check(fdb->table, lockdep_is_held(&fdb->lock));
	for (; cursor->pos < READ_ONCE(l->used); cursor->pos++) {
		if (!budget)
			return false;
		budget--;
		e = rcu_dereference_check(l->place[cursor->pos].entry,
					  lockdep_is_held(&fdb->lock));
		if (e && !visit(fdb, e, arg))
			return false;
	}
	return true;
}

static int vsw_linear_init(struct vsw_fdb *fdb)
{
	struct vsw_linear *l = kvzalloc(sizeof(*l), GFP_KERNEL_ACCOUNT);

	if (!l)
		return -ENOMEM;
	RCU_INIT_POINTER(fdb->table, l);
	return 0;
}

static void vsw_linear_destroy(struct vsw_fdb *fdb)
{
	struct vsw_linear *l = rcu_dereference_protected(fdb->table, 1);
	u32 i;

	for (i = 0; i < l->used; i++)
		kfree(rcu_dereference_protected(l->place[i].entry, 1));
	kvfree(l);
	RCU_INIT_POINTER(fdb->table, NULL);
}

const struct vsw_fdb_ops vsw_fdb_linear_ops = {
	.name		= "linear",
	.limit		= VSW_LINEAR_MAX,
	.limit_max	= VSW_LINEAR_MAX,
	.ports		= 64,
	.init		= vsw_linear_init,
	.destroy	= vsw_linear_destroy,
	.find		= vsw_fdb_linear_find,
	.insert		= vsw_linear_insert,
	.remove		= vsw_linear_remove,
	.walk		= vsw_linear_walk,
};

// SPDX-License-Identifier: GPL-2.0
/*
 * Entries of a forwarding database in a hash table that grows and shrinks.
 *
 * Resizing must not hold up frames, so it is done in process context by
 * vsw_hash_maintain(), in pieces, beside the table that is in use: an entry has
 * a link for each of the two.  While the new table is filled, bucket by bucket,
 * writers keep it up to date as far as it has come, and readers do not know of
 * it.  When it is complete, it takes the other one's place in one store.  The
 * old one is freed after a grace period, and only then may a third one be
 * begun, which uses the links of the first one.
 *
 * The bucket is given by the first bits of an entry's hash, and a bucket is in
 * the order of hash and key.  So a walk from one bucket to the next is in that
 * order, whatever size the table has, and it can go on after an entry in
 * another table than it began in.
 *
 * The hash function is multiply-shift with secret factors [1], whose collisions
 * nobody can arrange who does not see them: two keys collide in a table of n
 * buckets with a probability of 2/n at most.
 *
 * [1] M. Dietzfelbinger, "Universal hashing and k-wise independent random
 *     variables via integer arithmetic without primes", STACS 1996.
 */
#include "fdb.h"

/* A table that nobody could resize in time has chains of 16, not more. */
#define VSW_HASH_SPARE_BITS	4
#define VSW_HASH_MIN_BITS	4
/* Buckets that are done with the lock held, and in one call. */
#define VSW_HASH_BATCH		64
#define VSW_HASH_PIECE		4096

/* The table, for one who holds the lock. */
static struct vsw_hash *vsw_hash_table(const struct vsw_fdb *fdb)
{
	return rcu_dereference_protected(fdb->table,
					 lockdep_is_held(&fdb->lock));
}

static bool vsw_hash_before(const struct vsw_fdb_entry *e, u32 hash, u64 key)
{
	return e->hash < hash || (e->hash == hash && e->key < key);
}

/* Where the pointer to an entry is, or would be. */
static struct vsw_fdb_entry __rcu **vsw_hash_place(const struct vsw_fdb *fdb,
						   struct vsw_hash *h,
						   u32 hash, u64 key)
{
	struct vsw_fdb_entry __rcu **at = &h->bucket[vsw_hash_bucket(h, hash)];
	struct vsw_fdb_entry *e;

	for (;;) {
		e = rcu_dereference_protected(*at, lockdep_is_held(&fdb->lock));
		if (!e || !vsw_hash_before(e, hash, key))
			return at;
		at = &e->next[h->link];
	}
}

static void vsw_hash_link(const struct vsw_fdb *fdb, struct vsw_hash *h,
			  struct vsw_fdb_entry *e)
{
	struct vsw_fdb_entry __rcu **at;

	at = vsw_hash_place(fdb, h, e->hash, e->key);
	RCU_INIT_POINTER(e->next[h->link],
			 rcu_dereference_protected(*at, lockdep_is_held(&fdb->lock)));
	rcu_assign_pointer(*at, e);
}

/* Readers that have come to the entry go on from it, so its link stays. */
static void vsw_hash_unlink(const struct vsw_fdb *fdb, struct vsw_hash *h,
			    struct vsw_fdb_entry *e)
{
	struct vsw_fdb_entry __rcu **at;

	at = vsw_hash_place(fdb, h, e->hash, e->key);
	rcu_assign_pointer(*at,
			   rcu_dereference_protected(e->next[h->link],
						     lockdep_is_held(&fdb->lock)));
}

static void vsw_hash_insert(struct vsw_fdb *fdb, struct vsw_fdb_entry *e)
{
	struct vsw_hash *h = vsw_hash_table(fdb);

	e->hash = vsw_hash_of(fdb, e->key);
	/* First where nobody looks yet. */
	if (h->next && vsw_hash_bucket(h, e->hash) < h->done)
		vsw_hash_link(fdb, h->next, e);
	vsw_hash_link(fdb, h, e);
}

static void vsw_hash_remove(struct vsw_fdb *fdb, struct vsw_fdb_entry *e)
{
	struct vsw_hash *h = vsw_hash_table(fdb);

	vsw_hash_unlink(fdb, h, e);
	if (h->next && vsw_hash_bucket(h, e->hash) < h->done)
		vsw_hash_unlink(fdb, h->next, e);
}

static bool vsw_hash_walk(struct vsw_fdb *fdb, struct vsw_fdb_cursor *cursor,
			  unsigned int budget, vsw_fdb_visit_t visit, void *arg)
{
	struct vsw_fdb_entry *e, *next;
	const struct vsw_hash *h;
	u64 bucket;

	/* The cursor is the last hash and key visited, or a bucket's first. */
	h = rcu_dereference_check(fdb->table, lockdep_is_held(&fdb->lock));
	for (bucket = cursor->pos >> (32 - h->bits); bucket < 1ULL << h->bits;
	     bucket++) {
		for (e = rcu_dereference_check(h->bucket[bucket],
					       lockdep_is_held(&fdb->lock));
		     e; e = next) {
			next = rcu_dereference_check(e->next[h->link],
						     lockdep_is_held(&fdb->lock));
			if (vsw_hash_before(e, cursor->pos, cursor->key) ||
			    (e->hash == cursor->pos && e->key == cursor->key))
				continue;
			if (!budget)
				return false;
			budget--;
			/* @visit may free the entry. */
			cursor->pos = e->hash;
			cursor->key = e->key;
			if (!visit(fdb, e, arg)) {
				cursor->key--;
				return false;
			}
		}
		cursor->pos = (bucket + 1) << (32 - h->bits);
		cursor->key = 0;
		if (!budget)
			return false;
		budget--;
	}
	return true;
}

/*
 * The size that a table should have, in bits; its own if that will do.  There are
 * two buckets for an entry or more: a lookup that has to go on to a second entry
 * waits for another cache line, and for a branch that is not as predicted.
 */
static u32 vsw_hash_wanted(const struct vsw_fdb *fdb, const struct vsw_hash *h)
{
	u32 entries = READ_ONCE(fdb->entries);
	u64 buckets = 1ULL << h->bits;

	if (entries > buckets / 2 ||
	    (entries < buckets / 16 && h->bits > h->min_bits))
		return max(h->min_bits, (u32)ilog2(entries | 1) + 2);
	return h->bits;
}

static bool vsw_hash_wants_work(const struct vsw_fdb *fdb)
{
	const struct vsw_hash *h = vsw_hash_table(fdb);

	return !h->next && vsw_hash_wanted(fdb, h) != h->bits;
}

static struct vsw_hash *vsw_hash_alloc(u32 bits, u32 min_bits, u32 link)
{
	struct vsw_hash *h;

	h = kvzalloc(struct_size(h, bucket, 1UL << bits),
		     GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	if (!h)
		return NULL;
	h->bits = bits;
	h->min_bits = min_bits;
	h->link = link;
	return h;
}

static void vsw_hash_copy_bucket(const struct vsw_fdb *fdb, struct vsw_hash *h)
{
	struct vsw_fdb_entry *e;

	for (e = rcu_dereference_protected(h->bucket[h->done],
					   lockdep_is_held(&fdb->lock));
	     e;
	     e = rcu_dereference_protected(e->next[h->link],
					   lockdep_is_held(&fdb->lock)))
		vsw_hash_link(fdb, h->next, e);
	h->done++;
}

static bool vsw_hash_maintain(struct vsw_fdb *fdb)
{
	unsigned int todo = VSW_HASH_PIECE;
	struct vsw_hash *h, *next;
	unsigned int i;
	u32 bits;

	/* Only this function replaces the table, and it runs once at a time. */
	h = rcu_dereference_protected(fdb->table, 1);
	if (!h->next) {
		bits = vsw_hash_wanted(fdb, h);
		if (bits == h->bits)
			return false;
		next = vsw_hash_alloc(bits, h->min_bits, !h->link);
		if (!next)
			return false;
		spin_lock_bh(&fdb->lock);
		h->next = next;
		h->done = 0;
		spin_unlock_bh(&fdb->lock);
	}

	for (; todo && h->done < 1U << h->bits; todo -= VSW_HASH_BATCH) {
		spin_lock_bh(&fdb->lock);
		for (i = 0; i < VSW_HASH_BATCH && h->done < 1U << h->bits; i++)
			vsw_hash_copy_bucket(fdb, h);
		spin_unlock_bh(&fdb->lock);
		cond_resched();
	}
	if (h->done < 1U << h->bits)
		return true;

	spin_lock_bh(&fdb->lock);
	rcu_assign_pointer(fdb->table, h->next);
	spin_unlock_bh(&fdb->lock);
	synchronize_rcu();
	kvfree(h);
	h = rcu_dereference_protected(fdb->table, 1);
	return vsw_hash_wanted(fdb, h) != h->bits;
}

static int vsw_hash_init(struct vsw_fdb *fdb)
{
	struct vsw_hash *h;
	u32 bits;

	bits = ilog2(fdb->limit);
	bits = max_t(u32, bits, VSW_HASH_SPARE_BITS + VSW_HASH_MIN_BITS) -
	       VSW_HASH_SPARE_BITS;
	h = vsw_hash_alloc(bits, bits, 0);
	if (!h)
		return -ENOMEM;
	RCU_INIT_POINTER(fdb->table, h);
	return 0;
}

static void vsw_hash_destroy(struct vsw_fdb *fdb)
{
	struct vsw_hash *h = rcu_dereference_protected(fdb->table, 1);
	struct vsw_fdb_entry *e, *next;
	u32 bucket;

	for (bucket = 0; bucket < 1U << h->bits; bucket++) {
		for (e = rcu_dereference_protected(h->bucket[bucket], 1); e;
		     e = next) {
			next = rcu_dereference_protected(e->next[h->link], 1);
			kfree(e);
		}
	}
	kvfree(h->next);
	kvfree(h);
	RCU_INIT_POINTER(fdb->table, NULL);
}

const struct vsw_fdb_ops vsw_fdb_hash_ops = {
	.name		= "hash",
	.limit		= 16384,
	.limit_max	= VSW_FDB_LIMIT_MAX,
	.ports		= VSW_MAX_PORTS,
	.init		= vsw_hash_init,
	.destroy	= vsw_hash_destroy,
	.insert		= vsw_hash_insert,
	.remove		= vsw_hash_remove,
	.walk		= vsw_hash_walk,
	.wants_work	= vsw_hash_wants_work,
	.maintain	= vsw_hash_maintain,
};

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The forwarding database of a switch: which address is behind which port.
 *
 * fdb.c owns the rules: limits, ageing, moves, static and sticky entries, and
 * the lock of all writers.  A structure that stores entries (fdb_hash.c,
 * fdb_linear.c) knows none of them; it is one file with a struct vsw_fdb_ops.
 *
 * Readers run under RCU and take no lock.  A frame from an address that is
 * known where it is writes nothing, but for the entry's time stamp once per
 * granule, a 64th of the ageing time.
 */
#ifndef _VSWITCH_FDB_H
#define _VSWITCH_FDB_H

#include "env.h"

/* Ports of a switch.  Port 0 is the switch itself. */
#define VSW_MAX_PORTS		1024
#define VSW_PORT_LOCAL		0

/* VLANs are 1 to 4094; 0 is the one VLAN of a switch that knows none. */
#define VSW_VID_NONE		0
#define VSW_VID_MAX		4094

#define VSW_FDB_LIMIT_MAX	BIT(20)

/*
 * An address and its VLAN in one word: byte i of the address in bits 8i to
 * 8i + 7, the VLAN above them.  The word is 0 for no valid entry.
 */
#define VSW_KEY_VID_SHIFT	48
#define VSW_KEY_ADDR_MASK	((1ULL << VSW_KEY_VID_SHIFT) - 1)
#define VSW_KEY_GROUP		BIT_ULL(0)	/* the group bit of the first byte */

/**
 * vsw_key() - the key of an address in a VLAN
 * @addr: six bytes, of any alignment
 * @vid: the VLAN, or VSW_VID_NONE
 *
 * Context: any.
 * Return: the key.
 */
static inline u64 vsw_key(const u8 *addr, u16 vid)
{
	return get_unaligned_le32(addr) |
	       (u64)get_unaligned_le16(addr + 4) << 32 |
	       (u64)vid << VSW_KEY_VID_SHIFT;
}

/**
 * vsw_key_vid() - the VLAN of a key
 * @key: the key
 *
 * Context: any.
 * Return: the VLAN.
 */
static inline u16 vsw_key_vid(u64 key)
{
	return key >> VSW_KEY_VID_SHIFT;
}

/**
 * vsw_key_addr() - the address of a key
 * @key: the key
 * @addr: where its six bytes go
 *
 * Context: any.
 */
static inline void vsw_key_addr(u64 key, u8 *addr)
{
	put_unaligned_le32(key, addr);
	put_unaligned_le16(key >> 32, addr + 4);
}

/**
 * vsw_key_unicast() - whether a key can be an entry
 * @key: the key
 *
 * Context: any.
 * Return: true if the address is that of one station: no group address and not
 *	   all zeroes.
 */
static inline bool vsw_key_unicast(u64 key)
{
	return !(key & VSW_KEY_GROUP) && (key & VSW_KEY_ADDR_MASK);
}

/* Flags of an entry. */
#define VSW_FDB_STATIC		BIT(0)	/* does not age */
#define VSW_FDB_STICKY		BIT(1)	/* does not move to another port */
#define VSW_FDB_LOCAL		BIT(2)	/* of the switch's own; is not learned */
#define VSW_FDB_ENTRY_FLAGS	(VSW_FDB_STATIC | VSW_FDB_STICKY | \
				 VSW_FDB_LOCAL)

/**
 * struct vsw_fdb_entry - an address behind a port
 * @rcu: frees it after the last reader; first, for env_user.h
 * @key: address and VLAN, never changed
 * @next: links of fdb_hash.c, one for each of two tables
 * @stamp: when a frame last came from it, to a granule
 * @hash: of fdb_hash.c; the slot in fdb_linear.c
 * @port: the number of the port that it is behind
 * @flags: VSW_FDB_STATIC, ...
 *
 * One cache line, and all of it that a frame needs in that line.  Readers take
 * @stamp, @port and @flags by READ_ONCE(); they are written by WRITE_ONCE()
 * with the lock of the table held, except @stamp, which any reader may write.
 */
struct vsw_fdb_entry {
	struct rcu_head			rcu;
	u64				key;
	struct vsw_fdb_entry __rcu	*next[2];
	unsigned long			stamp;
	u32				hash;
	u16				port;
	u16				flags;
};

/**
 * struct vsw_fdb_port - what the table keeps for a port
 * @no: the port's number; set by vsw_fdb_port_join()
 * @leaving: nothing is learned on it any more
 * @sticky: what is learned on it is VSW_FDB_STICKY
 * @limit: entries that it may have, U32_MAX for no limit of its own
 * @entries: entries that it has
 *
 * @no is constant while the port is joined.  @entries and @leaving are written
 * with the lock of the table held; all are read without.
 */
struct vsw_fdb_port {
	u16	no;
	bool	leaving;
	bool	sticky;
	u32	limit;
	u32	entries;
};

/**
 * enum vsw_learn - what became of a source address
 * @VSW_LEARN_KNOWN: it was known, at this port
 * @VSW_LEARN_OFF: this port does not learn
 * @VSW_LEARN_NEW: it is a new entry
 * @VSW_LEARN_MOVED: it was behind another port
 * @VSW_LEARN_PORT_FULL: refused: the port has as many as it may have
 * @VSW_LEARN_SWITCH_FULL: refused: the port has its share and the rest of the
 *			   table is used
 * @VSW_LEARN_STICKY: refused: it is behind another port and may not move
 * @VSW_LEARN_HELD: refused: a frame came from it at another port just now
 * @VSW_LEARN_BUSY: refused: another CPU writes the table; a later frame learns
 * @VSW_LEARN_NOMEM: refused: no memory
 * @VSW_LEARN_GONE: refused: the port is leaving
 * @VSW_LEARN_MAX: how many there are
 *
 * Whatever is refused is no reason to drop the frame: frames to an address that
 * is not in the table flood.
 */
enum vsw_learn {
	VSW_LEARN_KNOWN,
	VSW_LEARN_OFF,
	VSW_LEARN_NEW,
	VSW_LEARN_MOVED,
	VSW_LEARN_PORT_FULL,
	VSW_LEARN_SWITCH_FULL,
	VSW_LEARN_STICKY,
	VSW_LEARN_HELD,
	VSW_LEARN_BUSY,
	VSW_LEARN_NOMEM,
	VSW_LEARN_GONE,
	VSW_LEARN_MAX,
};

/**
 * struct vsw_fdb_info - an entry as others see it
 * @addr: the address
 * @vid: its VLAN
 * @port: the port that it is behind
 * @flags: VSW_FDB_STATIC, ...
 * @stamp: when a frame last came from it, to a granule
 */
struct vsw_fdb_info {
	u8		addr[ETH_ALEN];
	u16		vid;
	u16		port;
	u16		flags;
	unsigned long	stamp;
};

/**
 * enum vsw_fdb_event - what happened to an entry
 * @VSW_FDB_ADDED: it was learned, or added by hand
 * @VSW_FDB_MOVED: it went to another port
 * @VSW_FDB_CHANGED: its flags changed, by hand
 * @VSW_FDB_AGED: it was not seen for the ageing time, and is removed
 * @VSW_FDB_REMOVED: it was removed by hand, by a flush, or with its port
 */
enum vsw_fdb_event {
	VSW_FDB_ADDED,
	VSW_FDB_MOVED,
	VSW_FDB_CHANGED,
	VSW_FDB_AGED,
	VSW_FDB_REMOVED,
};

struct vsw_fdb;

/**
 * struct vsw_fdb_client - what the owner of a table wants to know
 * @event: an entry is new, changed or removed; @from is the port that it was
 *	   behind before, different from info->port for VSW_FDB_MOVED only
 * @kick: vsw_fdb_housekeep() is wanted as soon as it can be
 *
 * Each may be NULL.  Both are called with BHs off and the lock of the table
 * held: they must not sleep, and must not call back but for vsw_fdb_lookup().
 */
struct vsw_fdb_client {
	void	(*event)(struct vsw_fdb *fdb, enum vsw_fdb_event event,
			 const struct vsw_fdb_info *info, u16 from);
	void	(*kick)(struct vsw_fdb *fdb);
};

/**
 * enum vsw_fdb_type - which structure stores the entries
 * @VSW_FDB_HASH: a hash table that grows and shrinks
 * @VSW_FDB_LINEAR: an array that is searched from its beginning
 * @VSW_FDB_TYPES: how many there are
 */
enum vsw_fdb_type {
	VSW_FDB_HASH,
	VSW_FDB_LINEAR,
	VSW_FDB_TYPES,
};

/**
 * struct vsw_fdb_params - what a table is made with
 * @type: the structure
 * @limit: entries in all, up to VSW_FDB_LIMIT_MAX; 0 for the default of the
 *	   structure
 * @ports: ports that may join, the local one included, numbered from 0; 0 for
 *	   the default of the structure, which is also the most that it has
 * @ageing: ticks without a frame after which an entry is no more valid; 0 for
 *	    entries that do not age
 * @hold: ticks after its last frame in which an entry does not move; 0 for
 *	  entries that move at once
 *
 * Half of @limit, or one entry for each of @ports if that is more, is divided
 * among the ports: so many entries, its share, a port can always have, whatever
 * others do.  So @limit must not be less than @ports.
 */
struct vsw_fdb_params {
	enum vsw_fdb_type	type;
	u32			limit;
	u32			ports;
	unsigned long		ageing;
	unsigned long		hold;
};

/**
 * struct vsw_fdb_cursor - how far a walk over a table has come
 * @pos: of the structure
 * @key: of the structure
 *
 * All zeroes at the beginning.  It stays good while the table changes: a walk
 * meets exactly once each entry that is in the table all the time from its
 * beginning to its end.
 */
struct vsw_fdb_cursor {
	u64	pos;
	u64	key;
};

/**
 * typedef vsw_fdb_visit_t - called by a walk for an entry
 * @fdb: the table
 * @e: the entry
 * @arg: the caller's
 *
 * Return: false to stop before this entry: it is the first of the next call.
 */
typedef bool (*vsw_fdb_visit_t)(struct vsw_fdb *fdb, struct vsw_fdb_entry *e,
				void *arg);

/**
 * struct vsw_fdb_ops - a structure that stores entries
 * @name: its name in configurations
 * @limit: default of struct vsw_fdb_params
 * @limit_max: the largest limit that it can have
 * @ports: default and maximum of struct vsw_fdb_params
 * @init: makes fdb->table, for fdb->limit entries.  Process context.
 * @destroy: frees fdb->table and its entries.  Process context, no readers.
 * @find: the entry of a key, or NULL.  RCU.  Not asked of the hash table, whose
 *	  vsw_hash_find() is compiled into vsw_fdb_find().
 * @insert: stores an entry whose key is not in the table.  Lock held.
 *	    Never fails, since fdb.c keeps to the limit.
 * @remove: takes out an entry, which readers may still see.  Lock held.
 * @walk: calls @visit for entries from @cursor on until it has looked at
 *	  @budget entries or empty places; true at the end of the table, where
 *	  @cursor stays.  RCU or lock held; with the lock, @visit may remove the
 *	  entry it is called for.
 * @wants_work: whether @maintain has something to do.  Lock held.
 * @maintain: a bounded piece of what cannot be done in @insert; true if there
 *	      is more.  Process context, one caller at a time.  May sleep.
 */
struct vsw_fdb_ops {
	const char		*name;
	u32			limit;
	u32			limit_max;
	u32			ports;
	int			(*init)(struct vsw_fdb *fdb);
	void			(*destroy)(struct vsw_fdb *fdb);
	struct vsw_fdb_entry	*(*find)(const struct vsw_fdb *fdb, u64 key);
	void			(*insert)(struct vsw_fdb *fdb,
					  struct vsw_fdb_entry *e);
	void			(*remove)(struct vsw_fdb *fdb,
					  struct vsw_fdb_entry *e);
	bool			(*walk)(struct vsw_fdb *fdb,
					struct vsw_fdb_cursor *cursor,
					unsigned int budget,
					vsw_fdb_visit_t visit, void *arg);
	bool			(*wants_work)(const struct vsw_fdb *fdb);
	bool			(*maintain)(struct vsw_fdb *fdb);
};

extern const struct vsw_fdb_ops vsw_fdb_hash_ops;
extern const struct vsw_fdb_ops vsw_fdb_linear_ops;

struct vsw_fdb_entry *vsw_fdb_linear_find(const struct vsw_fdb *fdb, u64 key);

/**
 * struct vsw_fdb - a table
 * @table: the structure's own
 * @ops: the structure
 * @ageing: ticks; see struct vsw_fdb_params
 * @granule: ticks between two stamps of an entry
 * @seed: secrets of the hash function
 * @lock: of all writers
 * @client: who wants to know
 * @hold: ticks; see struct vsw_fdb_params
 * @limit: of entries
 * @max_ports: of ports
 * @share: of entries that each port can have
 * @pool: entries that are in nobody's share
 * @pool_used: how many of them are used
 * @entries: how many there are
 * @ageing_cursor: how far this round of ageing has come
 * @ports: the ports that joined
 *
 * What a frame needs comes first, and is written only by configuration: with
 * the flags of a struct vsw_core before it, one cache line of 64 bytes.
 */
struct vsw_fdb {
	void __rcu			*table;
	const struct vsw_fdb_ops	*ops;
	unsigned long			ageing;
	unsigned long			granule;
	u64				seed[3];

	spinlock_t			lock;	/* of all writers */
	const struct vsw_fdb_client	*client;
	unsigned long			hold;
	u32				limit;
	u32				max_ports;
	u32				share;
	u32				pool;
	u32				pool_used;
	u32				entries;
	struct vsw_fdb_cursor		ageing_cursor;

	struct vsw_fdb_port __rcu	*ports[VSW_MAX_PORTS];
};

int vsw_fdb_check(const struct vsw_fdb_params *params);
const char *vsw_fdb_type_name(enum vsw_fdb_type type);
int vsw_fdb_init(struct vsw_fdb *fdb, const struct vsw_fdb_params *params,
		 const struct vsw_fdb_client *client);
void vsw_fdb_destroy(struct vsw_fdb *fdb);
void vsw_fdb_set_ageing(struct vsw_fdb *fdb, unsigned long ageing,
			unsigned long hold);

int vsw_fdb_port_join(struct vsw_fdb *fdb, struct vsw_fdb_port *port, u16 no);
void vsw_fdb_port_leave(struct vsw_fdb *fdb, struct vsw_fdb_port *port);
void vsw_fdb_port_set(struct vsw_fdb_port *port, u32 limit, bool sticky);

enum vsw_learn vsw_fdb_learn_slow(struct vsw_fdb *fdb,
				  struct vsw_fdb_port *port, u64 key,
				  unsigned long now);

/* How vsw_fdb_add() treats what is there. */
#define VSW_FDB_CREATE		BIT(0)	/* an entry that is not there */
#define VSW_FDB_REPLACE		BIT(1)	/* an entry that is there */

int vsw_fdb_add(struct vsw_fdb *fdb, struct vsw_fdb_port *port, u64 key,
		u16 flags, unsigned int how, unsigned long now);
int vsw_fdb_del(struct vsw_fdb *fdb, u64 key, const struct vsw_fdb_port *port);

/**
 * struct vsw_fdb_filter - which entries a flush removes
 * @port: of this port only, unless negative
 * @vid: of this VLAN only, unless negative
 * @mask: flags that matter
 * @flags: what they have to be
 * @keep: VLANs whose entries stay (4,096 bits), or NULL
 */
struct vsw_fdb_filter {
	int			port;
	int			vid;
	u16			mask;
	u16			flags;
	const unsigned long	*keep;
};

unsigned int vsw_fdb_flush(struct vsw_fdb *fdb,
			   const struct vsw_fdb_filter *filter);

void vsw_fdb_info(const struct vsw_fdb_entry *e, struct vsw_fdb_info *info);

/**
 * typedef vsw_fdb_dump_t - called by vsw_fdb_dump() for an entry
 * @info: the entry
 * @arg: the caller's
 *
 * Return: false to stop before this entry: it is the first of the next call.
 */
typedef bool (*vsw_fdb_dump_t)(const struct vsw_fdb_info *info, void *arg);

bool vsw_fdb_dump(struct vsw_fdb *fdb, struct vsw_fdb_cursor *cursor,
		  vsw_fdb_dump_t fn, void *arg);

unsigned long vsw_fdb_housekeep(struct vsw_fdb *fdb, unsigned long now);

/**
 * struct vsw_hash - the table of fdb_hash.c
 * @bits: it has 1 << @bits buckets
 * @link: which link of an entry it uses
 * @min_bits: it does not become smaller
 * @done: buckets of this table that are in @next, too
 * @next: the table that is to replace this one, or NULL
 * @bucket: first entries
 *
 * It is here, with its lookup, because that is compiled into the way of a frame,
 * which does it twice.
 */
struct vsw_hash {
	u32				bits;
	u32				link;
	u32				min_bits;
	u32				done;
	struct vsw_hash			*next;
	struct vsw_fdb_entry __rcu	*bucket[];
};

static inline u32 vsw_hash_of(const struct vsw_fdb *fdb, u64 key)
{
	return (fdb->seed[0] * (u32)key + fdb->seed[1] * (u32)(key >> 32) +
		fdb->seed[2]) >> 32;
}

static inline u32 vsw_hash_bucket(const struct vsw_hash *h, u32 hash)
{
	return hash >> (32 - h->bits);
}

static inline struct vsw_fdb_entry *vsw_hash_find(const struct vsw_fdb *fdb,
						  u64 key)
{
	const struct vsw_hash *h;
	struct vsw_fdb_entry *e;
	u32 link;

	h = rcu_dereference_check(fdb->table, lockdep_is_held(&fdb->lock));
	link = h->link;
	e = rcu_dereference_check(h->bucket[vsw_hash_bucket(h, vsw_hash_of(fdb, key))],
				  lockdep_is_held(&fdb->lock));
	while (e && e->key != key)
		e = rcu_dereference_check(e->next[link],
					  lockdep_is_held(&fdb->lock));
	return e;
}

/**
 * vsw_fdb_find() - the entry of a key, valid or too old
 * @fdb: the table
 * @key: address and VLAN
 *
 * Context: RCU.  Takes no lock.
 * Return: the entry, good until the end of the RCU section, or NULL.
 */
static inline struct vsw_fdb_entry *vsw_fdb_find(const struct vsw_fdb *fdb,
						 u64 key)
{
	if (likely(fdb->ops == &vsw_fdb_hash_ops))
		return vsw_hash_find(fdb, key);
	return INDIRECT_CALL_1(fdb->ops->find, vsw_fdb_linear_find, fdb, key);
}

/**
 * vsw_fdb_expired() - whether an entry is too old to be used
 * @fdb: the table
 * @e: the entry
 * @now: the time in ticks
 *
 * Housekeeping removes such an entry some time later; it must not matter when.
 *
 * Context: RCU or lock.
 * Return: true if it is.
 */
static inline bool vsw_fdb_expired(const struct vsw_fdb *fdb,
				   const struct vsw_fdb_entry *e,
				   unsigned long now)
{
	unsigned long ageing = READ_ONCE(fdb->ageing);

	/* A stamp that is ahead of @now was written by another CPU. */
	return ageing && !(READ_ONCE(e->flags) & VSW_FDB_STATIC) &&
	       (long)(now - READ_ONCE(e->stamp)) >= (long)ageing;
}

/**
 * vsw_fdb_lookup() - the valid entry of a key
 * @fdb: the table
 * @key: address and VLAN
 * @now: the time in ticks
 *
 * Context: RCU.  Takes no lock.
 * Return: the entry, good until the end of the RCU section, or NULL.
 */
static inline struct vsw_fdb_entry *vsw_fdb_lookup(const struct vsw_fdb *fdb,
						   u64 key, unsigned long now)
{
	struct vsw_fdb_entry *e = vsw_fdb_find(fdb, key);

	return e && !vsw_fdb_expired(fdb, e, now) ? e : NULL;
}

/**
 * vsw_fdb_learn() - note that an address is behind a port
 * @fdb: the table
 * @port: the port, which a frame from the address came in by
 * @key: address and VLAN; vsw_key_unicast()
 * @now: the time in ticks
 *
 * Never waits: if another CPU writes the table, nothing is learned this time.
 *
 * Context: RCU, BHs off.  May take the lock of the table, by trylock.
 * Return: what became of it.
 */
static inline enum vsw_learn vsw_fdb_learn(struct vsw_fdb *fdb,
					   struct vsw_fdb_port *port, u64 key,
					   unsigned long now)
{
	struct vsw_fdb_entry *e = vsw_fdb_find(fdb, key);

	if (unlikely(!e || READ_ONCE(e->port) != port->no))
		return vsw_fdb_learn_slow(fdb, port, key, now);
	if (now - READ_ONCE(e->stamp) >= READ_ONCE(fdb->granule))
		WRITE_ONCE(e->stamp, now);
	return VSW_LEARN_KNOWN;
}

/**
 * vsw_fdb_port() - the port of a number
 * @fdb: the table
 * @no: the number
 *
 * Context: RCU.
 * Return: the port, good until the end of the RCU section, or NULL.
 */
static inline struct vsw_fdb_port *vsw_fdb_port(const struct vsw_fdb *fdb,
						u16 no)
{
	return no < VSW_MAX_PORTS ? rcu_dereference(fdb->ports[no]) : NULL;
}

#endif /* _VSWITCH_FDB_H */

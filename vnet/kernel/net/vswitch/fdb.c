// SPDX-License-Identifier: GPL-2.0
/*
 * The rules of a switch's forwarding database.
 *
 * Limits.  One port must not be able to fill the table for others, so nothing
 * of one port is ever removed for an entry of another.  Instead each port that
 * a switch may have has a share of the table of its own, reserved whether the
 * port exists or not; half of the table is so divided.  The other half is a
 * pool, for whoever comes first.  A port learns if it has less than its share,
 * or if there is room in the pool; and, in any case, only up to the port's own
 * limit, if it has one.  A port that may not learn works on: frames to what it
 * could not learn flood.  What somebody else does can thus cost a port the
 * pool, but not its share.
 *
 * Writers.  Frames that teach the table something new, configuration and
 * housekeeping take the lock.  A frame only tries to, and asks for what it can
 * before that: a sender that makes up addresses finds its port full and goes
 * on without touching the lock, so it cannot keep others from it.
 */
#include "fdb.h"

/* What is looked at with the lock held before it is given to others. */
#define VSW_FDB_BATCH		256
/* What one call of housekeeping looks at. */
#define VSW_FDB_HOUSEKEEP	1024
/* A round of ageing starts so many times within the ageing time. */
#define VSW_FDB_ROUNDS		16
/* A stamp is at most that much of the ageing time behind. */
#define VSW_FDB_GRANULES	64
/* Ticks between stamps if entries do not age: they are only shown. */
#define VSW_FDB_GRANULE_SHOWN	256

static const struct vsw_fdb_ops *const vsw_fdb_types[VSW_FDB_TYPES] = {
	[VSW_FDB_HASH]		= &vsw_fdb_hash_ops,
	[VSW_FDB_LINEAR]	= &vsw_fdb_linear_ops,
};

static struct vsw_fdb_port *vsw_fdb_owner(struct vsw_fdb *fdb,
					  const struct vsw_fdb_entry *e)
{
	return rcu_dereference_protected(fdb->ports[e->port],
					 lockdep_is_held(&fdb->lock));
}

/**
 * vsw_fdb_info() - an entry as others see it
 * @e: the entry
 * @info: where that goes
 *
 * Context: RCU or lock.
 */
void vsw_fdb_info(const struct vsw_fdb_entry *e, struct vsw_fdb_info *info)
{
	vsw_key_addr(e->key, info->addr);
	info->vid = vsw_key_vid(e->key);
	info->port = READ_ONCE(e->port);
	info->flags = READ_ONCE(e->flags);
	info->stamp = READ_ONCE(e->stamp);
}

static void vsw_fdb_tell(struct vsw_fdb *fdb, enum vsw_fdb_event event,
			 const struct vsw_fdb_entry *e, u16 from)
{
	struct vsw_fdb_info info;

	if (!fdb->client || !fdb->client->event)
		return;
	vsw_fdb_info(e, &info);
	fdb->client->event(fdb, event, &info, from);
}

static void vsw_fdb_kick(struct vsw_fdb *fdb)
{
	if (fdb->client && fdb->client->kick)
		fdb->client->kick(fdb);
}

/* Room for an entry of @port, which @from has now if it is not NULL. */
static enum vsw_learn vsw_fdb_room(const struct vsw_fdb *fdb,
				   const struct vsw_fdb_port *port,
				   const struct vsw_fdb_port *from)
{
	u32 entries = READ_ONCE(port->entries);
	u32 used = READ_ONCE(fdb->pool_used);

	if (READ_ONCE(port->leaving))
		return VSW_LEARN_GONE;
	if (entries >= READ_ONCE(port->limit))
		return VSW_LEARN_PORT_FULL;
	if (entries < fdb->share)
		return VSW_LEARN_NEW;
	/* What moves out of the pool makes room in it. */
	if (used && from && READ_ONCE(from->entries) > fdb->share)
		used--;
	return used < fdb->pool ? VSW_LEARN_NEW : VSW_LEARN_SWITCH_FULL;
}

static void vsw_fdb_charge(struct vsw_fdb *fdb, struct vsw_fdb_port *port)
{
	if (port->entries >= fdb->share)
		WRITE_ONCE(fdb->pool_used, fdb->pool_used + 1);
	WRITE_ONCE(port->entries, port->entries + 1);
	WRITE_ONCE(fdb->entries, fdb->entries + 1);
}

static void vsw_fdb_uncharge(struct vsw_fdb *fdb, struct vsw_fdb_port *port)
{
	WRITE_ONCE(fdb->entries, fdb->entries - 1);
	WRITE_ONCE(port->entries, port->entries - 1);
	if (port->entries >= fdb->share)
		WRITE_ONCE(fdb->pool_used, fdb->pool_used - 1);
}

static void vsw_fdb_insert(struct vsw_fdb *fdb, struct vsw_fdb_port *port,
			   struct vsw_fdb_entry *e)
{
	vsw_fdb_charge(fdb, port);
	fdb->ops->insert(fdb, e);
	if (fdb->ops->wants_work && fdb->ops->wants_work(fdb))
		vsw_fdb_kick(fdb);
	vsw_fdb_tell(fdb, VSW_FDB_ADDED, e, e->port);
}

static void vsw_fdb_move(struct vsw_fdb *fdb, struct vsw_fdb_port *port,
			 struct vsw_fdb_entry *e)
{
	u16 from = e->port;

	vsw_fdb_uncharge(fdb, vsw_fdb_owner(fdb, e));
	vsw_fdb_charge(fdb, port);
	WRITE_ONCE(e->port, port->no);
	vsw_fdb_tell(fdb, VSW_FDB_MOVED, e, from);
}

static void vsw_fdb_remove(struct vsw_fdb *fdb, struct vsw_fdb_entry *e,
			   enum vsw_fdb_event event)
{
	fdb->ops->remove(fdb, e);
	vsw_fdb_uncharge(fdb, vsw_fdb_owner(fdb, e));
	vsw_fdb_tell(fdb, event, e, e->port);
	kfree_rcu(e, rcu);
}

/* Defaults filled in, or an error. */
static int vsw_fdb_sizes(const struct vsw_fdb_params *params,
			 const struct vsw_fdb_ops **ops, u32 *limit, u32 *ports)
{
	if ((unsigned int)params->type >= VSW_FDB_TYPES)
		return -EINVAL;
	*ops = vsw_fdb_types[params->type];
	*limit = params->limit ?: (*ops)->limit;
	*ports = params->ports ?: min((*ops)->ports, *limit);
	if (*limit > (*ops)->limit_max || *ports > (*ops)->ports ||
	    *ports > *limit)
		return -EINVAL;
	return 0;
}

/**
 * vsw_fdb_check() - whether a table can be made so
 * @params: what it is to be made with
 *
 * Context: any.
 * Return: 0, -EINVAL if the parameters cannot be met.
 */
int vsw_fdb_check(const struct vsw_fdb_params *params)
{
	const struct vsw_fdb_ops *ops;
	u32 limit, ports;

	return vsw_fdb_sizes(params, &ops, &limit, &ports);
}

/**
 * vsw_fdb_type_name() - the name of a structure
 * @type: the structure
 *
 * Context: any.
 * Return: the name, NULL if there is no such structure.
 */
const char *vsw_fdb_type_name(enum vsw_fdb_type type)
{
	return (unsigned int)type < VSW_FDB_TYPES ? vsw_fdb_types[type]->name :
						    NULL;
}

/**
 * vsw_fdb_init() - make a table
 * @fdb: the table; its memory is all zeroes
 * @params: what it is made with
 * @client: who wants to know, or NULL; must live as long as the table
 *
 * Context: process.  May sleep.
 * Return: 0, -EINVAL if the parameters cannot be met, -ENOMEM.
 */
int vsw_fdb_init(struct vsw_fdb *fdb, const struct vsw_fdb_params *params,
		 const struct vsw_fdb_client *client)
{
	int err;

	err = vsw_fdb_sizes(params, &fdb->ops, &fdb->limit, &fdb->max_ports);
	if (err)
		return err;
	fdb->client = client;
	fdb->share = max(fdb->limit / 2 / fdb->max_ports, 1U);
	fdb->pool = fdb->limit - fdb->share * fdb->max_ports;
	get_random_bytes(fdb->seed, sizeof(fdb->seed));
	spin_lock_init(&fdb->lock);
	vsw_fdb_set_ageing(fdb, params->ageing, params->hold);
	return fdb->ops->init(fdb);
}

/**
 * vsw_fdb_destroy() - free a table and its entries
 * @fdb: the table
 *
 * The caller has seen to it that there are no readers, that housekeeping is not
 * running, and that neither starts again.  Nobody is told of the entries.
 *
 * Context: process.  May sleep.
 */
void vsw_fdb_destroy(struct vsw_fdb *fdb)
{
	fdb->ops->destroy(fdb);
}

/**
 * vsw_fdb_set_ageing() - change how long entries are valid
 * @fdb: the table
 * @ageing: ticks; see struct vsw_fdb_params
 * @hold: ticks; see struct vsw_fdb_params
 *
 * For the entries that there are, too.
 *
 * Context: any but hard interrupts.  Takes no lock; the caller serialises.
 *	    Does not kick: who changes this calls vsw_fdb_housekeep() soon.
 */
void vsw_fdb_set_ageing(struct vsw_fdb *fdb, unsigned long ageing,
			unsigned long hold)
{
	unsigned long granule = VSW_FDB_GRANULE_SHOWN;

	/* Times are compared as signed numbers. */
	ageing = min_t(unsigned long, ageing, LONG_MAX);
	hold = min_t(unsigned long, hold, LONG_MAX);
	if (ageing)
		granule = max(ageing / VSW_FDB_GRANULES, 1UL);
	WRITE_ONCE(fdb->granule, granule);
	WRITE_ONCE(fdb->ageing, ageing);
	WRITE_ONCE(fdb->hold, hold);
}

/**
 * vsw_fdb_port_join() - make a port known
 * @fdb: the table
 * @port: the port; its memory is all zeroes
 * @no: its number
 *
 * Context: process.  The caller serialises joining and leaving.
 * Return: 0, -ERANGE if there is no such number, -EBUSY if another port has it.
 */
int vsw_fdb_port_join(struct vsw_fdb *fdb, struct vsw_fdb_port *port, u16 no)
{
	if (no >= fdb->max_ports)
		return -ERANGE;
	if (rcu_access_pointer(fdb->ports[no]))
		return -EBUSY;
	port->no = no;
	port->limit = U32_MAX;
	rcu_assign_pointer(fdb->ports[no], port);
	return 0;
}

/**
 * vsw_fdb_port_leave() - forget a port and all its entries
 * @fdb: the table
 * @port: the port
 *
 * Nothing more is learned on it from now on, not even by frames that are under
 * way.  Its number is free; its memory is the caller's after a grace period.
 *
 * Context: process.  The caller serialises joining and leaving.  Takes the
 *	    lock, in pieces.  May sleep.
 */
void vsw_fdb_port_leave(struct vsw_fdb *fdb, struct vsw_fdb_port *port)
{
	struct vsw_fdb_filter filter = { .port = port->no, .vid = -1 };

	spin_lock_bh(&fdb->lock);
	WRITE_ONCE(port->leaving, true);
	spin_unlock_bh(&fdb->lock);
	vsw_fdb_flush(fdb, &filter);
	RCU_INIT_POINTER(fdb->ports[port->no], NULL);
}

/**
 * vsw_fdb_port_set() - change what a port may have
 * @port: the port
 * @limit: entries that it may have, U32_MAX for no limit of its own
 * @sticky: whether what it learns from now on stays with it until it ages
 *
 * It keeps the entries that it has, also above @limit.
 *
 * Context: any but hard interrupts.  Takes no lock; the caller serialises.
 */
void vsw_fdb_port_set(struct vsw_fdb_port *port, u32 limit, bool sticky)
{
	WRITE_ONCE(port->limit, limit);
	WRITE_ONCE(port->sticky, sticky);
}

/*
 * Whether @port may have the address of @e, which is NULL if it is new.  Asked
 * twice: without the lock, when @e may change meanwhile, and with it.
 */
static enum vsw_learn vsw_fdb_may_learn(const struct vsw_fdb *fdb,
					const struct vsw_fdb_port *port,
					const struct vsw_fdb_entry *e,
					unsigned long now)
{
	const struct vsw_fdb_port *from = NULL;
	enum vsw_learn room;
	unsigned long hold;
	u16 no;

	if (e) {
		no = READ_ONCE(e->port);
		if (no == port->no)
			return READ_ONCE(port->leaving) ? VSW_LEARN_GONE :
							  VSW_LEARN_KNOWN;
		if (!vsw_fdb_expired(fdb, e, now)) {
			if (READ_ONCE(e->flags) &
			    (VSW_FDB_STICKY | VSW_FDB_LOCAL))
				return VSW_LEARN_STICKY;
			hold = READ_ONCE(fdb->hold);
			if (hold && (long)(now - READ_ONCE(e->stamp)) <
				    (long)hold)
				return VSW_LEARN_HELD;
		}
		from = rcu_dereference_check(fdb->ports[no],
					     lockdep_is_held(&fdb->lock));
	}
	room = vsw_fdb_room(fdb, port, from);
	if (room == VSW_LEARN_NEW && e)
		return VSW_LEARN_MOVED;
	return room;
}

/**
 * vsw_fdb_learn_slow() - learn an address that is not known at this port
 * @fdb: the table
 * @port: the port
 * @key: address and VLAN; vsw_key_unicast()
 * @now: the time in ticks
 *
 * For vsw_fdb_learn().
 *
 * Context: RCU, BHs off.  Takes the lock by trylock.
 * Return: what became of it.
 */
enum vsw_learn vsw_fdb_learn_slow(struct vsw_fdb *fdb,
				  struct vsw_fdb_port *port, u64 key,
				  unsigned long now)
{
	struct vsw_fdb_entry *e = vsw_fdb_find(fdb, key);
	enum vsw_learn ret = vsw_fdb_may_learn(fdb, port, e, now);

	if (ret != VSW_LEARN_NEW && ret != VSW_LEARN_MOVED)
		return ret;
	if (!vsw_trylock(&fdb->lock))
		return VSW_LEARN_BUSY;

	e = vsw_fdb_find(fdb, key);
	ret = vsw_fdb_may_learn(fdb, port, e, now);
	if (ret == VSW_LEARN_MOVED) {
		/* As if learned here, unless somebody said otherwise. */
		if (!(e->flags & VSW_FDB_STATIC))
			WRITE_ONCE(e->flags, READ_ONCE(port->sticky) ?
					     VSW_FDB_STICKY : 0);
		WRITE_ONCE(e->stamp, now);
		vsw_fdb_move(fdb, port, e);
	} else if (ret == VSW_LEARN_NEW) {
		e = kzalloc(sizeof(*e), GFP_ATOMIC | __GFP_NOWARN);
		if (e) {
			e->key = key;
			e->stamp = now;
			e->port = port->no;
			e->flags = READ_ONCE(port->sticky) ? VSW_FDB_STICKY : 0;
			vsw_fdb_insert(fdb, port, e);
		} else {
			ret = VSW_LEARN_NOMEM;
		}
	}
	spin_unlock(&fdb->lock);
	return ret;
}

static int vsw_fdb_change(struct vsw_fdb *fdb, struct vsw_fdb_port *port,
			  struct vsw_fdb_entry *e, u16 flags, unsigned long now)
{
	bool changed = e->flags != flags;

	if (e->port != port->no &&
	    vsw_fdb_room(fdb, port, vsw_fdb_owner(fdb, e)) != VSW_LEARN_NEW)
		return -ENOSPC;
	WRITE_ONCE(e->flags, flags);
	WRITE_ONCE(e->stamp, now);
	if (e->port != port->no)
		vsw_fdb_move(fdb, port, e);
	else if (changed)
		vsw_fdb_tell(fdb, VSW_FDB_CHANGED, e, e->port);
	return 0;
}

/**
 * vsw_fdb_add() - add or change an entry by hand
 * @fdb: the table
 * @port: the port that it is to be behind
 * @key: address and VLAN
 * @flags: VSW_FDB_STATIC, ...; 0 for an entry as if learned
 * @how: VSW_FDB_CREATE, VSW_FDB_REPLACE
 * @now: the time in ticks
 *
 * By hand a sticky entry moves, too.  Limits hold here as for learning.
 *
 * Context: process or BH.  Takes the lock.
 * Return: 0, -EINVAL for an address, VLAN or flag that cannot be, -EEXIST or
 *	   -ENOENT as @how says, -ENOSPC if a limit is reached, -ENODEV if the
 *	   port is leaving, -ENOMEM.
 */
int vsw_fdb_add(struct vsw_fdb *fdb, struct vsw_fdb_port *port, u64 key,
		u16 flags, unsigned int how, unsigned long now)
{
	struct vsw_fdb_entry *e, *new;
	int err = 0;

	if (!vsw_key_unicast(key) || vsw_key_vid(key) > VSW_VID_MAX ||
	    flags & ~VSW_FDB_ENTRY_FLAGS)
		return -EINVAL;
	new = kzalloc(sizeof(*new), GFP_ATOMIC);
	if (!new)
		return -ENOMEM;

	spin_lock_bh(&fdb->lock);
	e = vsw_fdb_find(fdb, key);
	if (port->leaving) {
		err = -ENODEV;
	} else if (e) {
		if (how & VSW_FDB_REPLACE)
			err = vsw_fdb_change(fdb, port, e, flags, now);
		else
			err = -EEXIST;
	} else if (!(how & VSW_FDB_CREATE)) {
		err = -ENOENT;
	} else if (vsw_fdb_room(fdb, port, NULL) != VSW_LEARN_NEW) {
		err = -ENOSPC;
	} else {
		new->key = key;
		new->stamp = now;
		new->port = port->no;
		new->flags = flags;
		vsw_fdb_insert(fdb, port, new);
		new = NULL;
	}
	spin_unlock_bh(&fdb->lock);
	kfree(new);
	return err;
}

/**
 * vsw_fdb_del() - remove an entry by hand
 * @fdb: the table
 * @key: address and VLAN
 * @port: only if it is behind this port, or NULL
 *
 * Context: process or BH.  Takes the lock.
 * Return: 0, -ENOENT if there is none.
 */
int vsw_fdb_del(struct vsw_fdb *fdb, u64 key, const struct vsw_fdb_port *port)
{
	struct vsw_fdb_entry *e;
	int err = -ENOENT;

	spin_lock_bh(&fdb->lock);
	e = vsw_fdb_find(fdb, key);
	if (e && (!port || e->port == port->no)) {
		vsw_fdb_remove(fdb, e, VSW_FDB_REMOVED);
		err = 0;
	}
	spin_unlock_bh(&fdb->lock);
	return err;
}

struct vsw_fdb_flush_state {
	const struct vsw_fdb_filter	*filter;
	unsigned int			removed;
};

static bool vsw_fdb_flush_one(struct vsw_fdb *fdb, struct vsw_fdb_entry *e,
			      void *arg)
{
	struct vsw_fdb_flush_state *state = arg;
	const struct vsw_fdb_filter *f = state->filter;
	u16 vid = vsw_key_vid(e->key);

	if ((f->port >= 0 && e->port != f->port) ||
	    (f->vid >= 0 && vid != f->vid) ||
	    (e->flags & f->mask) != (f->flags & f->mask) ||
	    (f->keep && test_bit(vid, f->keep)))
		return true;
	vsw_fdb_remove(fdb, e, VSW_FDB_REMOVED);
	state->removed++;
	return true;
}

/**
 * vsw_fdb_flush() - remove many entries
 * @fdb: the table
 * @filter: which
 *
 * Context: process.  Takes the lock, in pieces.  May sleep.
 * Return: how many were removed.
 */
unsigned int vsw_fdb_flush(struct vsw_fdb *fdb,
			   const struct vsw_fdb_filter *filter)
{
	struct vsw_fdb_flush_state state = { .filter = filter };
	struct vsw_fdb_cursor cursor = {};
	bool end;

	do {
		spin_lock_bh(&fdb->lock);
		end = fdb->ops->walk(fdb, &cursor, VSW_FDB_BATCH,
				     vsw_fdb_flush_one, &state);
		spin_unlock_bh(&fdb->lock);
		cond_resched();
	} while (!end);
	return state.removed;
}

struct vsw_fdb_dump_state {
	vsw_fdb_dump_t	fn;
	void		*arg;
	bool		stopped;
};

static bool vsw_fdb_dump_one(struct vsw_fdb *fdb, struct vsw_fdb_entry *e,
			     void *arg)
{
	struct vsw_fdb_dump_state *state = arg;
	struct vsw_fdb_info info;

	vsw_fdb_info(e, &info);
	state->stopped = !state->fn(&info, state->arg);
	return !state->stopped;
}

/**
 * vsw_fdb_dump() - show all entries
 * @fdb: the table
 * @cursor: where to go on; all zeroes at first
 * @fn: called for each entry, under RCU
 * @arg: for @fn
 *
 * Entries that are too old, but not yet removed, are shown, too.
 *
 * Context: process.  Takes no lock.  May sleep.
 * Return: true at the end of the table, false if @fn stopped it.
 */
bool vsw_fdb_dump(struct vsw_fdb *fdb, struct vsw_fdb_cursor *cursor,
		  vsw_fdb_dump_t fn, void *arg)
{
	struct vsw_fdb_dump_state state = { .fn = fn, .arg = arg };
	bool end;

	do {
		rcu_read_lock();
		end = fdb->ops->walk(fdb, cursor, VSW_FDB_HOUSEKEEP,
				     vsw_fdb_dump_one, &state);
		rcu_read_unlock();
		cond_resched();
	} while (!end && !state.stopped);
	return end;
}

static bool vsw_fdb_age_one(struct vsw_fdb *fdb, struct vsw_fdb_entry *e,
			    void *arg)
{
	const unsigned long *now = arg;

	if (vsw_fdb_expired(fdb, e, *now))
		vsw_fdb_remove(fdb, e, VSW_FDB_AGED);
	return true;
}

/**
 * vsw_fdb_housekeep() - a bounded piece of what must be done now and then
 * @fdb: the table
 * @now: the time in ticks
 *
 * Removes entries that are too old, and lets the structure grow or shrink.  To
 * be called again when it says, and when the client is kicked.
 *
 * Context: process, one caller at a time.  Takes the lock.  May sleep.
 * Return: ticks to the next call, ULONG_MAX if none is needed before a kick or
 *	   vsw_fdb_set_ageing().
 */
unsigned long vsw_fdb_housekeep(struct vsw_fdb *fdb, unsigned long now)
{
	bool more = fdb->ops->maintain && fdb->ops->maintain(fdb);
	unsigned long ageing = READ_ONCE(fdb->ageing);
	unsigned int todo = VSW_FDB_HOUSEKEEP;
	bool end = false;

	if (!ageing)
		return more ? 1 : ULONG_MAX;

	while (!end && todo) {
		spin_lock_bh(&fdb->lock);
		end = fdb->ops->walk(fdb, &fdb->ageing_cursor, VSW_FDB_BATCH,
				     vsw_fdb_age_one, &now);
		spin_unlock_bh(&fdb->lock);
		todo -= VSW_FDB_BATCH;
	}
	if (end)
		fdb->ageing_cursor = (struct vsw_fdb_cursor){};
	if (more || !end)
		return 1;
	return max(ageing / VSW_FDB_ROUNDS, 1UL);
}

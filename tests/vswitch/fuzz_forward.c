// SPDX-License-Identifier: GPL-2.0-only
/*
 * libFuzzer target: the decision.
 *
 * The bytes are a sequence of frames and of changes to a switch.  It is carried
 * out on a switch with a hash table, on one with an array, and on a model that
 * is as simple as can be: after each frame the three must agree where it goes,
 * how it leaves, and what was learned; and so for each return value and, after
 * each step, for the number of entries.
 */
#include "forward.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CHECK(x)							\
do {									\
	if (!(x)) {							\
		fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #x); \
		abort();						\
	}								\
} while (0)

#define PORTS	6
#define LIMIT	24	/* a share of 2 for each port, and a pool of 12 */
#define SHARE	2
#define POOL	12
#define VIDS	6
#define ENTRIES	64

static const u16 vid_of[VIDS] = { 0, 1, 2, 3, 4094, 4095 };

/* The model. */
struct model_entry {
	bool		used;
	u64		key;
	u16		port;
	u16		flags;
	unsigned long	stamp;
};

struct model_port {
	bool	here;
	bool	sticky;
	u32	limit;
	u32	flags;
	int	access;			/* VLANs by their place in vid_of[] */
	int	native;
	bool	vids[VIDS];
	bool	allow[VSW_ALLOW_BY][PORTS];
	bool	fill[VSW_ALLOW_BY];
};

static struct model {
	bool			vlan, deny;
	unsigned long		now, ageing, hold;
	struct model_port	port[PORTS];
	struct model_entry	entry[ENTRIES];
} m;

/* The real ones. */
static struct real {
	struct vsw_core		core;
	struct vsw_port_core	port[PORTS];
} *real[VSW_FDB_TYPES];

static const uint8_t *in;
static size_t left;

static unsigned int byte(unsigned int below)
{
	if (!left)
		return 0;
	left--;
	return *in++ % below;
}

static struct model_entry *model_find(u64 key)
{
	int i;

	for (i = 0; i < ENTRIES; i++)
		if (m.entry[i].used && m.entry[i].key == key)
			return &m.entry[i];
	return NULL;
}

static unsigned int model_count(int port)
{
	unsigned int n = 0;
	int i;

	for (i = 0; i < ENTRIES; i++)
		n += m.entry[i].used && (port < 0 || m.entry[i].port == port);
	return n;
}

static bool model_expired(const struct model_entry *e)
{
	return m.ageing && !(e->flags & VSW_FDB_STATIC) &&
	       m.now - e->stamp >= m.ageing;
}

/* Room for one more of @port, if one of @from were not there. */
static enum vsw_learn model_room(int port, int from)
{
	unsigned int used = 0, n;
	int i;

	if (model_count(port) >= m.port[port].limit)
		return VSW_LEARN_PORT_FULL;
	if (model_count(port) < SHARE)
		return VSW_LEARN_NEW;
	for (i = 0; i < PORTS; i++) {
		n = model_count(i) - (i == from);
		used += n > SHARE ? n - SHARE : 0;
	}
	return used < POOL ? VSW_LEARN_NEW : VSW_LEARN_SWITCH_FULL;
}

static void model_insert(u64 key, int port, u16 flags)
{
	int i;

	for (i = 0; m.entry[i].used; i++)
		CHECK(i + 1 < ENTRIES);
	m.entry[i] = (struct model_entry){
		.used = true, .key = key, .port = port, .flags = flags,
		.stamp = m.now,
	};
}

static enum vsw_learn model_learn(int port, u64 key)
{
	unsigned long granule = m.ageing ? max(m.ageing / 64, 1UL) : 256;
	struct model_entry *e = model_find(key);
	u16 flags = m.port[port].sticky ? VSW_FDB_STICKY : 0;
	enum vsw_learn room;

	if (e && e->port == port) {
		if (m.now - e->stamp >= granule)
			e->stamp = m.now;
		return VSW_LEARN_KNOWN;
	}
	if (e && !model_expired(e)) {
		if (e->flags & (VSW_FDB_STICKY | VSW_FDB_LOCAL))
			return VSW_LEARN_STICKY;
		if (m.hold && m.now - e->stamp < m.hold)
			return VSW_LEARN_HELD;
	}
	room = model_room(port, e ? e->port : -1);
	if (room != VSW_LEARN_NEW)
		return room;
	if (!e) {
		model_insert(key, port, flags);
		return VSW_LEARN_NEW;
	}
	e->port = port;
	e->stamp = m.now;
	if (!(e->flags & VSW_FDB_STATIC))
		e->flags = flags;
	return VSW_LEARN_MOVED;
}

static bool model_member(int port, int vid)
{
	const struct model_port *p = &m.port[port];

	return p->access ? p->access == vid : p->vids[vid];
}

/* Rules of a copy, in the order of the reasons that they give. */
static enum vsw_copy model_copy(int from, int to, int vid, enum vsw_tags tags,
				enum vsw_drop *why)
{
	const struct model_port *a = &m.port[from], *b = &m.port[to];

	*why = VSW_DROP_NOT;
	if (from == to)
		*why = VSW_DROP_SAME_PORT;
	else if (!a->allow[0][to] || !a->allow[1][to])
		*why = VSW_DROP_ALLOW;
	else if (a->flags & b->flags & VSW_PORT_ISOLATED)
		*why = VSW_DROP_ISOLATED;
	else if (!m.vlan)
		return VSW_COPY_AS_IS;
	else if (!model_member(to, vid))
		*why = VSW_DROP_VLAN_EGRESS;
	else if (!b->access && b->native != vid)
		return VSW_COPY_TAGGED;
	else if (tags == VSW_TAGS_MORE)
		*why = VSW_DROP_VLAN_INNER;
	else
		return VSW_COPY_UNTAGGED;
	return VSW_COPY_NO;
}

static enum vsw_drop model_ingress(int port, enum vsw_tags tags, int tag,
				   int *vid)
{
	const struct model_port *p = &m.port[port];

	if (tags == VSW_TAGS_NONE)
		tag = 0;
	if (p->access) {
		*vid = p->access;
		return tag || tags == VSW_TAGS_MORE ? VSW_DROP_VLAN_TAGGED :
						      VSW_DROP_NOT;
	}
	*vid = tag ? tag : p->native;
	if (!*vid)
		return VSW_DROP_VLAN_UNTAGGED;
	return p->vids[*vid] ? VSW_DROP_NOT : VSW_DROP_VLAN_INGRESS;
}

/* Addresses: stations 0 to 27, and four that are none. */
static void address(unsigned int n, u8 *addr)
{
	static const u8 special[4][ETH_ALEN] = {
		{ 0xff, 0xff, 0xff, 0xff, 0xff, 0xff },
		{ 0x33, 0x33, 0, 0, 0, 1 },
		{ 0x01, 0x80, 0xc2, 0, 0, 3 },
		{},
	};
	u8 station[ETH_ALEN] = { 2, 0, 0, 0, 0, n };

	memcpy(addr, n < 28 ? station : special[n - 28], ETH_ALEN);
}

static u64 key_of(unsigned int n, unsigned int vid)
{
	u8 addr[ETH_ALEN];

	address(n, addr);
	return vsw_key(addr, vid_of[vid]);
}

/* What the model makes of a frame. */
struct expected {
	enum vsw_verdict	verdict;
	enum vsw_drop		drop;
	enum vsw_learn		learn;
	enum vsw_copy		copy[PORTS];	/* of a flood, or to one port */
	enum vsw_drop		why[PORTS];
	int			out;
	int			vid;
};

static void model_frame(int from, unsigned int dst, unsigned int src,
			enum vsw_tags tags, unsigned int tag,
			struct expected *x)
{
	static const u32 need[4] = {
		VSW_PORT_BCAST_FLOOD, VSW_PORT_MCAST_FLOOD, 0, 0,
	};
	const struct model_port *p = &m.port[from];
	const struct model_entry *e;
	u32 flag;
	int i;

	memset(x, 0, sizeof(*x));
	x->verdict = VSW_DROP;
	x->learn = VSW_LEARN_OFF;
	x->drop = src >= 28 ? VSW_DROP_SOURCE :
		  dst == 30 ? VSW_DROP_RESERVED :
		  m.vlan ? model_ingress(from, tags, tag, &x->vid) :
			   VSW_DROP_NOT;
	if (x->drop)
		return;
	if (p->flags & VSW_PORT_LOCKED) {
		e = model_find(key_of(src, x->vid));
		if (!e || model_expired(e) || e->port != from) {
			x->drop = VSW_DROP_LOCKED;
			return;
		}
	}
	if (p->flags & VSW_PORT_LEARNING)
		x->learn = model_learn(from, key_of(src, x->vid));

	e = dst < 28 ? model_find(key_of(dst, x->vid)) : NULL;
	if (e && !model_expired(e)) {
		x->out = e->port;
		x->copy[x->out] = model_copy(from, x->out, x->vid, tags,
					     &x->drop);
		x->verdict = x->drop ? VSW_DROP : VSW_UNICAST;
		return;
	}
	x->verdict = VSW_FLOOD;
	flag = dst < 28 || dst == 31 ? VSW_PORT_FLOOD : need[dst - 28];
	for (i = 0; i < PORTS; i++) {
		if (!m.port[i].here)
			continue;
		x->copy[i] = model_copy(from, i, x->vid, tags, &x->why[i]);
		if (!(m.port[i].flags & flag)) {
			x->copy[i] = VSW_COPY_NO;
			x->why[i] = VSW_DROP_FLOOD;
		}
	}
}

static void compare(struct real *r, const struct expected *x,
		    const struct vsw_decision *d, u16 tci)
{
	enum vsw_drop why = VSW_DROP_NOT;
	int i;

	CHECK(d->verdict == x->verdict);
	CHECK(d->drop == x->drop);
	CHECK(d->learn == x->learn);
	if (d->verdict == VSW_UNICAST) {
		CHECK(d->out == &r->port[x->out]);
		CHECK(d->copy == x->copy[x->out]);
	}
	if (d->verdict != VSW_DROP && m.vlan) {
		CHECK(d->vid == vid_of[x->vid]);
		CHECK(d->tci == (tci | d->vid));
	}
	if (d->verdict != VSW_FLOOD)
		return;
	for (i = 0; i < PORTS; i++) {
		if (!m.port[i].here)
			continue;
		why = VSW_DROP_NOT;
		CHECK(vsw_flood_copy(d, &r->port[i], &why) == x->copy[i]);
		CHECK(why == x->why[i]);
	}
}

static void op_frame(int port)
{
	unsigned int dst = byte(32), src = byte(32);
	enum vsw_tags tags = VSW_TAGS_NONE + byte(3);
	unsigned int tag = byte(VIDS), prio = byte(16) << 12;
	struct vsw_frame frame = { .tags = tags, .tci = vid_of[tag] | prio };
	struct vsw_decision d;
	struct expected x;
	u8 addr[12];
	int i;

	address(dst, addr);
	address(src, addr + ETH_ALEN);
	frame.addr = addr;
	if (!m.vlan)
		frame.tags = VSW_TAGS_UNKNOWN;
	model_frame(port, dst, src, tags, tag, &x);
	for (i = 0; i < VSW_FDB_TYPES; i++) {
		rcu_read_lock();
		CHECK(vsw_forward(&real[i]->core, &real[i]->port[port], &frame,
				  m.now, &d) == x.verdict);
		compare(real[i], &x, &d, tags == VSW_TAGS_NONE ? 0 : prio);
		rcu_read_unlock();
	}
}

static void op_housekeep(void)
{
	int i;

	for (i = 0; i < VSW_FDB_TYPES; i++)
		while (vsw_fdb_housekeep(&real[i]->core.fdb, m.now) == 1 &&
		       m.ageing >= 32)
			;
	for (i = 0; i < ENTRIES; i++)
		if (m.entry[i].used && model_expired(&m.entry[i]))
			m.entry[i].used = false;
}

static int model_add(int port, u64 key, u16 flags, unsigned int how)
{
	struct model_entry *e = model_find(key);

	if (!vsw_key_unicast(key) || vsw_key_vid(key) > 4094)
		return -EINVAL;
	if (!e) {
		if (!(how & VSW_FDB_CREATE))
			return -ENOENT;
		if (model_room(port, -1) != VSW_LEARN_NEW)
			return -ENOSPC;
		model_insert(key, port, flags);
		return 0;
	}
	if (!(how & VSW_FDB_REPLACE))
		return -EEXIST;
	if (e->port != port && model_room(port, e->port) != VSW_LEARN_NEW)
		return -ENOSPC;
	e->port = port;
	e->flags = flags;
	e->stamp = m.now;
	return 0;
}

static void op_add(int port)
{
	u64 key = key_of(byte(32), byte(VIDS));
	u16 flags = byte(8);
	unsigned int how = byte(4);
	int err = model_add(port, key, flags, how), i;

	for (i = 0; i < VSW_FDB_TYPES; i++)
		CHECK(vsw_fdb_add(&real[i]->core.fdb, &real[i]->port[port].fdb,
				  key, flags, how, m.now) == err);
}

static void op_del(int port)
{
	u64 key = key_of(byte(32), byte(VIDS));
	struct model_entry *e = model_find(key);
	bool any = byte(2);
	int err = -ENOENT, i;

	if (e && (any || e->port == port)) {
		e->used = false;
		err = 0;
	}
	for (i = 0; i < VSW_FDB_TYPES; i++)
		CHECK(vsw_fdb_del(&real[i]->core.fdb, key,
				  any ? NULL : &real[i]->port[port].fdb) ==
		      err);
}

static void model_flush(int port, int vid, u16 mask, u16 flags,
			const bool *keep)
{
	struct model_entry *e;
	unsigned int v;
	int i;

	for (i = 0; i < ENTRIES; i++) {
		e = &m.entry[i];
		if (!e->used)
			continue;
		for (v = 0; vid_of[v] != vsw_key_vid(e->key); v++)
			;
		if ((port < 0 || e->port == port) &&
		    (vid < 0 || vsw_key_vid(e->key) == vid) &&
		    (e->flags & mask) == (flags & mask) && !(keep && keep[v]))
			e->used = false;
	}
}

static void op_flush(int port)
{
	struct vsw_fdb_filter f = { .port = -1, .vid = -1 };
	unsigned int before = model_count(-1);
	int i;

	if (byte(2))
		f.port = port;
	if (byte(2))
		f.vid = vid_of[byte(VIDS)];
	f.mask = byte(8);
	f.flags = byte(8);
	model_flush(f.port, f.vid, f.mask, f.flags, NULL);
	for (i = 0; i < VSW_FDB_TYPES; i++)
		CHECK(vsw_fdb_flush(&real[i]->core.fdb, &f) ==
		      before - model_count(-1));
}

static void op_allow(int port)
{
	enum vsw_allow_by by = byte(VSW_ALLOW_BY);
	unsigned int to = byte(PORTS);
	bool allow = byte(2);
	int i;

	m.port[port].allow[by][to] = allow;
	for (i = 0; i < VSW_FDB_TYPES; i++)
		CHECK(!vsw_allow_set(&real[i]->port[port].allow, by, to,
				     allow));
}

static void op_list(int port)
{
	enum vsw_allow_by by = byte(VSW_ALLOW_BY);
	unsigned int ports = byte(1 << PORTS);
	DECLARE_BITMAP(bits, VSW_MAX_PORTS);
	bool fill = byte(2);
	int i;

	if (fill)
		bitmap_fill(bits, VSW_MAX_PORTS);
	else
		bitmap_zero(bits, VSW_MAX_PORTS);
	m.port[port].fill[by] = fill;
	for (i = 0; i < PORTS; i++) {
		m.port[port].allow[by][i] = ports & BIT(i);
		__assign_bit(i, bits, ports & BIT(i));
	}
	for (i = 0; i < VSW_FDB_TYPES; i++)
		CHECK(!vsw_allow_replace(&real[i]->port[port].allow, by, bits,
					 fill));
}

static void model_flush_vlans(int port)
{
	bool keep[VIDS];
	int i;

	for (i = 0; i < VIDS; i++)
		keep[i] = model_member(port, i);
	if (m.vlan)
		model_flush(port, -1, VSW_FDB_STATIC, 0, keep);
}

static void op_access(int port)
{
	unsigned int vid = byte(VIDS);
	int err = vsw_vid_valid(vid_of[vid]) ? 0 : -EINVAL, i;

	for (i = 0; i < VSW_FDB_TYPES; i++)
		CHECK(vsw_port_set_access(&real[i]->core, &real[i]->port[port],
					  vid_of[vid]) == err);
	if (!err) {
		m.port[port].access = vid;
		model_flush_vlans(port);
	}
}

static void op_trunk(int port)
{
	struct model_port *p = &m.port[port];
	unsigned int set = byte(1 << VIDS), native = byte(VIDS), i;
	DECLARE_BITMAP(vids, VSW_VLANS);
	int err = vid_of[native] == 4095 ? -EINVAL : 0;

	bitmap_zero(vids, VSW_VLANS);
	for (i = 0; i < VIDS; i++)
		__assign_bit(vid_of[i], vids, set & BIT(i));
	for (i = 0; i < VSW_FDB_TYPES; i++)
		CHECK(vsw_port_set_trunk(&real[i]->core, &real[i]->port[port],
					 vid_of[native], vids) == err);
	if (err)
		return;
	p->access = 0;
	p->native = native;
	for (i = 0; i < VIDS; i++)
		p->vids[i] = vsw_vid_valid(vid_of[i]) &&
			     (set & BIT(i) || i == native);
	model_flush_vlans(port);
}

static void op_flags(int port)
{
	u32 flags = byte(64), mask = byte(64);
	int i;

	m.port[port].flags = (m.port[port].flags & ~mask) | (flags & mask);
	for (i = 0; i < VSW_FDB_TYPES; i++)
		vsw_port_set_flags(&real[i]->port[port], flags, mask);
}

static void op_limit(int port)
{
	u32 limit = byte(8);
	int i;

	m.port[port].limit = limit ? limit - 1 : U32_MAX;
	m.port[port].sticky = byte(2);
	for (i = 0; i < VSW_FDB_TYPES; i++)
		vsw_fdb_port_set(&real[i]->port[port].fdb, m.port[port].limit,
				 m.port[port].sticky);
}

static void join(int port)
{
	struct model_port *p = &m.port[port];
	int i, by;

	*p = (struct model_port){
		.here = true, .limit = U32_MAX, .access = 1,
		.flags = VSW_PORT_FLAGS_DEFAULT,
	};
	for (by = 0; by < VSW_ALLOW_BY; by++) {
		p->fill[by] = !(m.deny && by == VSW_ALLOW_OWNER);
		for (i = 0; i < PORTS; i++)
			p->allow[by][i] = p->fill[by];
	}
	for (i = 0; i < VSW_FDB_TYPES; i++) {
		memset(&real[i]->port[port], 0, sizeof(real[i]->port[port]));
		CHECK(!vsw_port_join(&real[i]->core, &real[i]->port[port],
				     port));
		CHECK(vsw_port_join(&real[i]->core,
				    &(struct vsw_port_core){}, PORTS) ==
		      -ERANGE);
	}
}

static void leave(int port)
{
	struct model_port *p;
	int i;

	for (i = 0; i < VSW_FDB_TYPES; i++) {
		vsw_port_leave(&real[i]->core, &real[i]->port[port]);
		vsw_port_free(&real[i]->port[port]);
	}
	m.port[port].here = false;
	model_flush(port, -1, 0, 0, NULL);
	for (i = 0; i < PORTS; i++) {
		p = &m.port[i];
		/* A tenant is not shown that a port left that it could not send to. */
		if (p->allow[VSW_ALLOW_OWNER][port])
			p->allow[VSW_ALLOW_TENANT][port] = p->fill[VSW_ALLOW_TENANT];
		p->allow[VSW_ALLOW_OWNER][port] = p->fill[VSW_ALLOW_OWNER];
	}
}

static void op_ageing(void)
{
	int i;

	m.ageing = byte(8) * 40;
	m.hold = byte(4) * 10;
	for (i = 0; i < VSW_FDB_TYPES; i++)
		vsw_fdb_set_ageing(&real[i]->core.fdb, m.ageing, m.hold);
}

static void op_vlan(void)
{
	bool vlan = byte(2);
	int i;

	for (i = 0; i < VSW_FDB_TYPES; i++)
		vsw_core_set_vlan(&real[i]->core, vlan);
	if (vlan != m.vlan)
		model_flush(-1, -1, VSW_FDB_STATIC, 0, NULL);
	m.vlan = vlan;
}

static bool seen(const struct vsw_fdb_info *info, void *arg)
{
	struct model_entry *e = model_find(vsw_key(info->addr, info->vid));
	unsigned int *n = arg;

	CHECK(e && e->port == info->port && e->flags == info->flags &&
	      e->stamp == info->stamp);
	return ++*n % 3;	/* stopped now and then */
}

static void op_dump(void)
{
	struct vsw_fdb_cursor cursor;
	unsigned int n, stops;
	int i;

	for (i = 0; i < VSW_FDB_TYPES; i++) {
		memset(&cursor, 0, sizeof(cursor));
		n = stops = 0;
		while (!vsw_fdb_dump(&real[i]->core.fdb, &cursor, seen, &n))
			stops++;
		CHECK(n - stops == model_count(-1));
	}
}

static void check_numbers(void)
{
	int i, p;

	for (i = 0; i < VSW_FDB_TYPES; i++) {
		CHECK(real[i]->core.fdb.entries == model_count(-1));
		for (p = 0; p < PORTS; p++)
			CHECK(!m.port[p].here || model_count(p) ==
			      real[i]->port[p].fdb.entries);
	}
}

static void step(void)
{
	unsigned int op = byte(24), port = byte(PORTS);

	if (op == 12) {
		if (m.port[port].here)
			leave(port);
		else
			join(port);
		return;
	}
	/* What is not there does nothing. */
	if (!m.port[port].here)
		return;
	switch (op) {
	case 0:
		m.now += byte(256);
		break;
	case 1:
		op_housekeep();
		break;
	case 2:
		op_add(port);
		break;
	case 3:
		op_del(port);
		break;
	case 4:
		op_flush(port);
		break;
	case 5:
		op_allow(port);
		break;
	case 6:
		op_list(port);
		break;
	case 7:
		op_access(port);
		break;
	case 8:
		op_trunk(port);
		break;
	case 9:
		op_flags(port);
		break;
	case 10:
		op_limit(port);
		break;
	case 11:
		op_ageing();
		break;
	case 13:
		op_vlan();
		break;
	case 14:
		op_dump();
		break;
	default:
		op_frame(port);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct vsw_fdb_params params = { .limit = LIMIT, .ports = PORTS };
	int i;

	in = data;
	left = size;
	memset(&m, 0, sizeof(m));
	m.vlan = byte(2);
	m.deny = byte(2);
	m.now = byte(2) ? -300UL : 0;
	m.ageing = 160;
	params.ageing = m.ageing;
	for (i = 0; i < VSW_FDB_TYPES; i++) {
		real[i] = aligned_alloc(64, (sizeof(struct real) + 63) & ~63UL);
		CHECK(real[i]);
		memset(real[i], 0, sizeof(struct real));
		params.type = i;
		CHECK(!vsw_core_init(&real[i]->core,
				     (m.vlan ? VSW_CORE_VLAN : 0) |
				     (m.deny ? VSW_CORE_DEFAULT_DENY : 0),
				     &params, NULL));
	}
	for (i = 0; i < PORTS - 1; i++)
		join(i);

	while (left) {
		step();
		check_numbers();
	}
	op_dump();

	for (i = 0; i < PORTS; i++)
		if (m.port[i].here)
			leave(i);
	check_numbers();
	for (i = 0; i < VSW_FDB_TYPES; i++) {
		vsw_core_destroy(&real[i]->core);
		free(real[i]);
	}
	rcu_barrier();
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The core of the switch with readers, writers, resizing, ageing and
 * configuration all at once.
 *
 *	stress [SECONDS]	for each structure; 2 by default, and longer until
 *				each thing happened once
 *
 * Two programs are made of it: stress, on liburcu with AddressSanitizer, which
 * sees use after free, and stress-tsan, with ThreadSanitizer, which sees data
 * races.  What must hold at every moment:
 *
 * - an entry that nobody removes is always found, where it is
 * - no frame goes where the allow-list has never allowed it
 * - a port whose VLANs are replaced takes every frame, in the old way or the new
 * - the copies of one flood go by the old allow-list or by the new one
 *
 * and in the end the numbers of entries are right.
 */
#include <sched.h>
#include <unistd.h>

#include "forward.h"
#include "tap.h"

#define PORTS		16
#define STEADY		20	/* stations that stay */
#define SWARM		2000	/* stations that come and go */
#define READERS		2

#define AGEING		64

enum fault {
	LOST_ENTRY,
	FORBIDDEN_UNICAST,
	FORBIDDEN_COPY,
	TORN_VLAN,
	TORN_LIST,
	FAULTS,
};

static const char *const fault_names[] = {
	[LOST_ENTRY]		= "an entry that stays is always found",
	[FORBIDDEN_UNICAST]	= "no frame goes where it is never allowed",
	[FORBIDDEN_COPY]	= "no copy goes where it is never allowed",
	[TORN_VLAN]		= "VLANs of a port change in one step",
	[TORN_LIST]		= "a whole allow-list changes in one step",
};

static struct vsw_core *core;
static struct vsw_port_core *ports[PORTS];	/* 15 comes and goes */
static unsigned long now;
static bool stop;
static unsigned long faults[FAULTS];
static unsigned long frames, dumps, housekeepings, resizes, rejoins, moves;

static void note(enum fault fault, bool bad)
{
	if (bad)
		__atomic_fetch_add(&faults[fault], 1, __ATOMIC_RELAXED);
}

static unsigned int next_random(unsigned int *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static void station(u32 n, u8 *addr)
{
	memset(addr, 0, ETH_ALEN);
	addr[0] = 2;
	addr[4] = n >> 8;
	addr[5] = n;
}

static enum vsw_verdict send_to(unsigned int in, u32 dst, u32 src, bool group,
				struct vsw_decision *d)
{
	struct vsw_frame frame = { .tags = VSW_TAGS_NONE };
	u8 addr[2 * ETH_ALEN];

	station(dst, addr);
	station(src, addr + ETH_ALEN);
	if (group)
		memset(addr, 0xff, ETH_ALEN);
	frame.addr = addr;
	return vsw_forward(core, ports[in], &frame, READ_ONCE(now), d);
}

/* Stations that stay are by hand behind port 1, and in all VLANs of the test. */
static void read_steady(unsigned int *seed)
{
	u8 addr[ETH_ALEN];
	struct vsw_fdb_entry *e;

	station(next_random(seed) % STEADY, addr);
	e = vsw_fdb_lookup(&core->fdb, vsw_key(addr, 10), READ_ONCE(now));
	note(LOST_ENTRY, !e || READ_ONCE(e->port) != 1);
}

/* From port 2 nothing goes to port 1, from port 3 to even or to odd ports. */
static void send_frames(unsigned int *seed)
{
	u32 src = STEADY + next_random(seed) % SWARM;
	unsigned int in = 4 + src % 4;
	bool even = false, odd = false;
	struct vsw_decision d;
	enum vsw_drop why;
	unsigned int i;

	/* Now and then a station moves. */
	if (next_random(seed) % 8 == 0)
		in = 4 + (in + 1) % 4;
	send_to(in, next_random(seed) % (STEADY + SWARM), src, false, &d);
	if (d.learn == VSW_LEARN_MOVED)
		__atomic_fetch_add(&moves, 1, __ATOMIC_RELAXED);

	if (send_to(2, next_random(seed) % STEADY, STEADY + SWARM, false,
		    &d) == VSW_UNICAST)
		note(FORBIDDEN_UNICAST, d.out == ports[1]);
	note(LOST_ENTRY, d.verdict == VSW_FLOOD);
	if (send_to(2, 0, STEADY + SWARM, true, &d) == VSW_FLOOD)
		note(FORBIDDEN_COPY,
		     vsw_flood_copy(&d, ports[1], &why) != VSW_COPY_NO);

	if (send_to(3, 0, STEADY + SWARM + 1, true, &d) == VSW_FLOOD) {
		for (i = 4; i < 12; i++) {
			if (!vsw_allowed(d.allow, i))
				continue;
			even |= i % 2 == 0;
			odd |= i % 2 == 1;
		}
		note(TORN_LIST, even == odd);
	}

	/* Port 12 is in VLAN 10 as an access port or 20 as a trunk. */
	send_to(12, 0, STEADY + SWARM + 2, true, &d);
	note(TORN_VLAN, d.verdict != VSW_FLOOD || (d.vid != 10 && d.vid != 20));
	__atomic_fetch_add(&frames, 4, __ATOMIC_RELAXED);
}

static bool count(const struct vsw_fdb_info *info, void *arg)
{
	unsigned int *n = arg;

	n[info->port]++;
	return true;
}

static void *reader(void *arg)
{
	unsigned int seed = 2463534242U + (unsigned int)(long)arg;
	const struct vsw_port_core *guest;
	unsigned int n[VSW_MAX_PORTS];
	struct vsw_fdb_cursor cursor;
	int i;

	rcu_register_thread();
	while (!READ_ONCE(stop)) {
		for (i = 0; i < 1000 && !READ_ONCE(stop); i++) {
			rcu_read_lock();
			read_steady(&seed);
			send_frames(&seed);
			/* The one that comes and goes, as long as it is here. */
			guest = vsw_port_of(core, 15);
			note(LOST_ENTRY, guest && guest->fdb.no != 15);
			rcu_read_unlock();
		}
		memset(n, 0, sizeof(n));
		memset(&cursor, 0, sizeof(cursor));
		vsw_fdb_dump(&core->fdb, &cursor, count, n);
		note(LOST_ENTRY, n[1] < STEADY);
		__atomic_fetch_add(&dumps, 1, __ATOMIC_RELAXED);
	}
	rcu_unregister_thread();
	return NULL;
}

/* A thread of its own, since it waits for readers. */
static void *housekeeper(void *arg)
{
	void *table = core->fdb.table;

	rcu_register_thread();
	while (!READ_ONCE(stop)) {
		/* All of a sudden everything is too old, and the table small. */
		if (++housekeepings % 16 == 0)
			WRITE_ONCE(now, now + AGEING);
		vsw_fdb_housekeep(&core->fdb, now);
		WRITE_ONCE(resizes, resizes + (core->fdb.table != table));
		table = core->fdb.table;
#ifdef VSW_USER_RCU_LOCK
		rcu_barrier();
#endif
		sched_yield();
	}
	rcu_unregister_thread();
	return arg;
}

static struct vsw_port_core *join(u16 no)
{
	struct vsw_port_core *port = calloc(1, sizeof(*port));

	if (!port || vsw_port_join(core, port, no))
		abort();
	vsw_port_set_access(core, port, 10);
	return port;
}

static void leave(struct vsw_port_core *port)
{
	vsw_port_leave(core, port);
	synchronize_rcu();
	vsw_port_free(port);
	free(port);
}

static void only_parity(unsigned int parity)
{
	DECLARE_BITMAP(bits, VSW_MAX_PORTS);
	unsigned int i;

	bitmap_zero(bits, VSW_MAX_PORTS);
	for (i = parity; i < PORTS; i += 2)
		__set_bit(i, bits);
	if (vsw_allow_replace(&ports[3]->allow, VSW_ALLOW_OWNER, bits, false))
		abort();
}

static void *configurator(void *arg)
{
	struct vsw_fdb_filter by_port = { .port = 5, .vid = -1 };
	struct vsw_port_core *guest;
	DECLARE_BITMAP(vids, VSW_VLANS);
	unsigned int n = 0;
	u8 addr[ETH_ALEN];

	rcu_register_thread();
	bitmap_zero(vids, VSW_VLANS);
	__set_bit(20, vids);
	while (!READ_ONCE(stop)) {
		only_parity(n & 1);
		if (n & 2)
			vsw_port_set_access(core, ports[12], 10);
		else if (vsw_port_set_trunk(core, ports[12], 20, vids))
			abort();
		/* What is always denied, through changes of its neighbours. */
		vsw_allow_set(&ports[2]->allow, VSW_ALLOW_OWNER, 4, n & 1);
		if (n % 4 == 0) {
			guest = join(15);
			station(STEADY + n % SWARM, addr);
			vsw_fdb_add(&core->fdb, &guest->fdb, vsw_key(addr, 10),
				    0, VSW_FDB_CREATE | VSW_FDB_REPLACE,
				    READ_ONCE(now));
			leave(guest);
			WRITE_ONCE(rejoins, rejoins + 1);
		}
		if (n % 64 == 0)
			vsw_fdb_flush(&core->fdb, &by_port);
		n++;
		sched_yield();
	}
	rcu_unregister_thread();
	return arg;
}

static void numbers(const char *name)
{
	u32 entries = 0, used = 0, n[VSW_MAX_PORTS] = {};
	struct vsw_fdb_cursor cursor = {};
	bool each = true;
	int i;

	vsw_fdb_dump(&core->fdb, &cursor, count, n);
	for (i = 0; i < PORTS; i++) {
		if (!ports[i])
			continue;
		each &= ports[i]->fdb.entries == n[i];
		entries += n[i];
		used += n[i] > core->fdb.share ? n[i] - core->fdb.share : 0;
	}
	ok(each, "%s: each port has as many entries as it is said to have",
	   name);
	ok(core->fdb.entries == entries && core->fdb.pool_used == used,
	   "%s: so has the switch", name);
}

static bool all_happened(enum vsw_fdb_type type)
{
	return READ_ONCE(frames) && READ_ONCE(dumps) && READ_ONCE(moves) &&
	       READ_ONCE(rejoins) &&
	       (type == VSW_FDB_LINEAR || READ_ONCE(resizes));
}

static void run(enum vsw_fdb_type type, long seconds)
{
	struct vsw_fdb_params params = {
		.type = type, .ageing = AGEING, .ports = PORTS,
		.limit = type == VSW_FDB_HASH ? 4096 : 256,
	};
	const char *name = vsw_fdb_type_name(type);
	pthread_t threads[READERS + 2];
	u8 addr[ETH_ALEN];
	long i;
	int n;

	core = aligned_alloc(64, (sizeof(*core) + 63) & ~63UL);
	memset(core, 0, sizeof(*core));
	if (vsw_core_init(core, VSW_CORE_VLAN, &params, NULL))
		abort();
	for (i = 0; i < PORTS - 1; i++)
		ports[i] = join(i);
	vsw_allow_set(&ports[2]->allow, VSW_ALLOW_OWNER, 1, false);
	only_parity(0);
	for (i = 0; i < STEADY; i++) {
		station(i, addr);
		if (vsw_fdb_add(&core->fdb, &ports[1]->fdb, vsw_key(addr, 10),
				VSW_FDB_STATIC | VSW_FDB_STICKY, VSW_FDB_CREATE,
				0))
			abort();
	}

	stop = false;
	memset(faults, 0, sizeof(faults));
	frames = dumps = housekeepings = resizes = rejoins = moves = 0;
	for (i = 0; i < READERS; i++)
		pthread_create(&threads[i], NULL, reader, (void *)i);
	pthread_create(&threads[i++], NULL, housekeeper, NULL);
	pthread_create(&threads[i++], NULL, configurator, NULL);
	sleep(seconds);
	for (n = 0; n < 100 && !all_happened(type); n++)
		sleep(1);
	WRITE_ONCE(stop, true);
	while (i)
		pthread_join(threads[--i], NULL);

	for (i = 0; i < FAULTS; i++)
		ok(!faults[i], "%s: %s", name, fault_names[i]);
	ok(all_happened(type),
	   "%s: %lu frames, %lu moves, %lu dumps, %lu sizes, %lu ports came and went",
	   name, frames, moves, dumps, resizes, rejoins);
	numbers(name);
	for (i = 0; i < PORTS - 1; i++)
		leave(ports[i]);
	rcu_barrier();
	vsw_core_destroy(core);
	free(core);
}

int main(int argc, char **argv)
{
	long seconds = argc > 1 ? atol(argv[1]) : 2;

	rcu_register_thread();
	run(VSW_FDB_HASH, seconds);
	run(VSW_FDB_LINEAR, seconds);
	rcu_unregister_thread();
	return done_testing();
}

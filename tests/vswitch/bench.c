// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where the two structures of the table cross: the time of a lookup against the
 * number of addresses that are learned.
 *
 *	bench [REPEATS]		best of so many runs for each number; 5 by default
 *
 * hit: addresses that are there, in random order, as with many flows.  one: the
 * same address again and again, the one that was learned last, as with one flow.
 * miss: addresses that are not there.  frame: a whole decision of vsw_forward(),
 * which looks up two addresses, from and to random stations.
 */
#include <time.h>

#include "forward.h"

#define LOOKUPS		200000
#define PORTS		8
#define ORDER		4096

static const unsigned int sizes[] = {
	1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 1024, 4096, 16384,
};

static struct vsw_port_core *ports[PORTS];
static u64 hits[ORDER], misses[ORDER];
static u8 addrs[ORDER][2 * ETH_ALEN];
static unsigned int order[ORDER];

static u64 station(unsigned int n)
{
	u8 addr[ETH_ALEN] = { 2, 0, n >> 24, n >> 16, n >> 8, n };

	return vsw_key(addr, 0);
}

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static unsigned int lookups(struct vsw_core *core, const u64 *keys,
			    unsigned int mask)
{
	unsigned int i, sum = 0;
	struct vsw_fdb_entry *e;

	for (i = 0; i < LOOKUPS; i++) {
		e = vsw_fdb_lookup(&core->fdb, keys[i & mask], 1);
		sum += e ? e->port : 1;
	}
	return sum;
}

static unsigned int frames(struct vsw_core *core)
{
	struct vsw_frame frame = {};
	struct vsw_decision d;
	unsigned int i, sum = 0;

	for (i = 0; i < LOOKUPS; i++) {
		frame.addr = addrs[i % ORDER];
		sum += vsw_forward(core, ports[order[i % ORDER] % PORTS],
				   &frame, 1, &d);
	}
	return sum;
}

enum what { HIT, ONE, MISS, FRAME, WHATS };

static volatile unsigned int sink;

static double measure(struct vsw_core *core, enum what what, u64 one)
{
	double start = seconds();

	rcu_read_lock();
	switch (what) {
	case HIT:
		sink = lookups(core, hits, ORDER - 1);
		break;
	case ONE:
		sink = lookups(core, &one, 0);
		break;
	case MISS:
		sink = lookups(core, misses, ORDER - 1);
		break;
	default:
		sink = frames(core);
	}
	rcu_read_unlock();
	return (seconds() - start) / LOOKUPS * 1e9;
}

/* Nanoseconds, the best of @repeats; false if the structure is too small. */
static bool run(enum vsw_fdb_type type, unsigned int size, int repeats,
		double *ns)
{
	struct vsw_fdb_params params = {
		.type = type, .ports = PORTS,
		.limit = type == VSW_FDB_LINEAR ? 256 : 65536,
	};
	struct vsw_core *core;
	unsigned int i, to;
	enum what what;
	double t;
	int r;

	if (type == VSW_FDB_LINEAR && size > 256)
		return false;
	core = aligned_alloc(64, (sizeof(*core) + 63) & ~63UL);
	memset(core, 0, sizeof(*core));
	if (vsw_core_init(core, 0, &params, NULL))
		abort();
	for (i = 0; i < PORTS; i++) {
		ports[i] = aligned_alloc(64, 64);
		memset(ports[i], 0, 64);
		if (vsw_port_join(core, ports[i], i))
			abort();
	}
	for (i = 0; i < size; i++)
		if (vsw_fdb_add(&core->fdb, &ports[i % PORTS]->fdb, station(i),
				VSW_FDB_STATIC, VSW_FDB_CREATE, 1))
			abort();
	while (vsw_fdb_housekeep(&core->fdb, 1) == 1)
		;
	for (i = 0; i < ORDER; i++) {
		order[i] = rand() % size;
		to = rand() % size;
		hits[i] = station(order[i]);
		misses[i] = station(order[i] + 1000000);
		vsw_key_addr(station(to), addrs[i]);
		vsw_key_addr(hits[i], addrs[i] + ETH_ALEN);
	}
	for (what = 0; what < WHATS; what++) {
		ns[what] = 1e9;
		for (r = 0; r < repeats; r++) {
			t = measure(core, what, station(size - 1));
			ns[what] = min(ns[what], t);
		}
	}
	for (i = 0; i < PORTS; i++) {
		vsw_port_leave(core, ports[i]);
		vsw_port_free(ports[i]);
		free(ports[i]);
	}
	vsw_core_destroy(core);
	free(core);
	return true;
}

int main(int argc, char **argv)
{
	int repeats = argc > 1 ? atoi(argv[1]) : 5;
	unsigned int i, cross[WHATS] = {};
	double hash[WHATS], linear[WHATS];
	static const char *const names[] = { "hit", "one", "miss", "frame" };
	enum what what;
	bool both;

	rcu_register_thread();
	srand(1);
	printf("# nanoseconds, best of %d runs of %d\n", repeats, LOOKUPS);
	printf("#           hash                        linear\n");
	printf("# addresses hit    one    miss   frame  hit    one    miss   frame\n");
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		run(VSW_FDB_HASH, sizes[i], repeats, hash);
		both = run(VSW_FDB_LINEAR, sizes[i], repeats, linear);
		printf("%11u", sizes[i]);
		for (what = 0; what < WHATS; what++)
			printf(" %-6.1f", hash[what]);
		for (what = 0; what < WHATS; what++) {
			if (!both) {
				printf(" %-6s", "-");
				continue;
			}
			printf(" %-6.1f", linear[what]);
			if (linear[what] <= hash[what])
				cross[what] = sizes[i];
		}
		putchar('\n');
		fflush(stdout);
	}
	printf("# linear is not slower up to:");
	for (what = 0; what < WHATS; what++)
		printf(" %s %u%s", names[what], cross[what],
		       what + 1 < WHATS ? "," : "\n");
	rcu_barrier();
	rcu_unregister_thread();
	return 0;
}

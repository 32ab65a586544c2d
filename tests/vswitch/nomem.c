// SPDX-License-Identifier: GPL-2.0-only
/*
 * The core of the switch when memory runs out: whatever fails leaves things as
 * they were, says so, and leaks nothing (AddressSanitizer looks).
 *
 * Each scenario runs with its first allocation failing, then with its second,
 * and so on, until it runs through.
 */
#include "config.h"
#include "tap.h"

static long fail_at = -1;	/* this allocation, from 0, and none if negative */
static bool failed;

bool vsw_user_fail(void)
{
	if (fail_at < 0 || fail_at-- > 0)
		return false;
	failed = true;
	return true;
}

#define KEY(n)	(0x020000000002ULL + ((u64)(n) << 16))

/* A scenario says true if what it saw is right, whether memory ran out or not. */
static bool make_switch(void)
{
	struct vsw_fdb_params params = { .type = VSW_FDB_HASH, .ageing = 300 };
	struct vsw_core *core = aligned_alloc(64, (sizeof(*core) + 63) & ~63UL);
	struct vsw_port_core port = {};
	bool good;
	int err;

	memset(core, 0, sizeof(*core));
	err = vsw_core_init(core, VSW_CORE_DEFAULT_DENY, &params, NULL);
	good = err == (failed ? -ENOMEM : 0);
	if (!err) {
		err = vsw_port_join(core, &port, 1);
		good &= err == (failed ? -ENOMEM : 0);
		/* A port that did not join is not there. */
		good &= !rcu_access_pointer(core->fdb.ports[1]) == !!err;
		if (!err)
			vsw_port_leave(core, &port);
		vsw_port_free(&port);
		vsw_core_destroy(core);
	}
	free(core);
	return good;
}

static struct vsw_core core;
static struct vsw_port_core port;

static bool learn(void)
{
	enum vsw_learn ret;
	bool good;
	int err;

	rcu_read_lock();
	ret = vsw_fdb_learn(&core.fdb, &port.fdb, KEY(1), 0);
	rcu_read_unlock();
	good = ret == (failed ? VSW_LEARN_NOMEM : VSW_LEARN_NEW);
	good &= core.fdb.entries == !failed;
	if (!failed) {
		err = vsw_fdb_add(&core.fdb, &port.fdb, KEY(2), VSW_FDB_STATIC,
				  VSW_FDB_CREATE, 0);
		good &= err == (failed ? -ENOMEM : 0);
		good &= core.fdb.entries == (failed ? 1 : 2);
	}
	vsw_fdb_del(&core.fdb, KEY(1), NULL);
	vsw_fdb_del(&core.fdb, KEY(2), NULL);
	return good && !core.fdb.entries;
}

/* A table that cannot grow works on, and grows later. */
static bool grow(void)
{
	struct vsw_fdb_filter all = { .port = -1, .vid = -1 };
	long later = fail_at;
	bool good = true;
	int i;

	fail_at = -1;
	rcu_read_lock();
	for (i = 0; i < 3000; i++)
		vsw_fdb_learn(&core.fdb, &port.fdb, KEY(i), 0);
	fail_at = later;
	rcu_read_unlock();
	for (i = 0; i < 100; i++)
		vsw_fdb_housekeep(&core.fdb, 0);
	rcu_read_lock();
	for (i = 0; i < 3000; i++)
		good &= !!vsw_fdb_lookup(&core.fdb, KEY(i), 0);
	rcu_read_unlock();
	good &= vsw_fdb_flush(&core.fdb, &all) == 3000;
	for (i = 0; i < 100; i++)
		vsw_fdb_housekeep(&core.fdb, 0);
	return good;
}

static bool lists(void)
{
	DECLARE_BITMAP(vids, VSW_VLANS);
	u16 access, native;
	bool good;
	int err;

	err = vsw_allow_set(&port.allow, VSW_ALLOW_OWNER, 5, false);
	good = err == (failed ? -ENOMEM : 0);
	good &= vsw_allowed(rcu_access_pointer(port.allow), 5) == !!err;
	vsw_allow_set(&port.allow, VSW_ALLOW_OWNER, 5, true);

	bitmap_zero(vids, VSW_VLANS);
	vsw_port_set_access(&core, &port, 7);
	err = vsw_port_set_trunk(&core, &port, 8, vids);
	good &= !err || (failed && err == -ENOMEM);
	vsw_vlan_get(&port.vlan, &access, &native, vids);
	good &= err ? access == 7 : native == 8;
	return good;
}

static bool configuration(void)
{
	static const char text[] =
		"switch s\nport p trunk 5-9\nport q trunk 7\nallow p q\n";
	struct vsw_config_error error;
	struct vsw_config *config;
	int err;

	err = vsw_config_parse(text, strlen(text), &config, &error);
	if (!err)
		vsw_config_free(config);
	else if (!error.msg || strcmp(error.msg, "no memory"))
		return false;
	return err == (failed ? -ENOMEM : 0);
}

static void run(const char *name, bool (*scenario)(void), int least)
{
	bool good = true;
	int n = 0;

	do {
		failed = false;
		fail_at = n++;
		good &= scenario();
	} while (failed && n < 1000);
	fail_at = -1;
	rcu_barrier();
	ok(good, "%s: right whichever allocation fails", name);
	ok(n > least && n < 1000, "%s: %d allocations were made to fail", name,
	   n - 1);
}

int main(void)
{
	struct vsw_fdb_params params = { .type = VSW_FDB_HASH };

	rcu_register_thread();
	run("a switch", make_switch, 2);
	if (vsw_core_init(&core, 0, &params, NULL) ||
	    vsw_port_join(&core, &port, 1))
		return 1;
	run("learning", learn, 2);
	run("growing", grow, 1);
	run("lists", lists, 2);
	vsw_port_leave(&core, &port);
	vsw_port_free(&port);
	vsw_core_destroy(&core);
	run("a configuration", configuration, 7);
	rcu_barrier();
	rcu_unregister_thread();
	return done_testing();
}

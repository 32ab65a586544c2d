/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The allow-list of a port: the ports of its switch that it may send to.
 *
 * There are two lists.  The owner of the switch writes one; the tenant that a
 * port was handed to may write the other.  A frame passes if both allow it, so
 * a tenant can only narrow what it was granted.
 *
 * A list has a bit for each port and a rule for ports that do not exist yet
 * (@fill).  A port number that is freed goes back to the rule, so that nothing
 * said about one port is ever applied to another one that gets its number.  But
 * what a tenant said about a number that its owner's list refuses stays: by that
 * list, which the tenant may read, it must not learn that there was such a port.
 *
 * A port that may send to all has no list at all, and a frame from it pays for
 * the test of one pointer.  Otherwise the two lists are combined whenever one
 * is written, and a frame tests one bit.  Single bits are changed in place; a
 * whole list is replaced under RCU, so that the copies of one flooded frame go
 * by the old list or by the new one.
 *
 * The caller serialises all functions that change lists of one switch.
 */
#ifndef _VSWITCH_ALLOW_H
#define _VSWITCH_ALLOW_H

#include "fdb.h"

/**
 * enum vsw_allow_by - whose list
 * @VSW_ALLOW_OWNER: of the switch's owner
 * @VSW_ALLOW_TENANT: of the port's tenant
 * @VSW_ALLOW_BY: how many there are
 */
enum vsw_allow_by {
	VSW_ALLOW_OWNER,
	VSW_ALLOW_TENANT,
	VSW_ALLOW_BY,
};

/**
 * struct vsw_allow_list - what one of them said
 * @bits: the ports
 * @fill: whether ports that do not exist yet are allowed
 */
struct vsw_allow_list {
	DECLARE_BITMAP(bits, VSW_MAX_PORTS);
	bool fill;
};

/**
 * struct vsw_allow - the allow-list of a port
 * @rcu: frees it after the last reader; first, for env_user.h
 * @bits: the ports that a frame may go to: those in both lists
 * @list: the lists
 */
struct vsw_allow {
	struct rcu_head		rcu;
	DECLARE_BITMAP(bits, VSW_MAX_PORTS);
	struct vsw_allow_list	list[VSW_ALLOW_BY];
};

/**
 * vsw_allowed() - whether a list allows a port
 * @allow: the list, or NULL for one that allows all
 * @to: the port
 *
 * Context: RCU.  Takes no lock.
 * Return: true if it does.
 */
static inline bool vsw_allowed(const struct vsw_allow *allow, u16 to)
{
	return !allow || vsw_test_bit(to, allow->bits);
}

struct vsw_allow *vsw_allow_make(struct vsw_allow __rcu **slot,
				 enum vsw_allow_by by,
				 const unsigned long *bits, bool fill);
void vsw_allow_publish(struct vsw_allow __rcu **slot, struct vsw_allow *allow);

int vsw_allow_replace(struct vsw_allow __rcu **slot, enum vsw_allow_by by,
		      const unsigned long *bits, bool fill);
void vsw_allow_reset(struct vsw_allow __rcu **slot, enum vsw_allow_by by);
int vsw_allow_set(struct vsw_allow __rcu **slot, enum vsw_allow_by by, u16 to,
		  bool allow);
void vsw_allow_forget(struct vsw_allow __rcu **slot, u16 to);
bool vsw_allow_get(struct vsw_allow __rcu **slot, enum vsw_allow_by by,
		   unsigned long *bits);
void vsw_allow_destroy(struct vsw_allow __rcu **slot);

#endif /* _VSWITCH_ALLOW_H */

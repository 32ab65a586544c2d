// SPDX-License-Identifier: GPL-2.0
/*
 * Changing the allow-list of a port.
 */
#include "allow.h"

/* The list of a slot, for its only writer. */
static struct vsw_allow *vsw_allow_of(struct vsw_allow __rcu **slot)
{
	return rcu_dereference_protected(*slot, 1);
}

static bool vsw_allow_list_all(const struct vsw_allow_list *list)
{
	return list->fill && bitmap_full(list->bits, VSW_MAX_PORTS);
}

static void vsw_allow_combine(struct vsw_allow *allow)
{
	bitmap_and(allow->bits, allow->list[VSW_ALLOW_OWNER].bits,
		   allow->list[VSW_ALLOW_TENANT].bits, VSW_MAX_PORTS);
}

static void vsw_allow_update(struct vsw_allow *allow, u16 to)
{
	assign_bit(to, allow->bits,
		   test_bit(to, allow->list[VSW_ALLOW_OWNER].bits) &&
		   test_bit(to, allow->list[VSW_ALLOW_TENANT].bits));
}

/**
 * vsw_allow_make() - prepare a change of a whole list
 * @slot: where the port's allow-list is
 * @by: whose list
 * @bits: the ports that it allows, VSW_MAX_PORTS bits
 * @fill: whether it allows ports that do not exist yet
 *
 * The other list stays as it is, so between this and vsw_allow_publish() there
 * must be no other change of @slot.
 *
 * Context: process.  May sleep.
 * Return: what to publish; may be given to kfree() instead.  NULL: no memory.
 */
struct vsw_allow *vsw_allow_make(struct vsw_allow __rcu **slot,
				 enum vsw_allow_by by,
				 const unsigned long *bits, bool fill)
{
	const struct vsw_allow *old = vsw_allow_of(slot);
	struct vsw_allow *allow;
	int i;

	allow = kzalloc(sizeof(*allow), GFP_KERNEL_ACCOUNT);
	if (!allow)
		return NULL;
	for (i = 0; i < VSW_ALLOW_BY; i++) {
		if (old) {
			allow->list[i] = old->list[i];
		} else {
			bitmap_fill(allow->list[i].bits, VSW_MAX_PORTS);
			allow->list[i].fill = true;
		}
	}
	bitmap_copy(allow->list[by].bits, bits, VSW_MAX_PORTS);
	allow->list[by].fill = fill;
	vsw_allow_combine(allow);
	return allow;
}

/**
 * vsw_allow_publish() - let frames go by a list that was prepared
 * @slot: where the port's allow-list is
 * @allow: what vsw_allow_make() returned, which is not the caller's any more
 *
 * Cannot fail.  A list that allows everything is freed: none is the same.
 *
 * Context: any.
 */
void vsw_allow_publish(struct vsw_allow __rcu **slot, struct vsw_allow *allow)
{
	struct vsw_allow *old;
	int i;

	for (i = 0; i < VSW_ALLOW_BY; i++)
		if (!vsw_allow_list_all(&allow->list[i]))
			break;
	if (i == VSW_ALLOW_BY) {
		kfree(allow);
		allow = NULL;
	}
	old = rcu_replace_pointer(*slot, allow, 1);
	if (old)
		kfree_rcu(old, rcu);
}

/**
 * vsw_allow_replace() - change a whole list
 * @slot: where the port's allow-list is
 * @by: whose list
 * @bits: the ports that it allows, VSW_MAX_PORTS bits
 * @fill: whether it allows ports that do not exist yet
 *
 * Context: process.  May sleep.
 * Return: 0, or -ENOMEM and nothing is changed.
 */
int vsw_allow_replace(struct vsw_allow __rcu **slot, enum vsw_allow_by by,
		      const unsigned long *bits, bool fill)
{
	struct vsw_allow *allow = vsw_allow_make(slot, by, bits, fill);

	if (!allow)
		return -ENOMEM;
	vsw_allow_publish(slot, allow);
	return 0;
}

/**
 * vsw_allow_set() - allow or refuse one port
 * @slot: where the port's allow-list is
 * @by: whose list
 * @to: the port
 * @allow: whether frames may go there
 *
 * Takes effect for the next frame.
 *
 * Context: process.  May sleep.
 * Return: 0, -ERANGE if there is no such number, or -ENOMEM and nothing is
 *	   changed.
 */
int vsw_allow_set(struct vsw_allow __rcu **slot, enum vsw_allow_by by, u16 to,
		  bool allow)
{
	struct vsw_allow *old = vsw_allow_of(slot);
	struct vsw_allow *new;

	if (to >= VSW_MAX_PORTS)
		return -ERANGE;
	if (!old) {
		DECLARE_BITMAP(all, VSW_MAX_PORTS);

		if (allow)
			return 0;
		bitmap_fill(all, VSW_MAX_PORTS);
		new = vsw_allow_make(slot, by, all, true);
		if (!new)
			return -ENOMEM;
		__clear_bit(to, new->list[by].bits);
		__clear_bit(to, new->bits);
		vsw_allow_publish(slot, new);
		return 0;
	}

	__assign_bit(to, old->list[by].bits, allow);
	vsw_allow_update(old, to);
	return 0;
}

/**
 * vsw_allow_forget() - forget what was said about a port that is no more
 * @slot: where another port's allow-list is
 * @to: the port that is no more
 *
 * The tenant's list says nothing new about a port that it could not send to.
 *
 * Context: any.
 */
void vsw_allow_forget(struct vsw_allow __rcu **slot, u16 to)
{
	struct vsw_allow *allow = vsw_allow_of(slot);
	struct vsw_allow_list *owner, *tenant;

	if (!allow || to >= VSW_MAX_PORTS)
		return;
	owner = &allow->list[VSW_ALLOW_OWNER];
	tenant = &allow->list[VSW_ALLOW_TENANT];
	if (test_bit(to, owner->bits))
		__assign_bit(to, tenant->bits, tenant->fill);
	__assign_bit(to, owner->bits, owner->fill);
	vsw_allow_update(allow, to);
}

/**
 * vsw_allow_reset() - let a list allow everything
 * @slot: where the port's allow-list is
 * @by: whose list
 *
 * Cannot fail, unlike vsw_allow_replace(); the copies of a frame that is flooded
 * meanwhile may go by some of the old list and some of the new one.
 *
 * Context: any.
 */
void vsw_allow_reset(struct vsw_allow __rcu **slot, enum vsw_allow_by by)
{
	struct vsw_allow *allow = vsw_allow_of(slot);
	int i;

	if (!allow)
		return;
	bitmap_fill(allow->list[by].bits, VSW_MAX_PORTS);
	allow->list[by].fill = true;
	for (i = 0; i < VSW_ALLOW_BY; i++)
		if (!vsw_allow_list_all(&allow->list[i]))
			break;
	if (i == VSW_ALLOW_BY)
		vsw_allow_destroy(slot);
	else
		vsw_allow_combine(allow);
}

/**
 * vsw_allow_get() - what a list says
 * @slot: where the port's allow-list is
 * @by: whose list
 * @bits: where the ports that it allows go, VSW_MAX_PORTS bits
 *
 * Context: as for the functions that change it.
 * Return: whether it allows ports that do not exist yet.
 */
bool vsw_allow_get(struct vsw_allow __rcu **slot, enum vsw_allow_by by,
		   unsigned long *bits)
{
	const struct vsw_allow *allow = vsw_allow_of(slot);

	if (!allow) {
		bitmap_fill(bits, VSW_MAX_PORTS);
		return true;
	}
	bitmap_copy(bits, allow->list[by].bits, VSW_MAX_PORTS);
	return allow->list[by].fill;
}

/**
 * vsw_allow_destroy() - free the allow-list of a port
 * @slot: where it is; then the port may send to all
 *
 * For a port that frames no longer come in by.
 *
 * Context: any.
 */
void vsw_allow_destroy(struct vsw_allow __rcu **slot)
{
	struct vsw_allow *old = rcu_replace_pointer(*slot, NULL, 1);

	if (old)
		kfree_rcu(old, rcu);
}

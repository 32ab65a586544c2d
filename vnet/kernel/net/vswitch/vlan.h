/* SPDX-License-Identifier: GPL-2.0 */
/*
 * VLANs of a port.
 *
 * An access port is in one VLAN and knows no tags: it takes untagged and
 * priority-tagged frames, and what leaves it is untagged.  A trunk is in all
 * VLANs of a set, and frames have tags, except those of its native VLAN, if it
 * has one.
 *
 * A tag is an 802.1Q tag.  One of 802.1ad is payload here.
 *
 * The caller serialises all functions that change ports of one switch.
 */
#ifndef _VSWITCH_VLAN_H
#define _VSWITCH_VLAN_H

#include "fdb.h"
#include "drop.h"

#define VSW_VLANS		4096

/* Parts of a tag. */
#define VSW_TCI_VID		0x0fff
#define VSW_TCI_PRIO		0xf000	/* priority and drop eligibility */

/**
 * enum vsw_tags - the tags that a frame starts with
 * @VSW_TAGS_UNKNOWN: nobody looked, since the switch knew no VLANs
 * @VSW_TAGS_NONE: none
 * @VSW_TAGS_ONE: one
 * @VSW_TAGS_MORE: one, and what follows it is another one
 */
enum vsw_tags {
	VSW_TAGS_UNKNOWN,
	VSW_TAGS_NONE,
	VSW_TAGS_ONE,
	VSW_TAGS_MORE,
};

/**
 * enum vsw_copy - how a frame leaves a port
 * @VSW_COPY_NO: not at all
 * @VSW_COPY_AS_IS: as it came; the switch knows no VLANs
 * @VSW_COPY_UNTAGGED: without the tag, if it came with one
 * @VSW_COPY_TAGGED: with the tag of the decision, instead of one it came with
 */
enum vsw_copy {
	VSW_COPY_NO,
	VSW_COPY_AS_IS,
	VSW_COPY_UNTAGGED,
	VSW_COPY_TAGGED,
};

/**
 * struct vsw_trunk - what makes a port a trunk
 * @rcu: frees it after the last reader; first, for env_user.h
 * @native: the VLAN of untagged frames, or VSW_VID_NONE to refuse them
 * @vids: the VLANs it is in, with the native one
 *
 * Never changed once readers can see it.
 */
struct vsw_trunk {
	struct rcu_head	rcu;
	u16		native;
	DECLARE_BITMAP(vids, VSW_VLANS);
};

/**
 * struct vsw_vlan - the VLANs of a port
 * @access: the VLAN of an access port, or VSW_VID_NONE for a trunk
 * @trunk: of a trunk, or of one that it was before it became an access port
 *
 * Any change is one store for a reader: of @access, with @trunk valid before and
 * after, or of @trunk.  A port that has neither is in no VLAN.
 */
struct vsw_vlan {
	u16			access;
	struct vsw_trunk __rcu	*trunk;
};

void vsw_vlan_set_access(struct vsw_vlan *vlan, u16 vid);
struct vsw_trunk *vsw_trunk_make(u16 native, const unsigned long *vids);
void vsw_vlan_publish_trunk(struct vsw_vlan *vlan, struct vsw_trunk *trunk);
int vsw_vlan_set_trunk(struct vsw_vlan *vlan, u16 native,
		       const unsigned long *vids);
void vsw_vlan_get(const struct vsw_vlan *vlan, u16 *access, u16 *native,
		  unsigned long *vids);
void vsw_vlan_destroy(struct vsw_vlan *vlan);

/**
 * vsw_vid_valid() - whether frames can be in a VLAN
 * @vid: the VLAN
 *
 * Context: any.
 * Return: false for 0, which stands for a mere priority, 4095, which is
 *	   reserved, and what has more than 12 bits.
 */
static inline bool vsw_vid_valid(u16 vid)
{
	return vid != VSW_VID_NONE && vid <= VSW_VID_MAX;
}

/**
 * vsw_vlan_ingress() - the VLAN that a frame comes in by
 * @vlan: VLANs of the port it came in by
 * @tags: the tags that it starts with; not VSW_TAGS_UNKNOWN
 * @tci: the first of them
 * @vid: where its VLAN goes
 *
 * Context: RCU.  Takes no lock.
 * Return: VSW_DROP_NOT, or why it does not come in.
 */
static inline enum vsw_drop vsw_vlan_ingress(const struct vsw_vlan *vlan,
					     enum vsw_tags tags, u16 tci,
					     u16 *vid)
{
	/* Pairs with the release that makes the port a trunk. */
	u16 access = smp_load_acquire(&vlan->access);
	u16 tag = tags == VSW_TAGS_NONE ? 0 : tci & VSW_TCI_VID;
	const struct vsw_trunk *trunk;

	if (access) {
		/*
		 * Another tag below one of mere priority would be the first
		 * one, and chosen by the sender, where this one is taken off.
		 */
		if (tag || tags == VSW_TAGS_MORE)
			return VSW_DROP_VLAN_TAGGED;
		*vid = access;
		return VSW_DROP_NOT;
	}

	trunk = rcu_dereference(vlan->trunk);
	if (!trunk)
		return VSW_DROP_VLAN_INGRESS;
	if (!tag) {
		if (!trunk->native)
			return VSW_DROP_VLAN_UNTAGGED;
		*vid = trunk->native;
		return VSW_DROP_NOT;
	}
	/* No set of a trunk contains the reserved VLAN 4095. */
	if (!vsw_test_bit(tag, trunk->vids))
		return VSW_DROP_VLAN_INGRESS;
	*vid = tag;
	return VSW_DROP_NOT;
}

/**
 * vsw_vlan_egress() - how a frame leaves a port
 * @vlan: VLANs of the port
 * @vid: the VLAN of the frame, from vsw_vlan_ingress()
 * @tags: the tags that it came with
 * @why: where the reason goes if it does not leave
 *
 * A frame that has another tag beneath its own never leaves untagged, because
 * that tag would put it into a VLAN of its sender's choice at the next switch.
 *
 * Context: RCU.  Takes no lock.
 * Return: VSW_COPY_NO, VSW_COPY_UNTAGGED or VSW_COPY_TAGGED.
 */
static inline enum vsw_copy vsw_vlan_egress(const struct vsw_vlan *vlan,
					    u16 vid, enum vsw_tags tags,
					    enum vsw_drop *why)
{
	/* Pairs with the release that makes the port a trunk. */
	u16 access = smp_load_acquire(&vlan->access);
	const struct vsw_trunk *trunk;
	bool member, untagged;

	if (access) {
		member = access == vid;
		untagged = true;
	} else {
		trunk = rcu_dereference(vlan->trunk);
		member = trunk && vsw_test_bit(vid, trunk->vids);
		untagged = member && trunk->native == vid;
	}
	if (!member) {
		*why = VSW_DROP_VLAN_EGRESS;
		return VSW_COPY_NO;
	}
	if (!untagged)
		return VSW_COPY_TAGGED;
	if (tags == VSW_TAGS_MORE) {
		*why = VSW_DROP_VLAN_INNER;
		return VSW_COPY_NO;
	}
	return VSW_COPY_UNTAGGED;
}

#endif /* _VSWITCH_VLAN_H */

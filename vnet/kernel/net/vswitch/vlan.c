// SPDX-License-Identifier: GPL-2.0
/*
 * Changing the VLANs of a port.
 */
#include "vlan.h"

/**
 * vsw_vlan_set_access() - make a port an access port
 * @vlan: VLANs of the port
 * @vid: its VLAN; vsw_vid_valid()
 *
 * Context: any.
 */
void vsw_vlan_set_access(struct vsw_vlan *vlan, u16 vid)
{
	/*
	 * A trunk that it was stays, for readers who have seen that it is no
	 * access port and now look for the trunk.
	 */
	smp_store_release(&vlan->access, vid);
}

/**
 * vsw_trunk_make() - prepare to make a port a trunk
 * @native: its native VLAN, or VSW_VID_NONE
 * @vids: its VLANs, VSW_VLANS bits; 0 and 4095 are ignored
 *
 * The native VLAN is one of a trunk's VLANs, whether @vids has it or not.
 *
 * Context: process.  May sleep.
 * Return: what to publish; may be given to kfree() instead.  NULL: no memory.
 */
struct vsw_trunk *vsw_trunk_make(u16 native, const unsigned long *vids)
{
	struct vsw_trunk *trunk;

	trunk = kzalloc(sizeof(*trunk), GFP_KERNEL_ACCOUNT);
	if (!trunk)
		return NULL;
	trunk->native = native;
	bitmap_copy(trunk->vids, vids, VSW_VLANS);
	__set_bit(native, trunk->vids);
	__clear_bit(VSW_VID_NONE, trunk->vids);
	__clear_bit(VSW_VID_MAX + 1, trunk->vids);
	return trunk;
}

/**
 * vsw_vlan_publish_trunk() - make a port a trunk that was prepared
 * @vlan: VLANs of the port
 * @trunk: what vsw_trunk_make() returned, which is not the caller's any more
 *
 * Cannot fail.
 *
 * Context: any.
 */
void vsw_vlan_publish_trunk(struct vsw_vlan *vlan, struct vsw_trunk *trunk)
{
	struct vsw_trunk *old = rcu_replace_pointer(vlan->trunk, trunk, 1);

	/* Who sees that it is no access port sees the trunk. */
	smp_store_release(&vlan->access, VSW_VID_NONE);
	if (old)
		kfree_rcu(old, rcu);
}

/**
 * vsw_vlan_set_trunk() - make a port a trunk
 * @vlan: VLANs of the port
 * @native: its native VLAN, or VSW_VID_NONE
 * @vids: its VLANs, VSW_VLANS bits; 0 and 4095 are ignored
 *
 * Context: process.  May sleep.
 * Return: 0, or -ENOMEM and nothing is changed.
 */
int vsw_vlan_set_trunk(struct vsw_vlan *vlan, u16 native,
		       const unsigned long *vids)
{
	struct vsw_trunk *trunk = vsw_trunk_make(native, vids);

	if (!trunk)
		return -ENOMEM;
	vsw_vlan_publish_trunk(vlan, trunk);
	return 0;
}

/**
 * vsw_vlan_get() - the VLANs of a port
 * @vlan: VLANs of the port
 * @access: where the VLAN of an access port goes; VSW_VID_NONE for a trunk
 * @native: where the native VLAN of a trunk goes; VSW_VID_NONE for none
 * @vids: where all its VLANs go, VSW_VLANS bits
 *
 * Context: as for the functions that change them.
 */
void vsw_vlan_get(const struct vsw_vlan *vlan, u16 *access, u16 *native,
		  unsigned long *vids)
{
	const struct vsw_trunk *trunk;

	*access = vlan->access;
	*native = VSW_VID_NONE;
	bitmap_zero(vids, VSW_VLANS);
	if (*access) {
		__set_bit(*access, vids);
		return;
	}
	trunk = rcu_dereference_protected(vlan->trunk, 1);
	if (trunk) {
		*native = trunk->native;
		bitmap_copy(vids, trunk->vids, VSW_VLANS);
	}
}

/**
 * vsw_vlan_destroy() - free the VLANs of a port
 * @vlan: VLANs of the port; then it is in none
 *
 * For a port that frames no longer come in by.
 *
 * Context: any.
 */
void vsw_vlan_destroy(struct vsw_vlan *vlan)
{
	struct vsw_trunk *old = rcu_replace_pointer(vlan->trunk, NULL, 1);

	vsw_vlan_set_access(vlan, VSW_VID_NONE);
	if (old)
		kfree_rcu(old, rcu);
}

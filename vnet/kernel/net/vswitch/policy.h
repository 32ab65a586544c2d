/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A policy of a switch: a BPF program that is asked for each frame, after all
 * else has allowed it, whether it may go from one port to another one.
 */
#ifndef __VSWITCH_POLICY_H
#define __VSWITCH_POLICY_H

#include <linux/jump_label.h>
#include <linux/skbuff.h>

#include "vswitch.h"

#define VSWITCH_POLICY_NAME_LEN		16

/**
 * struct vswitch_frame - a frame, as a policy sees it
 * @skb: the frame; its data start with the Ethernet header, and a tag may be in
 *	 the skb's fields for it instead
 * @vid: its VLAN, or 0 if the switch knows no VLANs
 * @flood: whether this is about a copy of a flooded frame
 */
struct vswitch_frame {
	const struct sk_buff	*skb;
	u16			vid;
	bool			flood;
};

/**
 * struct vswitch_policy - the struct_ops type: what a BPF object has of a policy
 * @can_send: whether @frame may go from @src to @dst: %VSWITCH_POLICY_ALLOW, or
 *	      anything else to drop it.  RCU, BHs off; on several CPUs at once
 * @init: optional; before the first @can_send for a switch, whose port 0 is
 *	  @local.  0, or a negative error to refuse the switch
 * @exit: optional; after the last @can_send for that switch
 * @ifindex: the switch device, in the vnet of who attaches
 * @name: optional; shown to who asks for the policy of a switch
 *
 * All members but the functions are set before the object is loaded.
 */
struct vswitch_policy {
	int	(*can_send)(const struct vswitch_port *src,
			    const struct vswitch_port *dst,
			    const struct vswitch_frame *frame);
	int	(*init)(const struct vswitch_port *local);
	void	(*exit)(const struct vswitch_port *local);
	u32	ifindex;
	char	name[VSWITCH_POLICY_NAME_LEN];
};

/* What can_send() returns for a frame that may go.  All else says no. */
#define VSWITCH_POLICY_ALLOW	1

#ifdef CONFIG_VSWITCH_POLICY

DECLARE_STATIC_KEY_FALSE(vswitch_policy_key);

bool vswitch_policy_ask(const struct vswitch_port *in,
			const struct vswitch_port *out,
			const struct sk_buff *skb, u16 vid, bool flood);
bool vswitch_policy_get(const struct vswitch *sw, char *name, u32 *link_id);
void vswitch_policy_release(struct vswitch *sw);
int vswitch_policy_register(void);

/* For policies; kfuncs. */
const u8 *bpf_vswitch_frame_data(const struct vswitch_frame *frame, u32 offset,
				 const size_t rdonly_buf_size);
int bpf_vswitch_frame_load(const struct vswitch_frame *frame, u32 offset,
			   void *to, u32 to__sz);

/**
 * vswitch_policy_allows() - whether the policy of a switch, if any, lets a frame go
 * @in: the port that it came in by
 * @out: the port that it is for
 * @skb: the frame
 * @vid: its VLAN
 * @flood: whether this is a copy of a flooded frame
 *
 * As long as no switch has a policy this is an instruction that does nothing.
 *
 * Context: RCU, BHs off.
 * Return: true if it may go.
 */
static __always_inline bool
vswitch_policy_allows(const struct vswitch_port *in,
		      const struct vswitch_port *out,
		      const struct sk_buff *skb, u16 vid, bool flood)
{
	if (!static_branch_unlikely(&vswitch_policy_key) ||
	    !rcu_access_pointer(in->sw->policy))
		return true;
	return vswitch_policy_ask(in, out, skb, vid, flood);
}

#else

static inline bool vswitch_policy_allows(const struct vswitch_port *in,
					 const struct vswitch_port *out,
					 const struct sk_buff *skb, u16 vid,
					 bool flood)
{
	return true;
}

static inline bool vswitch_policy_get(const struct vswitch *sw, char *name,
				      u32 *link_id)
{
	return false;
}

static inline void vswitch_policy_release(struct vswitch *sw)
{
}

static inline int vswitch_policy_register(void)
{
	return 0;
}

#endif /* CONFIG_VSWITCH_POLICY */

#endif

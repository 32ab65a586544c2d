/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a policy of a virtual switch is written with: the types of the kernel that
 * it is given, as far as it may rely on them, and functions to look at ports and
 * frames.  Documentation/networking/vswitch-policy.rst says how to use it.
 *
 * Offsets of members are those of the kernel that the policy is loaded into: libbpf
 * finds them by name in that kernel's BTF.
 */
#ifndef VSWITCH_POLICY_BPF_H
#define VSWITCH_POLICY_BPF_H

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <stdbool.h>
#include <stddef.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

/* What can_send() returns.  Anything but the first drops the frame. */
#define VSWITCH_POLICY_ALLOW	1
#define VSWITCH_POLICY_DENY	0

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct net {
	__u64			net_cookie;
};

typedef struct {
	struct net		*net;
} possible_net_t;

struct net_device {
	int			ifindex;
	possible_net_t		nd_net;
};

struct vsw_fdb_port {
	__u16			no;
};

struct vsw_vlan {
	__u16			access;
};

struct vsw_port_core {
	struct vsw_fdb_port	fdb;
	__u32			flags;
	struct vsw_vlan		vlan;
};

struct vswitch_port {
	struct vsw_port_core	core;
	struct net_device	*dev;
	__u8			kind;
};

struct sk_buff {
	unsigned int		len;
	__be16			vlan_proto;
	__u16			vlan_tci;
	union {
		__u32		vlan_all;
	};
};

struct vswitch_frame {
	const struct sk_buff	*skb;
	__u16			vid;
	bool			flood;
};

#pragma clang attribute pop

/* The members are matched with the kernel's by their names. */
struct vswitch_policy {
	int	(*can_send)(const struct vswitch_port *src,
			    const struct vswitch_port *dst,
			    const struct vswitch_frame *frame);
	int	(*init)(const struct vswitch_port *local);
	void	(*exit)(const struct vswitch_port *local);
	__u32	ifindex;
	char	name[16];
};

/* As enum vswitch_port_kind in linux/vswitch.h. */
enum {
	VSWITCH_KIND_LOCAL,
	VSWITCH_KIND_VIRTUAL,
	VSWITCH_KIND_UPLINK,
};

/* The number of a port at its switch: 0 is the switch device, none is over 1023. */
static inline __u16 vswitch_port_number(const struct vswitch_port *port)
{
	return port->core.fdb.no;
}

static inline __u8 vswitch_port_kind(const struct vswitch_port *port)
{
	return port->kind;
}

/* VSWITCH_PORT_FLAGS_* of linux/vswitch.h. */
static inline __u32 vswitch_port_flags(const struct vswitch_port *port)
{
	return port->core.flags;
}

/* The VLAN of an access port; of a trunk, 0. */
static inline __u16 vswitch_port_access_vlan(const struct vswitch_port *port)
{
	return port->core.vlan.access;
}

/* The index of its device in the vnet that it is in. */
static inline int vswitch_port_ifindex(const struct vswitch_port *port)
{
	return port->dev->ifindex;
}

/* Which vnet its device is in, as SO_NETNS_COOKIE says it. */
static inline __u64 vswitch_port_netns(const struct vswitch_port *port)
{
	return port->dev->nd_net.net->net_cookie;
}

/* From the Ethernet header on, without a tag that is not among the bytes. */
static inline __u32 vswitch_frame_len(const struct vswitch_frame *frame)
{
	return frame->skb->len;
}

/* Whether the frame has a tag that is not among its bytes. */
static inline bool vswitch_frame_tagged(const struct vswitch_frame *frame)
{
	return frame->skb->vlan_all;
}

/* Bytes of the frame where they are, or NULL: then use the other one. */
extern const __u8 *bpf_vswitch_frame_data(const struct vswitch_frame *frame,
					  __u32 offset,
					  const size_t rdonly_buf_size) __ksym;

/* Copies bytes of the frame; 0, or negative if it is shorter. */
extern int bpf_vswitch_frame_load(const struct vswitch_frame *frame,
				  __u32 offset, void *to, __u32 to__sz) __ksym;

#endif

// SPDX-License-Identifier: GPL-2.0
/*
 * protocols - between vnets only ARP, IPv4 and IPv6
 *
 * Ports in one vnet, the switch device and uplinks may have anything.  A tag does
 * not hide what is below it, up to two of them.
 */
#include "vswitch_policy.bpf.h"

#define MAX_TAGS	2

static bool between_tenants(const struct vswitch_port *src,
			    const struct vswitch_port *dst)
{
	return vswitch_port_kind(src) == VSWITCH_KIND_VIRTUAL &&
	       vswitch_port_kind(dst) == VSWITCH_KIND_VIRTUAL &&
	       vswitch_port_netns(src) != vswitch_port_netns(dst);
}

SEC("struct_ops/can_send")
int BPF_PROG(can_send, const struct vswitch_port *src,
	     const struct vswitch_port *dst, const struct vswitch_frame *frame)
{
	__u32 at = offsetof(struct ethhdr, h_proto);
	__be16 protocol;
	int tags;

	if (!between_tenants(src, dst))
		return VSWITCH_POLICY_ALLOW;

	for (tags = 0; tags <= MAX_TAGS; tags++) {
		if (bpf_vswitch_frame_load(frame, at, &protocol,
					   sizeof(protocol)))
			return VSWITCH_POLICY_DENY;
		switch (bpf_ntohs(protocol)) {
		case ETH_P_ARP:
		case ETH_P_IP:
		case ETH_P_IPV6:
			return VSWITCH_POLICY_ALLOW;
		case ETH_P_8021Q:
		case ETH_P_8021AD:
			at += 4;
			continue;
		default:
			return VSWITCH_POLICY_DENY;
		}
	}
	return VSWITCH_POLICY_DENY;
}

SEC(".struct_ops.link")
struct vswitch_policy protocols = {
	.can_send	= (void *)can_send,
	.name		= "protocols",
};

char _license[] SEC("license") = "GPL";

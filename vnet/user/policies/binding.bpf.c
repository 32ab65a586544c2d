// SPDX-License-Identifier: GPL-2.0
/*
 * binding - one station per port, and no lies about it
 *
 * The source address of the first frame that a port sends is the port's from then
 * on; frames with another one are dropped, and so is ARP that says something else
 * of its sender.  Uplinks have many stations behind them, and are exempt.
 *
 * It is forgotten when the policy is replaced or detached.
 */
#include "vswitch_policy.bpf.h"

#define MAX_PORTS	1024
#define ARP_SENDER	(ETH_HLEN + 8)

/* By number of the port: its address, or 0 as long as it has sent nothing. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, MAX_PORTS);
	__type(key, __u32);
	__type(value, __u64);
} addresses SEC(".maps");

static __u64 address(const __u8 *bytes)
{
	return (__u64)bytes[0] << 40 | (__u64)bytes[1] << 32 |
	       (__u64)bytes[2] << 24 | (__u64)bytes[3] << 16 |
	       (__u64)bytes[4] << 8 | bytes[5];
}

SEC("struct_ops/can_send")
int BPF_PROG(can_send, const struct vswitch_port *src,
	     const struct vswitch_port *dst, const struct vswitch_frame *frame)
{
	__u32 number = vswitch_port_number(src);
	__u8 sender[ETH_ALEN];
	const __u8 *header;
	__u64 *known, have;
	__u64 source;

	if (vswitch_port_kind(src) == VSWITCH_KIND_UPLINK)
		return VSWITCH_POLICY_ALLOW;

	/* The switch has looked at the addresses: they are there. */
	header = bpf_vswitch_frame_data(frame, 0, ETH_HLEN);
	known = bpf_map_lookup_elem(&addresses, &number);
	if (!header || !known)
		return VSWITCH_POLICY_DENY;

	source = address(header + ETH_ALEN);
	have = *known;
	if (!have)
		have = __sync_val_compare_and_swap(known, 0, source) ?: source;
	if (have != source)
		return VSWITCH_POLICY_DENY;

	if (header[12] != ETH_P_ARP >> 8 || header[13] != (ETH_P_ARP & 0xff))
		return VSWITCH_POLICY_ALLOW;
	if (bpf_vswitch_frame_load(frame, ARP_SENDER, sender, sizeof(sender)) ||
	    address(sender) != source)
		return VSWITCH_POLICY_DENY;
	return VSWITCH_POLICY_ALLOW;
}

SEC(".struct_ops.link")
struct vswitch_policy binding = {
	.can_send	= (void *)can_send,
	.name		= "binding",
};

char _license[] SEC("license") = "GPL";

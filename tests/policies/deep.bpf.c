// SPDX-License-Identifier: GPL-2.0
/*
 * Denies a frame by a byte that is not in the linear part of its skb, where only a
 * copy can be had.
 */
#include "vswitch_policy.bpf.h"
#include "facts.h"

#define AT	20000
#define BYTE	0xab

SEC("struct_ops/can_send")
int BPF_PROG(can_send, const struct vswitch_port *src,
	     const struct vswitch_port *dst, const struct vswitch_frame *frame)
{
	const __u8 *there = bpf_vswitch_frame_data(frame, AT, 1);
	__u8 byte;

	if (bpf_vswitch_frame_load(frame, AT, &byte, sizeof(byte)))
		return VSWITCH_POLICY_ALLOW;
	fact(FACT_byte, byte);
	fact(FACT_there, there ? 1 : 0);
	return byte == BYTE ? VSWITCH_POLICY_DENY : VSWITCH_POLICY_ALLOW;
}

SEC(".struct_ops.link")
struct vswitch_policy deep = {
	.can_send	= (void *)can_send,
	.name		= "deep",
};

char _license[] SEC("license") = "GPL";

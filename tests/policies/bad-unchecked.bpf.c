// SPDX-License-Identifier: GPL-2.0
/* Refused by the verifier: does not look whether there are such bytes. */
#include "vswitch_policy.bpf.h"

SEC("struct_ops/can_send")
int BPF_PROG(can_send, const struct vswitch_port *src,
	     const struct vswitch_port *dst, const struct vswitch_frame *frame)
{
	if (bpf_vswitch_frame_data(frame, 0, ETH_HLEN)[0])
		return VSWITCH_POLICY_DENY;
	return VSWITCH_POLICY_ALLOW;
}

SEC(".struct_ops.link")
struct vswitch_policy bad = {
	.can_send	= (void *)can_send,
	.name		= "bad",
};

char _license[] SEC("license") = "GPL";

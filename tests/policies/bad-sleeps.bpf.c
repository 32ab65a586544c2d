// SPDX-License-Identifier: GPL-2.0
/* Refused by the verifier: may sleep. */
#include "vswitch_policy.bpf.h"

SEC("struct_ops.s/can_send")
int BPF_PROG(can_send, const struct vswitch_port *src,
	     const struct vswitch_port *dst, const struct vswitch_frame *frame)
{

	return VSWITCH_POLICY_ALLOW;
}

SEC(".struct_ops.link")
struct vswitch_policy bad = {
	.can_send	= (void *)can_send,
	.name		= "bad",
};

char _license[] SEC("license") = "GPL";

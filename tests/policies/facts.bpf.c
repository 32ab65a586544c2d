// SPDX-License-Identifier: GPL-2.0
/*
 * Three policies in one object.  "facts" tells what it is given; "none" says what
 * is neither yes nor no, and tells how often it began and ended; "refuse" refuses
 * every switch.
 */
#include "vswitch_policy.bpf.h"
#include "facts.h"

SEC("struct_ops/can_send")
int BPF_PROG(facts_can_send, const struct vswitch_port *src,
	     const struct vswitch_port *dst, const struct vswitch_frame *frame)
{
	fact(FACT_src, vswitch_port_number(src));
	fact(FACT_dst, vswitch_port_number(dst));
	fact(FACT_kind, vswitch_port_kind(src));
	fact(FACT_flags, vswitch_port_flags(src));
	fact(FACT_access, vswitch_port_access_vlan(src));
	fact(FACT_index, vswitch_port_ifindex(src));
	fact(FACT_same_netns, vswitch_port_netns(src) == vswitch_port_netns(dst));
	fact(FACT_len, vswitch_frame_len(frame));
	fact(FACT_vid, frame->vid);
	fact(FACT_flood, frame->flood);
	fact(FACT_tagged, vswitch_frame_tagged(frame));
	fact_count(FACT_asked);
	return VSWITCH_POLICY_ALLOW;
}

SEC(".struct_ops.link")
struct vswitch_policy facts = {
	.can_send	= (void *)facts_can_send,
	.name		= "facts",
};

SEC("struct_ops/can_send")
int BPF_PROG(none_can_send, const struct vswitch_port *src,
	     const struct vswitch_port *dst, const struct vswitch_frame *frame)
{
	return 256;
}

SEC("struct_ops/init")
int BPF_PROG(none_init, const struct vswitch_port *local)
{
	fact_count(FACT_begun);
	return 0;
}

SEC("struct_ops/exit")
void BPF_PROG(none_exit, const struct vswitch_port *local)
{
	fact_count(FACT_ended);
}

SEC(".struct_ops.link")
struct vswitch_policy none = {
	.can_send	= (void *)none_can_send,
	.init		= (void *)none_init,
	.exit		= (void *)none_exit,
	.name		= "none",
};

SEC("struct_ops/init")
int BPF_PROG(refuse_init, const struct vswitch_port *local)
{
	return -22;
}

SEC(".struct_ops.link")
struct vswitch_policy refuse = {
	.can_send	= (void *)none_can_send,
	.init		= (void *)refuse_init,
	.name		= "refuse",
};

char _license[] SEC("license") = "GPL";

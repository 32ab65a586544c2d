/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the policies of the tests have seen last, in a map that is pinned as
 * /sys/fs/bpf/vswitch_facts: for facts.c to print.
 */
#ifndef FACTS_H
#define FACTS_H

#define FACTS(DO)							\
	DO(src) DO(dst) DO(kind) DO(flags) DO(access) DO(index)		\
	DO(same_netns) DO(len) DO(vid) DO(flood) DO(tagged)		\
	DO(byte) DO(there) DO(asked) DO(begun) DO(ended)

#define FACT_ID(name)	FACT_##name,
enum fact { FACTS(FACT_ID) FACT_COUNT };

#ifdef __bpf__

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, FACT_COUNT);
	__type(key, __u32);
	__type(value, __u64);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} vswitch_facts SEC(".maps");

static inline void fact(__u32 id, __u64 value)
{
	bpf_map_update_elem(&vswitch_facts, &id, &value, BPF_ANY);
}

static inline void fact_count(__u32 id)
{
	__u64 *value = bpf_map_lookup_elem(&vswitch_facts, &id);

	if (value)
		__sync_fetch_and_add(value, 1);
}

#endif
#endif

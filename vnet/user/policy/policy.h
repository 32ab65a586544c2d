/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Policies of virtual switches: attach, replace, detach, show.
 *
 * A policy is an object file that clang made of a program in BPF; see
 * vnet/user/policies.  The functions are about switches of the network namespace of
 * the caller.  A policy stays with its switch when the caller ends: its link is
 * pinned below POLICY_PINS.
 *
 * They return 0, or a negative error, about which errors->text says more.
 * Not for several threads at a time: libbpf's messages are collected on the way.
 */
#ifndef VNET_POLICY_H
#define VNET_POLICY_H

#include <stdint.h>

#define POLICY_PINS	"/sys/fs/bpf/vswitch"

/* What went wrong: text for a person, and what the kernel's verifier says. */
struct policy_errors {
	char	text[256];
	char	log[16384];	/* the end of libbpf's messages, "" if there are none */
};

/* The policy of a switch. */
struct policy_info {
	char		name[64];	/* "" if it has none */
	uint32_t	link_id;	/* of the BPF link; 0: the switch has no policy */
	uint32_t	map_id;		/* of the struct_ops map; 0: not allowed to know */
};

/*
 * @ifindex: the switch device.  @object: a file.  @name: of the policy in it (of
 * the variable in its source), or NULL if there is only one.
 */
int policy_attach(uint32_t ifindex, const char *object, const char *name,
		  struct policy_errors *errors);
int policy_replace(uint32_t ifindex, const char *object, const char *name,
		   struct policy_errors *errors);
int policy_detach(uint32_t ifindex, struct policy_errors *errors);
int policy_show(uint32_t ifindex, struct policy_info *info,
		struct policy_errors *errors);

#endif

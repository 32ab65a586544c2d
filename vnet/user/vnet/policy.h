/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Policies of switches, by libbpf: see vnet/user/policies.
 *
 * A policy stays with its switch when the program ends: its link is pinned in
 * POLICY_PINS.  An error ends the program, with what libbpf and the kernel's verifier
 * say before it.  So does each call where the program was built without libbpf.
 */
#ifndef POLICY_H
#define POLICY_H

#define POLICY_PINS	"/sys/fs/bpf/vswitch"

/*
 * object: a file.  name: of the policy in it (of the variable in its source), or NULL
 * if there is only one.
 */
void policy_attach(const char *sw, const char *object, const char *name);
void policy_replace(const char *sw, const char *object, const char *name);
void policy_detach(const char *sw);

#endif

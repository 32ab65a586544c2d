/* SPDX-License-Identifier: GPL-2.0-only */
/* Requests by netlink. */
#ifndef NL_H
#define NL_H

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>

/* A request to the family vswitch, or to rtnetlink: to be completed and sent. */
struct nlmsghdr *nl_vswitch(uint8_t cmd);
struct nlmsghdr *nl_route(uint16_t type, uint16_t flags);

/*
 * Sends it; each message of the answer, without the last one, goes to each().
 * An error ends the program, with what the kernel says about it; about names
 * what it was about.
 */
void nl_talk(struct nlmsghdr *nlh, const char *about, mnl_cb_t each, void *arg);
/* The same, but an error comes back, as a negative number. */
int nl_try(struct nlmsghdr *nlh, mnl_cb_t each, void *arg);
void nl_die(const char *about, int err) __attribute__((noreturn));

/* A socket that listens to a group of the family vswitch. */
struct mnl_socket *nl_listen(const char *const *groups);

#endif

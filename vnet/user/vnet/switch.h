/* SPDX-License-Identifier: GPL-2.0-only */
/* The commands of 'vnet switch', each family in a file. */
#ifndef SWITCH_H
#define SWITCH_H

int switch_add(int argc, char **argv);
int switch_set(int argc, char **argv);
int switch_rm(int argc, char **argv);
int switch_show(int argc, char **argv);
int switch_port(int argc, char **argv);
int switch_allow(int argc, char **argv);
int switch_deny(int argc, char **argv);
int switch_vlan(int argc, char **argv);
int switch_fdb(int argc, char **argv);
int switch_apply(int argc, char **argv);
int switch_policy(int argc, char **argv);
int switch_stats(int argc, char **argv);
int switch_monitor(int argc, char **argv);

/* The text of /dev/vswitch, for stdout. */
int switch_show_config(void);

#endif

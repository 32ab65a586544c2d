/* SPDX-License-Identifier: GPL-2.0-only */
/* What all of the program shares: options, errors, output. */
#ifndef VNET_H
#define VNET_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define VNET_FAILED	1
#define VNET_USAGE	2

/* Options, which may stand anywhere on the command line. */
extern bool opt_json;
extern bool opt_timestamp;
extern bool opt_config;

/*
 * A subcommand.  It gets the words that follow its name, and ends with an exit
 * status; help says what it does, the first line with which words.
 */
struct command {
	const char	*name;
	int		(*run)(int argc, char **argv);
	const char	*help;
};

const struct command *command_find(const struct command *commands, const char *name);
/* The one that the first word names; which asks for it where there is no word. */
int command_run(const struct command *commands, const char *which, int argc, char **argv);

extern const struct command switch_commands[];

/* For the words that a command complains of. */
void usage_error(const char *fmt, ...) __attribute__((format(printf, 1, 2), noreturn));
void die(const char *fmt, ...) __attribute__((format(printf, 1, 2), noreturn));

/* netns.c */
void netns_enter(const char *name);
int netns_open(const char *name);

#endif

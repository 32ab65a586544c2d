/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Common ground of the probes: little programs that the functional tests run
 * inside a guest.  A probe does one thing and prints what it saw as key=value
 * lines; judging that is the business of the test.
 */
#ifndef PROBE_H
#define PROBE_H

#include <getopt.h>

/* Status 1: the thing was done, but not all of it.  2: the call was wrong. */
#define PROBE_PARTLY	1
#define PROBE_USAGE	2
/* What the probe itself needs is missing here: no verdict can be had. */
#define PROBE_BROKEN	3

/* Set by the probe: shown by --help and after a wrong call. */
extern const char probe_usage[];

/* getopt_long() that deals with --help and unknown options, and ends there. */
int probe_option(int argc, char **argv, const struct option *options);

/* The number @text, from @least to @most, or the end of the program. */
long probe_number(const char *what, const char *text, long least, long most);

/* "EPERM" for 1; "none" for 0. */
const char *probe_errno(int err);

/* End with PROBE_BROKEN, saying what could not be done, and why by errno. */
void probe_broken(const char *what) __attribute__((noreturn));

/* Go to a network namespace of 'ip netns', or end with PROBE_BROKEN.  Its descriptor. */
int probe_netns(const char *name);

/* Print all so far, then wait for a line of standard input, or its end. */
void probe_wait(void);

#endif /* PROBE_H */

// SPDX-License-Identifier: GPL-2.0-only
/*
 * vsw-chaos - switches, ports, vnets, requests and frames in random order
 *
 * Every decision comes from one generator, so that a seed is a run.  What the kernel
 * answers is counted, not judged, but for two things: what /dev/vswitch says can be
 * written there, and when all is deleted, nothing is left.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../probe.h"
#include "chaos.h"

const char probe_usage[] =
"usage: vsw-chaos --mode random|requests [OPTION]...\n"
"\n"
"In four namespaces of its own, do things to switches in an order that only the seed\n"
"decides.  random: devices and namespaces come, change, move and go, stations are\n"
"added, lists and VLANs changed, and frames sent.  requests: above all requests, well\n"
"formed, nearly so and not at all, to the family vswitch, to rtnetlink and to\n"
"/dev/vswitch.\n"
"\n"
"--seed N      (default 1)\n"
"--ops N       at least so many operations (default 1000)\n"
"--seconds N   for at least so long (default 0)\n"
"--traffic     another task sends frames all the while\n"
"--verbose     say on stderr what is done, and the answer\n"
"--help        show this text\n"
"\n"
"Prints ops=, how many operations; for each kind NAME.ok= and NAME.refused=; for each\n"
"command of the family command.NAME=, how often it was carried out; frames=, how many\n"
"were sent, seen=, how many were received; again=, how often what /dev/vswitch said was written there, again.failed=\n"
"and again.differs=, how often that did not work or was read otherwise then; ports= and\n"
"promiscuous=, devices that are so when the switches are gone; left=, devices that are\n"
"there when all was deleted.\n"
"\n"
"Status: 0 done, 2 usage, 3 no such thing could be set up.\n";

static const struct op {
	const char	*name;
	int		(*fn)(void);
	int		random, requests;	/* how often */
} ops[] = {
	{ "add-switch", add_switch, 6, 6 },
	{ "add-port", add_port, 20, 10 },
	{ "add-pair", add_pair, 4, 2 },
	{ "add-bridge", add_bridge, 2, 2 },
	{ "add-upper", add_upper, 3, 2 },
	{ "del-link", del_link, 8, 3 },
	{ "del-group", del_group, 2, 3 },
	{ "set-up", set_up, 20, 8 },
	{ "change", change, 6, 4 },
	{ "rename", rename_link, 3, 2 },
	{ "move", move, 8, 3 },
	{ "master", master, 10, 4 },
	{ "fdb", neighbour, 16, 16 },
	{ "dump", dump, 4, 4 },
	{ "dump-slowly", dump_slowly, 4, 4 },
	{ "ring", ring, 3, 3 },
	{ "request", request, 30, 30 },
	{ "request-by-policy", request_by_policy, 10, 80 },
	{ "garbage-request", garbage_genl, 2, 30 },
	{ "garbage-link", garbage_link, 2, 15 },
	{ "listen", listen_up, 4, 4 },
	{ "text", text, 4, 20 },
	{ "text-garbage", text_garbage, 1, 20 },
	{ "text-again", text_again, 2, 6 },
	{ "frame", frame, 30, 10 },
	{ "namespace", namespace, 2, 1 },
};

#define OPS	(sizeof(ops) / sizeof(ops[0]))

static unsigned long done[OPS], refused[OPS];
static bool requests, verbose;

static int weight(const struct op *op)
{
	return requests ? op->requests : op->random;
}

static void one(int total)
{
	int err, n = below(total);
	size_t i = 0;

	while (n >= weight(&ops[i]))
		n -= weight(&ops[i++]);
	if (verbose)
		fprintf(stderr, "%s: ", ops[i].name);
	err = ops[i].fn();
	if (verbose)
		fprintf(stderr, "%s\n", probe_errno(err));
	if (err)
		refused[i]++;
	else
		done[i]++;
}

static void report(long n)
{
	size_t i;

	printf("ops=%ld\n", n);
	for (i = 0; i < OPS; i++)
		printf("%s.ok=%lu\n%s.refused=%lu\n", ops[i].name, done[i], ops[i].name,
		       refused[i]);
	request_report();
	text_report();
	printf("frames=%llu\n", frames_sent());
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "mode", required_argument, NULL, 'm' },
		{ "seed", required_argument, NULL, 's' },
		{ "ops", required_argument, NULL, 'o' },
		{ "seconds", required_argument, NULL, 'S' },
		{ "traffic", no_argument, NULL, 't' },
		{ "verbose", no_argument, NULL, 'v' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	long least = 1000, seconds = 0, seed = 1, n;
	bool with_traffic = false;
	const char *mode = "";
	int c, total = 0;
	pid_t pid = 0;
	time_t end;
	size_t i;

	while ((c = probe_option(argc, argv, options)) != -1) {
		switch (c) {
		case 'm': mode = optarg; break;
		case 's': seed = probe_number("--seed", optarg, 0, INT64_MAX); break;
		case 'o': least = probe_number("--ops", optarg, 0, INT64_MAX); break;
		case 'S': seconds = probe_number("--seconds", optarg, 0, 1 << 20); break;
		case 't': with_traffic = true; break;
		case 'v': verbose = true; break;
		}
	}
	requests = !strcmp(mode, "requests");
	if ((!requests && strcmp(mode, "random")) || optind < argc) {
		fprintf(stderr, "%s", probe_usage);
		return PROBE_USAGE;
	}

	chance_begin(seed);
	frames_begin();
	places_open();
	for (i = 0; i < OPS; i++)
		total += weight(&ops[i]);
	if (with_traffic && !(pid = fork())) {
		chance_begin(~seed);
		traffic();
	}

	end = time(NULL) + seconds;
	for (n = 0; n < least || time(NULL) < end; n++)
		one(total);

	if (pid > 0) {
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
	report(n);
	clean_up();
	printf("seen=%llu\n", frames_seen());
	return 0;
}

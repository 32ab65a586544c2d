// SPDX-License-Identifier: GPL-2.0-only
/*
 * fail-nth - create a network namespace with one allocation made to fail
 *
 * Needs a kernel with fault injection.  Which allocations can fail, and whether
 * silently, is set in debugfs (failslab, fail_page_alloc) beforehand; that the
 * log takes all lines, in /proc/sys/kernel/printk_devkmsg.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "probe.h"

const char probe_usage[] =
"usage: fail-nth [OPTION]...\n"
"\n"
"Call unshare(CLONE_NEWNET) with its Nth allocation made to fail, for one N after\n"
"the other, until there are fewer than N allocations.  Prints a line for each:\n"
"\n"
"    n=N injected=yes|no errno=NAME\n"
"\n"
"(in the kernel's log as well, after what it says of the failure), and then tried=,\n"
"failed= (calls that failed), survived= (allocations that the call could do\n"
"without), exhausted=yes|no (whether the last allocation was reached).\n"
"\n"
"--from N      begin here (default 1)\n"
"--to N        end here (default 100000)\n"
"--help        show this text\n"
"\n"
"Status: 0 the last allocation was reached, 1 not yet, 2 usage, 3 no fault injection.\n";

static int open_fail_nth(void)
{
	/* In the main thread this is the file of the task itself. */
	int fd = open("/proc/thread-self/fail-nth", O_RDWR | O_CLOEXEC);

	if (fd < 0)
		probe_broken("/proc/thread-self/fail-nth");
	return fd;
}

static void arm(int fd, long n)
{
	char text[32];
	int len = snprintf(text, sizeof(text), "%ld", n);

	if (pwrite(fd, text, len, 0) != len)
		probe_broken("setting fail-nth");
}

/* How many more allocations until one fails; 0: it has. */
static long armed(int fd)
{
	char text[32] = "";

	if (pread(fd, text, sizeof(text) - 1, 0) <= 0)
		probe_broken("reading fail-nth");
	return strtol(text, NULL, 10);
}

/* The line for one try, here and in the kernel's log. */
static void tell(int log, long n, bool injected, int err)
{
	char text[80];
	int len = snprintf(text, sizeof(text), "n=%ld injected=%s errno=%s\n", n,
			   injected ? "yes" : "no", probe_errno(err));

	fputs(text, stdout);
	if (write(log, text, len) != len)
		probe_broken("writing to /dev/kmsg");
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "from", required_argument, NULL, 'f' },
		{ "to", required_argument, NULL, 't' },
		{ "help", no_argument, NULL, 'h' },
		{ }
	};
	long from = 1, to = 100000, n, failed = 0, survived = 0;
	bool injected = true;
	int c, fd, home, log;

	while ((c = probe_option(argc, argv, options)) != -1) {
		switch (c) {
		case 'f':
			from = probe_number("--from", optarg, 1, 1000000);
			break;
		case 't':
			to = probe_number("--to", optarg, 1, 1000000);
			break;
		}
	}

	fd = open_fail_nth();
	log = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);
	if (log < 0)
		probe_broken("/dev/kmsg");
	home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	if (home < 0)
		probe_broken("/proc/self/ns/net");

	for (n = from; n <= to && injected; n++) {
		int err;

		arm(fd, n);
		err = unshare(CLONE_NEWNET) ? errno : 0;
		injected = armed(fd) == 0;
		arm(fd, 0);

		tell(log, n, injected, err);
		failed += err != 0;
		survived += injected && !err;
		/* Each try begins in the same namespace. */
		if (!err && setns(home, CLONE_NEWNET))
			probe_broken("going back to the first namespace");
	}

	printf("tried=%ld\nfailed=%ld\nsurvived=%ld\nexhausted=%s\n", n - from, failed,
	       survived, injected ? "no" : "yes");
	return injected ? PROBE_PARTLY : 0;
}

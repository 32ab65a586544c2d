// SPDX-License-Identifier: GPL-2.0-only
/*
 * vnets - what network namespaces take: memory, and time to come and to go
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "probe.h"

const char probe_usage[] =
"usage: vnets [--count N]\n"
"\n"
"Create N network namespaces (default 100), keep them all, then let go of all of them,\n"
"and wait until they are gone.  Prints, of one namespace,\n"
"\n"
"create NS      nanoseconds to create it\n"
"memory BYTES   by which MemFree of /proc/meminfo is less\n"
"percpu BYTES   of those, by which Percpu is more\n"
"destroy NS     nanoseconds until it is gone, as all go together\n"
"\n"
"--count N     how many\n"
"--help        show this text\n"
"\n"
"Status: 0 done, 2 usage, 3 there was something amiss.\n";

#define FILES	64	/* beyond those of the namespaces */
#define SLACK	16	/* namespaces that may be left, of slabs that are in use */

/* The number behind @key in @file, as in "MemFree:   1234 kB". */
static long number_of(const char *file, const char *key)
{
	char line[512];
	long value = -1;
	FILE *f = fopen(file, "re");

	if (!f)
		probe_broken(file);
	while (value < 0 && fgets(line, sizeof(line), f))
		if (!strncmp(line, key, strlen(key)))
			value = strtol(line + strlen(key), NULL, 10);
	fclose(f);
	if (value < 0) {
		errno = ENOENT;
		probe_broken(key);
	}
	return value;
}

static long memory_free(void)
{
	return number_of("/proc/meminfo", "MemFree:") * 1024;
}

static long memory_percpu(void)
{
	return number_of("/proc/meminfo", "Percpu:") * 1024;
}

/* How many there are, to some; what processors have put by is taken from them first. */
static long namespaces(void)
{
	int fd = open("/sys/kernel/slab/net_namespace/shrink", O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, "1", 1) != 1)
		probe_broken("/sys/kernel/slab/net_namespace/shrink");
	close(fd);
	return number_of("/proc/slabinfo", "net_namespace ");
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1e9 + t.tv_nsec;
}

static int *create(int own, long count)
{
	int *fds = calloc(count, sizeof(*fds));
	long i;

	if (!fds)
		probe_broken("calloc");
	for (i = 0; i < count; i++) {
		if (unshare(CLONE_NEWNET))
			probe_broken("unshare");
		fds[i] = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
		if (fds[i] < 0)
			probe_broken("/proc/self/ns/net");
	}
	if (setns(own, CLONE_NEWNET))
		probe_broken("setns");
	return fds;
}

/*
 * The memory of namespaces that are gone is given back when the next one goes (or
 * comes), so one does, every time.
 */
static void destroy(int own, int *fds, long count, long before)
{
	const struct timespec wait = { .tv_nsec = 20000000 };
	long i;

	for (i = 0; i < count; i++)
		close(fds[i]);
	free(fds);
	while (namespaces() > before + SLACK) {
		nanosleep(&wait, NULL);
		if (unshare(CLONE_NEWNET) || setns(own, CLONE_NEWNET))
			probe_broken("unshare");
	}
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "count", required_argument, NULL, 'c' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	long count = 100, before, mem, percpu;
	struct rlimit limit;
	double t;
	int c, own, *fds;

	while ((c = probe_option(argc, argv, options)) != -1)
		if (c == 'c')
			count = probe_number("--count", optarg, 1, 1000000);

	limit.rlim_cur = count + FILES;
	limit.rlim_max = count + FILES;
	if (setrlimit(RLIMIT_NOFILE, &limit))
		probe_broken("setrlimit");
	own = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	if (own < 0)
		probe_broken("/proc/self/ns/net");
	/* What is made once, when the first comes and goes. */
	destroy(own, create(own, 1), 1, namespaces());

	before = namespaces();
	mem = memory_free();
	percpu = memory_percpu();
	t = now();
	fds = create(own, count);
	printf("create %.0f\n", (now() - t) / count);
	printf("memory %ld\n", (mem - memory_free()) / count);
	printf("percpu %ld\n", (memory_percpu() - percpu) / count);
	fflush(stdout);
	t = now();
	destroy(own, fds, count, before);
	printf("destroy %.0f\n", (now() - t) / count);
	return 0;
}

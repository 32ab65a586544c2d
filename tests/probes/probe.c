// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "probe.h"

static void usage_error(void)
{
	fprintf(stderr, "%s", probe_usage);
	exit(PROBE_USAGE);
}

int probe_option(int argc, char **argv, const struct option *options)
{
	int c = getopt_long(argc, argv, "", options, NULL);

	if (c == 'h') {
		printf("%s", probe_usage);
		exit(0);
	}
	if (c == '?' || (c == -1 && optind != argc))
		usage_error();
	return c;
}

long probe_number(const char *what, const char *text, long least, long most)
{
	char *end;
	long value;

	errno = 0;
	value = strtol(text, &end, 0);
	if (errno || end == text || *end || value < least || value > most) {
		fprintf(stderr, "%s: %s must be a number from %ld to %ld, not '%s'\n",
			program_invocation_short_name, what, least, most, text);
		exit(PROBE_USAGE);
	}
	return value;
}

const char *probe_errno(int err)
{
	const char *name;

	if (!err)
		return "none";
	name = strerrorname_np(err);
	return name ? name : "unknown";
}

void probe_broken(const char *what)
{
	fprintf(stderr, "%s: %s: %s\n", program_invocation_short_name, what,
		strerror(errno));
	exit(PROBE_BROKEN);
}

int probe_netns(const char *name)
{
	char path[256];
	int fd;

	snprintf(path, sizeof(path), "/run/netns/%s", name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || setns(fd, CLONE_NEWNET))
		probe_broken(path);
	return fd;
}

void probe_wait(void)
{
	char c;

	fflush(stdout);
	while (read(STDIN_FILENO, &c, 1) == 1)
		if (c == '\n')
			break;
}

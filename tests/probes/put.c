// SPDX-License-Identifier: GPL-2.0-only
/*
 * put - write a value to a file of /proc or /sys, and name the error
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "probe.h"

const char probe_usage[] =
"usage: put FILE VALUE\n"
"\n"
"Write VALUE to FILE with one write, and print \"ok\" or the name of the error,\n"
"such as EACCES (the file's mode forbids it) or EPERM (the kernel refused the\n"
"value).\n"
"\n"
"--help        show this text\n"
"\n"
"Status: 0 whether written or not, 2 usage.\n";

static int put(const char *path, const char *value)
{
	ssize_t len = strlen(value);
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return errno;
	return write(fd, value, len) == len ? 0 : errno;
}

int main(int argc, char **argv)
{
	int err;

	if (argc == 2 && !strcmp(argv[1], "--help")) {
		printf("%s", probe_usage);
		return 0;
	}
	if (argc != 3) {
		fprintf(stderr, "%s", probe_usage);
		return PROBE_USAGE;
	}
	err = put(argv[1], argv[2]);
	printf("%s\n", err ? probe_errno(err) : "ok");
	return 0;
}

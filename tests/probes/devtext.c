// SPDX-License-Identifier: GPL-2.0-only
/* devtext - write a text to a device in one write, then read why it failed */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "probe.h"

const char probe_usage[] =
"usage: devtext DEVICE|fd:N TEXT\n"
"\n"
"Open DEVICE, or take the open file N, and write TEXT in one write.  If that fails,\n"
"read from the same open file, to its end.\n"
"\n"
"Prints ok, or the name of the error, a colon and what was read, without newlines.\n"
"\n"
"--help        show this text\n"
"\n"
"Status: 0 whatever came of it, 2 usage.\n";

int main(int argc, char **argv)
{
	char why[4096];
	size_t len = 0;
	ssize_t n;
	int fd, i;

	if (argc == 2 && !strcmp(argv[1], "--help")) {
		printf("%s", probe_usage);
		return 0;
	}
	if (argc != 3) {
		fprintf(stderr, "%s", probe_usage);
		return PROBE_USAGE;
	}
	if (!strncmp(argv[1], "fd:", 3))
		fd = probe_number("fd", argv[1] + 3, 0, 1024);
	else
		fd = open(argv[1], O_RDWR);
	if (fd < 0)
		probe_broken(argv[1]);
	n = write(fd, argv[2], strlen(argv[2]));
	if (n == (ssize_t)strlen(argv[2])) {
		puts("ok");
		return 0;
	}
	printf("%s: ", n < 0 ? probe_errno(errno) : "short");
	while (len < sizeof(why) && (n = read(fd, why + len, sizeof(why) - len)) > 0)
		len += n;
	for (i = 0; i < (int)len; i++)
		if (why[i] != '\n')
			putchar(why[i]);
	putchar('\n');
	return 0;
}

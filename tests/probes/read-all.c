// SPDX-License-Identifier: GPL-2.0-only
/*
 * read-all - read every file below some directories, and name the errors
 */
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "probe.h"

/* More than any file needs, on the slowest machine. */
#define PATIENCE_S	60

const char probe_usage[] =
"usage: read-all WORD DIRECTORY...\n"
"\n"
"For every regular file below the DIRECTORYs print \"WORD PATH STATUS\", STATUS\n"
"being \"read\", the name of the error of open() or read(), or \"waits\" when it\n"
"keeps its reader for a minute.\n"
"\n"
"--help        show this text\n"
"\n"
"Status: 0 whether they could be read or not, 2 usage.\n";

static void wake(int sig)
{
	(void)sig;
}

static const char *read_all(const char *path)
{
	char buf[65536];
	ssize_t n;
	int fd, err;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return probe_errno(errno);

	alarm(PATIENCE_S);
	do
		n = read(fd, buf, sizeof(buf));
	while (n > 0);
	err = n < 0 ? errno : 0;
	alarm(0);
	close(fd);
	if (!err)
		return "read";
	return err == EINTR ? "waits" : probe_errno(err);
}

int main(int argc, char **argv)
{
	/* No SA_RESTART: the alarm ends the read. */
	struct sigaction sa = { .sa_handler = wake };
	FTSENT *entry;
	FTS *tree;

	if (argc == 2 && !strcmp(argv[1], "--help")) {
		printf("%s", probe_usage);
		return 0;
	}
	if (argc < 3) {
		fprintf(stderr, "%s", probe_usage);
		return PROBE_USAGE;
	}
	sigaction(SIGALRM, &sa, NULL);

	tree = fts_open(argv + 2, FTS_COMFOLLOW | FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	if (!tree) {
		perror("read-all");
		return PROBE_BROKEN;
	}
	while ((entry = fts_read(tree)))
		if (entry->fts_info == FTS_F)
			printf("%s %s %s\n", argv[1], entry->fts_path,
			       read_all(entry->fts_path));
	fts_close(tree);
	return 0;
}

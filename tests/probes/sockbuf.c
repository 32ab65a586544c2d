// SPDX-License-Identifier: GPL-2.0-only
/*
 * sockbuf - the buffers that a socket is given, and those that it may ask for
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/socket.h>

#include "probe.h"

const char probe_usage[] =
"usage: sockbuf [OPTION]...\n"
"\n"
"Open a datagram socket and print the sizes that the kernel says its buffers\n"
"have, rcvbuf= and sndbuf=; after asking for other sizes also rcvbuf-set= and\n"
"sndbuf-set=.  (The kernel doubles what is asked for, and says the double.)\n"
"\n"
"--rcv BYTES   ask for this receive buffer (SO_RCVBUF)\n"
"--snd BYTES   ask for this send buffer (SO_SNDBUF)\n"
"--wait        then wait for a line, or the end, of standard input, and print\n"
"              rcvbuf-later= and sndbuf-later= of the same socket\n"
"--help        show this text\n"
"\n"
"Status: 0 printed, 2 usage, 3 no socket.\n";

#define BYTES_MAX	0x3fffffff

static int get(int fd, int option)
{
	int value;
	socklen_t len = sizeof(value);

	if (getsockopt(fd, SOL_SOCKET, option, &value, &len))
		probe_broken("getsockopt");
	return value;
}

static void show(int fd, const char *when)
{
	printf("rcvbuf%s=%d\nsndbuf%s=%d\n", when, get(fd, SO_RCVBUF), when,
	       get(fd, SO_SNDBUF));
}

static void ask(int fd, int option, int value)
{
	if (value && setsockopt(fd, SOL_SOCKET, option, &value, sizeof(value)))
		probe_broken("setsockopt");
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "rcv", required_argument, NULL, 'r' },
		{ "snd", required_argument, NULL, 's' },
		{ "wait", no_argument, NULL, 'w' },
		{ "help", no_argument, NULL, 'h' },
		{ }
	};
	int rcv = 0, snd = 0;
	bool wait = false;
	int c, fd;

	while ((c = probe_option(argc, argv, options)) != -1) {
		switch (c) {
		case 'r':
			rcv = probe_number("--rcv", optarg, 1, BYTES_MAX);
			break;
		case 's':
			snd = probe_number("--snd", optarg, 1, BYTES_MAX);
			break;
		case 'w':
			wait = true;
			break;
		}
	}

	fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		probe_broken("socket");
	show(fd, "");
	ask(fd, SO_RCVBUF, rcv);
	ask(fd, SO_SNDBUF, snd);
	if (rcv || snd)
		show(fd, "-set");
	if (wait) {
		probe_wait();
		show(fd, "-later");
	}
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * fl-lease - lease IPv6 flow labels until enough, or until the kernel refuses
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <errno.h>
#include <linux/in6.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "probe.h"

#define LABEL_MAX	0xfffff

const char probe_usage[] =
"usage: fl-lease [OPTION]...\n"
"\n"
"Lease IPv6 flow labels, a few on each of as many sockets as it takes, and stop\n"
"at the first that a new socket is refused too: an ordinary user may have only\n"
"one label on each socket once many are taken.\n"
"\n"
"Prints pid=, leased=, sockets=, first-label=, errno= (of the refusal, or none).\n"
"\n"
"--count N       how many (default 1)\n"
"--per-socket N  at most so many on a socket (default 32)\n"
"--label L       this label, which must be free, and those after it (default:\n"
"                whatever the kernel gives)\n"
"--linger S      seconds that a label stays after its last user (default 6)\n"
"--exclusive     labels that nobody else can use\n"
"--hold          keep them until a line, or the end, of standard input\n"
"--help          show this text\n"
"\n"
"Status: 0 all were leased, 1 fewer were, 2 usage, 3 no sockets at all.\n";

struct want {
	long count;
	long per_socket;
	long label;
	long linger;
	bool exclusive;
	bool hold;
};

struct have {
	long leased;
	long sockets;
	__u32 first_label;
	int err;
};

static int open_socket(void)
{
	return socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

/* One lease; the errno, or 0, and then the label in *@label. */
static int lease(int fd, const struct want *want, __u32 *label)
{
	struct in6_flowlabel_req req = {
		.flr_dst = IN6ADDR_LOOPBACK_INIT,
		.flr_label = htonl(*label),
		.flr_action = IPV6_FL_A_GET,
		.flr_share = want->exclusive ? IPV6_FL_S_EXCL : IPV6_FL_S_ANY,
		.flr_flags = IPV6_FL_F_CREATE | IPV6_FL_F_EXCL,
		.flr_expires = want->linger,
		.flr_linger = want->linger,
	};

	/* The kernel writes the label that it chose into the request. */
	if (setsockopt(fd, IPPROTO_IPV6, IPV6_FLOWLABEL_MGR, &req, sizeof(req)))
		return errno;
	*label = ntohl(req.flr_label);
	return 0;
}

/* Sockets stay open until the program ends: they are what holds the labels. */
static void lease_all(const struct want *want, struct have *have)
{
	long on_socket = 0;
	int fd = -1;

	while (have->leased < want->count) {
		__u32 label = want->label ? want->label + have->leased : 0;

		if (fd < 0 || on_socket == want->per_socket) {
			fd = open_socket();
			if (fd < 0) {
				have->err = errno;
				return;
			}
			have->sockets++;
			on_socket = 0;
		}

		have->err = lease(fd, want, &label);
		if (have->err && !on_socket)
			return;
		if (have->err) {
			on_socket = want->per_socket;
			continue;
		}
		if (!have->leased++)
			have->first_label = label;
		on_socket++;
	}
}

static void allow_many_sockets(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit))
		probe_broken("getrlimit");
	/* Beyond the hard limit only root gets; others do with less. */
	if (limit.rlim_max < 65536) {
		struct rlimit more = { .rlim_cur = 65536, .rlim_max = 65536 };

		if (!setrlimit(RLIMIT_NOFILE, &more))
			return;
	}
	limit.rlim_cur = limit.rlim_max;
	if (setrlimit(RLIMIT_NOFILE, &limit))
		probe_broken("setrlimit");
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "count", required_argument, NULL, 'c' },
		{ "per-socket", required_argument, NULL, 's' },
		{ "label", required_argument, NULL, 'l' },
		{ "linger", required_argument, NULL, 'g' },
		{ "exclusive", no_argument, NULL, 'x' },
		{ "hold", no_argument, NULL, 'w' },
		{ "help", no_argument, NULL, 'h' },
		{ }
	};
	struct want want = { .count = 1, .per_socket = 32, .linger = 6 };
	struct have have = { };
	int c;

	while ((c = probe_option(argc, argv, options)) != -1) {
		switch (c) {
		case 'c':
			want.count = probe_number("--count", optarg, 1, LABEL_MAX);
			break;
		case 's':
			want.per_socket = probe_number("--per-socket", optarg, 1, LABEL_MAX);
			break;
		case 'l':
			want.label = probe_number("--label", optarg, 1, LABEL_MAX);
			break;
		case 'g':
			want.linger = probe_number("--linger", optarg, 0, 65535);
			break;
		case 'x':
			want.exclusive = true;
			break;
		case 'w':
			want.hold = true;
			break;
		}
	}

	allow_many_sockets();
	lease_all(&want, &have);
	if (!have.sockets) {
		errno = have.err;
		probe_broken("socket");
	}

	printf("pid=%d\nleased=%ld\nsockets=%ld\n", getpid(), have.leased, have.sockets);
	printf("first-label=%05X\nerrno=%s\n", have.first_label,
	       probe_errno(have.err));
	if (want.hold)
		probe_wait();
	return have.leased == want.count ? 0 : PROBE_PARTLY;
}

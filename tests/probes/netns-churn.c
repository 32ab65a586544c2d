// SPDX-License-Identifier: GPL-2.0-only
/*
 * netns-churn - make network namespaces, use them a little, and leave them
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/in6.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <unistd.h>

#include "probe.h"

const char probe_usage[] =
"usage: netns-churn [OPTION]...\n"
"\n"
"Create network namespaces one after the other.  Each is left, and so destroyed,\n"
"when the next is created.  Prints created= and errno= (of a failure, or none).\n"
"\n"
"--count N     how many (default 1)\n"
"--use         open a socket and lease an IPv6 flow label in each; the label\n"
"              lingers when the namespace goes\n"
"--keep        keep them all, until a line, or the end, of standard input\n"
"--help        show this text\n"
"\n"
"Status: 0 all were created, 1 fewer were, 2 usage.\n";

/* The socket is closed again at once; the label outlives it by its linger. */
static int use(void)
{
	struct in6_flowlabel_req req = {
		.flr_dst = IN6ADDR_LOOPBACK_INIT,
		.flr_action = IPV6_FL_A_GET,
		.flr_share = IPV6_FL_S_EXCL,
		.flr_flags = IPV6_FL_F_CREATE,
		.flr_linger = 60,
	};
	int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int err = 0;

	if (fd < 0)
		return errno;
	if (setsockopt(fd, IPPROTO_IPV6, IPV6_FLOWLABEL_MGR, &req, sizeof(req)))
		err = errno;
	close(fd);
	return err;
}

static int churn(bool used, bool keep)
{
	if (unshare(CLONE_NEWNET))
		return errno;
	if (keep && open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC) < 0)
		return errno;
	return used ? use() : 0;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "count", required_argument, NULL, 'c' },
		{ "use", no_argument, NULL, 'u' },
		{ "keep", no_argument, NULL, 'k' },
		{ "help", no_argument, NULL, 'h' },
		{ }
	};
	bool used = false, keep = false;
	long count = 1, created;
	int c, err = 0;

	while ((c = probe_option(argc, argv, options)) != -1) {
		switch (c) {
		case 'c':
			count = probe_number("--count", optarg, 1, 1000000);
			break;
		case 'u':
			used = true;
			break;
		case 'k':
			keep = true;
			break;
		}
	}

	for (created = 0; created < count; created++) {
		err = churn(used, keep);
		if (err)
			break;
	}
	printf("created=%ld\nerrno=%s\n", created, probe_errno(err));
	if (keep)
		probe_wait();
	return created == count ? 0 : PROBE_PARTLY;
}

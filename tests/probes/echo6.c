// SPDX-License-Identifier: GPL-2.0-only
/*
 * echo6 - send ICMPv6 echo requests and count the replies
 */
#include <arpa/inet.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "probe.h"

const char probe_usage[] =
"usage: echo6 --to ADDRESS [OPTION]\n"
"\n"
"Send ICMPv6 echo requests to ADDRESS, each when the one before was answered or\n"
"a second has passed.  Prints sent= and received=.\n"
"\n"
"--count N     how many (default 3)\n"
"--help        show this text\n"
"\n"
"Status: 0 all were answered, 1 not all were, 2 usage, 3 no raw socket.\n";

static int open_socket(void)
{
	struct timeval wait = { .tv_sec = 1 };
	struct icmp6_filter replies;
	int fd = socket(AF_INET6, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMPV6);

	if (fd < 0)
		probe_broken("socket");
	ICMP6_FILTER_SETBLOCKALL(&replies);
	ICMP6_FILTER_SETPASS(ICMP6_ECHO_REPLY, &replies);
	if (setsockopt(fd, IPPROTO_ICMPV6, ICMP6_FILTER, &replies, sizeof(replies)) ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait)))
		probe_broken("setsockopt");
	return fd;
}

/* Is there a reply to request @seq?  Late ones to earlier requests are dropped. */
static bool answered(int fd, int seq)
{
	struct icmp6_hdr reply;

	while (recv(fd, &reply, sizeof(reply), 0) == sizeof(reply))
		if (reply.icmp6_id == htons(getpid() & 0xffff) &&
		    reply.icmp6_seq == htons(seq))
			return true;
	return false;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "to", required_argument, NULL, 't' },
		{ "count", required_argument, NULL, 'c' },
		{ "help", no_argument, NULL, 'h' },
		{ }
	};
	struct sockaddr_in6 to = { .sin6_family = AF_INET6 };
	long count = 3, sent, received = 0;
	bool named = false;
	int c, fd;

	while ((c = probe_option(argc, argv, options)) != -1) {
		switch (c) {
		case 't':
			named = inet_pton(AF_INET6, optarg, &to.sin6_addr) == 1;
			break;
		case 'c':
			count = probe_number("--count", optarg, 1, 65535);
			break;
		}
	}
	if (!named) {
		fprintf(stderr, "%s", probe_usage);
		return PROBE_USAGE;
	}

	fd = open_socket();
	for (sent = 0; sent < count; sent++) {
		struct icmp6_hdr request = {
			.icmp6_type = ICMP6_ECHO_REQUEST,
			.icmp6_id = htons(getpid() & 0xffff),
			.icmp6_seq = htons(sent),
		};

		sendto(fd, &request, sizeof(request), 0, (struct sockaddr *)&to, sizeof(to));
		received += answered(fd, sent);
	}
	printf("sent=%ld\nreceived=%ld\n", sent, received);
	return received == count ? 0 : PROBE_PARTLY;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * txtime - what a datagram carries from one network namespace to another
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/net_tstamp.h>
#include <linux/sockios.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "probe.h"

const char probe_usage[] =
"usage: txtime FROM TO ADDRESS\n"
"\n"
"Send one UDP datagram from the network namespace FROM to the IPv4 address ADDRESS\n"
"in TO, both of 'ip netns', with a mark, and a departure time that is an hour away.\n"
"\n"
"Prints received=, the mark that it came with, stamp=ok if the time that it is said\n"
"to have come at is within a minute of the present, else how far away that is, and\n"
"charged=, the bytes that its sender's socket is still charged while the receiver\n"
"has not read it.\n"
"\n"
"--help        show this text\n"
"\n"
"Status: 0 sent, 2 usage.\n";

#define PORT	4242
#define MARK	0x77

#ifndef SO_RCVMARK
#define SO_RCVMARK 75
#endif

static int udp_in(const char *netns)
{
	int s;

	close(probe_netns(netns));
	s = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (s < 0)
		probe_broken("socket");
	return s;
}

static void send_one(int s, const struct sockaddr_in *to)
{
	struct sock_txtime txtime = { .clockid = CLOCK_MONOTONIC };
	union {
		struct cmsghdr	align;
		char		buf[CMSG_SPACE(sizeof(uint64_t))];
	} control = { 0 };
	struct iovec iov = { .iov_base = (char *)"x", .iov_len = 1 };
	struct msghdr msg = {
		.msg_name = (void *)to, .msg_namelen = sizeof(*to),
		.msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = &control, .msg_controllen = sizeof(control),
	};
	struct cmsghdr *cmsg = CMSG_FIRSTHDR(&msg);
	int mark = MARK;
	struct timespec now;
	uint64_t when;

	if (setsockopt(s, SOL_SOCKET, SO_MARK, &mark, sizeof(mark)) ||
	    setsockopt(s, SOL_SOCKET, SO_TXTIME, &txtime, sizeof(txtime)))
		probe_broken("setsockopt");
	clock_gettime(CLOCK_MONOTONIC, &now);
	when = (now.tv_sec + 3600) * 1000000000ULL;
	cmsg->cmsg_level = SOL_SOCKET;
	cmsg->cmsg_type = SCM_TXTIME;
	cmsg->cmsg_len = CMSG_LEN(sizeof(when));
	memcpy(CMSG_DATA(cmsg), &when, sizeof(when));
	if (sendmsg(s, &msg, 0) < 0)
		probe_broken("sendmsg");
}

static void receive_one(int s)
{
	union {
		struct cmsghdr	align;
		char		buf[512];
	} control;
	char byte;
	struct iovec iov = { .iov_base = &byte, .iov_len = 1 };
	struct msghdr msg = {
		.msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = &control, .msg_controllen = sizeof(control),
	};
	struct timespec stamp = { 0 }, now;
	struct cmsghdr *cmsg;
	uint32_t mark = 0;
	long away;

	if (recvmsg(s, &msg, 0) < 0) {
		printf("received=no\n");
		return;
	}
	for (cmsg = CMSG_FIRSTHDR(&msg); cmsg; cmsg = CMSG_NXTHDR(&msg, cmsg)) {
		if (cmsg->cmsg_type == SO_MARK)
			memcpy(&mark, CMSG_DATA(cmsg), sizeof(mark));
		if (cmsg->cmsg_type == SO_TIMESTAMPNS)
			memcpy(&stamp, CMSG_DATA(cmsg), sizeof(stamp));
	}
	clock_gettime(CLOCK_REALTIME, &now);
	away = stamp.tv_sec - now.tv_sec;
	printf("received=%#x\n", mark);
	if (labs(away) < 60)
		printf("stamp=ok\n");
	else
		printf("stamp=%ld\n", away);
}

int main(int argc, char **argv)
{
	struct sockaddr_in addr = { .sin_family = AF_INET, .sin_port = htons(PORT) };
	struct timeval wait = { .tv_sec = 2 };
	int in, out, one = 1, charged = -1;

	if (argc == 2 && !strcmp(argv[1], "--help")) {
		printf("%s", probe_usage);
		return 0;
	}
	if (argc != 4 || inet_pton(AF_INET, argv[3], &addr.sin_addr) != 1) {
		fprintf(stderr, "%s", probe_usage);
		return PROBE_USAGE;
	}
	in = udp_in(argv[2]);
	if (bind(in, (void *)&addr, sizeof(addr)) ||
	    setsockopt(in, SOL_SOCKET, SO_TIMESTAMPNS, &one, sizeof(one)) ||
	    setsockopt(in, SOL_SOCKET, SO_RCVMARK, &one, sizeof(one)) ||
	    setsockopt(in, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait)))
		probe_broken("the receiver");
	out = udp_in(argv[1]);
	send_one(out, &addr);
	/* It is there at once, or after the next softirq. */
	usleep(100000);
	ioctl(out, SIOCOUTQ, &charged);
	receive_one(in);
	printf("charged=%d\n", charged);
	return 0;
}

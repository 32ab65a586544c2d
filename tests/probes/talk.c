// SPDX-License-Identifier: GPL-2.0-only
/*
 * talk - a TCP connection between two namespaces, and how fast it is
 *
 * Both ends are in this one task, so that nothing but the network is between them:
 * no other task has to be woken, and no time goes by that is not work.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "probe.h"

#define PORT		5001
#define CHUNK_MAX	(1 << 20)
#define WAIT_MS		10000

const char probe_usage[] =
"usage: talk --from NETNS --to NETNS --address ADDRESS [OPTION]...\n"
"\n"
"Connect from the one namespace of 'ip netns' to the other, where ADDRESS is\n"
"(IPv4).  Then, for each line of standard input, print how many requests were\n"
"answered in a second, or with --stream, how many bytes came over.\n"
"\n"
"--count N     requests, or chunks, for a line (default 1000)\n"
"--size N      bytes of a request, of its answer, or of a chunk (default 1)\n"
"--stream      one way: chunks, and nothing comes back\n"
"--help        show this text\n"
"\n"
"Status: 0 done, 2 usage, 3 no connection.\n";

static char chunk[CHUNK_MAX];

static int tcp_socket(void)
{
	int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 ||
	    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) ||
	    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one)))
		probe_broken("socket");
	return fd;
}

static void nonblocking(int fd)
{
	if (fcntl(fd, F_SETFL, O_NONBLOCK))
		probe_broken("fcntl");
}

/* Waits until one of two sockets has something to read or room to write. */
static void wait_for(int rd, int wr)
{
	struct pollfd p[2] = {
		{ .fd = rd, .events = POLLIN }, { .fd = wr, .events = POLLOUT },
	};

	errno = ETIMEDOUT;
	if (poll(p, 2, WAIT_MS) <= 0)
		probe_broken("poll");
}

static void put(int fd, size_t size)
{
	if (write(fd, chunk, size) != (ssize_t)size)
		probe_broken("write");
}

static void get(int fd, size_t size)
{
	ssize_t n;

	while (size) {
		n = read(fd, chunk, size);
		if (n > 0) {
			size -= n;
		} else if (n < 0 && errno == EAGAIN) {
			wait_for(fd, -1);
		} else {
			probe_broken("read");
		}
	}
}

static void stream(int from, int to, long long total)
{
	long long sent = 0, received = 0;
	ssize_t n, moved;
	size_t size;

	while (received < total) {
		moved = 0;
		if (sent < total) {
			size = total - sent < CHUNK_MAX ? total - sent : CHUNK_MAX;
			n = write(from, chunk, size);
			if (n < 0 && errno != EAGAIN)
				probe_broken("write");
			if (n > 0) {
				sent += n;
				moved += n;
			}
		}
		while ((n = read(to, chunk, sizeof(chunk))) > 0) {
			received += n;
			moved += n;
		}
		if (!n || errno != EAGAIN)
			probe_broken("read");
		if (!moved)
			wait_for(to, sent < total ? from : -1);
	}
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "from", required_argument, NULL, 'f' },
		{ "to", required_argument, NULL, 't' },
		{ "address", required_argument, NULL, 'a' },
		{ "count", required_argument, NULL, 'c' },
		{ "size", required_argument, NULL, 's' },
		{ "stream", no_argument, NULL, 'S' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(PORT) };
	const char *from = NULL, *to = NULL, *address = NULL;
	long count = 1000, size = 1, i;
	struct timespec t0, t1;
	int c, server, client, listener, streams = 0;
	char line[64];
	double s;

	while ((c = probe_option(argc, argv, options)) != -1) {
		switch (c) {
		case 'f': from = optarg; break;
		case 't': to = optarg; break;
		case 'a': address = optarg; break;
		case 'c': count = probe_number("--count", optarg, 1, 1 << 30); break;
		case 's': size = probe_number("--size", optarg, 1, CHUNK_MAX); break;
		case 'S': streams = 1; break;
		}
	}
	if (!from || !to || !address || inet_pton(AF_INET, address, &a.sin_addr) != 1) {
		fprintf(stderr, "%s", probe_usage);
		return PROBE_USAGE;
	}

	probe_netns(to);
	listener = tcp_socket();
	if (bind(listener, (void *)&a, sizeof(a)) || listen(listener, 1))
		probe_broken("bind");
	probe_netns(from);
	client = tcp_socket();
	if (connect(client, (void *)&a, sizeof(a)))
		probe_broken("connect");
	server = accept(listener, NULL, NULL);
	if (server < 0)
		probe_broken("accept");
	/* Another one may want the same address and port, and bind() refuses a listener's. */
	close(listener);
	nonblocking(client);
	nonblocking(server);

	while (fgets(line, sizeof(line), stdin)) {
		clock_gettime(CLOCK_MONOTONIC, &t0);
		if (streams) {
			stream(client, server, (long long)count * size);
		} else {
			for (i = 0; i < count; i++) {
				put(client, size);
				get(server, size);
				put(server, size);
				get(client, size);
			}
		}
		clock_gettime(CLOCK_MONOTONIC, &t1);
		s = t1.tv_sec - t0.tv_sec + (t1.tv_nsec - t0.tv_nsec) / 1e9;
		printf("%.0f\n", (streams ? (double)count * size : count) / s);
		fflush(stdout);
	}
	return 0;
}

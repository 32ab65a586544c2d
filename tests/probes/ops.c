// SPDX-License-Identifier: GPL-2.0-only
/*
 * ops - what one operation of the network stack takes
 *
 * All ends are in this one task, so that nothing but the stack is between them: no
 * other task has to be woken.  A round is short, so that most have no timer tick in them.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "probe.h"

#define PORT		5001
#define CHUNK		65536
#define NETS		256	/* of route: 198.18.0.0/24 and so on */
#define HOSTS		64	/* of neighbour: 198.18.0.1 and so on */

const char probe_usage[] =
"usage: ops --kind KIND [--label LABEL] [--count N] [--rounds N]\n"
"\n"
"Print, for each round, LABEL (default: KIND) and the nanoseconds of an operation:\n"
"\n"
"udp        a datagram of one byte is sent and received, on loopback\n"
"request    TCP on loopback: a byte is sent, and one answered\n"
"stream     TCP on loopback: 64 kbyte are sent and received\n"
"connect    TCP on loopback: connect, accept, close both ends\n"
"route      a route is looked up: a UDP socket is connected to the next of the\n"
"           networks 198.18.0.0/24 to 198.18.255.0/24\n"
"neighbour  a datagram is sent to the next of 198.18.0.1 to 198.18.0.64\n"
"\n"
"Routes, devices and neighbours are to be there.\n"
"\n"
"--count N     operations in a round (default 50)\n"
"--rounds N    (default 20)\n"
"--help        show this text\n"
"\n"
"Status: 0 done, 2 usage, 3 an operation failed.\n";

static char chunk[CHUNK];
static int from, to, listener;
static struct sockaddr_in local = { .sin_family = AF_INET };

static int new_socket(int type)
{
	int one = 1, fd = socket(AF_INET, type | SOCK_CLOEXEC, 0);

	if (fd < 0)
		probe_broken("socket");
	if (type == SOCK_STREAM &&
	    (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) ||
	     setsockopt(fd, SOL_TCP, TCP_NODELAY, &one, sizeof(one))))
		probe_broken("setsockopt");
	return fd;
}

static void send_all(int fd, size_t size)
{
	if (write(fd, chunk, size) != (ssize_t)size)
		probe_broken("write");
}

static void receive_all(int fd, size_t size)
{
	ssize_t n;

	for (; size; size -= n) {
		n = read(fd, chunk, size);
		if (n <= 0)
			probe_broken("read");
	}
}

static void make_udp(void)
{
	to = new_socket(SOCK_DGRAM);
	from = new_socket(SOCK_DGRAM);
	if (bind(to, (void *)&local, sizeof(local)) || connect(from, (void *)&local, sizeof(local)))
		probe_broken("the sockets");
}

static void do_udp(unsigned int i)
{
	(void)i;
	send_all(from, 1);
	receive_all(to, 1);
}

static void make_listener(void)
{
	listener = new_socket(SOCK_STREAM);
	if (bind(listener, (void *)&local, sizeof(local)) || listen(listener, 16))
		probe_broken("listen");
}

static void make_connection(void)
{
	from = new_socket(SOCK_STREAM);
	if (connect(from, (void *)&local, sizeof(local)))
		probe_broken("connect");
	to = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
	if (to < 0)
		probe_broken("accept");
}

static void make_tcp(void)
{
	int size = 4 * CHUNK;

	make_listener();
	make_connection();
	/* A chunk has room in it, so that writing it does not wait. */
	if (setsockopt(from, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size)))
		probe_broken("SO_SNDBUF");
}

static void do_request(unsigned int i)
{
	(void)i;
	send_all(from, 1);
	receive_all(to, 1);
	send_all(to, 1);
	receive_all(from, 1);
}

static void do_stream(unsigned int i)
{
	(void)i;
	send_all(from, CHUNK);
	receive_all(to, CHUNK);
}

static void do_connect(unsigned int i)
{
	(void)i;
	make_connection();
	close(from);
	close(to);
}

static void make_sender(void)
{
	from = new_socket(SOCK_DGRAM);
}

static void do_route(unsigned int i)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(PORT) };

	a.sin_addr.s_addr = htonl(0xc6120001 + ((i % NETS) << 8));
	if (connect(from, (void *)&a, sizeof(a)))
		probe_broken("connect");
}

static void do_neighbour(unsigned int i)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(PORT) };

	a.sin_addr.s_addr = htonl(0xc6120001 + i % HOSTS);
	if (sendto(from, chunk, 1, 0, (void *)&a, sizeof(a)) != 1)
		probe_broken("sendto");
}

static const struct kind {
	const char *name;
	void (*make)(void);
	void (*operate)(unsigned int i);
} kinds[] = {
	{ "udp", make_udp, do_udp },
	{ "request", make_tcp, do_request },
	{ "stream", make_tcp, do_stream },
	{ "connect", make_listener, do_connect },
	{ "route", make_sender, do_route },
	{ "neighbour", make_sender, do_neighbour },
};

static const struct kind *kind_named(const char *name)
{
	size_t i;

	for (i = 0; name && i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (!strcmp(kinds[i].name, name))
			return &kinds[i];
	fprintf(stderr, "%s", probe_usage);
	exit(PROBE_USAGE);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1e9 + t.tv_nsec;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "kind", required_argument, NULL, 'k' },
		{ "label", required_argument, NULL, 'l' },
		{ "count", required_argument, NULL, 'c' },
		{ "rounds", required_argument, NULL, 'r' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	const char *name = NULL, *label = NULL;
	long count = 50, rounds = 20, round, i;
	const struct kind *kind;
	unsigned int n = 0;
	double begin;
	int c;

	while ((c = probe_option(argc, argv, options)) != -1) {
		switch (c) {
		case 'k': name = optarg; break;
		case 'l': label = optarg; break;
		case 'c': count = probe_number("--count", optarg, 1, 1 << 30); break;
		case 'r': rounds = probe_number("--rounds", optarg, 1, 1 << 30); break;
		}
	}
	kind = kind_named(name);
	local.sin_port = htons(PORT);
	local.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	kind->make();
	/* The first round, which nobody sees, makes what is made when first needed. */
	for (round = -1; round < rounds; round++) {
		begin = now();
		for (i = 0; i < count; i++)
			kind->operate(n++);
		if (round >= 0)
			printf("%s %.2f\n", label ?: name, (now() - begin) / count);
	}
	return 0;
}

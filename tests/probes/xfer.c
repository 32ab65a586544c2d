// SPDX-License-Identifier: GPL-2.0-only
/*
 * xfer - move bytes between two places over TCP or UDP, and count them
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "probe.h"

#define CHUNK		1000	/* also a datagram: less than the smallest MTU */
#define TRIES		50	/* of what may be too early for the other side */
#define WAIT_MS		200

const char probe_usage[] =
"usage: xfer --serve | --to ADDRESS [OPTION]...\n"
"\n"
"--serve takes what one client sends, for TCP until its end, gives every byte\n"
"back, and ends when the client says so.  --to is that client: sends, reads what\n"
"comes back, compares, and prints sent=, received= and same= (yes or no), in\n"
"bytes; for UDP, a datagram that does not come back is sent again.\n"
"The client waits for the server to be there.\n"
"\n"
"--to ADDRESS  connect to this IPv4 or IPv6 address\n"
"--udp         UDP (default: TCP)\n"
"--port N      (default 5001)\n"
"--bytes N     how many to send (default 100000)\n"
"--help        show this text\n"
"\n"
"Status: 0 all came back, 1 not all did, 2 usage, 3 no socket or no connection.\n";

struct way {
	const char *to;		/* NULL: serve */
	long port;
	long bytes;
	bool udp;
};

static void pause_ms(long ms)
{
	struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	nanosleep(&t, NULL);
}

/* IPv4 addresses are used as the IPv6 ones that stand for them. */
static void address_of(const struct way *way, struct sockaddr_in6 *a)
{
	char mapped[INET6_ADDRSTRLEN + 8];

	memset(a, 0, sizeof(*a));
	a->sin6_family = AF_INET6;
	a->sin6_port = htons(way->port);
	if (!way->to)
		return;
	snprintf(mapped, sizeof(mapped), "%s%s",
		 strchr(way->to, ':') ? "" : "::ffff:", way->to);
	if (inet_pton(AF_INET6, mapped, &a->sin6_addr) != 1) {
		fprintf(stderr, "xfer: not an address: %s\n", way->to);
		exit(PROBE_USAGE);
	}
}

static int open_socket(const struct way *way)
{
	struct timeval wait = { .tv_usec = WAIT_MS * 1000 };
	int type = way->udp ? SOCK_DGRAM : SOCK_STREAM;
	int fd = socket(AF_INET6, type | SOCK_CLOEXEC, 0);
	int off = 0, on = 1;

	if (fd < 0)
		probe_broken("socket");
	setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off));
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (way->udp && way->to)
		setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
	return fd;
}

static int connected(const struct way *way)
{
	struct sockaddr_in6 a;
	int try, fd;

	address_of(way, &a);
	for (try = 0; try < TRIES; try++) {
		fd = open_socket(way);
		if (!connect(fd, (struct sockaddr *)&a, sizeof(a)))
			return fd;
		close(fd);
		pause_ms(WAIT_MS);
	}
	probe_broken("connect");
}

static int serving(const struct way *way)
{
	struct sockaddr_in6 a;
	int fd = open_socket(way);

	address_of(way, &a);
	if (bind(fd, (struct sockaddr *)&a, sizeof(a)))
		probe_broken("bind");
	if (way->udp)
		return fd;
	if (listen(fd, 1))
		probe_broken("listen");
	fd = accept(fd, NULL, NULL);
	if (fd < 0)
		probe_broken("accept");
	return fd;
}

static bool send_all(int fd, const char *data, size_t len)
{
	while (len) {
		ssize_t n = send(fd, data, len, MSG_NOSIGNAL);

		if (n < 0)
			return false;
		data += n;
		len -= n;
	}
	return true;
}

static void serve_tcp(int fd)
{
	char chunk[CHUNK];
	ssize_t n;

	while ((n = recv(fd, chunk, sizeof(chunk), 0)) > 0)
		if (!send_all(fd, chunk, n))
			break;
}

/* An empty datagram is the client's end. */
static void serve_udp(int fd)
{
	struct sockaddr_in6 from;
	char chunk[CHUNK];

	for (;;) {
		socklen_t len = sizeof(from);
		ssize_t n = recvfrom(fd, chunk, sizeof(chunk), 0,
				     (struct sockaddr *)&from, &len);

		if (n <= 0)
			return;
		sendto(fd, chunk, n, 0, (struct sockaddr *)&from, len);
	}
}

static void fill(char *chunk, size_t len, long offset)
{
	size_t i;

	for (i = 0; i < len; i++)
		chunk[i] = (offset + i) * 7 % 251;
}

/* One chunk there and back; the bytes that came back as they were sent. */
static long round_trip(const struct way *way, int fd, const char *out, long len)
{
	char in[CHUNK];
	long got = 0;
	int try;

	if (!way->udp) {
		if (!send_all(fd, out, len))
			return 0;
		while (got < len) {
			ssize_t n = recv(fd, in + got, len - got, 0);

			if (n <= 0)
				break;
			got += n;
		}
		return memcmp(in, out, got) ? -1 : got;
	}
	for (try = 0; try < TRIES; try++) {
		/* Refused: the server is not there yet. */
		if (send(fd, out, len, 0) < 0)
			pause_ms(WAIT_MS);
		got = recv(fd, in, sizeof(in), 0);
		if (got == len && !memcmp(in, out, len))
			return got;
		if (got >= 0 && try == TRIES - 1)
			return -1;
		if (got < 0 && errno != EAGAIN)
			pause_ms(WAIT_MS);
	}
	return 0;
}

static int client(const struct way *way)
{
	long sent = 0, received = 0;
	bool same = true;
	char out[CHUNK];
	int fd = connected(way);

	while (sent < way->bytes) {
		long len = way->bytes - sent < CHUNK ? way->bytes - sent : CHUNK;
		long got;

		fill(out, len, sent);
		got = round_trip(way, fd, out, len);
		sent += len;
		if (got > 0)
			received += got;
		else if (got < 0)
			same = false;
		if (got < len)
			break;
	}
	if (way->udp)
		send(fd, out, 0, 0);
	printf("sent=%ld\nreceived=%ld\nsame=%s\n", sent, received, same ? "yes" : "no");
	return received == way->bytes ? 0 : PROBE_PARTLY;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "serve", no_argument, NULL, 's' },
		{ "to", required_argument, NULL, 't' },
		{ "udp", no_argument, NULL, 'u' },
		{ "port", required_argument, NULL, 'p' },
		{ "bytes", required_argument, NULL, 'b' },
		{ "help", no_argument, NULL, 'h' },
		{ }
	};
	struct way way = { .port = 5001, .bytes = 100000 };
	bool serve = false;
	int c;

	while ((c = probe_option(argc, argv, options)) != -1) {
		switch (c) {
		case 's':
			serve = true;
			break;
		case 't':
			way.to = optarg;
			break;
		case 'u':
			way.udp = true;
			break;
		case 'p':
			way.port = probe_number("--port", optarg, 1, 65535);
			break;
		case 'b':
			way.bytes = probe_number("--bytes", optarg, 1, 1000000000);
			break;
		}
	}
	if (serve == !!way.to) {
		fprintf(stderr, "%s", probe_usage);
		return PROBE_USAGE;
	}
	if (!serve)
		return client(&way);
	if (way.udp)
		serve_udp(serving(&way));
	else
		serve_tcp(serving(&way));
	return 0;
}

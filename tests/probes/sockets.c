// SPDX-License-Identifier: GPL-2.0-only
/*
 * sockets - use sockets of every family that the network stack has
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <linux/pfkeyv2.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "probe.h"

/* <linux/mroute.h> and <linux/mroute6.h> do not go with the C library's headers. */
#define MRT_INIT	200

#define WAIT_MS		5000

const char probe_usage[] =
"usage: sockets\n"
"\n"
"In this network namespace, whose loopback device is up: connect to oneself, send\n"
"datagrams to oneself and to nobody, join groups, route multicast.  For each print\n"
"\"WHAT=done\", or \"WHAT=\" and the name of the error.\n"
"\n"
"--help        show this text\n"
"\n"
"Status: 0 whatever came out, 2 usage.\n";

union address {
	struct sockaddr any;
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
	struct sockaddr_un un;
};

static void say(const char *what, bool done)
{
	printf("%s=%s\n", what, done ? "done" : probe_errno(errno));
}

/* An address of oneself, with a port or a name that the kernel chooses. */
static socklen_t own_address(union address *a, int family)
{
	memset(a, 0, sizeof(*a));
	a->any.sa_family = family;
	switch (family) {
	case AF_INET:
		a->in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		return sizeof(a->in);
	case AF_INET6:
		a->in6.sin6_addr = in6addr_loopback;
		return sizeof(a->in6);
	default:
		return sizeof(sa_family_t);
	}
}

static bool readable(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	errno = ETIMEDOUT;
	return poll(&p, 1, WAIT_MS) == 1;
}

/* One byte from one to the other. */
static bool passes(int from, int to)
{
	char c = 'a';

	return write(from, &c, 1) == 1 && readable(to) && read(to, &c, 1) == 1;
}

static void connection(const char *what, int family, int protocol)
{
	int listener = socket(family, SOCK_STREAM, protocol);
	int client = socket(family, SOCK_STREAM, protocol);
	int server = -1;
	union address a;
	socklen_t len = own_address(&a, family);
	bool done = listener >= 0 && client >= 0 && !bind(listener, &a.any, len) && !listen(listener, 1);

	if (done) {
		len = sizeof(a);
		done = !getsockname(listener, &a.any, &len) && !connect(client, &a.any, len);
	}
	if (done) {
		server = accept(listener, NULL, NULL);
		done = server >= 0 && passes(client, server) && passes(server, client);
	}
	say(what, done);
	close(server);
	close(client);
	close(listener);
}

static void datagram(const char *what, int family, int protocol)
{
	int fd = socket(family, SOCK_DGRAM, protocol);
	union address a;
	socklen_t len = own_address(&a, family);
	bool done = fd >= 0 && !bind(fd, &a.any, len);

	if (done) {
		len = sizeof(a);
		done = !getsockname(fd, &a.any, &len) && !connect(fd, &a.any, len) && passes(fd, fd);
	}
	say(what, done);
	close(fd);
}

/* To a port where nobody listens: ICMP says so. */
static void refused(const char *what, int family)
{
	int fd = socket(family, SOCK_DGRAM, 0);
	union address a;
	socklen_t len = own_address(&a, family);
	char c = 'a';

	a.in.sin_port = htons(9);	/* in both families at this place */
	say(what, fd >= 0 && !connect(fd, &a.any, len) && write(fd, &c, 1) == 1 && readable(fd) &&
		  read(fd, &c, 1) < 0 && errno == ECONNREFUSED);
	close(fd);
}

static void option(const char *what, int family, int type, int protocol, int level, int name, const void *value,
		   socklen_t size)
{
	int fd = socket(family, type, protocol);

	say(what, fd >= 0 && !setsockopt(fd, level, name, value, size));
	close(fd);
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int one = 1, group = 1, key;
	struct ipv6_mreq anycast = { 0 }, multicast = { 0 };

	while (probe_option(argc, argv, options) != -1)
		;
	anycast.ipv6mr_interface = if_nametoindex("lo");
	multicast.ipv6mr_interface = anycast.ipv6mr_interface;
	inet_pton(AF_INET6, "2001:db8::5", &anycast.ipv6mr_multiaddr);
	inet_pton(AF_INET6, "ff02::1:5", &multicast.ipv6mr_multiaddr);

	connection("tcp", AF_INET, 0);
	connection("tcp6", AF_INET6, 0);
	connection("mptcp", AF_INET, IPPROTO_MPTCP);
	connection("sctp", AF_INET, IPPROTO_SCTP);
	connection("sctp6", AF_INET6, IPPROTO_SCTP);
	connection("unix", AF_UNIX, 0);
	datagram("udp", AF_INET, 0);
	datagram("udp6", AF_INET6, 0);
	datagram("udplite", AF_INET, IPPROTO_UDPLITE);
	datagram("udplite6", AF_INET6, IPPROTO_UDPLITE);
	datagram("unix-datagram", AF_UNIX, 0);
	refused("refused", AF_INET);
	refused("refused6", AF_INET6);

	option("fanout", AF_PACKET, SOCK_RAW, htons(ETH_P_ALL), SOL_PACKET, PACKET_FANOUT, &group, sizeof(group));
	option("mroute", AF_INET, SOCK_RAW, IPPROTO_IGMP, IPPROTO_IP, MRT_INIT, &one, sizeof(one));
	option("mroute6", AF_INET6, SOCK_RAW, IPPROTO_ICMPV6, IPPROTO_IPV6, MRT_INIT, &one, sizeof(one));
	option("alert", AF_INET, SOCK_RAW, IPPROTO_EGP, IPPROTO_IP, IP_ROUTER_ALERT, &one, sizeof(one));
	option("alert6", AF_INET6, SOCK_RAW, IPPROTO_RAW, IPPROTO_IPV6, IPV6_ROUTER_ALERT, &one, sizeof(one));
	option("anycast", AF_INET6, SOCK_DGRAM, 0, IPPROTO_IPV6, IPV6_JOIN_ANYCAST, &anycast, sizeof(anycast));
	option("multicast", AF_INET6, SOCK_DGRAM, 0, IPPROTO_IPV6, IPV6_JOIN_GROUP, &multicast, sizeof(multicast));
	option("timestamps", AF_INET, SOCK_DGRAM, 0, SOL_SOCKET, SO_TIMESTAMP, &one, sizeof(one));

	key = socket(PF_KEY, SOCK_RAW, PF_KEY_V2);
	say("key", key >= 0);
	close(key);
	return 0;
}

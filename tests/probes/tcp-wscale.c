// SPDX-License-Identifier: GPL-2.0-only
/*
 * tcp-wscale - the window scale that TCP offers for its receive buffer
 *
 * The scale is chosen when a connection is made, from the largest buffer that
 * the socket could come to have, net.core.rmem_max among others.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>

#include "probe.h"

const char probe_usage[] =
"usage: tcp-wscale [OPTION]\n"
"\n"
"Connect to oneself over IPv4 loopback, which must be up, and print the window\n"
"scale that the connecting side offered, wscale=.\n"
"\n"
"--help        show this text\n"
"\n"
"Status: 0 printed, 2 usage, 3 no connection.\n";

static int listen_somewhere(struct sockaddr_in *address)
{
	socklen_t len = sizeof(*address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		probe_broken("socket");
	if (bind(fd, (struct sockaddr *)address, len) || listen(fd, 1) ||
	    getsockname(fd, (struct sockaddr *)address, &len))
		probe_broken("listening on 127.0.0.1");
	return fd;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ }
	};
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	struct tcp_info info = { };
	socklen_t len = sizeof(info);
	int fd;

	while (probe_option(argc, argv, options) != -1)
		;

	listen_somewhere(&address);
	fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		probe_broken("socket");
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)))
		probe_broken("connecting to 127.0.0.1");
	if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &len))
		probe_broken("TCP_INFO");
	printf("wscale=%u\n", info.tcpi_rcv_wscale);
	return 0;
}

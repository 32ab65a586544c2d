// SPDX-License-Identifier: GPL-2.0-only
/*
 * frames - send Ethernet frames by one device and see where they come out
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <linux/virtio_net.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "probe.h"

const char probe_usage[] =
"usage: frames NAME=[NETNS/]DEVICE...\n"
"\n"
"For each line of standard input, \"FROM DESTINATION SOURCE [TAG]...\", send a\n"
"frame by the device called FROM, and print on one line where it came out, in\n"
"the order of the arguments: NAME, or NAME@VID if it came with a tag, with\n"
"NAME*N if it came N times; or \"-\".  NETNS is one of 'ip netns'.\n"
"\n"
"DESTINATION and SOURCE are addresses, or n for 02:00:5e:00:53:0n; or all, for\n"
"broadcast, and group, for a multicast address.  A TAG is the number of a VLAN,\n"
"with priority 0, and goes into the frame; as the last one, arp:SENDER makes the\n"
"frame an ARP reply that says it is of that station, and big makes it an IPv6\n"
"datagram of 6,000 bytes, all but the Ethernet header in pages of their own.\n"
"\n"
"--help        show this text\n"
"\n"
"Status: 0 all lines done, 2 usage.\n";

#define MAX_PORTS	32
#define MAX_FRAME	128
#define BIG_FRAME	6000
#define ETHERTYPE	0x88b5	/* IEEE 802: for local experiments */
#define ARP_SENDER	8	/* in the body of ARP over Ethernet */
#define ARP_TARGET_IP	24
#define UDP6_BODY	48	/* of UDP in IPv6 */
/* Frames come at once, or as soon as a softirq runs. */
#define QUIET_MS	30

struct port {
	char	*name;
	int	fd;
	int	big_fd;		/* sends with a virtio_net_hdr */
	int	count;
	int	vid;		/* of what came; -1: without a tag */
};

static struct port ports[MAX_PORTS];
static int nr_ports;
static uint32_t sequence;

static int open_port(const char *device)
{
	struct sockaddr_ll addr = { .sll_family = AF_PACKET };
	int one = 1, fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);

	if (fd < 0)
		probe_broken("socket(AF_PACKET)");
	/* Before anything can come, and that only what is not ours. */
	if (setsockopt(fd, SOL_PACKET, PACKET_AUXDATA, &one, sizeof(one)) ||
	    setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &one, sizeof(one)))
		probe_broken("setsockopt(SOL_PACKET)");
	addr.sll_protocol = htons(ETH_P_ALL);
	addr.sll_ifindex = if_nametoindex(device);
	if (!addr.sll_ifindex || bind(fd, (void *)&addr, sizeof(addr)))
		probe_broken(device);
	return fd;
}

static int open_big(const char *device)
{
	struct sockaddr_ll addr = {
		.sll_family = AF_PACKET, .sll_ifindex = if_nametoindex(device),
	};
	int one = 1, fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);

	if (fd < 0 || setsockopt(fd, SOL_PACKET, PACKET_VNET_HDR, &one, sizeof(one)) ||
	    bind(fd, (void *)&addr, sizeof(addr)))
		probe_broken(device);
	return fd;
}

static void add_port(char *arg, int home)
{
	char *place = strchr(arg, '='), *slash;

	if (!place || nr_ports == MAX_PORTS) {
		fprintf(stderr, "%s", probe_usage);
		exit(PROBE_USAGE);
	}
	*place++ = 0;
	slash = strchr(place, '/');
	if (slash) {
		*slash = 0;
		close(probe_netns(place));
		place = slash + 1;
	}
	ports[nr_ports].name = arg;
	ports[nr_ports].big_fd = open_big(place);
	ports[nr_ports++].fd = open_port(place);
	if (setns(home, CLONE_NEWNET))
		probe_broken("setns");
}

static bool address(const char *text, uint8_t *addr)
{
	unsigned int b[6], n;
	int i;

	if (!strcmp(text, "all")) {
		memset(addr, 0xff, 6);
		return true;
	}
	if (!strcmp(text, "group")) {
		memcpy(addr, "\x01\x00\x5e\x00\x53\x01", 6);
		return true;
	}
	if (sscanf(text, "%x:%x:%x:%x:%x:%x", b, b + 1, b + 2, b + 3, b + 4, b + 5) == 6) {
		for (i = 0; i < 6; i++)
			addr[i] = b[i];
		return true;
	}
	if (sscanf(text, "%u", &n) != 1 || n > 255)
		return false;
	memcpy(addr, "\x02\x00\x5e\x00\x53", 5);
	addr[5] = n;
	return true;
}

/* Notes what comes, if it is the last frame sent. */
static void receive(struct port *port)
{
	union {
		struct cmsghdr align;
		char buf[CMSG_SPACE(sizeof(struct tpacket_auxdata))];
	} control;
	uint8_t frame[MAX_FRAME];
	struct iovec iov = { .iov_base = frame, .iov_len = sizeof(frame) };
	struct msghdr msg = {
		.msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = &control, .msg_controllen = sizeof(control),
	};
	struct tpacket_auxdata aux;
	struct cmsghdr *cmsg;
	uint16_t type, tci;
	uint32_t number;
	size_t at = 12;
	int vid = -1;
	ssize_t len;

	len = recvmsg(port->fd, &msg, MSG_DONTWAIT);
	for (cmsg = CMSG_FIRSTHDR(&msg); len > 0 && cmsg; cmsg = CMSG_NXTHDR(&msg, cmsg)) {
		if (cmsg->cmsg_type != PACKET_AUXDATA)
			continue;
		memcpy(&aux, CMSG_DATA(cmsg), sizeof(aux));
		if (aux.tp_status & TP_STATUS_VLAN_VALID)
			vid = aux.tp_vlan_tci & 0xfff;
	}
	if (len < (ssize_t)at + 6)
		return;
	for (; len >= (ssize_t)at + 6; at += 4) {
		memcpy(&type, frame + at, 2);
		if (type != htons(ETH_P_8021Q))
			break;
		memcpy(&tci, frame + at + 2, 2);
		if (vid < 0)
			vid = ntohs(tci) & 0xfff;
	}
	if (type == htons(ETH_P_ARP))
		at += ARP_TARGET_IP;
	else if (type == htons(ETH_P_IPV6))
		at += UDP6_BODY;
	else if (type != htons(ETHERTYPE))
		return;
	if (len < (ssize_t)at + 6)
		return;
	memcpy(&number, frame + at + 2, 4);
	if (number != sequence)
		return;
	port->count++;
	port->vid = vid;
}

static void watch(void)
{
	struct pollfd fds[MAX_PORTS];
	int i;

	for (i = 0; i < nr_ports; i++) {
		fds[i] = (struct pollfd){ .fd = ports[i].fd, .events = POLLIN };
		ports[i].count = 0;
	}
	while (poll(fds, nr_ports, QUIET_MS) > 0)
		for (i = 0; i < nr_ports; i++)
			if (fds[i].revents)
				receive(&ports[i]);
}

static void report(void)
{
	const char *blank = "";
	int i;

	for (i = 0; i < nr_ports; i++) {
		if (!ports[i].count)
			continue;
		printf("%s%s", blank, ports[i].name);
		if (ports[i].vid >= 0)
			printf("@%d", ports[i].vid);
		if (ports[i].count > 1)
			printf("*%d", ports[i].count);
		blank = " ";
	}
	printf("%s\n", *blank ? "" : "-");
	fflush(stdout);
}

/* How much of the frame is not in pages is for the sender to say. */
static ssize_t send_big(const struct port *port, const uint8_t *head)
{
	static struct {
		struct virtio_net_hdr	hdr;
		uint8_t			data[BIG_FRAME];
	} big;
	uint8_t *ip = big.data + ETH_HLEN;

	big.hdr.hdr_len = ETH_HLEN;
	memcpy(big.data, head, 12);
	memcpy(big.data + 12, "\x86\xdd", 2);
	ip[0] = 0x60;
	ip[4] = (BIG_FRAME - ETH_HLEN - 40) >> 8;
	ip[5] = (BIG_FRAME - ETH_HLEN - 40) & 0xff;
	ip[6] = IPPROTO_UDP;
	ip[7] = 1;
	memcpy(ip + UDP6_BODY, &sequence, 4);
	return send(port->big_fd, &big, sizeof(big), 0);
}

static bool request(char *line)
{
	char *from = strtok(line, " \n"), *dst = strtok(NULL, " \n"), *src = strtok(NULL, " \n");
	uint8_t frame[MAX_FRAME] = { 0 };
	uint16_t field;
	size_t at = 12;
	ssize_t sent;
	char *tag;
	bool big;
	int i;

	if (!src || !address(dst, frame) || !address(src, frame + 6))
		return false;
	while ((tag = strtok(NULL, " \n")) && strncmp(tag, "arp:", 4) && strcmp(tag, "big")) {
		if (at > 24)
			return false;
		field = htons(ETH_P_8021Q);
		memcpy(frame + at, &field, 2);
		field = htons(atoi(tag));
		memcpy(frame + at + 2, &field, 2);
		at += 4;
	}
	big = tag && !strcmp(tag, "big");
	if (big)
		tag = NULL;
	field = htons(tag ? ETH_P_ARP : ETHERTYPE);
	memcpy(frame + at, &field, 2);
	at += 2;
	if (tag) {
		memcpy(frame + at, "\0\1\10\0\6\4\0\2", ARP_SENDER);
		if (!address(tag + 4, frame + at + ARP_SENDER))
			return false;
		at += ARP_TARGET_IP;
	}
	sequence++;
	memcpy(frame + at, &sequence, 4);

	for (i = 0; i < nr_ports; i++)
		if (!strcmp(ports[i].name, from))
			break;
	if (i == nr_ports)
		return false;
	sent = big ? send_big(&ports[i], frame) : send(ports[i].fd, frame, 60, 0);
	if (sent < 0) {
		printf("%s\n", probe_errno(errno));
		fflush(stdout);
		return true;
	}
	watch();
	report();
	return true;
}

int main(int argc, char **argv)
{
	char line[256];
	int i, home;

	if (argc == 2 && !strcmp(argv[1], "--help")) {
		printf("%s", probe_usage);
		return 0;
	}
	home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	if (home < 0)
		probe_broken("/proc/self/ns/net");
	for (i = 1; i < argc; i++)
		add_port(argv[i], home);
	if (!nr_ports) {
		fprintf(stderr, "%s", probe_usage);
		return PROBE_USAGE;
	}
	while (fgets(line, sizeof(line), stdin)) {
		if (!request(line)) {
			fprintf(stderr, "not a request, or no such port\n");
			return PROBE_USAGE;
		}
	}
	return 0;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * frames - send Ethernet frames by one device and see where they come out
 *
 *	frames DEVICE...
 *
 * For each line of standard input, "FROM DESTINATION SOURCE [VID]", a frame is sent
 * by the device of that name, tagged if there is a VLAN.  A line is printed for it
 * that names the devices which received it, DEVICE@VID if with a tag; or "-".
 */
#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_DEVICES	8
#define FRAME_SIZE	128
#define ETHERTYPE	0x88b5	/* IEEE 802: for local experiments */
/* What comes, comes at once, or as soon as a softirq runs. */
#define QUIET_MS	50

struct device {
	const char	*name;
	int		fd;
	int		vid;	/* of what came; -1: no tag; -2: nothing came */
};

static struct device devices[MAX_DEVICES];
static int nr_devices;
static uint32_t sequence;

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static void open_device(const char *name)
{
	struct sockaddr_ll addr = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_ALL),
		.sll_ifindex = if_nametoindex(name),
	};
	struct device *d = &devices[nr_devices++];
	int one = 1;

	d->name = name;
	d->fd = socket(AF_PACKET, SOCK_RAW, 0);
	if (d->fd < 0 || !addr.sll_ifindex ||
	    setsockopt(d->fd, SOL_PACKET, PACKET_AUXDATA, &one, sizeof(one)) ||
	    setsockopt(d->fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &one,
		       sizeof(one)) ||
	    bind(d->fd, (struct sockaddr *)&addr, sizeof(addr)))
		fail(name);
}

static bool parse_address(const char *text, uint8_t *addr)
{
	unsigned int b[6];
	int i;

	if (sscanf(text, "%x:%x:%x:%x:%x:%x", b, b + 1, b + 2, b + 3, b + 4,
		   b + 5) != 6)
		return false;
	for (i = 0; i < 6; i++)
		addr[i] = b[i];
	return true;
}

static void receive(struct device *d)
{
	union {
		struct cmsghdr	align;
		char		buf[CMSG_SPACE(sizeof(struct tpacket_auxdata))];
	} control;
	uint8_t frame[FRAME_SIZE];
	struct iovec iov = { .iov_base = frame, .iov_len = sizeof(frame) };
	struct msghdr msg = {
		.msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = &control, .msg_controllen = sizeof(control),
	};
	struct tpacket_auxdata aux;
	struct cmsghdr *cmsg;
	uint16_t type, tci;
	size_t at = 12;
	int vid = -1;
	ssize_t len;

	len = recvmsg(d->fd, &msg, MSG_DONTWAIT);
	if (len < (ssize_t)sizeof(frame))
		return;
	for (cmsg = CMSG_FIRSTHDR(&msg); cmsg; cmsg = CMSG_NXTHDR(&msg, cmsg)) {
		if (cmsg->cmsg_type != PACKET_AUXDATA)
			continue;
		memcpy(&aux, CMSG_DATA(cmsg), sizeof(aux));
		if (aux.tp_status & TP_STATUS_VLAN_VALID)
			vid = aux.tp_vlan_tci & 0xfff;
	}
	memcpy(&type, frame + at, 2);
	if (type == htons(ETH_P_8021Q)) {
		memcpy(&tci, frame + at + 2, 2);
		vid = ntohs(tci) & 0xfff;
		at += 4;
		memcpy(&type, frame + at, 2);
	}
	if (type == htons(ETHERTYPE) &&
	    !memcmp(frame + at + 2, &sequence, sizeof(sequence)))
		d->vid = vid;
}

static void send_frame(char *line)
{
	uint8_t frame[FRAME_SIZE + 4] = {};
	char from[IFNAMSIZ], dst[18], src[18];
	uint16_t type;
	size_t at = 12;
	int i, words, vid;

	words = sscanf(line, "%15s %17s %17s %d", from, dst, src, &vid);
	for (i = 0; i < nr_devices && strcmp(devices[i].name, from); i++)
		;
	if (words < 3 || i == nr_devices || !parse_address(dst, frame) ||
	    !parse_address(src, frame + 6)) {
		fprintf(stderr, "not a request: %s", line);
		exit(1);
	}
	if (words == 4) {
		type = htons(ETH_P_8021Q);
		memcpy(frame + at, &type, 2);
		type = htons(vid);
		memcpy(frame + at + 2, &type, 2);
		at += 4;
	}
	type = htons(ETHERTYPE);
	memcpy(frame + at, &type, 2);
	sequence++;
	memcpy(frame + at + 2, &sequence, sizeof(sequence));
	/* Its length without a tag is the same whether it came with one. */
	if (send(devices[i].fd, frame, FRAME_SIZE + at - 12, 0) < 0)
		fail("send");
}

static void watch(void)
{
	struct pollfd fds[MAX_DEVICES];
	const char *blank = "";
	int i;

	for (i = 0; i < nr_devices; i++) {
		fds[i].fd = devices[i].fd;
		fds[i].events = POLLIN;
		devices[i].vid = -2;
	}
	while (poll(fds, nr_devices, QUIET_MS) > 0)
		for (i = 0; i < nr_devices; i++)
			if (fds[i].revents)
				receive(&devices[i]);

	for (i = 0; i < nr_devices; i++) {
		if (devices[i].vid == -2)
			continue;
		printf("%s%s", blank, devices[i].name);
		if (devices[i].vid >= 0)
			printf("@%d", devices[i].vid);
		blank = " ";
	}
	printf("%s\n", *blank ? "" : "-");
	fflush(stdout);
}

int main(int argc, char **argv)
{
	char line[128];
	int i;

	if (argc < 2 || argc > MAX_DEVICES + 1) {
		fprintf(stderr, "usage: frames DEVICE...\n");
		return 2;
	}
	for (i = 1; i < argc; i++)
		open_device(argv[i]);
	while (fgets(line, sizeof(line), stdin)) {
		send_frame(line);
		watch();
	}
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * xdp-back - a frame that the XDP programs of two devices send to each other
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/bpf.h>
#include <linux/if_link.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "probe.h"

const char probe_usage[] =
"usage: xdp-back TIMES NETNS/DEVICE NETNS/DEVICE\n"
"\n"
"Attach a generic XDP program to both devices, each in a network namespace of 'ip\n"
"netns', that sends a frame of this probe back to where it came from; and send one\n"
"from the first to the second.  It is sent back TIMES times (1 to 250), then dropped.\n"
"\n"
"Prints sent=1, and waits for the end of standard input; then the programs go.\n"
"\n"
"--help        show this text\n"
"\n"
"Status: 0 done, 2 usage, 3 a program or a frame is refused.\n";

#define ETHERTYPE	0x88b5	/* IEEE 802: for local experiments */
#define LEFT		(int)sizeof(struct ether_header)	/* how often yet */

#define INSN(c, d, s, o, i) \
	((struct bpf_insn){ .code = (c), .dst_reg = (d), .src_reg = (s), .off = (o), .imm = (i) })
#define LOAD(size, d, s, o)	INSN(BPF_LDX | BPF_MEM | (size), d, s, o, 0)
#define STORE(size, d, o, s)	INSN(BPF_STX | BPF_MEM | (size), d, s, o, 0)
/* Two bytes of one address with those of the other: not all machines can have more. */
#define SWAP(o)			LOAD(BPF_H, 3, 2, o), LOAD(BPF_H, 4, 2, (o) + ETH_ALEN), \
				STORE(BPF_H, 2, o, 4), STORE(BPF_H, 2, (o) + ETH_ALEN, 3)
#define RETURN(value)		INSN(BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, value), \
				INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0)

static int bpf(int cmd, union bpf_attr *attr)
{
	return syscall(SYS_bpf, cmd, attr, sizeof(*attr));
}

static int load(void)
{
	const struct bpf_insn code[] = {
		LOAD(BPF_W, 2, 1, offsetof(struct xdp_md, data)),
		LOAD(BPF_W, 3, 1, offsetof(struct xdp_md, data_end)),
		INSN(BPF_ALU64 | BPF_MOV | BPF_X, 4, 2, 0, 0),
		INSN(BPF_ALU64 | BPF_ADD | BPF_K, 4, 0, 0, LEFT + 1),
		INSN(BPF_JMP | BPF_JGT | BPF_X, 4, 3, 20, 0),	/* it is too short */
		LOAD(BPF_H, 5, 2, offsetof(struct ether_header, ether_type)),
		INSN(BPF_JMP | BPF_JNE | BPF_K, 5, 0, 18, htons(ETHERTYPE)),
		LOAD(BPF_B, 5, 2, LEFT),
		INSN(BPF_JMP | BPF_JEQ | BPF_K, 5, 0, 18, 0),	/* that was all */
		INSN(BPF_ALU64 | BPF_SUB | BPF_K, 5, 0, 0, 1),
		STORE(BPF_B, 2, LEFT, 5),
		SWAP(0), SWAP(2), SWAP(4),
		RETURN(XDP_TX),
		RETURN(XDP_PASS),
		RETURN(XDP_DROP),
	};
	union bpf_attr attr = {
		.prog_type	= BPF_PROG_TYPE_XDP,
		.insns		= (uintptr_t)code,
		.insn_cnt	= sizeof(code) / sizeof(code[0]),
		.license	= (uintptr_t)"GPL",
	};
	int fd = bpf(BPF_PROG_LOAD, &attr);

	if (fd < 0)
		probe_broken("BPF_PROG_LOAD");
	return fd;
}

struct end {
	char	*netns, *device;
	uint8_t	mac[ETH_ALEN];
};

static bool parse(char *arg, struct end *end)
{
	char *slash = strchr(arg, '/');

	if (!slash)
		return false;
	*slash = 0;
	end->netns = arg;
	end->device = slash + 1;
	return true;
}

static void attach(int prog, struct end *end)
{
	union bpf_attr attr = { .link_create = {
		.prog_fd	= prog,
		.attach_type	= BPF_XDP,
		.flags		= XDP_FLAGS_SKB_MODE,
	} };
	struct ifreq ifr = { };
	int s;

	close(probe_netns(end->netns));
	attr.link_create.target_ifindex = if_nametoindex(end->device);
	/* The link is there until the program ends. */
	if (bpf(BPF_LINK_CREATE, &attr) < 0)
		probe_broken("BPF_LINK_CREATE");

	strncpy(ifr.ifr_name, end->device, IFNAMSIZ - 1);
	s = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	if (s < 0 || ioctl(s, SIOCGIFHWADDR, &ifr))
		probe_broken(end->device);
	close(s);
	memcpy(end->mac, ifr.ifr_hwaddr.sa_data, ETH_ALEN);
}

static void send_one(uint8_t times, const struct end *from, const struct end *to)
{
	struct sockaddr_ll addr = { .sll_family = AF_PACKET, .sll_halen = ETH_ALEN };
	uint8_t frame[ETH_ZLEN] = { };
	struct ether_header *head = (void *)frame;
	int s;

	close(probe_netns(from->netns));
	addr.sll_ifindex = if_nametoindex(from->device);
	memcpy(head->ether_dhost, to->mac, ETH_ALEN);
	memcpy(head->ether_shost, from->mac, ETH_ALEN);
	head->ether_type = htons(ETHERTYPE);
	frame[LEFT] = times;
	s = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	if (s < 0 || sendto(s, frame, sizeof(frame), 0, (void *)&addr, sizeof(addr)) != sizeof(frame))
		probe_broken("sendto");
	close(s);
}

int main(int argc, char **argv)
{
	struct end ends[2];
	long times;
	int i, prog;

	if (argc == 2 && !strcmp(argv[1], "--help")) {
		printf("%s", probe_usage);
		return 0;
	}
	if (argc != 4 || !parse(argv[2], &ends[0]) || !parse(argv[3], &ends[1])) {
		fprintf(stderr, "%s", probe_usage);
		return PROBE_USAGE;
	}
	times = probe_number("TIMES", argv[1], 1, 250);
	prog = load();
	for (i = 0; i < 2; i++)
		attach(prog, &ends[i]);
	send_one(times, &ends[0], &ends[1]);
	printf("sent=1\n");
	probe_wait();
	return 0;
}

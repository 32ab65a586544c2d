// SPDX-License-Identifier: GPL-2.0-only
/*
 * Frames of every kind.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/virtio_net.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include "../probe.h"
#include "chaos.h"

#define MAX_FRAME	16384

/* Of this task and the one of traffic(). */
static unsigned long long *frames;

void frames_begin(void)
{
	frames = mmap(NULL, sizeof(*frames), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		      -1, 0);
	if (frames == MAP_FAILED)
		probe_broken("mmap");
}

unsigned long long frames_sent(void)
{
	return *frames;
}

static struct {
	struct virtio_net_hdr	hdr;
	uint8_t			data[MAX_FRAME];
} __attribute__((packed)) f;

static void put_type(unsigned int at, uint16_t type)
{
	type = htons(type);
	memcpy(f.data + at, &type, 2);
}

/* Addresses, tags and a type; how long they are. */
static unsigned int headers(void)
{
	static const uint16_t types[] = {
		ETH_P_IP, ETH_P_IPV6, ETH_P_ARP, ETH_P_8021Q, ETH_P_8021AD, 0x88b5, 4, ETH_P_MPLS_UC,
	};
	unsigned int at = 12, i;

	any_address(f.data);
	any_address(f.data + 6);
	for (i = one_in(2) ? 0 : below(4); i; i--) {
		put_type(at, one_in(4) ? ETH_P_8021AD : ETH_P_8021Q);
		put_type(at + 2, one_in(3) ? any() : below(4));
		at += 4;
	}
	put_type(at, types[below(8)]);
	return at + 2;
}

/* That it is to be checksummed, and maybe cut up, by who sends it on at last. */
static void offload(unsigned int at)
{
	f.hdr.flags = VIRTIO_NET_HDR_F_NEEDS_CSUM;
	f.hdr.csum_start = at + (one_in(4) ? below(64) : 20);
	f.hdr.csum_offset = one_in(4) ? below(32) : one_in(2) ? 16 : 6;
	if (one_in(2))
		return;
	f.hdr.gso_type = (uint8_t[]){ 1, 3, 4, 5 }[below(4)] | (one_in(8) ? 0x80 : 0);
	f.hdr.gso_size = one_in(8) ? any() : 100 + below(1400);
	f.hdr.hdr_len = at + 40;
	f.data[at + 9] = f.hdr.gso_type == 1 ? 6 : 17;
}

/* Whether it is taken depends on queues, and so on time: nobody is told. */
void frame_by(const struct place *p, int index)
{
	struct sockaddr_ll to = { .sll_family = AF_PACKET, .sll_ifindex = index, .sll_halen = 6 };
	unsigned int at, len;

	memset(&f.hdr, 0, sizeof(f.hdr));
	at = headers();
	random_bytes(f.data + at, 64);
	if (one_in(2))
		f.data[at] = 0x45;
	switch (below(5)) {
	case 0: len = at + below(4); break;
	case 1: len = at + below(MAX_FRAME - at); break;
	default: len = at + below(1500);
	}
	if (one_in(4))
		offload(at);
	if (sendto(p->packet, &f, sizeof(f.hdr) + len, MSG_DONTWAIT, (void *)&to, sizeof(to)) >= 0)
		++*frames;
}

int frame(void)
{
	struct place *p;
	int i, index = any_device(&p);

	if (!index)
		return ENODEV;
	for (i = below(16); i >= 0; i--)
		frame_by(p, index);
	return 0;
}

/* Until it is killed: frames by the devices of the places that stay. */
void traffic(void)
{
	struct place *p;
	int i, index;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (i = STAYING; i < PLACES; i++)
		place_close(&places[i]);
	go_home();
	for (;;) {
		p = &places[below(STAYING)];
		index = index_of(p, any_name());
		for (i = 0; index && i < 16; i++)
			frame_by(p, index);
		sched_yield();
	}
}

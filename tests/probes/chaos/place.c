// SPDX-License-Identifier: GPL-2.0-only
/*
 * Network namespaces, what is open in them, and names of devices.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "../probe.h"
#include "chaos.h"

#define PENDING	1000	/* polls, of 20 ms, until a namespace is gone */

struct place places[PLACES];

static int home = -1;
static int given_up;	/* namespaces, so far */
static unsigned long long seen;

static int socket_of(int domain, int type, int protocol)
{
	struct timeval wait = { .tv_sec = 5 };
	int fd = socket(domain, type | SOCK_CLOEXEC, protocol);

	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait)))
		probe_broken("socket");
	return fd;
}

static void write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	if (write(fd, text, strlen(text)) < 0)
		probe_broken(path);
	close(fd);
}

/* It is told of everything, and has room for little: it misses some. */
static int ear_open(void)
{
	int fd = socket_of(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK, NETLINK_GENERIC);
	int size = 4096;
	unsigned int i;

	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size)))
		probe_broken("SO_RCVBUF");
	for (i = 0; i < 2; i++)
		if (setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &groups[i],
			       sizeof(groups[i])))
			probe_broken("NETLINK_ADD_MEMBERSHIP");
	return fd;
}

/* It counts what is received: there is no room for more than a few. */
static int eye_open(void)
{
	int fd = socket_of(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL));
	int one = 1;

	if (setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &one, sizeof(one)))
		probe_broken("PACKET_IGNORE_OUTGOING");
	return fd;
}

static void eye_close(int fd)
{
	struct tpacket_stats stats;
	socklen_t len = sizeof(stats);

	if (getsockopt(fd, SOL_PACKET, PACKET_STATISTICS, &stats, &len))
		probe_broken("PACKET_STATISTICS");
	seen += stats.tp_packets;
	close(fd);
}

unsigned long long frames_seen(void)
{
	return seen;
}

void place_open(struct place *p)
{
	int one = 1;

	if (unshare(CLONE_NEWNET))
		probe_broken("unshare");
	/* Frames of the stack are no part of a run. */
	write_file("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1");
	p->ns = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	p->rtnl = socket_of(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
	p->genl = socket_of(AF_NETLINK, SOCK_RAW, NETLINK_GENERIC);
	p->slow = socket_of(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
	p->packet = socket_of(AF_PACKET, SOCK_RAW, 0);
	if (setsockopt(p->packet, SOL_PACKET, PACKET_VNET_HDR, &one, sizeof(one)))
		probe_broken("PACKET_VNET_HDR");
	p->eye = eye_open();
	p->text = open("/dev/vswitch", O_RDWR | O_CLOEXEC);
	if (p->text < 0)
		probe_broken("/dev/vswitch");
	if (!family)
		family_learn();
	p->ear = ear_open();
	p->links = count_links(p);
}

void places_open(void)
{
	int i;

	home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	for (i = 0; i < PLACES; i++)
		place_open(&places[i]);
}

void place_close(struct place *p)
{
	close(p->ear);
	close(p->text);
	eye_close(p->eye);
	close(p->packet);
	close(p->slow);
	close(p->genl);
	close(p->rtnl);
	close(p->ns);
}

static const char *witness_name(int n)
{
	static char name[16];

	snprintf(name, sizeof(name), "gone%d", n);
	return name;
}

/*
 * A namespace goes some time after its last file, and what is in it with all else of
 * it: the end of a pair whose other end is in a place that stays tells when.
 */
void place_give_up(struct place *p)
{
	if (pair_across(&places[0], witness_name(given_up), p))
		probe_broken("no witness of a namespace");
	given_up++;
	set_bridges_down(p);
	place_close(p);
}

/* Until the namespaces that were given up have no devices any more. */
void places_gone(void)
{
	static int seen_gone;
	int polls = 0;

	while (seen_gone < given_up) {
		if (!index_of(&places[0], witness_name(seen_gone))) {
			seen_gone++;
		} else if (++polls > PENDING) {
			fprintf(stderr, "a namespace is not gone after %d s\n", PENDING / 50);
			seen_gone++;
		} else {
			usleep(20000);
		}
	}
}

/* Or the last place would stay, because we are in it. */
void go_home(void)
{
	if (setns(home, CLONE_NEWNET))
		probe_broken("setns");
}

struct place *any_place(void)
{
	return &places[below(PLACES)];
}

const char *device_name(char kind, int n)
{
	static char names[4][8];
	static int turn;
	char *at = names[turn++ % 4];

	snprintf(at, sizeof(names[0]), "%c%d", kind, n);
	return at;
}

/* Switches, ports, both ends of pairs of veth, a bridge */
const char *any_name(void)
{
	switch (below(16)) {
	case 0: case 1: case 2: return device_name('s', below(SWITCHES));
	case 3: case 4: return device_name('u', below(UPLINKS));
	case 5: case 6: return device_name('w', below(UPLINKS));
	case 7: return "b0";
	default: return device_name('p', below(PORTS));
	}
}

int index_of(const struct place *p, const char *name)
{
	struct ifreq ifr = { 0 };

	snprintf(ifr.ifr_name, IFNAMSIZ, "%s", name);
	return ioctl(p->packet, SIOCGIFINDEX, &ifr) ? 0 : ifr.ifr_ifindex;
}

/* A device that is somewhere, and where; 0 if none was found. */
int any_device(struct place **p)
{
	int tries, index;

	for (tries = 0; tries < 6; tries++) {
		*p = any_place();
		index = index_of(*p, any_name());
		if (index)
			return index;
	}
	return 0;
}

/* As any_device(), mostly a switch: now and then there is none. */
int any_switch(struct place **p)
{
	int tries, index = 0;

	for (tries = 0; tries < 6 && !index; tries++) {
		*p = any_place();
		index = index_of(*p, device_name('s', below(SWITCHES)));
	}
	return index;
}

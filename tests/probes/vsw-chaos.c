// SPDX-License-Identifier: GPL-2.0-only
/*
 * vsw-chaos - switches, ports, vnets, requests and frames in random order
 *
 * Every decision comes from one generator, so that a seed is a run.  What the kernel
 * answers is counted, not judged: what is looked for is what it reports.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/genetlink.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/if_packet.h>
#include <linux/neighbour.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <linux/virtio_net.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../../vnet/kernel/include/uapi/linux/vswitch.h"
#include "../../vnet/kernel/include/uapi/linux/vswitch_link.h"
#include "probe.h"

const char probe_usage[] =
"usage: vsw-chaos --mode netlink|frames|random [OPTION]...\n"
"\n"
"In four namespaces of its own, do things to switches in an order that only the seed\n"
"decides.  netlink: requests, valid, nearly valid and garbage, to the family vswitch\n"
"and to rtnetlink.  frames: frames of every kind by the ports of switches that change\n"
"now and then.  random: all of that, and devices and namespaces that come, move and go.\n"
"\n"
"--seed N      (default 1)\n"
"--ops N       how many operations (default 1000; 0: no limit)\n"
"--seconds N   for so long (default: until all operations are done)\n"
"--traffic     another task sends frames all the while\n"
"--verbose     say on stderr what is done, and the answer\n"
"--help        show this text\n"
"\n"
"Prints ops=, how many operations; for each kind NAME.ok= and NAME.refused=; frames=,\n"
"how many frames were taken; answers=, a hash of all answers; left=, devices that are\n"
"there after all was deleted.\n"
"\n"
"Status: 0 done, 2 usage, 3 no such thing could be set up.\n";

#define NAMESPACES	4	/* the first two stay */
#define STAYING		2
#define SWITCHES	2
#define PORTS		8
#define UPLINKS		2
#define MAX_FRAME	16384

struct place {
	int ns, rtnl, genl, packet;
};

static struct place places[NAMESPACES];
static uint64_t state;
static uint64_t answers = 14695981039346656037ULL;
static unsigned long long frames;
static int family;

static union {
	struct nlmsghdr	nlh;
	char		bytes[8192];
} req;
static char rsp[65536];

/* splitmix64, by S. Vigna */
static uint64_t any(void)
{
	uint64_t z = state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

static unsigned int below(unsigned int n)
{
	return any() % n;
}

static bool one_in(unsigned int n)
{
	return !below(n);
}

static void random_bytes(void *to, size_t size)
{
	uint8_t *p = to;

	while (size--)
		*p++ = any();
}

/* Messages */

static void *put(int type, const void *data, int len)
{
	struct nlattr *nla = (void *)(req.bytes + NLMSG_ALIGN(req.nlh.nlmsg_len));
	void *at = (char *)nla + NLA_HDRLEN;

	nla->nla_type = type;
	nla->nla_len = NLA_HDRLEN + len;
	req.nlh.nlmsg_len = NLMSG_ALIGN(req.nlh.nlmsg_len) + NLA_ALIGN(nla->nla_len);
	if (data && len)
		memcpy(at, data, len);
	return at;
}

static void put_u8(int type, uint8_t n) { put(type, &n, sizeof(n)); }
static void put_u16(int type, uint16_t n) { put(type, &n, sizeof(n)); }
static void put_u32(int type, uint32_t n) { put(type, &n, sizeof(n)); }
static void put_string(int type, const char *s) { put(type, s, strlen(s) + 1); }

static struct nlattr *nest(int type)
{
	return (void *)((char *)put(type | NLA_F_NESTED, NULL, 0) - NLA_HDRLEN);
}

static void nest_end(struct nlattr *nla)
{
	nla->nla_len = req.bytes + NLMSG_ALIGN(req.nlh.nlmsg_len) - (char *)nla;
}

static void *begin(int type, int flags, int header)
{
	memset(&req, 0, sizeof(req));
	req.nlh.nlmsg_len = NLMSG_LENGTH(header);
	req.nlh.nlmsg_type = type;
	req.nlh.nlmsg_flags = NLM_F_REQUEST | flags;
	return req.bytes + NLMSG_HDRLEN;
}

static void begin_genl(int cmd, int flags)
{
	struct genlmsghdr *g = begin(family, flags, GENL_HDRLEN);

	g->cmd = cmd;
	g->version = 1;
}

static struct ifinfomsg *begin_link(int type, int flags, int index)
{
	struct ifinfomsg *ifi = begin(type, flags | NLM_F_ACK, sizeof(*ifi));

	ifi->ifi_index = index;
	return ifi;
}

/* Sends the request and reads all that comes back; the error, or 0. */
static int converse(int sock)
{
	struct nlmsghdr *h;
	ssize_t n;

	if (send(sock, &req, req.nlh.nlmsg_len, 0) < 0)
		return errno;
	for (;;) {
		n = recv(sock, rsp, sizeof(rsp), 0);
		if (n < 0)
			return errno;
		for (h = (void *)rsp; NLMSG_OK(h, n); h = NLMSG_NEXT(h, n)) {
			if (h->nlmsg_type == NLMSG_ERROR)
				return -((struct nlmsgerr *)NLMSG_DATA(h))->error;
			if (h->nlmsg_type == NLMSG_DONE)
				return 0;
		}
	}
}

/* Places */

static int socket_of(int domain, int type, int protocol)
{
	struct timeval wait = { .tv_sec = 2 };
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

static void place_open(struct place *p)
{
	int one = 1;

	if (unshare(CLONE_NEWNET))
		probe_broken("unshare");
	p->ns = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	p->rtnl = socket_of(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
	p->genl = socket_of(AF_NETLINK, SOCK_RAW, NETLINK_GENERIC);
	p->packet = socket_of(AF_PACKET, SOCK_RAW, 0);
	if (setsockopt(p->packet, SOL_PACKET, PACKET_VNET_HDR, &one, sizeof(one)))
		probe_broken("PACKET_VNET_HDR");
	/* A socket that is never read is one more end for frames. */
	write_file("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1");
}

static void place_close(struct place *p)
{
	close(p->packet);
	close(p->genl);
	close(p->rtnl);
	close(p->ns);
}

static int index_of(const struct place *p, const char *name)
{
	struct ifreq ifr = { 0 };

	strncpy(ifr.ifr_name, name, IFNAMSIZ - 1);
	return ioctl(p->packet, SIOCGIFINDEX, &ifr) ? 0 : ifr.ifr_ifindex;
}

static struct place *any_place(void)
{
	return &places[below(NAMESPACES)];
}

static const char *name(char kind, int n)
{
	static char names[4][8];
	static int turn;
	char *at = names[turn++ % 4];

	snprintf(at, sizeof(names[0]), "%c%d", kind, n);
	return at;
}

static const char *any_name(void)
{
	switch (below(8)) {
	case 0: case 1: return name('s', below(SWITCHES));
	case 2: return name('u', below(UPLINKS));
	case 3: return name('w', below(UPLINKS));
	default: return name('p', below(PORTS));
	}
}

/* A device that is somewhere, and where; 0 if none was found. */
static int any_device(struct place **p)
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

/* A few stations, so that they are met again, and what no station is. */
static void address(uint8_t *addr)
{
	static const uint8_t reserved[] = { 0x01, 0x80, 0xc2, 0, 0 };

	memcpy(addr, "\x02\x00\x5e\x00\x53", 5);
	addr[5] = below(24);
	switch (below(16)) {
	case 0: memset(addr, 0xff, 6); break;
	case 1: addr[0] |= 1; break;
	case 2: memcpy(addr, reserved, 5); break;
	case 3: memset(addr, 0, 6); break;
	case 4: random_bytes(addr, 6); break;
	}
}

/* Operations */

static int add_switch(void)
{
	struct place *p = any_place();
	struct nlattr *info, *data;

	begin_link(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, 0);
	put_string(IFLA_IFNAME, name('s', below(SWITCHES)));
	info = nest(IFLA_LINKINFO);
	put_string(IFLA_INFO_KIND, "vswitch");
	data = nest(IFLA_INFO_DATA);
	if (one_in(2))
		put_u32(IFLA_VSWITCH_FDB, below(2));
	if (one_in(3))
		put_u32(IFLA_VSWITCH_FDB_LIMIT, 1 << below(18));
	if (one_in(3))
		put_u32(IFLA_VSWITCH_AGEING, below(2000));
	if (one_in(4))
		put_u8(IFLA_VSWITCH_DEFAULT_DENY, 1);
	if (one_in(2))
		put_u8(IFLA_VSWITCH_VLAN_AWARE, 1);
	nest_end(data);
	nest_end(info);
	return converse(p->rtnl);
}

static int add_port(void)
{
	struct place *p = any_place(), *to = any_place();
	struct nlattr *info, *data;
	int link = index_of(p, name('s', below(SWITCHES)));

	if (!link)
		return ENODEV;
	begin_link(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, 0);
	put_string(IFLA_IFNAME, name('p', below(PORTS)));
	put_u32(IFLA_LINK, link);
	put_u32(IFLA_NET_NS_FD, to->ns);
	info = nest(IFLA_LINKINFO);
	put_string(IFLA_INFO_KIND, "vswport");
	if (one_in(3)) {
		data = nest(IFLA_INFO_DATA);
		put_u16(IFLA_VSWPORT_NUMBER, one_in(4) ? below(2000) : below(PORTS));
		nest_end(data);
	}
	nest_end(info);
	return converse(p->rtnl);
}

static int add_pair(void)
{
	struct place *p = any_place();
	struct nlattr *info, *data, *peer;
	int n = below(UPLINKS);

	begin_link(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, 0);
	put_string(IFLA_IFNAME, name('u', n));
	info = nest(IFLA_LINKINFO);
	put_string(IFLA_INFO_KIND, "veth");
	data = nest(IFLA_INFO_DATA);
	peer = nest(VETH_INFO_PEER);
	req.nlh.nlmsg_len += sizeof(struct ifinfomsg);
	put_string(IFLA_IFNAME, name('w', n));
	nest_end(peer);
	nest_end(data);
	nest_end(info);
	return converse(p->rtnl);
}

/* Something above a port, that has to go when the port goes. */
static int add_upper(void)
{
	struct nlattr *info, *data;
	struct place *p;
	int index = any_device(&p);

	if (!index)
		return ENODEV;
	begin_link(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, 0);
	put_u32(IFLA_LINK, index);
	info = nest(IFLA_LINKINFO);
	put_string(IFLA_INFO_KIND, "vlan");
	data = nest(IFLA_INFO_DATA);
	put_u16(1, below(4096));	/* IFLA_VLAN_ID */
	nest_end(data);
	nest_end(info);
	return converse(p->rtnl);
}

static int del_link(void)
{
	struct place *p;
	int index = any_device(&p);

	if (!index)
		return ENODEV;
	begin_link(RTM_DELLINK, 0, index);
	return converse(p->rtnl);
}

static int set_up(void)
{
	struct ifinfomsg *ifi;
	struct place *p;
	int index = any_device(&p);

	if (!index)
		return ENODEV;
	ifi = begin_link(RTM_NEWLINK, 0, index);
	ifi->ifi_change = IFF_UP;
	ifi->ifi_flags = one_in(4) ? 0 : IFF_UP;
	return converse(p->rtnl);
}

static int change(void)
{
	struct place *p;
	int index = any_device(&p);
	uint8_t addr[6];

	if (!index)
		return ENODEV;
	begin_link(RTM_NEWLINK, 0, index);
	switch (below(4)) {
	case 0:
		put_u32(IFLA_MTU, one_in(4) ? below(70000) : 68 + below(9000));
		break;
	case 1:
		address(addr);
		put(IFLA_ADDRESS, addr, sizeof(addr));
		break;
	case 2:
		put_u32(IFLA_PROMISCUITY, 1);
		break;
	default:
		put_u32(IFLA_TXQLEN, below(10000));
	}
	return converse(p->rtnl);
}

static int move(void)
{
	struct place *p;
	int index = any_device(&p);

	if (!index)
		return ENODEV;
	begin_link(RTM_NEWLINK, 0, index);
	put_u32(IFLA_NET_NS_FD, any_place()->ns);
	return converse(p->rtnl);
}

static int master(void)
{
	struct place *p;
	int index = any_device(&p);

	if (!index)
		return ENODEV;
	begin_link(RTM_NEWLINK, 0, index);
	put_u32(IFLA_MASTER, one_in(3) ? 0 : index_of(p, name('s', below(SWITCHES))));
	return converse(p->rtnl);
}

static int neighbour(void)
{
	struct ndmsg *nd;
	struct place *p;
	int index = any_device(&p);
	uint8_t addr[6];

	if (!index)
		return ENODEV;
	nd = begin(one_in(3) ? RTM_DELNEIGH : RTM_NEWNEIGH,
		   NLM_F_ACK | NLM_F_CREATE | (one_in(2) ? NLM_F_REPLACE : NLM_F_EXCL),
		   sizeof(*nd));
	nd->ndm_family = AF_BRIDGE;
	nd->ndm_ifindex = index;
	nd->ndm_flags = one_in(8) ? any() : NTF_SELF;
	nd->ndm_state = one_in(8) ? any() : one_in(2) ? NUD_NOARP : NUD_REACHABLE;
	address(addr);
	put(NDA_LLADDR, addr, one_in(16) ? below(7) : 6);
	if (one_in(4))
		put_u16(NDA_VLAN, below(4200));
	if (one_in(8))
		put_u32(NDA_FLAGS_EXT, any());
	return converse(p->rtnl);
}

static int dump(void)
{
	struct place *p = any_place();

	switch (below(3)) {
	case 0: {
		struct ndmsg *nd = begin(RTM_GETNEIGH, NLM_F_DUMP, sizeof(*nd));

		nd->ndm_family = AF_BRIDGE;
		return converse(p->rtnl);
	}
	case 1:
		begin(RTM_GETLINK, NLM_F_DUMP, sizeof(struct ifinfomsg));
		return converse(p->rtnl);
	default:
		begin_genl(VSWITCH_CMD_PORT_GET, NLM_F_DUMP);
		put_u32(VSWITCH_A_PORT_SWITCH, index_of(p, name('s', below(SWITCHES))));
		return converse(p->genl);
	}
}

/* Attributes that a port may have, and what they may be, or nearly so. */
static void port_attribute(void)
{
	uint8_t bits[512];

	memset(bits, 0, sizeof(bits));
	switch (below(11)) {
	case 0: put_u32(VSWITCH_A_PORT_FLAGS, below(one_in(8) ? 256 : 64)); break;
	case 1: put_u32(VSWITCH_A_PORT_FLAGS_MASK, below(64)); break;
	case 2: put_u16(VSWITCH_A_PORT_ACCESS, below(one_in(8) ? 5000 : 4)); break;
	case 3: put_u16(VSWITCH_A_PORT_NATIVE, below(4)); break;
	case 4:
		bits[0] = any();
		put(VSWITCH_A_PORT_VIDS, bits, 512);
		break;
	case 5: put_u32(VSWITCH_A_PORT_LIMIT, one_in(4) ? any() : below(8)); break;
	case 6: put_u8(VSWITCH_A_PORT_STICKY, below(2)); break;
	case 7:
	case 8:
		random_bytes(bits, 128);
		put(one_in(2) ? VSWITCH_A_PORT_ALLOW : VSWITCH_A_PORT_TENANT_ALLOW, bits, 128);
		break;
	default:
		put_u8(one_in(2) ? VSWITCH_A_PORT_ALLOW_NEW :
				   VSWITCH_A_PORT_TENANT_ALLOW_NEW, below(2));
	}
}

static int request(void)
{
	struct place *p = any_place();
	int i, cmd = 1 + below(VSWITCH_CMD_MAX);

	begin_genl(cmd, NLM_F_ACK);
	if (cmd == VSWITCH_CMD_SWITCH_GET || cmd == VSWITCH_CMD_SWITCH_SET) {
		put_u32(VSWITCH_A_SWITCH_IFINDEX, index_of(p, name('s', below(SWITCHES))));
		if (cmd == VSWITCH_CMD_SWITCH_SET) {
			if (one_in(2))
				put_u8(VSWITCH_A_SWITCH_VLAN_AWARE, below(2));
			if (one_in(3))
				put_u32(VSWITCH_A_SWITCH_AGEING, below(3000));
			if (one_in(3))
				put_u32(VSWITCH_A_SWITCH_HOLD, below(300));
		}
		return converse(p->genl);
	}
	if (one_in(2)) {
		put_u32(VSWITCH_A_PORT_SWITCH, index_of(p, name('s', below(SWITCHES))));
		put_u16(VSWITCH_A_PORT_NUMBER, below(PORTS));
	} else {
		put_u32(VSWITCH_A_PORT_IFINDEX, index_of(p, any_name()));
	}
	if (cmd == VSWITCH_CMD_ALLOW || cmd == VSWITCH_CMD_DENY)
		put_u16(VSWITCH_A_PORT_TO, below(one_in(8) ? 1100 : PORTS));
	if (cmd == VSWITCH_CMD_PORT_SET)
		for (i = below(4); i >= 0; i--)
			port_attribute();
	return converse(p->genl);
}

/* Attributes of any type and any length, that end before or after what they say. */
static void garbage(int types)
{
	uint8_t junk[600];
	struct nlattr *nla;
	int i, len;

	for (i = below(6); i > 0; i--) {
		len = one_in(3) ? (int)below(sizeof(junk)) : (int[]){ 0, 1, 2, 4, 6, 8, 128, 512 }[below(8)];
		random_bytes(junk, len);
		if (one_in(2))
			memset(junk, 0, len);
		nla = (void *)((char *)put(below(types + 3), junk, len) - NLA_HDRLEN);
		if (one_in(10))
			nla->nla_type |= NLA_F_NESTED;
		if (one_in(20))
			nla->nla_len = any();
	}
	if (one_in(20) && req.nlh.nlmsg_len > NLMSG_HDRLEN + 8)
		req.nlh.nlmsg_len -= below(8);
}

static int garbage_genl(void)
{
	struct place *p = any_place();
	bool dumped = one_in(6);

	begin_genl(below(VSWITCH_CMD_MAX + 2), dumped ? NLM_F_DUMP : NLM_F_ACK);
	if (one_in(2))
		put_u32(VSWITCH_A_PORT_SWITCH, index_of(p, name('s', below(SWITCHES))));
	garbage(VSWITCH_A_PORT_MAX);
	return converse(p->genl);
}

static int garbage_link(void)
{
	struct place *p = any_place();
	bool port = one_in(2);
	struct nlattr *info, *data;

	begin_link(RTM_NEWLINK, NLM_F_CREATE | (one_in(2) ? NLM_F_EXCL : 0), 0);
	put_string(IFLA_IFNAME, port ? name('p', below(PORTS)) : name('s', below(SWITCHES)));
	if (one_in(2))
		put_u32(IFLA_LINK, index_of(p, any_name()));
	if (one_in(4))
		put(IFLA_ADDRESS, "\x02\x00\x5e\x00\x53\x77", below(8));
	info = nest(IFLA_LINKINFO);
	put_string(IFLA_INFO_KIND, port ? "vswport" : "vswitch");
	data = nest(IFLA_INFO_DATA);
	garbage(IFLA_VSWITCH_MAX);
	nest_end(data);
	nest_end(info);
	return converse(p->rtnl);
}

/* One frame: any header, tags, length; now and then one that is to be cut up later. */
static int frame_by(const struct place *p, int index)
{
	static struct {
		struct virtio_net_hdr	hdr;
		uint8_t			data[MAX_FRAME];
	} __attribute__((packed)) f;
	struct sockaddr_ll to = { .sll_family = AF_PACKET, .sll_ifindex = index, .sll_halen = 6 };
	static const uint16_t types[] = {
		ETH_P_IP, ETH_P_IPV6, ETH_P_ARP, ETH_P_8021Q, ETH_P_8021AD, 0x88b5, 4, ETH_P_MPLS_UC,
	};
	unsigned int at = 12, len, i;
	uint16_t type;

	memset(&f.hdr, 0, sizeof(f.hdr));
	address(f.data);
	address(f.data + 6);
	for (i = one_in(2) ? 0 : below(4); i; i--) {
		type = htons(one_in(4) ? ETH_P_8021AD : ETH_P_8021Q);
		memcpy(f.data + at, &type, 2);
		type = htons(one_in(3) ? any() : below(4));
		memcpy(f.data + at + 2, &type, 2);
		at += 4;
	}
	type = htons(types[below(8)]);
	memcpy(f.data + at, &type, 2);
	at += 2;
	random_bytes(f.data + at, 64);
	if (one_in(2))
		f.data[at] = 0x45;
	switch (below(5)) {
	case 0: len = at + below(4); break;
	case 1: len = at + below(MAX_FRAME - at); break;
	default: len = at + below(1500);
	}
	if (one_in(4)) {
		f.hdr.flags = VIRTIO_NET_HDR_F_NEEDS_CSUM;
		f.hdr.csum_start = at + (one_in(4) ? below(64) : 20);
		f.hdr.csum_offset = one_in(4) ? below(32) : one_in(2) ? 16 : 6;
		if (one_in(2)) {
			f.hdr.gso_type = (uint8_t[]){ 1, 3, 4, 5 }[below(4)] | (one_in(8) ? 0x80 : 0);
			f.hdr.gso_size = one_in(8) ? any() : 100 + below(1400);
			f.hdr.hdr_len = at + 40;
			f.data[at + 9] = f.hdr.gso_type == 1 ? 6 : 17;
		}
	}
	if (sendto(p->packet, &f, sizeof(f.hdr) + len, MSG_DONTWAIT, (void *)&to, sizeof(to)) < 0)
		return errno;
	frames++;
	return 0;
}

static int frame(void)
{
	struct place *p;
	int i, err, index = any_device(&p);

	if (!index)
		return ENODEV;
	for (i = below(16); i > 0; i--)
		frame_by(p, index);
	err = frame_by(p, index);
	/* Which of them is full, down or too small is a matter of time. */
	return err ? EIO : 0;
}

static int renew(void)
{
	int n = STAYING + below(NAMESPACES - STAYING);

	place_close(&places[n]);
	place_open(&places[n]);
	return 0;
}

static const struct op {
	const char	*name;
	int		(*fn)(void);
	int		netlink, frames, random;	/* how often */
} ops[] = {
	{ "add-switch", add_switch, 4, 1, 4 },
	{ "add-port", add_port, 8, 4, 16 },
	{ "add-pair", add_pair, 2, 1, 3 },
	{ "add-upper", add_upper, 1, 0, 2 },
	{ "del-link", del_link, 4, 1, 8 },
	{ "set-up", set_up, 8, 8, 16 },
	{ "change", change, 4, 1, 4 },
	{ "move", move, 2, 1, 6 },
	{ "master", master, 4, 2, 6 },
	{ "fdb", neighbour, 16, 4, 8 },
	{ "dump", dump, 4, 1, 3 },
	{ "request", request, 40, 6, 16 },
	{ "garbage-request", garbage_genl, 40, 0, 6 },
	{ "garbage-link", garbage_link, 20, 0, 4 },
	{ "frame", frame, 0, 120, 40 },
	{ "namespace", renew, 0, 0, 1 },
};

#define OPS	(sizeof(ops) / sizeof(ops[0]))

static unsigned long done[OPS], refused[OPS];

static int weight(const struct op *op, char mode)
{
	return mode == 'n' ? op->netlink : mode == 'f' ? op->frames : op->random;
}

static bool verbose;

static void one(char mode, int total)
{
	int err, n = below(total);
	size_t i = 0;

	while (n >= weight(&ops[i], mode))
		n -= weight(&ops[i++], mode);
	err = ops[i].fn();
	if (verbose)
		fprintf(stderr, "%s: %s\n", ops[i].name, probe_errno(err));
	if (err)
		refused[i]++;
	else
		done[i]++;
	answers = (answers ^ (i << 16 | err)) * 1099511628211ULL;
}

static int family_id(void)
{
	struct nlattr *nla;
	struct genlmsghdr *g = begin(GENL_ID_CTRL, 0, GENL_HDRLEN);
	ssize_t n;

	g->cmd = CTRL_CMD_GETFAMILY;
	put_string(CTRL_ATTR_FAMILY_NAME, VSWITCH_FAMILY_NAME);
	if (send(places[0].genl, &req, req.nlh.nlmsg_len, 0) < 0)
		probe_broken("send");
	n = recv(places[0].genl, rsp, sizeof(rsp), 0);
	for (nla = (void *)(rsp + NLMSG_LENGTH(GENL_HDRLEN));
	     n > 0 && (char *)nla < rsp + n && nla->nla_len;
	     nla = (void *)((char *)nla + NLA_ALIGN(nla->nla_len)))
		if (((struct nlmsghdr *)rsp)->nlmsg_type == GENL_ID_CTRL &&
		    nla->nla_type == CTRL_ATTR_FAMILY_ID)
			return *(uint16_t *)((char *)nla + NLA_HDRLEN);
	errno = ENOENT;
	probe_broken("the family vswitch");
}

/* Until it is killed: frames by the devices of the places that stay. */
static pid_t traffic(void)
{
	pid_t pid = fork();
	struct place *p;
	int index;

	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (index = STAYING; index < NAMESPACES; index++)
		place_close(&places[index]);
	state ^= 0x5555555555555555ULL;
	for (;;) {
		p = &places[below(STAYING)];
		index = index_of(p, any_name());
		if (index)
			frame_by(p, index);
		if (one_in(16))
			sched_yield();
	}
}

static int clean_up(void)
{
	int i, n, index, left = 0;
	static const char kinds[] = "spu";
	const char *k;

	for (i = NAMESPACES; i-- > STAYING; )
		place_close(&places[i]);
	for (i = 0; i < STAYING; i++)
		for (k = kinds; *k; k++)
			for (n = 0; n < PORTS; n++) {
				index = index_of(&places[i], name(*k, n));
				if (!index)
					continue;
				begin_link(RTM_DELLINK, 0, index);
				converse(places[i].rtnl);
				left += index_of(&places[i], name(*k, n)) != 0;
			}
	return left;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "mode", required_argument, NULL, 'm' },
		{ "seed", required_argument, NULL, 's' },
		{ "ops", required_argument, NULL, 'o' },
		{ "seconds", required_argument, NULL, 'S' },
		{ "traffic", no_argument, NULL, 't' },
		{ "verbose", no_argument, NULL, 'v' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	long limit = 1000, seconds = 0, n;
	bool with_traffic = false;
	char mode = 0;
	pid_t pid = 0;
	time_t end;
	int c, total = 0;
	size_t i;

	state = 1;
	while ((c = probe_option(argc, argv, options)) != -1) {
		switch (c) {
		case 'm': mode = optarg[0]; break;
		case 's': state = probe_number("--seed", optarg, 0, INT64_MAX); break;
		case 'o': limit = probe_number("--ops", optarg, 0, INT64_MAX); break;
		case 'S': seconds = probe_number("--seconds", optarg, 1, 1 << 20); break;
		case 't': with_traffic = true; break;
		case 'v': verbose = true; break;
		}
	}
	if (!mode || !strchr("nfr", mode) || (!limit && !seconds)) {
		fprintf(stderr, "%s", probe_usage);
		return PROBE_USAGE;
	}

	for (i = 0; i < NAMESPACES; i++)
		place_open(&places[i]);
	family = family_id();
	for (i = 0; i < OPS; i++)
		total += weight(&ops[i], mode);
	if (with_traffic)
		pid = traffic();

	end = time(NULL) + seconds;
	for (n = 0; (!limit || n < limit) && (!seconds || time(NULL) < end); n++)
		one(mode, total);

	if (pid) {
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
	printf("ops=%ld\n", n);
	for (i = 0; i < OPS; i++)
		if (done[i] || refused[i])
			printf("%s.ok=%lu\n%s.refused=%lu\n", ops[i].name, done[i],
			       ops[i].name, refused[i]);
	printf("frames=%llu\nanswers=%016llx\n", frames, (unsigned long long)answers);
	printf("left=%d\n", clean_up());
	return 0;
}

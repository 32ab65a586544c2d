// SPDX-License-Identifier: GPL-2.0-only
/*
 * One netlink request at a time, and what comes back.
 */
#include <errno.h>
#include <linux/genetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "chaos.h"

union request req;
char rsp[65536];

static uint32_t sequence;

void *begin(int type, int flags, int header)
{
	memset(&req, 0, sizeof(req));
	req.nlh.nlmsg_len = NLMSG_LENGTH(header);
	req.nlh.nlmsg_type = type;
	req.nlh.nlmsg_flags = NLM_F_REQUEST | flags;
	req.nlh.nlmsg_seq = ++sequence;
	return req.bytes + NLMSG_HDRLEN;
}

void begin_genl(int family, int cmd, int flags)
{
	struct genlmsghdr *g = begin(family, flags, GENL_HDRLEN);

	g->cmd = cmd;
	g->version = 1;
}

struct ifinfomsg *begin_link(int type, int flags, int index)
{
	struct ifinfomsg *ifi = begin(type, flags | NLM_F_ACK, sizeof(*ifi));

	ifi->ifi_index = index;
	return ifi;
}

void *put(int type, const void *data, int len)
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

void put_u8(int type, uint8_t n) { put(type, &n, sizeof(n)); }
void put_u16(int type, uint16_t n) { put(type, &n, sizeof(n)); }
void put_u32(int type, uint32_t n) { put(type, &n, sizeof(n)); }
void put_string(int type, const char *s) { put(type, s, strlen(s) + 1); }

struct nlattr *nest(int type)
{
	return (void *)((char *)put(type | NLA_F_NESTED, NULL, 0) - NLA_HDRLEN);
}

void nest_end(struct nlattr *nla)
{
	nla->nla_len = req.bytes + NLMSG_ALIGN(req.nlh.nlmsg_len) - (char *)nla;
}

/* Attributes of any type and any length, that end before or after what they say. */
void garbage(int types)
{
	uint8_t junk[600];
	struct nlattr *nla;
	int i, len;

	for (i = below(6); i > 0; i--) {
		len = one_in(3) ? (int)below(sizeof(junk)) :
				  (int[]){ 0, 1, 2, 4, 6, 8, 128, 512 }[below(8)];
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

/*
 * Sends the request and reads all that comes back, up to its end; the error, or 0.
 * @each: is shown what is neither an acknowledgement nor the end, or NULL
 */
int converse_each(int sock, void (*each)(const struct nlmsghdr *h, void *arg), void *arg)
{
	const uint32_t seq = req.nlh.nlmsg_seq;
	struct nlmsghdr *h;
	ssize_t n;

	if (send(sock, &req, req.nlh.nlmsg_len, 0) < 0)
		return errno;
	for (;;) {
		n = recv(sock, rsp, sizeof(rsp), 0);
		if (n < 0)
			return errno;
		for (h = (void *)rsp; NLMSG_OK(h, n); h = NLMSG_NEXT(h, n)) {
			if (h->nlmsg_seq != seq)
				continue;
			if (h->nlmsg_type == NLMSG_ERROR)
				return -((struct nlmsgerr *)NLMSG_DATA(h))->error;
			if (h->nlmsg_type == NLMSG_DONE)
				return -*(int *)NLMSG_DATA(h);
			if (each)
				each(h, arg);
		}
	}
}

int converse(int sock)
{
	return converse_each(sock, NULL, NULL);
}

const struct nlattr *find_attr(const void *begin, int len, int type)
{
	for_each_attr(nla, begin, len)
		if ((nla->nla_type & NLA_TYPE_MASK) == type)
			return nla;
	return NULL;
}

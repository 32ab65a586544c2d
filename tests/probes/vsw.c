// SPDX-License-Identifier: GPL-2.0-only
/*
 * vsw - one request to the generic netlink family "vswitch", without a library
 */
#include <errno.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../../vnet/kernel/include/uapi/linux/vswitch.h"
#include "probe.h"

const char probe_usage[] =
"usage: vsw switch-get|switch-set|port-get|port-set|allow|deny KEY=VALUE...\n"
"\n"
"Send one request with these attributes, named as in the family's specification.\n"
"switch, ifindex and port are names of devices; port stands for ifindex.  vids and\n"
"allow are lists of numbers, separated by commas, or \"none\".\n"
"\n"
"Prints the attributes of the reply as key=value, then result=ok, or result=, the\n"
"name of the error, and message=, what the kernel says about it.\n"
"\n"
"--help        show this text\n"
"\n"
"Status: 0 whatever the kernel said, 2 usage.\n";

struct key {
	const char	*name;
	int		type;
	int		size;		/* bytes; 0: the name of a device */
	bool		list;		/* of bits */
};

static const struct key switch_keys[] = {
	{ "switch", VSWITCH_A_SWITCH_IFINDEX, 0, false },
	{ "vlan-aware", VSWITCH_A_SWITCH_VLAN_AWARE, 1, false },
	{ "ageing", VSWITCH_A_SWITCH_AGEING, 4, false },
	{ "hold", VSWITCH_A_SWITCH_HOLD, 4, false },
	{ "entries", VSWITCH_A_SWITCH_ENTRIES, 4, false },
	{ "limit", VSWITCH_A_SWITCH_LIMIT, 4, false },
	{ 0 },
};

static const struct key port_keys[] = {
	{ "switch", VSWITCH_A_PORT_SWITCH, 0, false },
	{ "port", VSWITCH_A_PORT_IFINDEX, 0, false },
	{ "number", VSWITCH_A_PORT_NUMBER, 2, false },
	{ "kind", VSWITCH_A_PORT_KIND, 4, false },
	{ "netnsid", VSWITCH_A_PORT_NETNSID, 4, false },
	{ "flags", VSWITCH_A_PORT_FLAGS, 4, false },
	{ "flags-mask", VSWITCH_A_PORT_FLAGS_MASK, 4, false },
	{ "access", VSWITCH_A_PORT_ACCESS, 2, false },
	{ "native", VSWITCH_A_PORT_NATIVE, 2, false },
	{ "vids", VSWITCH_A_PORT_VIDS, 512, true },
	{ "limit", VSWITCH_A_PORT_LIMIT, 4, false },
	{ "entries", VSWITCH_A_PORT_ENTRIES, 4, false },
	{ "sticky", VSWITCH_A_PORT_STICKY, 1, false },
	{ "allow", VSWITCH_A_PORT_ALLOW, 128, true },
	{ "allow-new", VSWITCH_A_PORT_ALLOW_NEW, 1, false },
	{ "tenant-allow", VSWITCH_A_PORT_TENANT_ALLOW, 128, true },
	{ "tenant-allow-new", VSWITCH_A_PORT_TENANT_ALLOW_NEW, 1, false },
	{ "to", VSWITCH_A_PORT_TO, 2, false },
	{ 0 },
};

static const struct {
	const char		*name;
	int			cmd;
	const struct key	*keys;
} commands[] = {
	{ "switch-get", VSWITCH_CMD_SWITCH_GET, switch_keys },
	{ "switch-set", VSWITCH_CMD_SWITCH_SET, switch_keys },
	{ "port-get", VSWITCH_CMD_PORT_GET, port_keys },
	{ "port-set", VSWITCH_CMD_PORT_SET, port_keys },
	{ "allow", VSWITCH_CMD_ALLOW, port_keys },
	{ "deny", VSWITCH_CMD_DENY, port_keys },
	{ 0 },
};

static struct {
	struct nlmsghdr		nlh;
	struct genlmsghdr	genlh;
	char			attrs[4096];
} req, rsp;

static int sock;

static void usage_error(void)
{
	fprintf(stderr, "%s", probe_usage);
	exit(PROBE_USAGE);
}

static void *put(int type, int len)
{
	struct nlattr *nla = (void *)((char *)&req + NLMSG_ALIGN(req.nlh.nlmsg_len));

	nla->nla_type = type;
	nla->nla_len = NLA_HDRLEN + len;
	req.nlh.nlmsg_len = NLMSG_ALIGN(req.nlh.nlmsg_len) + NLA_ALIGN(nla->nla_len);
	return (char *)nla + NLA_HDRLEN;
}

static void put_key(const struct key *key, char *value)
{
	uint32_t number;
	uint8_t *data;
	char *word;

	if (key->list) {
		data = put(key->type, key->size);
		for (word = strtok(value, ","); word; word = strtok(NULL, ",")) {
			if (!strcmp(word, "none"))
				continue;
			number = probe_number(key->name, word, 0, key->size * 8 - 1);
			data[number / 8] |= 1 << number % 8;
		}
		return;
	}
	if (key->size)
		number = probe_number(key->name, value, 0, UINT32_MAX);
	else if (!(number = if_nametoindex(value)))
		/* What is elsewhere has no name here. */
		number = strtoul(value, NULL, 10);
	/* Of what is shorter the first bytes: as on all machines that we have. */
	memcpy(put(key->type, key->size ?: 4), &number, key->size ?: 4);
}

static void begin(int family, int cmd)
{
	memset(&req, 0, sizeof(req));
	req.nlh.nlmsg_len = NLMSG_LENGTH(GENL_HDRLEN);
	req.nlh.nlmsg_type = family;
	req.nlh.nlmsg_flags = NLM_F_REQUEST;
	req.genlh.cmd = cmd;
	req.genlh.version = 1;
}

/* One message back, in rsp. */
static void converse(void)
{
	if (send(sock, &req, req.nlh.nlmsg_len, 0) < 0)
		probe_broken("send");
	if (recv(sock, &rsp, sizeof(rsp), 0) < 0)
		probe_broken("recv");
}

#define for_each_attr(nla, begin, end)						\
	for ((nla) = (struct nlattr *)(begin);					\
	     (char *)(nla) + NLA_HDRLEN <= (char *)(end) && (nla)->nla_len;	\
	     (nla) = (struct nlattr *)((char *)(nla) + NLA_ALIGN((nla)->nla_len)))

#define data_of(nla)	((char *)(nla) + NLA_HDRLEN)

static int family(void)
{
	struct nlattr *nla;
	uint16_t id;

	begin(GENL_ID_CTRL, CTRL_CMD_GETFAMILY);
	strcpy(put(CTRL_ATTR_FAMILY_NAME, sizeof(VSWITCH_FAMILY_NAME)), VSWITCH_FAMILY_NAME);
	converse();
	for_each_attr(nla, rsp.attrs, (char *)&rsp + rsp.nlh.nlmsg_len) {
		if (rsp.nlh.nlmsg_type != GENL_ID_CTRL || nla->nla_type != CTRL_ATTR_FAMILY_ID)
			continue;
		memcpy(&id, data_of(nla), sizeof(id));
		/* Its acknowledgement is not asked for. */
		return id;
	}
	errno = ENOENT;
	probe_broken("the family vswitch");
}

static void print_list(const uint8_t *data, int size)
{
	const char *comma = "";
	int i, from;

	for (i = 0; i < size * 8; i++) {
		if (!(data[i / 8] & 1 << i % 8))
			continue;
		for (from = i; i + 1 < size * 8 && data[(i + 1) / 8] & 1 << (i + 1) % 8; i++)
			;
		printf(from == i ? "%s%d" : "%s%d-%d", comma, from, i);
		comma = ",";
	}
	printf("%s\n", *comma ? "" : "none");
}

static void print_reply(const struct key *keys)
{
	const struct key *key;
	struct nlattr *nla;
	uint32_t number;

	for_each_attr(nla, rsp.attrs, (char *)&rsp + rsp.nlh.nlmsg_len) {
		for (key = keys; key->name && key->type != nla->nla_type; key++)
			;
		if (!key->name)
			continue;
		printf("%s=", key->name);
		if (key->list) {
			print_list((uint8_t *)data_of(nla), key->size);
			continue;
		}
		number = 0;
		memcpy(&number, data_of(nla), nla->nla_len - NLA_HDRLEN);
		printf("%u\n", number);
	}
}

static void print_result(void)
{
	struct nlmsgerr *err = (void *)((char *)&rsp + NLMSG_HDRLEN);
	char *at = (char *)(err + 1);
	struct nlattr *nla;

	printf("result=%s\n", err->error ? probe_errno(-err->error) : "ok");
	if (!(rsp.nlh.nlmsg_flags & NLM_F_ACK_TLVS))
		return;
	if (!(rsp.nlh.nlmsg_flags & NLM_F_CAPPED))
		at += NLMSG_ALIGN(err->msg.nlmsg_len) - NLMSG_HDRLEN;
	for_each_attr(nla, at, (char *)&rsp + rsp.nlh.nlmsg_len)
		if (nla->nla_type == NLMSGERR_ATTR_MSG)
			printf("message=%s\n", data_of(nla));
}

int main(int argc, char **argv)
{
	const struct key *key;
	char *value;
	int c, i, id, one = 1;

	if (argc == 2 && !strcmp(argv[1], "--help")) {
		printf("%s", probe_usage);
		return 0;
	}
	if (argc < 2)
		usage_error();
	for (c = 0; commands[c].name && strcmp(commands[c].name, argv[1]); c++)
		;
	if (!commands[c].name)
		usage_error();

	sock = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);
	if (sock < 0 || setsockopt(sock, SOL_NETLINK, NETLINK_EXT_ACK, &one, sizeof(one)) ||
	    setsockopt(sock, SOL_NETLINK, NETLINK_CAP_ACK, &one, sizeof(one)))
		probe_broken("a generic netlink socket");

	id = family();
	begin(id, commands[c].cmd);
	req.nlh.nlmsg_flags |= NLM_F_ACK;
	for (i = 2; i < argc; i++) {
		value = strchr(argv[i], '=');
		if (!value)
			usage_error();
		*value++ = 0;
		for (key = commands[c].keys; key->name && strcmp(key->name, argv[i]); key++)
			;
		if (!key->name)
			usage_error();
		put_key(key, value);
	}
	converse();
	while (rsp.nlh.nlmsg_type != NLMSG_ERROR) {
		print_reply(commands[c].keys);
		if (recv(sock, &rsp, sizeof(rsp), 0) < 0)
			probe_broken("recv");
	}
	print_result();
	return 0;
}

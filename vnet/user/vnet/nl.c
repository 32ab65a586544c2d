// SPDX-License-Identifier: GPL-2.0-only
/* Requests by netlink. */
#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/vswitch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "nl.h"
#include "vnet.h"

#define GROUPS	8

static struct mnl_socket *sock[2];	/* NETLINK_GENERIC, NETLINK_ROUTE */
static char request[16384];
static char said[256];			/* by the kernel, about the last error */
static uint32_t seq;
static uint16_t family;
static bool route;			/* what the request is for */

static struct {
	char		name[32];
	uint32_t	id;
} groups[GROUPS];

static struct mnl_socket *open_socket(int bus)
{
	struct mnl_socket *s = mnl_socket_open2(bus, SOCK_CLOEXEC);
	int one = 1;

	if (!s || mnl_socket_bind(s, 0, MNL_SOCKET_AUTOPID))
		die("netlink: %s", strerror(errno));
	/* An old kernel that knows neither still answers. */
	mnl_socket_setsockopt(s, NETLINK_EXT_ACK, &one, sizeof(one));
	mnl_socket_setsockopt(s, NETLINK_CAP_ACK, &one, sizeof(one));
	mnl_socket_setsockopt(s, NETLINK_GET_STRICT_CHK, &one, sizeof(one));
	return s;
}

static struct nlmsghdr *begin(uint16_t type, uint16_t flags)
{
	struct nlmsghdr *nlh;

	memset(request, 0, sizeof(request));
	nlh = mnl_nlmsg_put_header(request);
	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags;
	if (!seq)
		seq = time(NULL);
	nlh->nlmsg_seq = ++seq;
	return nlh;
}

static struct nlmsghdr *begin_genl(uint16_t type, uint8_t cmd)
{
	struct nlmsghdr *nlh = begin(type, 0);
	struct genlmsghdr *genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));

	genl->cmd = cmd;
	genl->version = 1;
	route = false;
	return nlh;
}

static void learn_groups(const struct nlattr *list)
{
	const struct nlattr *group, *a;
	int n = 0;

	mnl_attr_for_each_nested(group, list) {
		if (n == GROUPS)
			return;
		mnl_attr_for_each_nested(a, group) {
			if (mnl_attr_get_type(a) == CTRL_ATTR_MCAST_GRP_ID)
				groups[n].id = mnl_attr_get_u32(a);
			else if (mnl_attr_get_type(a) == CTRL_ATTR_MCAST_GRP_NAME)
				snprintf(groups[n].name, sizeof(groups[n].name), "%s",
					 mnl_attr_get_str(a));
		}
		n++;
	}
}

static int learn_family(const struct nlmsghdr *nlh, void *arg)
{
	const struct nlattr *a;

	(void)arg;
	mnl_attr_for_each(a, nlh, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(a) == CTRL_ATTR_FAMILY_ID)
			family = mnl_attr_get_u16(a);
		else if (mnl_attr_get_type(a) == CTRL_ATTR_MCAST_GROUPS)
			learn_groups(a);
	}
	return MNL_CB_OK;
}

static void need_family(void)
{
	struct nlmsghdr *nlh;
	int err;

	if (family)
		return;
	nlh = begin_genl(GENL_ID_CTRL, CTRL_CMD_GETFAMILY);
	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, VSWITCH_FAMILY_NAME);
	err = nl_try(nlh, learn_family, NULL);
	if (err == -ENOENT)
		die("this kernel has no vswitch: boot one with CONFIG_VSWITCH, or 'modprobe vswitch'");
	if (err)
		nl_die("netlink", err);
}

struct nlmsghdr *nl_vswitch(uint8_t cmd)
{
	need_family();
	return begin_genl(family, cmd);
}

struct nlmsghdr *nl_route(uint16_t type, uint16_t flags)
{
	route = true;
	return begin(type, flags);
}

/* What the kernel says about an error, or about the end of a dump. */
static void hear(const struct nlmsghdr *nlh)
{
	const struct nlmsgerr *err = mnl_nlmsg_get_payload(nlh);
	size_t skip = nlh->nlmsg_type == NLMSG_DONE ? sizeof(int) : sizeof(*err);
	const struct nlattr *a;

	if (!(nlh->nlmsg_flags & NLM_F_ACK_TLVS))
		return;
	if (nlh->nlmsg_type == NLMSG_ERROR && !(nlh->nlmsg_flags & NLM_F_CAPPED))
		skip += MNL_ALIGN(err->msg.nlmsg_len) - sizeof(err->msg);
	mnl_attr_for_each(a, nlh, skip)
		if (mnl_attr_get_type(a) == NLMSGERR_ATTR_MSG)
			snprintf(said, sizeof(said), "%s", mnl_attr_get_str(a));
}

static int on_end(const struct nlmsghdr *nlh, void *arg)
{
	int err = *(const int *)mnl_nlmsg_get_payload(nlh);

	(void)arg;
	hear(nlh);
	errno = err < 0 ? -err : err;
	return err ? MNL_CB_ERROR : MNL_CB_STOP;
}

static mnl_cb_t on_control[] = {
	[NLMSG_ERROR] = on_end,
	[NLMSG_DONE] = on_end,
};

static int ignore(const struct nlmsghdr *nlh, void *arg)
{
	(void)nlh;
	(void)arg;
	return MNL_CB_OK;
}

int nl_try(struct nlmsghdr *nlh, mnl_cb_t each, void *arg)
{
	static char answer[1 << 16];
	uint32_t this = nlh->nlmsg_seq;
	struct mnl_socket *s;
	ssize_t len;
	int rc;

	if (!sock[route])
		sock[route] = open_socket(route ? NETLINK_ROUTE : NETLINK_GENERIC);
	s = sock[route];
	said[0] = 0;
	/* Of what is made, some flags are the same. */
	if ((nlh->nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP)
		nlh->nlmsg_flags &= ~NLM_F_ACK;
	if (mnl_socket_sendto(s, nlh, nlh->nlmsg_len) < 0)
		return -errno;
	do {
		len = mnl_socket_recvfrom(s, answer, sizeof(answer));
		if (len < 0)
			return -errno;
		rc = mnl_cb_run2(answer, len, this, mnl_socket_get_portid(s), each ?: ignore,
				 arg, on_control, MNL_ARRAY_SIZE(on_control));
	} while (rc > MNL_CB_STOP);
	return rc < 0 ? -errno : 0;
}

void nl_die(const char *about, int err)
{
	const char *text = said[0] ? said : strerror(-err);
	const char *todo = "";

	if ((err == -EPERM || err == -EACCES) && (!said[0] || strstr(said, "CAP_NET_ADMIN")))
		todo = ": run this as root of the vnet";
	else if (err == -EOPNOTSUPP && !strcmp(said, "Unknown device type"))
		todo = ": this kernel has no vswitch; boot one with CONFIG_VSWITCH, or 'modprobe vswitch'";
	else if (err == -EEXIST && !said[0])
		text = "there is one of this name";
	die("%s: %s%s", about, text, todo);
}

void nl_talk(struct nlmsghdr *nlh, const char *about, mnl_cb_t each, void *arg)
{
	int err = nl_try(nlh, each, arg);

	if (err)
		nl_die(about, err);
}

struct mnl_socket *nl_listen(const char *const *names)
{
	struct mnl_socket *s;
	int size = 1 << 20, i;

	need_family();
	s = open_socket(NETLINK_GENERIC);
	/* More than the default, as far as it is allowed. */
	setsockopt(mnl_socket_get_fd(s), SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	for (; *names; names++) {
		for (i = 0; i < GROUPS && strcmp(groups[i].name, *names); i++)
			;
		if (i == GROUPS)
			die("this kernel does not tell of '%s'", *names);
		if (mnl_socket_setsockopt(s, NETLINK_ADD_MEMBERSHIP, &groups[i].id,
					  sizeof(groups[i].id)))
			die("netlink: %s", strerror(errno));
	}
	return s;
}

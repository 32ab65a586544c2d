// SPDX-License-Identifier: GPL-2.0-only
/*
 * Policies of virtual switches, by libbpf and the generic netlink family "vswitch".
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/genetlink.h>
#include <linux/magic.h>
#include <linux/netlink.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include "../../kernel/include/uapi/linux/vswitch.h"
#include "policy.h"

#define BPFFS	"/sys/fs/bpf"
#define TYPE	"vswitch_policy"

#ifndef SO_NETNS_COOKIE
#define SO_NETNS_COOKIE	71
#endif

__attribute__((format(printf, 3, 4)))
static int fail(struct policy_errors *errors, int err, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(errors->text, sizeof(errors->text), format, args);
	va_end(args);
	return err;
}

/* What libbpf says while an object is loaded, as much of its end as there is room. */
static struct policy_errors *collector;

static int collect(enum libbpf_print_level level, const char *format, va_list args)
{
	size_t room = sizeof(collector->log), have = strlen(collector->log), cut;
	char *line;
	int len;

	if (level > LIBBPF_WARN)
		return 0;
	len = vasprintf(&line, format, args);
	if (len < 0)
		return 0;
	if ((size_t)len >= room) {
		memcpy(collector->log, line + len - room + 1, room);
	} else {
		if (have + len >= room) {
			cut = have + len - room + 1;
			memmove(collector->log, collector->log + cut, have - cut + 1);
			have -= cut;
		}
		memcpy(collector->log + have, line, len + 1);
	}
	free(line);
	return len;
}

/* Generic netlink, as much as one request and its answer take. */
struct message {
	struct nlmsghdr		nl;
	struct genlmsghdr	genl;
	char			data[4096];
};

static void put(struct message *m, int type, const void *data, int len)
{
	struct nlattr *attr = (void *)((char *)m + NLMSG_ALIGN(m->nl.nlmsg_len));

	attr->nla_type = type;
	attr->nla_len = NLA_HDRLEN + len;
	memcpy((char *)attr + NLA_HDRLEN, data, len);
	m->nl.nlmsg_len = NLMSG_ALIGN(m->nl.nlmsg_len) + NLA_ALIGN(attr->nla_len);
}

static const void *get(const struct message *m, int type, int size)
{
	const char *at = m->data, *end = (const char *)m + m->nl.nlmsg_len;
	const struct nlattr *attr;

	for (; at + NLA_HDRLEN <= end; at += NLA_ALIGN(attr->nla_len)) {
		attr = (const void *)at;
		if (attr->nla_len < NLA_HDRLEN || at + attr->nla_len > end)
			break;
		if ((attr->nla_type & NLA_TYPE_MASK) == type)
			return attr->nla_len >= NLA_HDRLEN + size ? at + NLA_HDRLEN : NULL;
	}
	return NULL;
}

static void begin(struct message *m, int family, int cmd)
{
	memset(m, 0, sizeof(*m));
	m->nl.nlmsg_len = NLMSG_LENGTH(GENL_HDRLEN);
	m->nl.nlmsg_type = family;
	m->nl.nlmsg_flags = NLM_F_REQUEST;
	m->genl.cmd = cmd;
	m->genl.version = 1;
}

static int ask(int fd, struct message *m)
{
	ssize_t len;

	if (send(fd, m, m->nl.nlmsg_len, 0) < 0)
		return -errno;
	len = recv(fd, m, sizeof(*m), 0);
	if (len < 0)
		return -errno;
	if (!NLMSG_OK(&m->nl, (size_t)len))
		return -EBADMSG;
	if (m->nl.nlmsg_type == NLMSG_ERROR)
		return ((struct nlmsgerr *)NLMSG_DATA(&m->nl))->error ?: -EBADMSG;
	return 0;
}

static int switch_get(uint32_t ifindex, struct message *m, struct policy_errors *errors)
{
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC), err;
	const uint16_t *family;

	if (fd < 0)
		return fail(errors, -errno, "no netlink: %s", strerror(errno));
	begin(m, GENL_ID_CTRL, CTRL_CMD_GETFAMILY);
	put(m, CTRL_ATTR_FAMILY_NAME, VSWITCH_FAMILY_NAME, sizeof(VSWITCH_FAMILY_NAME));
	err = ask(fd, m);
	family = err ? NULL : get(m, CTRL_ATTR_FAMILY_ID, sizeof(*family));
	if (!family) {
		close(fd);
		return fail(errors, err ?: -EBADMSG, "this kernel has no vswitch");
	}
	begin(m, *family, VSWITCH_CMD_SWITCH_GET);
	put(m, VSWITCH_A_SWITCH_IFINDEX, &ifindex, sizeof(ifindex));
	err = ask(fd, m);
	close(fd);
	if (err)
		return fail(errors, err, "device %u is not a switch of this network namespace: %s",
			    ifindex, strerror(-err));
	return 0;
}

int policy_show(uint32_t ifindex, struct policy_info *info, struct policy_errors *errors)
{
	struct bpf_link_info link = { 0 };
	uint32_t len = sizeof(link);
	const uint32_t *id;
	const char *name;
	struct message m;
	int err, fd;

	memset(errors, 0, sizeof(*errors));
	memset(info, 0, sizeof(*info));
	err = switch_get(ifindex, &m, errors);
	if (err)
		return err;
	name = get(&m, VSWITCH_A_SWITCH_POLICY, 1);
	id = get(&m, VSWITCH_A_SWITCH_POLICY_LINK, sizeof(*id));
	if (!name || !id)
		return 0;
	snprintf(info->name, sizeof(info->name), "%s", name);
	info->link_id = *id;

	fd = bpf_link_get_fd_by_id(*id);
	if (fd < 0)
		return 0;
	if (!bpf_link_get_info_by_fd(fd, &link, &len))
		info->map_id = link.struct_ops.map_id;
	close(fd);
	return 0;
}

/* The place of the pin of a switch: ids of namespaces and devices are never reused. */
static int pin_of(uint32_t ifindex, char *path, size_t size, struct policy_errors *errors)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), err = 0;
	uint64_t cookie;
	socklen_t len = sizeof(cookie);

	if (fd < 0 || getsockopt(fd, SOL_SOCKET, SO_NETNS_COOKIE, &cookie, &len) < 0)
		err = fail(errors, -errno, "cannot identify the network namespace: %s",
			   strerror(errno));
	else
		snprintf(path, size, POLICY_PINS "/%llu-%u", (unsigned long long)cookie, ifindex);
	if (fd >= 0)
		close(fd);
	return err;
}

static int mount_bpffs(struct policy_errors *errors)
{
	struct statfs fs;

	if (statfs(BPFFS, &fs) < 0)
		return fail(errors, -errno, "no " BPFFS ": %s", strerror(errno));
	if (fs.f_type != BPF_FS_MAGIC && mount("bpf", BPFFS, "bpf", 0, "mode=0700") < 0)
		return fail(errors, -errno, "cannot mount " BPFFS ": %s", strerror(errno));
	if (mkdir(POLICY_PINS, 0700) < 0 && errno != EEXIST)
		return fail(errors, -errno, "cannot make " POLICY_PINS ": %s", strerror(errno));
	return 0;
}

/* Removes the pins of links whose switches went. */
static void sweep(void)
{
	struct bpf_link_info link;
	struct dirent *entry;
	char path[sizeof(POLICY_PINS) + sizeof(entry->d_name)];
	DIR *dir = opendir(POLICY_PINS);
	uint32_t len;
	int fd;

	while (dir && (entry = readdir(dir))) {
		snprintf(path, sizeof(path), POLICY_PINS "/%s", entry->d_name);
		fd = entry->d_name[0] == '.' ? -1 : bpf_obj_get(path);
		if (fd < 0)
			continue;
		memset(&link, 0, sizeof(link));
		len = sizeof(link);
		if (!bpf_link_get_info_by_fd(fd, &link, &len) &&
		    link.type == BPF_LINK_TYPE_STRUCT_OPS && !link.struct_ops.map_id)
			unlink(path);
		close(fd);
	}
	if (dir)
		closedir(dir);
}

static bool is_policy(const struct bpf_object *obj, struct bpf_map *map)
{
	const struct btf *btf = bpf_object__btf(obj);
	const struct btf_type *t;

	if (bpf_map__type(map) != BPF_MAP_TYPE_STRUCT_OPS)
		return false;
	t = btf__type_by_id(btf, bpf_map__btf_value_type_id(map));
	return t && !strcmp(btf__name_by_offset(btf, t->name_off), TYPE);
}

/* The policy called @name, and no other one is to be loaded. */
static struct bpf_map *choose(struct bpf_object *obj, const char *object, const char *name,
			      struct policy_errors *errors)
{
	struct bpf_map *map, *found = NULL;

	bpf_object__for_each_map(map, obj) {
		if (!is_policy(obj, map))
			continue;
		if (name && strcmp(bpf_map__name(map), name)) {
			bpf_map__set_autocreate(map, false);
			continue;
		}
		if (found) {
			fail(errors, 0, "%s has several policies: which one?", object);
			return NULL;
		}
		found = map;
	}
	if (!found && name)
		fail(errors, 0, "%s has no policy '%s'", object, name);
	else if (!found)
		fail(errors, 0, "%s has no policy", object);
	return found;
}

/* Writes @ifindex into the policy's struct, before it is loaded. */
static int name_switch(struct bpf_object *obj, struct bpf_map *map, uint32_t ifindex)
{
	const struct btf *btf = bpf_object__btf(obj);
	const struct btf_type *t = btf__type_by_id(btf, bpf_map__btf_value_type_id(map));
	const struct btf_member *m = btf_members(t);
	char *value = bpf_map__initial_value(map, NULL);
	int i;

	for (i = 0; value && i < btf_vlen(t); i++, m++) {
		if (strcmp(btf__name_by_offset(btf, m->name_off), "ifindex"))
			continue;
		memcpy(value + btf_member_bit_offset(t, i) / 8, &ifindex, sizeof(ifindex));
		return 0;
	}
	return -EINVAL;
}

/* An object with one policy for this switch, in the kernel. */
static int load(uint32_t ifindex, const char *object, const char *name,
		struct bpf_object **obj, struct bpf_map **map, struct policy_errors *errors)
{
	int err;

	*obj = bpf_object__open_file(object, NULL);
	if (!*obj)
		return fail(errors, -errno, "cannot read %s: %s", object, strerror(errno));

	*map = choose(*obj, object, name, errors);
	if (!*map) {
		err = -EINVAL;
	} else {
		err = name_switch(*obj, *map, ifindex);
		if (err)
			fail(errors, err, "the policy of %s has no ifindex", object);
	}
	if (!err) {
		err = bpf_object__load(*obj);
		if (err)
			fail(errors, err, "the kernel does not take %s: %s", object, strerror(-err));
	}
	if (err) {
		bpf_object__close(*obj);
		*obj = NULL;
	}
	return err;
}

static int refused(struct policy_errors *errors, int err, const char *object)
{
	switch (err) {
	case -EPERM:
		return fail(errors, err,
			    "CAP_BPF, or CAP_NET_ADMIN in the switch's network namespace, is missing");
	case -EBUSY:
		return fail(errors, err, "the switch has a policy: replace it");
	case -ENOLINK:
		return fail(errors, err, "the policy of the switch went away");
	case -ENODEV:
		return fail(errors, err, "there is no such switch in this network namespace");
	}
	return fail(errors, err, "the kernel does not attach %s: %s", object, strerror(-err));
}

/* Attaches it for longer than this program runs. */
static int attach(struct bpf_map *map, const char *pin)
{
	struct bpf_link *link = bpf_map__attach_struct_ops(map);
	int err;

	if (!link)
		return -errno;
	err = bpf_link__pin(link, pin);
	bpf_link__destroy(link);
	return err;
}

/*
 * libbpf gives the kernel a map's contents only on the way to a link of its own, and
 * has no way to update a link that it did not make.  So let it try: this link is
 * refused, since the switch has one.
 */
static int replace(struct bpf_map *map, int fd)
{
	struct bpf_link *link = bpf_map__attach_struct_ops(map);

	if (link) {
		bpf_link__destroy(link);
		return -ENOLINK;
	}
	if (errno != EBUSY)
		return -errno;
	return bpf_link_update(fd, bpf_map__fd(map), NULL);
}

static int find(uint32_t ifindex, struct policy_info *info, struct policy_errors *errors)
{
	int err = policy_show(ifindex, info, errors);

	if (!err && !info->link_id)
		err = fail(errors, -ENOENT, "the switch has no policy");
	return err;
}

static int link_of(const struct policy_info *info, struct policy_errors *errors)
{
	int fd = bpf_link_get_fd_by_id(info->link_id);

	if (fd < 0)
		return fail(errors, -errno, "cannot get at the link of the policy: %s",
			    strerror(errno));
	return fd;
}

int policy_attach(uint32_t ifindex, const char *object, const char *name,
		  struct policy_errors *errors)
{
	struct policy_info info;
	struct bpf_object *obj;
	struct bpf_map *map;
	libbpf_print_fn_t old;
	char pin[128];
	int err;

	err = policy_show(ifindex, &info, errors);
	if (err)
		return err;
	if (info.link_id)
		return refused(errors, -EBUSY, object);
	err = pin_of(ifindex, pin, sizeof(pin), errors);
	if (err)
		return err;

	collector = errors;
	old = libbpf_set_print(collect);
	/* First: the object may have maps to be pinned. */
	err = mount_bpffs(errors);
	sweep();
	if (!err)
		err = load(ifindex, object, name, &obj, &map, errors);
	if (!err) {
		err = attach(map, pin);
		if (err)
			refused(errors, err, object);
		bpf_object__close(obj);
	}
	libbpf_set_print(old);
	return err;
}

int policy_replace(uint32_t ifindex, const char *object, const char *name,
		   struct policy_errors *errors)
{
	struct policy_info info;
	struct bpf_object *obj;
	struct bpf_map *map;
	libbpf_print_fn_t old;
	int err, fd;

	err = find(ifindex, &info, errors);
	if (err)
		return err;
	fd = link_of(&info, errors);
	if (fd < 0)
		return fd;

	collector = errors;
	old = libbpf_set_print(collect);
	err = load(ifindex, object, name, &obj, &map, errors);
	if (!err) {
		err = replace(map, fd);
		if (err)
			refused(errors, err, object);
		bpf_object__close(obj);
	}
	libbpf_set_print(old);
	close(fd);
	return err;
}

int policy_detach(uint32_t ifindex, struct policy_errors *errors)
{
	struct policy_info info;
	char pin[128];
	int err, fd;

	err = find(ifindex, &info, errors);
	if (err)
		return err;
	fd = link_of(&info, errors);
	if (fd < 0)
		return fd;

	err = bpf_link_detach(fd);
	if (err)
		fail(errors, err, "the kernel does not detach the policy: %s", strerror(-err));
	else if (!pin_of(ifindex, pin, sizeof(pin), errors))
		unlink(pin);
	close(fd);
	return err;
}

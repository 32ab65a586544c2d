// SPDX-License-Identifier: GPL-2.0-only
/* Policies of switches, by libbpf. */
#include <dirent.h>
#include <errno.h>
#include <linux/magic.h>
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

#include "policy.h"
#include "switches.h"
#include "vnet.h"

#define BPFFS	"/sys/fs/bpf"
#define TYPE	"vswitch_policy"

#ifndef SO_NETNS_COOKIE
#define SO_NETNS_COOKIE	71
#endif

/* The switch, and whether it has a policy as it should. */
static void find(const char *name, bool has, struct vswitch *sw)
{
	struct switches switches;

	switches_get(name, &switches);
	*sw = switches.n ? switches.at[0] : (struct vswitch){ 0 };
	free(switches.at);
	if (!sw->ifindex)
		die("%s: the switch went away", name);
	if (has && !sw->policy_link)
		die("%s: it has no policy", name);
	if (!has && sw->policy_link)
		die("%s: it has a policy: 'vnet switch policy replace' gives it another", name);
}

/* Where the link of a switch is pinned: no two namespaces ever have the same cookie. */
static void pin_of(const struct vswitch *sw, char *path, size_t size)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	uint64_t cookie;
	socklen_t len = sizeof(cookie);

	if (fd < 0 || getsockopt(fd, SOL_SOCKET, SO_NETNS_COOKIE, &cookie, &len))
		die("%s: the vnet cannot be identified: %s", sw->name, strerror(errno));
	close(fd);
	snprintf(path, size, POLICY_PINS "/%llu-%u", (unsigned long long)cookie, sw->ifindex);
}

static void need_pins(void)
{
	struct statfs fs;

	if (statfs(BPFFS, &fs))
		die(BPFFS ": %s: policies take a kernel with CONFIG_VSWITCH_POLICY",
		    strerror(errno));
	if (fs.f_type != BPF_FS_MAGIC && mount("bpf", BPFFS, "bpf", 0, "mode=0700"))
		die(BPFFS " cannot be mounted: %s%s", strerror(errno),
		    errno == EPERM ? ": run this as root" : "");
	if (mkdir(POLICY_PINS, 0700) && errno != EEXIST)
		die(POLICY_PINS " cannot be made: %s%s", strerror(errno),
		    errno == EACCES || errno == EPERM ? ": run this as root" : "");
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

/* The policy called name; no other one is to be loaded. */
static struct bpf_map *choose(struct bpf_object *obj, const char *object, const char *name)
{
	struct bpf_map *map, *found = NULL;

	bpf_object__for_each_map(map, obj) {
		if (!is_policy(obj, map))
			continue;
		if (name && strcmp(bpf_map__name(map), name)) {
			bpf_map__set_autocreate(map, false);
			continue;
		}
		if (found)
			die("%s has several policies, '%s' and '%s' among them: say which", object,
			    bpf_map__name(found), bpf_map__name(map));
		found = map;
	}
	if (!found && name)
		die("%s has no policy '%s'", object, name);
	if (!found)
		die("%s has no policy", object);
	return found;
}

/* Writes the index of the switch into the policy's struct, before it is loaded. */
static void name_switch(struct bpf_object *obj, struct bpf_map *map, const char *object,
			uint32_t ifindex)
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
		return;
	}
	die("%s: its policy has no ifindex", object);
}

/* What libbpf warns of: the verifier's log is among it. */
static int warn(enum libbpf_print_level level, const char *fmt, va_list args)
{
	return level > LIBBPF_WARN ? 0 : vfprintf(stderr, fmt, args);
}

/* libbpf has errors of its own, besides those of the system. */
static const char *reason(int err)
{
	static char text[128];

	libbpf_strerror(err, text, sizeof(text));
	return text;
}

/* An object file, in the kernel, with its policy for this switch. */
static struct bpf_object *load(const struct vswitch *sw, const char *object, const char *name,
			       struct bpf_map **map)
{
	struct bpf_object *obj;
	int err;

	if (access(object, R_OK))
		die("%s: %s", object, strerror(errno));
	libbpf_set_print(warn);
	obj = bpf_object__open_file(object, NULL);
	if (!obj)
		die("%s: it cannot be read: %s", object, reason(errno));
	*map = choose(obj, object, name);
	name_switch(obj, *map, object, sw->ifindex);
	err = bpf_object__load(obj);
	if (err == -EPERM)
		die("%s: the kernel does not load it: CAP_BPF or CAP_PERFMON is missing: run this as root",
		    object);
	if (err == -ENOENT || err == -ESRCH)
		die("%s: the kernel does not know all that it needs: has it CONFIG_VSWITCH_POLICY?",
		    object);
	if (err)
		die("%s: the kernel does not load it: %s", object, reason(err));
	return obj;
}

static void __attribute__((noreturn)) refused(const char *sw, const char *object, int err)
{
	switch (err) {
	case EPERM:
		die("%s: CAP_BPF, or CAP_NET_ADMIN in this vnet, is missing: run this as root", sw);
	case EBUSY:
		die("%s: it has a policy meanwhile: 'vnet switch policy replace' gives it another",
		    sw);
	case ENOLINK:
		die("%s: its policy went away: 'vnet switch policy attach' gives it one", sw);
	case ENODEV:
		die("%s: the switch went away", sw);
	}
	die("%s: the kernel does not attach %s: %s", sw, object, strerror(err));
}

static int link_open(const struct vswitch *sw)
{
	int fd = bpf_link_get_fd_by_id(sw->policy_link);

	if (fd < 0)
		die("%s: the link %u of its policy cannot be opened: %s%s", sw->name,
		    sw->policy_link, strerror(errno),
		    errno == EPERM ? ": run this as root" : "");
	return fd;
}

void policy_attach(const char *name, const char *object, const char *policy)
{
	struct bpf_object *obj;
	struct bpf_link *link;
	struct bpf_map *map;
	struct vswitch sw;
	char pin[128];
	int err;

	find(name, false, &sw);
	/* First: the object may have maps to be pinned. */
	need_pins();
	sweep();
	pin_of(&sw, pin, sizeof(pin));
	obj = load(&sw, object, policy, &map);
	link = bpf_map__attach_struct_ops(map);
	if (!link)
		refused(name, object, errno);
	/* What is not pinned is detached when the program ends. */
	err = bpf_link__pin(link, pin);
	if (err)
		die("%s: the link cannot be pinned as %s: %s", name, pin, strerror(-err));
	bpf_link__destroy(link);
	bpf_object__close(obj);
}

/*
 * libbpf gives the kernel a map's contents only on the way to a link of its own, and
 * has no way to update a link that it did not make.  So let it try: this link is
 * refused, since the switch has one.
 */
void policy_replace(const char *name, const char *object, const char *policy)
{
	struct bpf_object *obj;
	struct bpf_map *map;
	struct vswitch sw;
	int fd;

	find(name, true, &sw);
	fd = link_open(&sw);
	obj = load(&sw, object, policy, &map);
	if (bpf_map__attach_struct_ops(map))
		refused(name, object, ENOLINK);
	if (errno != EBUSY || bpf_link_update(fd, bpf_map__fd(map), NULL))
		refused(name, object, errno);
	bpf_object__close(obj);
	close(fd);
}

void policy_detach(const char *name)
{
	struct vswitch sw;
	char pin[128];
	int fd;

	find(name, true, &sw);
	pin_of(&sw, pin, sizeof(pin));
	fd = link_open(&sw);
	if (bpf_link_detach(fd))
		die("%s: the kernel does not detach the policy: %s", name, strerror(errno));
	unlink(pin);
	close(fd);
}

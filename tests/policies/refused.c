// SPDX-License-Identifier: GPL-2.0-only
/*
 * refused - who may attach a policy, by the errors that others get
 *
 * Whoever may not load a BPF program gets no further than that.  So this loads one
 * with all privileges, gives some away, and attaches it.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <net/if.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

static const char usage_text[] =
"usage: refused SWITCH OBJECT NETNS\n"
"\n"
"Load the one policy of OBJECT for SWITCH, of this network namespace, and try to\n"
"attach it: with all privileges (all), without CAP_BPF (bpf), without CAP_NET_ADMIN\n"
"(net), in the network namespace NETNS (elsewhere); then, attached, once more (twice), and\n"
"to replace it without CAP_NET_ADMIN (update).  Prints the name of each error, or ok, as key=value.\n"
"\n"
"--help        show this text\n"
"\n"
"Status: 0 whatever the kernel said, 1 not loaded, 2 usage.\n";

static void say(const char *what, int err)
{
	printf("%s=%s\n", what, err < 0 ? strerrorname_np(-err) : "ok");
	fflush(stdout);
}

static void drop(unsigned int first, unsigned int second)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];

	if (syscall(SYS_capget, &header, data))
		exit(1);
	data[first / 32].effective &= ~(1U << first % 32);
	data[second / 32].effective &= ~(1U << second % 32);
	if (syscall(SYS_capset, &header, data))
		exit(1);
}

static void enter(const char *netns)
{
	char path[256];
	int fd;

	snprintf(path, sizeof(path), "/run/netns/%s", netns);
	fd = open(path, O_RDONLY);
	if (fd < 0 || setns(fd, CLONE_NEWNET)) {
		perror(path);
		exit(1);
	}
}

/* In a process of its own, which gives away what @what says. */
static void try(const char *what, int map, int link, const char *netns)
{
	pid_t pid = fork();
	int fd, err;

	if (pid) {
		waitpid(pid, NULL, 0);
		return;
	}
	if (!strcmp(what, "bpf"))
		drop(CAP_BPF, CAP_SYS_ADMIN);
	else if (!strcmp(what, "net") || !strcmp(what, "update"))
		drop(CAP_NET_ADMIN, CAP_NET_ADMIN);
	else if (!strcmp(what, "elsewhere"))
		enter(netns);
	if (link >= 0) {
		err = bpf_link_update(link, map, NULL);
	} else {
		fd = bpf_link_create(map, 0, BPF_STRUCT_OPS, NULL);
		err = fd;
	}
	say(what, err < 0 ? -errno : 0);
	_exit(0);
}

int main(int argc, char **argv)
{
	struct bpf_object *obj;
	struct bpf_link *first;
	struct bpf_map *map;
	unsigned int ifindex;
	size_t size;
	int link, fd;

	if (argc == 2 && !strcmp(argv[1], "--help")) {
		fputs(usage_text, stdout);
		return 0;
	}
	if (argc != 4) {
		fputs(usage_text, stderr);
		return 2;
	}
	ifindex = if_nametoindex(argv[1]);
	obj = bpf_object__open_file(argv[2], NULL);
	map = obj ? bpf_object__next_map(obj, NULL) : NULL;
	if (!map || bpf_map__type(map) != BPF_MAP_TYPE_STRUCT_OPS)
		return 1;
	/* As in vswitch_policy.bpf.h: after three functions. */
	memcpy((char *)bpf_map__initial_value(map, &size) + 3 * sizeof(void *), &ifindex,
	       sizeof(ifindex));
	if (bpf_object__load(obj))
		return 1;

	/* A first time by libbpf, which only then gives the kernel the map's contents. */
	first = bpf_map__attach_struct_ops(map);
	if (!first)
		return 1;
	bpf_link__destroy(first);
	fd = bpf_map__fd(map);
	try("bpf", fd, -1, argv[3]);
	try("net", fd, -1, argv[3]);
	try("elsewhere", fd, -1, argv[3]);
	try("all", fd, -1, argv[3]);

	link = bpf_link_create(fd, 0, BPF_STRUCT_OPS, NULL);
	if (link < 0)
		return 1;
	try("twice", fd, -1, argv[3]);
	try("update", fd, link, argv[3]);
	bpf_object__close(obj);
	return 0;
}

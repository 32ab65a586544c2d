// SPDX-License-Identifier: GPL-2.0-only
/* Vnets by the names of 'ip netns'. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <unistd.h>

#include "vnet.h"

/* A file descriptor of the vnet. */
int netns_open(const char *name)
{
	char path[4096];
	int fd;

	if (!*name || strchr(name, '/') || strlen(name) > 255)
		usage_error("'%s' cannot be the name of a vnet", name);
	snprintf(path, sizeof(path), "/run/netns/%s", name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		die("there is no vnet '%s': 'ip netns list' shows which there are", name);
	if (fd < 0)
		die("vnet '%s': %s", name, strerror(errno));
	return fd;
}

/* From here on, this is where we are. */
void netns_enter(const char *name)
{
	int fd = netns_open(name);

	if (setns(fd, CLONE_NEWNET))
		die("vnet '%s' cannot be entered: %s%s", name, strerror(errno),
		    errno == EPERM ? ": run this as its root" : "");
	close(fd);
}

// SPDX-License-Identifier: GPL-2.0-only
/* vnet switch apply, and show --config: /dev/vswitch */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "switch.h"
#include "vnet.h"
#include "words.h"

#define DEVICE	"/dev/vswitch"

static int open_device(int flags)
{
	int fd = open(DEVICE, flags | O_CLOEXEC);

	if (fd < 0 && (errno == ENOENT || errno == ENODEV || errno == ENXIO))
		die("there is no " DEVICE ": boot a kernel with CONFIG_VSWITCH, or 'modprobe vswitch'");
	if (fd < 0)
		die(DEVICE ": %s", strerror(errno));
	return fd;
}

/* All of it, with room for one more byte. */
static char *read_all(int fd, const char *name, size_t *size)
{
	size_t room = 1 << 16, len = 0;
	char *text = malloc(room);
	ssize_t n;

	while (text) {
		n = read(fd, text + len, room - len - 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			die("%s: %s%s", name, strerror(errno),
			    errno == EPERM ? ": run this as root of the vnet" : "");
		if (!n)
			break;
		len += n;
		if (len + 1 == room) {
			room *= 2;
			text = realloc(text, room);
		}
	}
	if (!text)
		die("no memory");
	*size = len;
	return text;
}

int switch_show_config(void)
{
	int fd = open_device(O_RDONLY);
	size_t size;
	char *text = read_all(fd, DEVICE, &size);

	fwrite(text, 1, size, stdout);
	free(text);
	close(fd);
	return 0;
}

static void refused(int fd, const char *name, int err)
{
	char why[512];
	ssize_t n = read(fd, why, sizeof(why) - 1);

	if (n <= 0)
		die("%s: %s", name, strerror(err));
	why[n] = 0;
	why[strcspn(why, "\n")] = 0;
	/* What is about a line reads as compilers say it. */
	die("%s:%s%s%s", name, *why >= '0' && *why <= '9' ? "" : " ", why,
	    err == EPERM ? ": run this as root of the vnet" : "");
}

int switch_apply(int argc, char **argv)
{
	struct words w = { argc, argv };
	const char *name = words_take(&w, "the name of a file, or -,");
	int in = STDIN_FILENO, fd;
	size_t size;
	ssize_t n;
	char *text;

	words_end(&w);
	if (strcmp(name, "-")) {
		in = open(name, O_RDONLY | O_CLOEXEC);
		if (in < 0)
			die("%s: %s", name, strerror(errno));
	} else {
		name = "stdin";
	}
	text = read_all(in, name, &size);
	if (!size)
		die("%s: is empty", name);
	if (text[size - 1] != '\n')
		text[size++] = '\n';
	fd = open_device(O_RDWR);
	do {
		n = write(fd, text, size);
	} while (n < 0 && errno == EINTR);
	if (n < 0)
		refused(fd, name, errno);
	if ((size_t)n != size)
		die("%s: only %zd bytes were taken", name, n);
	free(text);
	close(fd);
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * relay: connect a command in a guest with whoever booted the guest.
 *
 * "relay host" runs on the host and starts the guest; "relay guest" is the
 * guest's process 1 and starts the command.  This file is what both share.
 */
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "relay.h"

void die(const char *fmt, ...)
{
	va_list ap;

	fputs("relay: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

uint16_t get16(const uint8_t *p)
{
	return p[0] << 8 | p[1];
}

void put16(uint8_t *p, uint16_t v)
{
	p[0] = v >> 8;
	p[1] = v & 0xff;
}

long long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

int write_all(int fd, const void *data, size_t len)
{
	const char *p = data;

	while (len) {
		ssize_t n = write(fd, p, len);

		if (n > 0) {
			p += n;
			len -= n;
		} else if (n < 0 && errno == EAGAIN) {
			/* Whoever gave us the descriptor made it so. */
			struct pollfd pfd = { .fd = fd, .events = POLLOUT };

			poll(&pfd, 1, -1);
		} else if (n < 0 && errno != EINTR) {
			return -1;
		}
	}
	return 0;
}

void frame_send(int fd, enum frame_type type, const void *data, size_t len)
{
	uint8_t buf[FRAME_HEAD + FRAME_MAX];

	buf[0] = type;
	put16(buf + 1, len);
	if (len)
		memcpy(buf + FRAME_HEAD, data, len);
	/* An end that is gone is noticed by reading, not here. */
	(void)write_all(fd, buf, FRAME_HEAD + len);
}

void reader_init(struct frame_reader *r, int fd, int want_magic)
{
	r->fd = fd;
	r->used = 0;
	r->magic = want_magic ? 0 : strlen(MAGIC);
}

/* Pass over what comes before MAGIC. */
static void reader_skip(struct frame_reader *r)
{
	size_t i;

	for (i = 0; i < r->used && r->magic < strlen(MAGIC); i++) {
		if (r->buf[i] == MAGIC[r->magic])
			r->magic++;
		else	/* its first character appears nowhere else but at its end */
			r->magic = r->buf[i] == MAGIC[0];
	}
	r->used -= i;
	memmove(r->buf, r->buf + i, r->used);
}

int reader_poll(struct frame_reader *r, frame_fn fn)
{
	ssize_t n = read(r->fd, r->buf + r->used, sizeof(r->buf) - r->used);

	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -1;
	if (n == 0)
		return -1;
	r->used += n;
	reader_skip(r);
	while (r->used >= FRAME_HEAD) {
		struct frame f = {
			.type = r->buf[0],
			.len = get16(r->buf + 1),
			.data = r->buf + FRAME_HEAD,
		};
		size_t size = FRAME_HEAD + f.len;

		if (f.len > FRAME_MAX || !strchr(FRAME_TYPES, f.type))
			return -1;
		if (r->used < size)
			break;
		fn(&f);
		r->used -= size;
		memmove(r->buf, r->buf + size, r->used);
	}
	return 0;
}

static void usage(FILE *f)
{
	fputs(
"usage: relay host --port PREFIX --result FILE [--timeout SECONDS] [--input] [--tty]\n"
"                  -- GUEST [ARGUMENT]...\n"
"       relay guest [--tty] DEVICE COMMAND [ARGUMENT]...\n"
"\n"
"host: start GUEST, which connects the FIFOs PREFIX.in and PREFIX.out to a device\n"
"of its own; pass stdout and stderr of the command in it on, and stdin (--input) or\n"
"the terminal (--tty) to it; end it after SECONDS; say in FILE how it ended.\n"
"guest: as process 1, run COMMAND, connected by DEVICE; then power off.\n", f);
}

int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "--help")) {
		usage(stdout);
		return 0;
	}
	if (argc > 1 && !strcmp(argv[1], "host"))
		return relay_host(argc - 1, argv + 1);
	if (argc > 1 && !strcmp(argv[1], "guest"))
		return relay_guest(argc - 1, argv + 1);
	usage(stderr);
	return 2;
}

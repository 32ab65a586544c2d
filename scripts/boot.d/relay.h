/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the two ends of a booted command's connection share.
 *
 * Everything that passes between host and guest is framed on one byte stream
 * each way (a UML serial line, a virtio port), which keeps stdout, stderr and
 * the status apart, binary, in order, and lets either end know that it has
 * seen everything: neither a tty nor a virtio port can say so by itself.
 *
 *   frame:  type (1 byte), length (2 bytes, big-endian), payload
 *
 * A guest begins with MAGIC, so that anything said on the line before does no
 * harm.  The host sends nothing until it has seen it.
 */
#ifndef RELAY_H
#define RELAY_H

#include <stddef.h>
#include <stdint.h>

#define MAGIC		"\nvnet-boot-relay 1\n"

enum frame_type {
	/* guest to host */
	FRAME_RUNNING	= 'R',	/* the command is about to run */
	FRAME_OUT	= 'O',	/* bytes of its stdout (or of its terminal) */
	FRAME_ERR	= 'E',	/* bytes of its stderr */
	FRAME_ACK	= 'A',	/* so many bytes of stdin taken: 2 bytes */
	FRAME_STATUS	= 'S',	/* it ended: 1 byte, 128+N for signal N */

	/* host to guest */
	FRAME_IN	= 'I',	/* bytes of stdin */
	FRAME_EOF	= 'F',	/* stdin has ended */
	FRAME_WINSIZE	= 'W',	/* terminal's size: rows, columns, 2 bytes each */
	FRAME_DONE	= 'D',	/* status seen: the guest may power off */
};

#define FRAME_TYPES	"ROEASIFWD"
#define FRAME_HEAD	3
#define FRAME_MAX	4080	/* payload; a frame fits a page and a line's buffer */

/*
 * Bytes of stdin on their way that the guest has not taken.  Less than a tty's
 * input buffer, so that none is ever dropped there.
 */
#define STDIN_WINDOW	2048

/* Frames as they arrive, in whatever pieces. */
struct frame_reader {
	int fd;
	size_t magic;		/* bytes of MAGIC seen; all of it from the start on */
	size_t used;
	uint8_t buf[FRAME_HEAD + FRAME_MAX];
};

struct frame {
	enum frame_type type;
	size_t len;
	const uint8_t *data;
};

typedef void (*frame_fn)(const struct frame *f);

void reader_init(struct frame_reader *r, int fd, int want_magic);
/*
 * Read what is there and hand out what is complete: 0, or -1 at the end, or if
 * what came is no frame (a guest that rebooted and began anew, say).
 */
int reader_poll(struct frame_reader *r, frame_fn fn);

void frame_send(int fd, enum frame_type type, const void *data, size_t len);
/* All of it, whatever the descriptor's mode: 0, or -1 with errno. */
int write_all(int fd, const void *data, size_t len);
uint16_t get16(const uint8_t *p);
void put16(uint8_t *p, uint16_t v);
long long now_ms(void);
__attribute__((noreturn, format(printf, 1, 2))) void die(const char *fmt, ...);

int relay_host(int argc, char **argv);
int relay_guest(int argc, char **argv);

#endif

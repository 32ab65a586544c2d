// SPDX-License-Identifier: GPL-2.0-only
/*
 * The guest's end: process 1 from the moment the file systems are in place.
 * Runs the command, carries its streams, reports its status, powers off.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/reboot.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "relay.h"

#define BYE_MS		10000	/* how long to wait for the host to have seen it all */
#define TTY_LEFT	65536	/* bytes that a terminal may hold, generously */

static int port;
static int in_fd = -1;		/* the command's stdin, or its terminal */
static bool tty, in_eof, done;

/* Bytes of stdin that the command has not taken. */
static uint8_t in_buf[STDIN_WINDOW];
static size_t in_used;

static void ack(size_t n)
{
	uint8_t p[2];

	put16(p, n);
	frame_send(port, FRAME_ACK, p, sizeof(p));
}

static void close_in(void)
{
	if (in_fd >= 0 && !tty)
		close(in_fd);
	in_fd = -1;
}

static void feed_in(void)
{
	ssize_t n;

	if (in_fd < 0 || !in_used)
		return;
	n = write(in_fd, in_buf, in_used);
	if (n < 0) {
		if (errno == EAGAIN || errno == EINTR)
			return;
		n = in_used;	/* it reads no more: take it, and drop it */
		close_in();
	}
	in_used -= n;
	memmove(in_buf, in_buf + n, in_used);
	ack(n);
	if (in_eof && !in_used)
		close_in();
}

static void from_host(const struct frame *f)
{
	struct winsize ws = { 0 };

	switch (f->type) {
	case FRAME_IN:
		if (in_fd < 0) {
			ack(f->len);
		} else if (f->len <= sizeof(in_buf) - in_used) {
			memcpy(in_buf + in_used, f->data, f->len);
			in_used += f->len;
			feed_in();
		}
		break;
	case FRAME_EOF:
		in_eof = true;
		if (!in_used)
			close_in();
		break;
	case FRAME_WINSIZE:
		if (tty && in_fd >= 0 && f->len == 4) {
			ws.ws_row = get16(f->data);
			ws.ws_col = get16(f->data + 2);
			ioctl(in_fd, TIOCSWINSZ, &ws);
		}
		break;
	case FRAME_DONE:
		done = true;
		break;
	default:
		break;
	}
}

/* Pass on what is there: how much; 0 when there will be no more. */
static ssize_t pass(int fd, enum frame_type type)
{
	uint8_t buf[FRAME_MAX];
	ssize_t n = read(fd, buf, sizeof(buf));

	if (n > 0)
		frame_send(port, type, buf, n);
	if (n < 0)	/* a terminal that nobody has open any more is at its end */
		return errno == EAGAIN || errno == EINTR ? -1 : 0;
	return n;
}

/*
 * Pass on what the command left in a pipe when it ended, which is a pipe's size
 * at most: a descendant that goes on writing could fill it for ever.
 */
static void drain(int fd, enum frame_type type)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int left = 0;

	if (fd >= 0 && (ioctl(fd, FIONREAD, &left) || tty))
		left = TTY_LEFT;
	while (left > 0 && poll(&p, 1, 0) > 0 && p.revents & POLLIN) {
		ssize_t n = pass(fd, type);

		if (n <= 0)
			break;
		left -= n;
	}
}

static void open_pipe(int p[2])
{
	if (pipe2(p, O_CLOEXEC))
		die("no pipe: %s", strerror(errno));
}

static void nonblock(int fd)
{
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

static _Noreturn void run(char **argv, const sigset_t *mask)
{
	int err;

	signal(SIGPIPE, SIG_DFL);
	sigprocmask(SIG_SETMASK, mask, NULL);
	execvp(argv[0], argv);
	err = errno;
	fprintf(stderr, "%s: %s\n", argv[0], strerror(err));
	_exit(err == ENOENT ? 127 : 126);
}

static pid_t start_piped(char **argv, const sigset_t *mask, int *out, int *err)
{
	int i[2], o[2], e[2];
	pid_t pid;

	open_pipe(i);
	open_pipe(o);
	open_pipe(e);
	pid = fork();
	if (pid < 0)
		die("cannot fork: %s", strerror(errno));
	if (!pid) {
		setsid();
		dup2(i[0], 0);
		dup2(o[1], 1);
		dup2(e[1], 2);
		run(argv, mask);
	}
	close(i[0]);
	close(o[1]);
	close(e[1]);
	in_fd = i[1];
	*out = o[0];
	*err = e[0];
	nonblock(in_fd);
	nonblock(*out);
	nonblock(*err);
	return pid;
}

static pid_t start_tty(char **argv, const sigset_t *mask, int *out)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	const char *name;
	pid_t pid;
	int fd;

	if (master < 0 || grantpt(master) || unlockpt(master))
		die("no pseudo-terminal: %s", strerror(errno));
	name = ptsname(master);
	pid = fork();
	if (pid < 0)
		die("cannot fork: %s", strerror(errno));
	if (!pid) {
		setsid();
		fd = open(name, O_RDWR);
		if (fd < 0)
			die("%s: %s", name, strerror(errno));
		ioctl(fd, TIOCSCTTY, 0);
		dup2(fd, 0);
		dup2(fd, 1);
		dup2(fd, 2);
		if (fd > 2)
			close(fd);
		run(argv, mask);
	}
	in_fd = *out = master;
	nonblock(master);
	return pid;
}

/* Reap whatever ended; the shell's idea of the command's status, or -1. */
static int reap(pid_t command)
{
	int ws, status = -1;
	pid_t pid;

	while ((pid = waitpid(-1, &ws, WNOHANG)) > 0)
		if (pid == command)
			status = WIFSIGNALED(ws) ? 128 + WTERMSIG(ws) : WEXITSTATUS(ws);
	return status;
}

static void open_port(const char *dev)
{
	struct termios t;

	port = open(dev, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (port < 0)
		die("%s: %s", dev, strerror(errno));
	if (!tcgetattr(port, &t)) {
		cfmakeraw(&t);
		tcsetattr(port, TCSANOW, &t);
	}
	write_all(port, MAGIC, strlen(MAGIC));
}

int relay_guest(int argc, char **argv)
{
	int out = -1, err = -1, status = -1, sfd, i = 1;
	struct signalfd_siginfo si;
	struct frame_reader r;
	sigset_t chld, old;
	long long bye;
	uint8_t s;
	pid_t pid;

	if (i < argc && !strcmp(argv[i], "--tty")) {
		tty = true;
		i++;
	}
	if (argc - i < 2)
		die("guest: DEVICE and COMMAND are needed");
	open_port(argv[i++]);
	reader_init(&r, port, 0);

	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&chld);
	sigaddset(&chld, SIGCHLD);
	sigprocmask(SIG_BLOCK, &chld, &old);
	sfd = signalfd(-1, &chld, SFD_CLOEXEC | SFD_NONBLOCK);

	frame_send(port, FRAME_RUNNING, NULL, 0);
	pid = tty ? start_tty(argv + i, &old, &out)
		  : start_piped(argv + i, &old, &out, &err);

	while (status < 0) {
		struct pollfd p[] = {
			{ .fd = port, .events = POLLIN },
			{ .fd = out, .events = POLLIN },
			{ .fd = err, .events = POLLIN },
			{ .fd = sfd, .events = POLLIN },
			{ .fd = in_used ? in_fd : -1, .events = POLLOUT },
		};

		if (poll(p, 5, -1) < 0)
			continue;
		if (p[0].revents && reader_poll(&r, from_host))
			break;		/* no host to work for */
		if (p[1].revents && !pass(out, FRAME_OUT))
			out = -1;
		if (p[2].revents && !pass(err, FRAME_ERR))
			err = -1;
		if (p[4].revents)
			feed_in();
		if (p[3].revents) {
			while (read(sfd, &si, sizeof(si)) > 0)
				;
			status = reap(pid);
		}
	}

	/* Its descendants may live on; what they say from here on is lost. */
	drain(out, FRAME_OUT);
	drain(err, FRAME_ERR);
	sync();
	s = status;
	frame_send(port, FRAME_STATUS, &s, 1);
	bye = now_ms() + BYE_MS;
	while (!done && now_ms() < bye) {
		struct pollfd p = { .fd = port, .events = POLLIN };

		if (poll(&p, 1, bye - now_ms()) > 0 && reader_poll(&r, from_host))
			break;
	}
	reboot(RB_POWER_OFF);
	for (;;)
		pause();
}

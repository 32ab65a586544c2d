// SPDX-License-Identifier: GPL-2.0-only
/*
 * The host's end: starts the guest, carries the command's streams, sees to it
 * that nothing of the guest is left when it returns, however it returns.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "relay.h"

#define POWEROFF_MS	10000	/* how long a guest may take to power off */
#define ESCAPE		0x1d	/* Ctrl-] ... */
#define ESCAPE_TIMES	3	/* ... so often in a row ends the guest of --tty */

static int to_guest = -1, from_guest_fd = -1;
static pid_t guest = -1;
static size_t window;		/* bytes of stdin that may be sent */
static bool input, input_ended, tty, running, out_closed;
static int status = -1;
static struct termios tty_was;
static bool tty_changed;

static void send_winsize(void)
{
	struct winsize ws;
	uint8_t p[4];

	if (!tty || ioctl(0, TIOCGWINSZ, &ws))
		return;
	put16(p, ws.ws_row);
	put16(p + 2, ws.ws_col);
	frame_send(to_guest, FRAME_WINSIZE, p, sizeof(p));
}

static void pass(int fd, const struct frame *f)
{
	if (write_all(fd, f->data, f->len) && fd == 1)
		out_closed = true;
}

static void from_guest(const struct frame *f)
{
	switch (f->type) {
	case FRAME_RUNNING:
		running = true;
		window = STDIN_WINDOW;
		send_winsize();
		if (!input) {
			frame_send(to_guest, FRAME_EOF, NULL, 0);
			input_ended = true;
		}
		break;
	case FRAME_OUT:
		pass(1, f);
		break;
	case FRAME_ERR:
		pass(2, f);
		break;
	case FRAME_ACK:
		if (f->len == 2)
			window += get16(f->data);
		break;
	case FRAME_STATUS:
		if (f->len == 1)
			status = f->data[0];
		frame_send(to_guest, FRAME_DONE, NULL, 0);
		break;
	default:
		break;
	}
}

/* Did the person ask for the end? */
static bool escaped(const uint8_t *p, ssize_t n)
{
	static int times;

	while (n-- > 0) {
		times = *p++ == ESCAPE ? times + 1 : 0;
		if (times == ESCAPE_TIMES)
			return true;
	}
	return false;
}

/* Some stdin for the guest: false when the person ended the session. */
static bool pass_input(void)
{
	uint8_t buf[STDIN_WINDOW];
	ssize_t n = read(0, buf, window < sizeof(buf) ? window : sizeof(buf));

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return true;
	if (n <= 0) {
		frame_send(to_guest, FRAME_EOF, NULL, 0);
		input_ended = true;
		return true;
	}
	if (tty && escaped(buf, n))
		return false;
	frame_send(to_guest, FRAME_IN, buf, n);
	window -= n;
	return true;
}

static void tty_restore(void)
{
	if (tty_changed)
		tcsetattr(0, TCSADRAIN, &tty_was);
	tty_changed = false;
}

static void tty_raw(void)
{
	struct termios t;

	if (tcgetattr(0, &tty_was))
		return;
	t = tty_was;
	cfmakeraw(&t);
	tty_changed = !tcsetattr(0, TCSANOW, &t);
	atexit(tty_restore);
}


static int wait_status(int ws)
{
	return WIFSIGNALED(ws) ? 128 + WTERMSIG(ws) : WEXITSTATUS(ws);
}

/* Process 1 of the guest's own name space of processes: its end is theirs. */
static _Noreturn void reaper(pid_t main_process)
{
	int ws;
	pid_t pid;

	for (;;) {
		pid = wait(&ws);
		if (pid == main_process || (pid < 0 && errno == ECHILD))
			_exit(wait_status(ws));
	}
}

/*
 * Some of UML's helper processes outlive a killed kernel, so where we may (as
 * root), the guest gets a process name space, which dies as one.  Elsewhere its
 * process group and we, as the parent of its orphans, must do.  Its mount name
 * space, if it may have one, is for boot.d/run to make read-only.
 */
static void start_guest(char **argv, const sigset_t *mask)
{
	bool apart = !unshare(CLONE_NEWPID);
	pid_t me = getpid(), pid;

	prctl(PR_SET_CHILD_SUBREAPER, 1);
	guest = fork();
	if (guest < 0)
		die("cannot fork: %s", strerror(errno));
	if (guest)
		return;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (!apart && getppid() != me)
		_exit(1);
	setsid();
	signal(SIGPIPE, SIG_DFL);
	sigprocmask(SIG_SETMASK, mask, NULL);
	if (!unshare(CLONE_NEWNS))
		setenv("VNET_BOOT_OWN_MOUNTS", "1", 1);
	if (apart) {
		pid = fork();
		if (pid < 0)
			_exit(1);
		if (pid)
			reaper(pid);
		setsid();
	}
	execvp(argv[0], argv);
	fprintf(stderr, "relay: %s: %s\n", argv[0], strerror(errno));
	_exit(127);
}

static void kill_guest(bool reaped)
{
	if (guest < 0)
		return;
	kill(-guest, SIGKILL);
	if (!reaped)
		kill(guest, SIGKILL);
	while (waitpid(-1, NULL, 0) > 0 || errno == EINTR)
		kill(-guest, SIGKILL);
	guest = -1;
}

static int open_fifo(const char *prefix, const char *suffix)
{
	char path[4096];
	int fd;

	snprintf(path, sizeof(path), "%s.%s", prefix, suffix);
	/* Read-write: opening waits for nobody, and there is no early end. */
	fd = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		die("%s: %s", path, strerror(errno));
	return fd;
}

static int watch_signals(sigset_t *old)
{
	sigset_t s;

	sigemptyset(&s);
	sigaddset(&s, SIGCHLD);
	sigaddset(&s, SIGWINCH);
	sigaddset(&s, SIGINT);
	sigaddset(&s, SIGTERM);
	sigaddset(&s, SIGHUP);
	/* A shell starts its background jobs with this one ignored. */
	signal(SIGINT, SIG_DFL);
	sigprocmask(SIG_BLOCK, &s, old);
	signal(SIGPIPE, SIG_IGN);
	return signalfd(-1, &s, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* What the descriptor for signals has: the signal to end by, or 0. */
static int take_signals(int sfd, int *guest_status)
{
	struct signalfd_siginfo si;
	int ws, end = 0;
	pid_t pid;

	while (read(sfd, &si, sizeof(si)) == sizeof(si)) {
		if (si.ssi_signo == SIGCHLD) {
			while ((pid = waitpid(-1, &ws, WNOHANG)) > 0)
				if (pid == guest)
					*guest_status = wait_status(ws);
		} else if (si.ssi_signo == SIGWINCH) {
			if (running)
				send_winsize();
		} else {
			end = si.ssi_signo;
		}
	}
	return end;
}

/* Carry the streams until there is an end to it; which one. */
static const char *session(int sfd, double timeout, int *guest_status, int *sig)
{
	long long deadline = timeout > 0 ? now_ms() + timeout * 1000 : -1;
	struct frame_reader r;
	bool ending = false;

	reader_init(&r, from_guest_fd, 1);
	for (;;) {
		bool want = running && !input_ended && window;
		long long left = deadline < 0 ? -1 : deadline - now_ms();
		struct pollfd p[] = {
			{ .fd = from_guest_fd, .events = POLLIN },
			{ .fd = sfd, .events = POLLIN },
			{ .fd = want ? 0 : -1, .events = POLLIN },
		};

		if (deadline >= 0 && left <= 0)
			return status >= 0 ? "stuck" : "timeout";
		if (poll(p, 3, left) < 0)
			continue;
		if (p[0].revents && reader_poll(&r, from_guest))
			return status >= 0 ? "exit" : "gone";
		if (out_closed)
			return "closed";
		if (p[2].revents && !pass_input())
			return "escaped";
		if (p[1].revents) {
			*sig = take_signals(sfd, guest_status);
			if (*sig)
				return "signal";
		}
		/* The last frames are there when the guest is gone. */
		if (*guest_status >= 0 && !(p[0].revents & POLLIN))
			return status >= 0 ? "exit" : "gone";
		if (status >= 0 && !ending) {
			/* Reported: from here on only powering off is left. */
			ending = input_ended = true;
			deadline = now_ms() + POWEROFF_MS;
		}
	}
}

int relay_host(int argc, char **argv)
{
	static const struct option options[] = {
		{ "port", required_argument, NULL, 'p' },
		{ "result", required_argument, NULL, 'r' },
		{ "timeout", required_argument, NULL, 't' },
		{ "input", no_argument, NULL, 'i' },
		{ "tty", no_argument, NULL, 'T' },
		{ 0 },
	};
	const char *port = NULL, *result = NULL, *how;
	int c, sfd, guest_status = -1, sig = 0;
	double timeout = 0;
	sigset_t old;
	FILE *f;

	while ((c = getopt_long(argc, argv, "+", options, NULL)) != -1) {
		switch (c) {
		case 'p':
			port = optarg;
			break;
		case 'r':
			result = optarg;
			break;
		case 't':
			timeout = strtod(optarg, NULL);
			break;
		case 'i':
			input = true;
			break;
		case 'T':
			tty = input = true;
			break;
		default:
			return 2;
		}
	}
	if (!port || !result || optind == argc)
		die("host: --port, --result and GUEST are needed");

	from_guest_fd = open_fifo(port, "out");
	to_guest = open_fifo(port, "in");
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	sfd = watch_signals(&old);
	start_guest(argv + optind, &old);
	if (tty)
		tty_raw();
	how = session(sfd, timeout, &guest_status, &sig);
	kill_guest(guest_status >= 0);
	tty_restore();

	f = fopen(result, "w");
	if (!f)
		die("%s: %s", result, strerror(errno));
	fprintf(f, "%s %d %d %d %d\n", how, status, running, sig, guest_status);
	return fclose(f) ? 1 : 0;
}

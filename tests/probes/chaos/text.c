// SPDX-License-Identifier: GPL-2.0-only
/*
 * Operations of /dev/vswitch: configurations as text.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "chaos.h"

#define SIZE	(64 * 1024)

static char text_buf[SIZE];
static size_t text_len;

static unsigned long again, failed, differs;
static char said[160] = "none";

static void __attribute__((format(printf, 1, 2))) say(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	if (text_len < SIZE)
		text_len += vsnprintf(text_buf + text_len, SIZE - text_len, fmt, args);
	va_end(args);
	if (text_len > SIZE - 1)
		text_len = SIZE - 1;
}

static const char *on(void)
{
	return one_in(2) ? "on" : "off";
}

static void say_switch(int n)
{
	say("switch s%d", n);
	if (one_in(3))
		say(" fdb %s", one_in(2) ? "hash" : "linear");
	if (one_in(3))
		say(" limit %u", 1U << below(18));
	if (one_in(4))
		say(" ports %u", 1 + below(40));
	if (one_in(3))
		say(" ageing %u", below(4));
	if (one_in(3))
		say(" hold %u", below(300));
	if (one_in(2))
		say(" vlan %s", on());
	if (one_in(4))
		say(" default %s", one_in(2) ? "allow" : "deny");
	say("\n");
}

static void say_port(const char *kind, const char *name)
{
	static const char *const flags[] = {
		"learning", "flood", "mcast_flood", "bcast_flood", "isolated", "locked", "sticky",
	};

	say("%s %s", kind, name);
	if (*name && one_in(5))
		say(" number %u", one_in(8) ? below(1200) : below(PORTS));
	if (one_in(3))
		say(" access %u", 1 + below(4));
	else if (one_in(3))
		say(" trunk %s", one_in(4) ? "all" : one_in(4) ? "none" : "1,2-3");
	if (one_in(8))
		say(" native %u", 1 + below(4));
	if (one_in(4))
		say(" limit %u", below(8));
	while (one_in(3))
		say(" %s %s", flags[below(7)], on());
	say("\n");
}

static void say_allow(int n)
{
	say("%s %s", one_in(2) ? "allow" : "deny",
	    one_in(4) ? device_name('s', n) : device_name('p', below(PORTS)));
	do
		say(" %s", one_in(4) ? "all" : one_in(4) ? device_name('s', n) :
						     device_name('p', below(PORTS)));
	while (one_in(2));
	say("\n");
}

static void say_config(int n)
{
	bool there[PORTS] = { false };
	int i, port;

	say_switch(n);
	if (one_in(4))
		say_port("local", "");
	for (i = below(5); i > 0; i--) {
		port = below(PORTS);
		if (there[port] && !one_in(10))
			continue;
		there[port] = true;
		say_port("port", device_name('p', port));
	}
	if (one_in(4))
		say_port("uplink", device_name(one_in(2) ? 'u' : 'w', below(UPLINKS)));
	while (one_in(2))
		say_allow(n);
}

/* Until it is read, what is wrong is kept: so that is read, too, now and then. */
static int write_text(struct place *p)
{
	ssize_t n = write(p->text, text_buf, text_len);
	int err = n < 0 ? errno : 0;
	char piece[64];

	if (err && one_in(2))
		while (read(p->text, piece, sizeof(piece)) > 0)
			;
	return err;
}

int text(void)
{
	text_len = 0;
	say_config(below(SWITCHES));
	if (one_in(4))
		say_config(below(SWITCHES));
	return write_text(any_place());
}

/* A configuration with a part cut out, repeated, overwritten, or without an end. */
int text_garbage(void)
{
	size_t from, len;

	text_len = 0;
	say_config(below(SWITCHES));
	from = below(text_len);
	len = 1 + below(text_len - from < 40 ? text_len - from : 40);
	switch (below(5)) {
	case 0:
		memmove(text_buf + from, text_buf + from + len, text_len - from - len);
		text_len -= len;
		break;
	case 1:
		random_bytes(text_buf + from, len);
		break;
	case 2:
		text_buf[from] = "\n \t#\0-,9"[below(8)];
		break;
	case 3:
		text_len = from;
		break;
	default:
		while (text_len + len < SIZE && !one_in(200)) {
			memmove(text_buf + from + len, text_buf + from, text_len - from);
			text_len += len;
		}
	}
	if (text_len && one_in(2))
		text_buf[text_len - 1] = '\n';
	return write_text(any_place());
}

static ssize_t read_text(struct place *p, char *to)
{
	ssize_t n, got = 0;

	if (lseek(p->text, 0, SEEK_SET) < 0)
		return -1;
	while ((n = read(p->text, to + got, SIZE - got)) > 0)
		got += n;
	return n < 0 ? n : got;
}

/*
 * What is read can be written, and is then what is read.  A namespace that is going
 * would take ports with it in between.
 */
int text_again(void)
{
	static char before[SIZE], after[SIZE];
	struct place *p = any_place();
	ssize_t n, m;

	places_gone();
	/* What is said of a write that failed is said once. */
	read_text(p, before);
	n = read_text(p, before);
	if (n < 0)
		return errno;
	if (!n)
		return ENODATA;
	again++;
	if (write(p->text, before, n) != n) {
		int err = errno;

		failed++;
		m = read_text(p, after);
		if (m > 0 && failed == 1) {
			snprintf(said, sizeof(said), "%.*s", (int)m - 1, after);
			fprintf(stderr, "%s\nof:\n%.*s\n", said, (int)n, before);
		}
		return err;
	}
	m = read_text(p, after);
	if (m != n || memcmp(before, after, n)) {
		if (!differs++)
			fprintf(stderr, "before:\n%.*s\nafter:\n%.*s\n", (int)n, before,
				(int)m, after);
		return EILSEQ;
	}
	return 0;
}

void text_report(void)
{
	printf("again=%lu\nagain.failed=%lu\nagain.differs=%lu\nagain.said=%s\n",
	       again, failed, differs, said);
}

// SPDX-License-Identifier: GPL-2.0-only
/* vnet - vnets and what belongs to them: options, and which command. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "vnet.h"

bool opt_json;
bool opt_timestamp;
bool opt_config;

static const char *what = "vnet";

static const char usage[] =
"usage: vnet [OPTION]... switch COMMAND [ARGUMENT]...\n"
"\n"
"What belongs to a vnet (a network namespace with its own network stack).\n"
"\n"
"  switch               its virtual switches: 'vnet switch --help'\n"
"\n"
"Options, anywhere:\n"
"  -n, --netns NAME     in the vnet that 'ip netns' calls NAME\n"
"  -j, --json           print JSON\n"
"  -h, --help           this text; after a command, what that does\n"
"  -V, --version        the version\n"
"\n"
"Status: 0 done, 1 failed, 2 the call was wrong.  See vnet(8).\n";

void usage_error(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	fprintf(stderr, "%s: ", what);
	vfprintf(stderr, fmt, args);
	fprintf(stderr, " (see '%s --help')\n", what);
	va_end(args);
	exit(VNET_USAGE);
}

void die(const char *fmt, ...)
{
	va_list args;

	fflush(stdout);
	va_start(args, fmt);
	fprintf(stderr, "%s: ", what);
	vfprintf(stderr, fmt, args);
	fputc('\n', stderr);
	va_end(args);
	exit(VNET_FAILED);
}

const struct command *command_find(const struct command *commands, const char *name)
{
	for (; commands->name; commands++)
		if (!strcmp(commands->name, name))
			return commands;
	return NULL;
}

int command_run(const struct command *commands, const char *which, int argc, char **argv)
{
	const struct command *c;

	if (!argc)
		usage_error("%s", which);
	c = command_find(commands, argv[0]);
	if (!c)
		usage_error("there is no command '%s'", argv[0]);
	return c->run(argc - 1, argv + 1);
}

static void switch_help(void)
{
	const struct command *c;

	printf("usage: vnet [OPTION]... switch COMMAND [ARGUMENT]...\n"
	       "\n"
	       "A virtual switch of this vnet, and its ports.  PORT is the number or the name of\n"
	       "a port; 'dev DEVICE' stands for SWITCH PORT where a port was handed to this vnet.\n"
	       "\n");
	for (c = switch_commands; c->name; c++)
		printf("  %.*s\n", (int)strcspn(c->help, "\n"), c->help);
	printf("\n'vnet switch COMMAND --help' says more; so does vnet-switch(8).\n");
}

/* Takes the options out of the words. */
static int take_options(int argc, char **argv, const char **netns, bool *help)
{
	int i, n = 0;

	for (i = 0; i < argc; i++) {
		char *a = argv[i];

		if (!strcmp(a, "--")) {
			while (++i < argc)
				argv[n++] = argv[i];
			break;
		}
		if (!strcmp(a, "-n") || !strcmp(a, "--netns")) {
			if (++i == argc)
				usage_error("%s needs the name of a vnet", a);
			*netns = argv[i];
		} else if (!strncmp(a, "--netns=", 8)) {
			*netns = a + 8;
		} else if (!strcmp(a, "-j") || !strcmp(a, "--json")) {
			opt_json = true;
		} else if (!strcmp(a, "-t") || !strcmp(a, "--timestamp")) {
			opt_timestamp = true;
		} else if (!strcmp(a, "--config")) {
			opt_config = true;
		} else if (!strcmp(a, "-h") || !strcmp(a, "--help")) {
			*help = true;
		} else if (!strcmp(a, "-V") || !strcmp(a, "--version")) {
			puts("vnet 1");
			exit(0);
		} else if (a[0] == '-' && a[1]) {
			usage_error("no such option: %s", a);
		} else {
			argv[n++] = a;
		}
	}
	argv[n] = NULL;
	return n;
}

int main(int argc, char **argv)
{
	static char title[64];
	const struct command *c;
	const char *netns = NULL;
	bool help = false;
	int rc;

	argc = take_options(argc - 1, argv + 1, &netns, &help);
	argv++;
	if (!argc) {
		if (!help)
			usage_error("which command?");
		printf("%s", usage);
		return 0;
	}
	if (strcmp(argv[0], "switch"))
		usage_error("there is no command '%s'", argv[0]);
	what = "vnet switch";
	if (argc == 1) {
		if (!help)
			usage_error("which command?");
		switch_help();
		return 0;
	}
	c = command_find(switch_commands, argv[1]);
	if (!c)
		usage_error("there is no command '%s'", argv[1]);
	snprintf(title, sizeof(title), "vnet switch %s", c->name);
	what = title;
	if (help) {
		printf("usage: vnet switch %s", c->help);
		return 0;
	}
	if (opt_timestamp && strcmp(c->name, "monitor"))
		usage_error("--timestamp is for monitor");
	if (opt_config && strcmp(c->name, "show"))
		usage_error("--config is for show");
	if (netns)
		netns_enter(netns);
	rc = c->run(argc - 2, argv + 2);
	if (fflush(stdout) || ferror(stdout))
		die("the output cannot be written");
	return rc;
}

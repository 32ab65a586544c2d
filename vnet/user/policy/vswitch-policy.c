// SPDX-License-Identifier: GPL-2.0-only
/*
 * vswitch-policy - the policy of a virtual switch, from the command line
 */
#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>

#include "policy.h"

static const char usage_text[] =
"usage: vswitch-policy attach SWITCH OBJECT [NAME]\n"
"       vswitch-policy replace SWITCH OBJECT [NAME]\n"
"       vswitch-policy detach SWITCH\n"
"       vswitch-policy show SWITCH\n"
"\n"
"Give a virtual switch of this network namespace a policy, the BPF program OBJECT;\n"
"replace the one that it has, without a frame that is decided by neither; take it\n"
"away; or show its name and the ids of its BPF link and map.  NAME says which policy,\n"
"if there are several in OBJECT.\n"
"\n"
"--help        show this text\n"
"\n"
"Status: 0 done, 1 not done, 2 usage.\n";

static int usage(void)
{
	fputs(usage_text, stderr);
	return 2;
}

static int show(unsigned int ifindex, struct policy_errors *errors)
{
	struct policy_info info;
	int err = policy_show(ifindex, &info, errors);

	if (err)
		return err;
	if (!info.link_id)
		puts("none");
	else
		printf("name %s link %u map %u\n", info.name[0] ? info.name : "-",
		       info.link_id, info.map_id);
	return 0;
}

int main(int argc, char **argv)
{
	static struct policy_errors errors;
	const char *verb, *object, *name;
	unsigned int ifindex;
	int err;

	if (argc > 1 && !strcmp(argv[1], "--help")) {
		fputs(usage_text, stdout);
		return 0;
	}
	if (argc < 3)
		return usage();
	verb = argv[1];
	object = argc > 3 ? argv[3] : NULL;
	name = argc > 4 ? argv[4] : NULL;

	ifindex = if_nametoindex(argv[2]);
	if (!ifindex) {
		fprintf(stderr, "vswitch-policy: %s: %s\n", argv[2], strerror(errno));
		return 1;
	}
	if (!strcmp(verb, "attach") && object && argc <= 5)
		err = policy_attach(ifindex, object, name, &errors);
	else if (!strcmp(verb, "replace") && object && argc <= 5)
		err = policy_replace(ifindex, object, name, &errors);
	else if (!strcmp(verb, "detach") && argc == 3)
		err = policy_detach(ifindex, &errors);
	else if (!strcmp(verb, "show") && argc == 3)
		err = show(ifindex, &errors);
	else
		return usage();

	if (!err)
		return 0;
	fprintf(stderr, "%svswitch-policy: %s: %s\n", errors.log, argv[2], errors.text);
	return 1;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * facts - what the policies of the tests have seen: see facts.h
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <bpf/bpf.h>

#include "facts.h"

#define PIN		"/sys/fs/bpf/vswitch_facts"
#define FACT_NAME(name)	#name,

static const char *const names[] = { FACTS(FACT_NAME) };

int main(int argc, char **argv)
{
	unsigned long long value;
	__u32 id;
	int fd;

	if (argc != 1) {
		fprintf(argc == 2 && !strcmp(argv[1], "--help") ? stdout : stderr,
			"usage: facts\n\nPrint what is in " PIN " as key=value.\n");
		return argc == 2 && !strcmp(argv[1], "--help") ? 0 : 2;
	}
	fd = bpf_obj_get(PIN);
	if (fd < 0) {
		fprintf(stderr, "facts: " PIN ": %s\n", strerror(errno));
		return 1;
	}
	for (id = 0; id < FACT_COUNT; id++) {
		if (bpf_map_lookup_elem(fd, &id, &value) < 0)
			return 1;
		printf("%s=%llu\n", names[id], value);
	}
	return 0;
}

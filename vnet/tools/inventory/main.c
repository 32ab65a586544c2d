// SPDX-License-Identifier: GPL-2.0-only
/*
 * inventory - the objects with static storage of a kernel, and who writes them
 */
#include "tables.h"

#include <elf.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
"usage: inventory [options] VMLINUX.O DIRECTORY PREFIX...\n"
"\n"
"Reads a relocatable object of x86-64 with DWARF (the kernel's vmlinux.o) and\n"
"writes four tables into DIRECTORY, of the writable objects of those files that\n"
"begin with one of the PREFIXes (\"net/\", \"drivers/net/veth.c\"):\n"
"\n"
"  objects.tsv   each object: where it is, its size, section and type\n"
"  members.tsv   the members of those that are structs\n"
"  accesses.tsv  which function reads, writes, passes on, keeps or returns what\n"
"                part of which; 'via' is the function that it is passed to, '*'\n"
"                one that is called by a pointer; 'when' is 'init' for functions\n"
"                that run only at start or on the way out\n"
"  pointers.tsv  the initialised data that hold the address of one; of a sysctl or\n"
"                a module's parameter its name and mode\n"
"\n"
"  -s, --source DIR  the kernel's source: file names are given below it\n"
"  -h, --help        print this and exit\n"
"\n"
"Exit status: 0 done, 1 the object cannot be read, 2 wrong usage.\n";

static bool in_scope(const char *file, char **prefixes)
{
	for (; *prefixes; prefixes++)
		if (!strncmp(file, *prefixes, strlen(*prefixes)))
			return true;
	return false;
}

static void choose(struct found *found, struct objects *objects, char **prefixes)
{
	size_t i;

	for (i = 0; i < objects->nr; i++) {
		struct object *o = &objects->list[i];
		const struct section *s = &found->image->sections[o->section];

		o->chosen = (s->flags & SHF_WRITE) &&
			    in_scope(below(found, o->unit), prefixes);
	}
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "source", required_argument, NULL, 's' },
		{ "help", no_argument, NULL, 'h' },
		{}
	};
	struct objects objects;
	struct image image;
	struct reach reach;
	struct flow flow;
	struct found found = {
		.image = &image, .objects = &objects, .flow = &flow,
		.reach = &reach, .source = "",
	};
	const char *directory;
	int c;

	while ((c = getopt_long(argc, argv, "s:h", options, NULL)) != -1) {
		switch (c) {
		case 's':
			found.source = optarg;
			break;
		case 'h':
			fputs(help, stdout);
			return 0;
		default:
			fputs(help, stderr);
			return 2;
		}
	}
	if (argc - optind < 3) {
		fputs(help, stderr);
		return 2;
	}
	directory = argv[optind + 1];
	if (image_open(&image, argv[optind]) || objects_read(&objects, &image))
		return 1;
	choose(&found, &objects, argv + optind + 2);
	if (flow_read(&flow, &image, &objects) || reach_find(&reach, &flow, &image) ||
	    write_objects(&found, directory) || write_members(&found, directory) ||
	    write_accesses(&found, directory) || write_pointers(&found, directory))
		return 1;
	reach_free(&reach);
	flow_free(&flow);
	objects_free(&objects);
	image_close(&image);
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * objcmp - compare relocatable ELF objects by what the linker takes from them
 */
#include "compare.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
"usage: objcmp [options] BEFORE AFTER\n"
"       objcmp [options] --list FILE BEFORE-DIR AFTER-DIR\n"
"\n"
"Compares two relocatable ELF objects: loaded sections (type, flags, size,\n"
"alignment, content), their relocations (place, type, target by name, addend)\n"
"and symbols.  Nothing is masked.\n"
"\n"
"  -a, --all        compare sections that are not loaded, too\n"
"  -j, --json       print a JSON array, one element for each object\n"
"  -l, --list FILE  compare the objects named in FILE, one a line, '-' for\n"
"                   standard input, below the two directories\n"
"  -n, --max N      show at most N differences of an object (8; 0: all)\n"
"  -v, --verbose    say the verdict of every object\n"
"  -h, --help       print this and exit\n"
"\n"
"Exit status: 0 the same, 1 different, 2 not to be read, or wrong usage.\n";

struct settings {
	bool every, json, verbose;
	const char *list;
	size_t limit;
	bool printed;
};

static enum verdict judge(const char *before, const char *after,
			  const struct settings *set, struct report *r)
{
	struct object b, a = {};
	enum verdict v = UNREADABLE;

	if (object_map(&b, before, before) || object_map(&a, after, after))
		goto out;
	if (b.image_size && b.image_size == a.image_size &&
	    !memcmp(b.image, a.image, b.image_size)) {
		v = IDENTICAL;
		goto out;
	}
	if (object_parse(&b) || object_parse(&a))
		goto out;
	compare_objects(&b, &a, set->every, r);
	v = r->found ? DIFFERS : EQUAL;
out:
	object_free(&b);
	object_free(&a);
	return v;
}

static enum verdict one(const char *name, const char *before,
			const char *after, struct settings *set)
{
	struct report r;
	enum verdict v;

	report_begin(&r, name, set->limit);
	v = judge(before, after, set, &r);
	if (set->json)
		report_json(&r, v, !set->printed);
	else
		report_print(&r, v, set->verbose);
	set->printed = true;
	report_end(&r);
	return v;
}

static enum verdict many(const char *before, const char *after,
			 struct settings *set)
{
	FILE *f = strcmp(set->list, "-") ? fopen(set->list, "r") : stdin;
	enum verdict worst = IDENTICAL, v;
	char *line = NULL, *b, *a;
	size_t room = 0;
	ssize_t n;

	if (!f) {
		perror(set->list);
		return UNREADABLE;
	}
	while ((n = getline(&line, &room, f)) > 0) {
		if (line[n - 1] == '\n')
			line[n - 1] = '\0';
		if (!line[0])
			continue;
		if (asprintf(&b, "%s/%s", before, line) < 0 ||
		    asprintf(&a, "%s/%s", after, line) < 0)
			abort();
		v = one(line, b, a, set);
		if (v > worst)
			worst = v;
		free(b);
		free(a);
	}
	free(line);
	if (f != stdin)
		fclose(f);
	return worst;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "all", no_argument, NULL, 'a' },
		{ "json", no_argument, NULL, 'j' },
		{ "list", required_argument, NULL, 'l' },
		{ "max", required_argument, NULL, 'n' },
		{ "verbose", no_argument, NULL, 'v' },
		{ "help", no_argument, NULL, 'h' },
		{ }
	};
	struct settings set = { .limit = 8 };
	enum verdict v;
	char *end;
	int c;

	while ((c = getopt_long(argc, argv, "ajl:n:vh", options, NULL)) != -1) {
		switch (c) {
		case 'a':
			set.every = true;
			break;
		case 'j':
			set.json = true;
			break;
		case 'l':
			set.list = optarg;
			break;
		case 'n':
			set.limit = strtoul(optarg, &end, 10);
			if (!*optarg || *end) {
				fprintf(stderr, "objcmp: '%s' is not a number\n",
					optarg);
				return 2;
			}
			break;
		case 'v':
			set.verbose = true;
			break;
		case 'h':
			fputs(help, stdout);
			return 0;
		default:
			fputs("objcmp: see 'objcmp --help'\n", stderr);
			return 2;
		}
	}
	if (argc - optind != 2) {
		fputs("objcmp: two names are needed (see 'objcmp --help')\n",
		      stderr);
		return 2;
	}
	if (set.json)
		putchar('[');
	if (set.list)
		v = many(argv[optind], argv[optind + 1], &set);
	else
		v = one(argv[optind + 1], argv[optind], argv[optind + 1], &set);
	if (set.json)
		puts("\n]");
	if (fflush(stdout))
		return 2;
	return v == UNREADABLE ? 2 : v == DIFFERS;
}

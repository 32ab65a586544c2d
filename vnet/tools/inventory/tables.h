/* SPDX-License-Identifier: GPL-2.0-only */
/* What has been found, as tables: a header line, then a row a line, by tabs. */
#ifndef INVENTORY_TABLES_H
#define INVENTORY_TABLES_H

#include "reach.h"

struct found {
	const struct image *image;
	const struct objects *objects;
	const struct flow *flow;
	const struct reach *reach;
	const char *source;	/* what file names begin with, to be left out */
};

/* Each writes NAME.tsv into the directory; 0, or -1 with the reason said. */
int write_objects(const struct found *found, const char *directory);
int write_members(const struct found *found, const char *directory);
int write_accesses(const struct found *found, const char *directory);
int write_pointers(const struct found *found, const char *directory);

/* A file's name below the source. */
const char *below(const struct found *found, const char *file);

#endif

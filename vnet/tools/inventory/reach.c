// SPDX-License-Identifier: GPL-2.0-only
#include "reach.h"

#include <stdio.h>
#include <stdlib.h>

static void find_writers(struct reach *reach, const struct flow *flow)
{
	bool more = true;
	size_t i;

	while (more) {
		more = false;
		for (i = 0; i < flow->nr_facts; i++) {
			const struct fact *f = &flow->facts[i];
			bool *writes;

			if (f->of.holds != ARGUMENT)
				continue;
			writes = &reach->writes[f->function][f->of.which];
			if (*writes)
				continue;
			if (f->deed == WRITES ||
			    (f->deed == PASSES && f->callee != NO_FUNCTION &&
			     reach->writes[f->callee][f->argument]))
				*writes = more = true;
		}
	}
}

/*
 * A function that is only ever called, and only by such, is part of the start
 * although it does not say so: the compiler may have inlined its caller.
 */
static void find_init(struct reach *reach, const struct flow *flow,
		      const struct image *image, bool *called)
{
	bool more = true;
	size_t i;

	for (i = 0; i < flow->nr_calls; i++)
		called[flow->calls[i].callee] = true;
	for (i = 0; i < image->nr_functions; i++)
		reach->init[i] = image->functions[i].init ||
				 (called[i] && !flow->taken[i]);
	while (more) {
		more = false;
		for (i = 0; i < flow->nr_calls; i++) {
			const struct call *c = &flow->calls[i];

			if (!reach->init[c->caller] && reach->init[c->callee] &&
			    !image->functions[c->callee].init) {
				reach->init[c->callee] = false;
				more = true;
			}
		}
	}
}

int reach_find(struct reach *reach, const struct flow *flow,
	       const struct image *image)
{
	bool *called = calloc(image->nr_functions + 1, sizeof(*called));

	reach->writes = calloc(image->nr_functions + 1, sizeof(*reach->writes));
	reach->init = calloc(image->nr_functions + 1, sizeof(*reach->init));
	if (!called || !reach->writes || !reach->init) {
		fprintf(stderr, "inventory: out of memory\n");
		free(called);
		return -1;
	}
	find_writers(reach, flow);
	find_init(reach, flow, image, called);
	free(called);
	return 0;
}

void reach_free(struct reach *reach)
{
	free(reach->writes);
	free(reach->init);
}

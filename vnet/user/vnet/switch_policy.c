// SPDX-License-Identifier: GPL-2.0-only
/* vnet switch policy */
#include <stdlib.h>

#include "json.h"
#include "policy.h"
#include "switch.h"
#include "switches.h"
#include "vnet.h"
#include "words.h"

static void print(const struct vswitch *sw)
{
	if (!opt_json) {
		if (sw->policy_link)
			printf("%s: policy %s link %u\n", sw->name,
			       sw->policy[0] ? sw->policy : "-", sw->policy_link);
		else
			printf("%s: no policy\n", sw->name);
		return;
	}
	json_object(NULL);
	json_string("switch", sw->name);
	if (sw->policy_link) {
		json_string("policy", sw->policy);
		json_number("link", sw->policy_link);
	} else {
		json_null("policy");
	}
	json_end();
}

static int show(int argc, char **argv)
{
	struct words w = { argc, argv };
	const char *name = w.n ? words_take(&w, "") : NULL;
	struct switches switches;
	int i;

	words_end(&w);
	switches_get(name, &switches);
	if (opt_json)
		json_array(NULL);
	for (i = 0; i < switches.n; i++)
		print(&switches.at[i]);
	if (opt_json)
		json_end();
	free(switches.at);
	return 0;
}

/* Takes "SWITCH OBJECT [NAME]". */
static int change(int argc, char **argv,
		  void (*how)(const char *sw, const char *object, const char *name))
{
	struct words w = { argc, argv };
	const char *sw = words_take(&w, "the name of a switch");
	const char *object = words_take(&w, "the file of a policy");
	const char *name = w.n ? words_take(&w, "") : NULL;

	words_end(&w);
	how(sw, object, name);
	return 0;
}

static int attach(int argc, char **argv)
{
	return change(argc, argv, policy_attach);
}

static int replace(int argc, char **argv)
{
	return change(argc, argv, policy_replace);
}

static int detach(int argc, char **argv)
{
	struct words w = { argc, argv };
	const char *sw = words_take(&w, "the name of a switch");

	words_end(&w);
	policy_detach(sw);
	return 0;
}

static const struct command commands[] = {
	{ "show", show, NULL }, { "attach", attach, NULL }, { "replace", replace, NULL },
	{ "detach", detach, NULL }, { 0 },
};

int switch_policy(int argc, char **argv)
{
	return command_run(commands, "show, attach, replace or detach?", argc, argv);
}

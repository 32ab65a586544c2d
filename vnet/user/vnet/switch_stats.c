// SPDX-License-Identifier: GPL-2.0-only
/* vnet switch stats */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "port.h"
#include "switch.h"
#include "vnet.h"

/* Numbers of 4 or of 8 bytes. */
static uint64_t get_uint(const struct nlattr *a)
{
	return mnl_attr_get_payload_len(a) == 4 ? mnl_attr_get_u32(a) : mnl_attr_get_u64(a);
}

static const struct {
	int		type;
	const char	*name;
} counters[] = {
	{ VSWITCH_A_STATS_IN_PACKETS, "in_packets" }, { VSWITCH_A_STATS_IN_BYTES, "in_bytes" },
	{ VSWITCH_A_STATS_OUT_PACKETS, "out_packets" }, { VSWITCH_A_STATS_OUT_BYTES, "out_bytes" },
	{ VSWITCH_A_STATS_FLOOD, "flood" }, { VSWITCH_A_STATS_QUEUED, "queued" },
	{ 0, NULL },
};

static void print_counter(const char *name, uint64_t value)
{
	if (opt_json)
		json_number(name, value);
	else
		printf(" %s %" PRIu64, name, value);
}

static void print_reason(const struct nlattr *nest, const char *what)
{
	const struct nlattr *a;
	const char *name = "";
	uint64_t count = 0;

	mnl_attr_for_each_nested(a, nest) {
		if (mnl_attr_get_type(a) == VSWITCH_A_REASON_NAME)
			name = mnl_attr_get_str(a);
		else if (mnl_attr_get_type(a) == VSWITCH_A_REASON_COUNT)
			count = get_uint(a);
	}
	if (opt_json)
		json_number(name, count);
	else if (count)
		printf(" %s_%s %" PRIu64, what, name, count);
}

static void print_reasons(const struct nlmsghdr *nlh, int type, const char *what)
{
	const struct nlattr *a;

	if (opt_json)
		json_object(what);
	mnl_attr_for_each(a, nlh, sizeof(struct genlmsghdr))
		if (mnl_attr_get_type(a) == type)
			print_reason(a, what);
	if (opt_json)
		json_end();
}

static int one(const struct nlmsghdr *nlh, void *arg)
{
	char name[IF_NAMESIZE] = "";
	const struct nlattr *a;
	uint16_t number = 0;
	uint32_t ifindex = 0;
	int i;

	(void)arg;
	mnl_attr_for_each(a, nlh, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(a) == VSWITCH_A_STATS_NUMBER)
			number = mnl_attr_get_u16(a);
		else if (mnl_attr_get_type(a) == VSWITCH_A_STATS_IFINDEX)
			ifindex = mnl_attr_get_u32(a);
		else if (mnl_attr_get_type(a) == VSWITCH_A_STATS_NAME)
			snprintf(name, sizeof(name), "%s", mnl_attr_get_str(a));
	}
	if (!name[0] && !if_indextoname(ifindex, name))
		snprintf(name, sizeof(name), "if%u", ifindex);
	if (opt_json) {
		json_object(NULL);
		json_number("number", number);
		json_string("name", name);
	} else {
		printf("%u: %s", number, name);
	}
	for (i = 0; counters[i].name; i++)
		mnl_attr_for_each(a, nlh, sizeof(struct genlmsghdr))
			if (mnl_attr_get_type(a) == counters[i].type)
				print_counter(counters[i].name, get_uint(a));
	print_reasons(nlh, VSWITCH_A_STATS_LEARN, "learn");
	print_reasons(nlh, VSWITCH_A_STATS_DROP, "drop");
	if (opt_json)
		json_end();
	else
		putchar('\n');
	return MNL_CB_OK;
}

int switch_stats(int argc, char **argv)
{
	struct words w = { argc, argv };
	struct target t = { 0 };
	struct nlmsghdr *nlh;

	if (!argc)
		usage_error("the name of a switch is missing");
	if (argc == 1) {
		snprintf(t.about, sizeof(t.about), "%s", argv[0]);
		t.sw = switch_find(argv[0]);
		nlh = nl_vswitch(VSWITCH_CMD_STATS_GET);
		nlh->nlmsg_flags |= NLM_F_DUMP;
		mnl_attr_put_u32(nlh, VSWITCH_A_STATS_SWITCH, t.sw);
	} else {
		if (argc > 2) {
			w.n -= 2;
			w.at += 2;
			words_end(&w);
		}
		target_take(&w, &t);
		nlh = nl_vswitch(VSWITCH_CMD_STATS_GET);
		/* A port is named in the same way there. */
		target_put(nlh, &t);
	}
	if (opt_json)
		json_array(NULL);
	nl_talk(nlh, t.about, one, NULL);
	if (opt_json)
		json_end();
	return 0;
}

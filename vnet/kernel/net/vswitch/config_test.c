// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit tests of the configuration's parser and printer.
 */
#include "vswitch_test.h"

#define TEXT_SIZE	1024

static struct vsw_config *parse(struct kunit *test, const char *text)
{
	struct vsw_config_error error;
	struct vsw_config *config;
	int err;

	err = vsw_config_parse(text, strlen(text), &config, &error);
	KUNIT_EXPECT_EQ_MSG(test, err, 0, "line %u, \"%s\": %s", error.line,
			    error.word, error.msg);
	return err ? NULL : config;
}

static void whole(struct kunit *test)
{
	static const char text[] =
		"# a switch\n"
		"\n"
		"switch sw0 fdb linear limit 200 ports 50 ageing 60 hold 1500 vlan on default deny\n"
		"port p1 number 7 access 10 limit 2000000 sticky on\r\n"
		"  port p2 access 4094 # the last one\n"
		"uplink eth0.5\ttrunk 10,20-29,4094 native 30 limit none\n"
		"local access 10 learning off flood off mcast_flood on bcast_flood off isolated on locked on\n"
		"port p3 trunk all\n"
		"port p4 trunk none\n"
		"allow p1 p2 sw0\n"
		"allow p2 all\n"
		"deny p2 p1 p2";
	const struct vsw_config_port *p;
	struct vsw_config *c;

	c = parse(test, text);
	KUNIT_ASSERT_NOT_NULL(test, c);
	KUNIT_EXPECT_STREQ(test, c->name, "sw0");
	KUNIT_EXPECT_EQ(test, c->has, 0x7f);
	KUNIT_EXPECT_EQ(test, c->type, VSW_FDB_LINEAR);
	KUNIT_EXPECT_EQ(test, c->limit, 200);
	KUNIT_EXPECT_EQ(test, c->max_ports, 50);
	KUNIT_EXPECT_EQ(test, c->ageing, 60);
	KUNIT_EXPECT_EQ(test, c->hold, 1500);
	KUNIT_EXPECT_TRUE(test, c->vlan);
	KUNIT_EXPECT_TRUE(test, c->deny);
	KUNIT_ASSERT_EQ(test, c->nr_ports, 6);

	p = c->ports[0];
	KUNIT_EXPECT_EQ(test, c->line, 3);
	KUNIT_EXPECT_EQ(test, c->column, 8);
	KUNIT_EXPECT_STREQ(test, p->name, "sw0");
	KUNIT_EXPECT_EQ(test, p->kind, VSW_CONFIG_LOCAL);
	KUNIT_EXPECT_EQ(test, p->line, 7);
	KUNIT_EXPECT_EQ(test, p->has, VSW_CONFIG_HAS_ACCESS);
	KUNIT_EXPECT_EQ(test, p->mask, VSW_PORT_FLAGS_ALL);
	KUNIT_EXPECT_EQ(test, p->flags, VSW_PORT_MCAST_FLOOD |
					VSW_PORT_ISOLATED | VSW_PORT_LOCKED);

	p = c->ports[1];
	KUNIT_EXPECT_STREQ(test, p->name, "p1");
	KUNIT_EXPECT_EQ(test, p->line, 4);
	KUNIT_EXPECT_EQ(test, p->column, 6);
	KUNIT_EXPECT_EQ(test, p->kind, VSW_CONFIG_PORT);
	KUNIT_EXPECT_EQ(test, p->has,
			VSW_CONFIG_HAS_NUMBER | VSW_CONFIG_HAS_ACCESS |
			VSW_CONFIG_HAS_PORT_LIMIT | VSW_CONFIG_HAS_STICKY |
			VSW_CONFIG_HAS_ALLOW);
	KUNIT_EXPECT_EQ(test, p->number, 7);
	KUNIT_EXPECT_EQ(test, p->vid, 10);
	KUNIT_EXPECT_EQ(test, p->limit, 2000000);
	KUNIT_EXPECT_TRUE(test, p->sticky);
	KUNIT_EXPECT_EQ(test, p->mask, 0);
	KUNIT_EXPECT_EQ(test, p->allow[0], BIT(2) | BIT(0));
	KUNIT_EXPECT_FALSE(test, p->fill);

	p = c->ports[2];
	KUNIT_EXPECT_EQ(test, p->vid, 4094);
	KUNIT_EXPECT_EQ(test, p->allow[0], ~0UL & ~(BIT(1) | BIT(2)));
	KUNIT_EXPECT_TRUE(test, p->fill);

	p = c->ports[3];
	KUNIT_EXPECT_STREQ(test, p->name, "eth0.5");
	KUNIT_EXPECT_EQ(test, p->kind, VSW_CONFIG_UPLINK);
	KUNIT_EXPECT_EQ(test, p->has, VSW_CONFIG_HAS_TRUNK |
				      VSW_CONFIG_HAS_PORT_LIMIT);
	KUNIT_EXPECT_EQ(test, p->vid, 30);
	KUNIT_EXPECT_EQ(test, p->limit, U32_MAX);
	KUNIT_EXPECT_EQ(test, bitmap_weight(p->vids, VSW_VLANS), 13);
	KUNIT_EXPECT_TRUE(test, test_bit(20, p->vids));
	KUNIT_EXPECT_TRUE(test, test_bit(29, p->vids));
	KUNIT_EXPECT_TRUE(test, test_bit(30, p->vids));

	KUNIT_EXPECT_EQ(test, bitmap_weight(c->ports[4]->vids, VSW_VLANS),
			4094);
	KUNIT_EXPECT_TRUE(test, bitmap_empty(c->ports[5]->vids, VSW_VLANS));
	vsw_config_free(c);
}

static void least(struct kunit *test)
{
	struct vsw_config *c = parse(test, "switch s");

	KUNIT_ASSERT_NOT_NULL(test, c);
	KUNIT_EXPECT_EQ(test, c->has, 0);
	KUNIT_EXPECT_EQ(test, c->nr_ports, 1);
	KUNIT_EXPECT_EQ(test, c->ports[0]->line, 0);
	KUNIT_EXPECT_EQ(test, c->ports[0]->has, 0);
	vsw_config_free(c);
}

static void order_of_lists(struct kunit *test)
{
	/* For a switch that allows, only what is denied is not. */
	struct vsw_config *c = parse(test,
				     "switch s\n"
				     "deny a b\n"
				     "deny b all\n"
				     "allow b a\n"
				     "allow b b\n"
				     "deny b b\n"
				     "port a\n"
				     "port b\n");

	KUNIT_ASSERT_NOT_NULL(test, c);
	KUNIT_EXPECT_EQ(test, c->ports[1]->allow[0], ~BIT(2));
	KUNIT_EXPECT_TRUE(test, c->ports[1]->fill);
	KUNIT_EXPECT_EQ(test, c->ports[2]->allow[0], BIT(1));
	KUNIT_EXPECT_FALSE(test, c->ports[2]->fill);
	KUNIT_EXPECT_EQ(test, c->ports[0]->has, 0);
	vsw_config_free(c);
}

/* Where an error says it is, its word is; or, without one, a line ends. */
static bool column_right(const char *text, const struct vsw_config_error *error)
{
	unsigned int line = 1, column = error->column;

	for (; line < error->line; text++)
		if (*text == '\n')
			line++;
	while (column && --column)
		if (!*text || *text++ == '\n')
			return false;
	if (!error->column)
		return false;
	if (error->word[0] && error->word[0] != '?')
		return *text == error->word[0];
	return error->word[0] || !*text || *text == '\n' || *text == '#' ||
	       !strcmp(error->msg, "there is a switch already") ||
	       !strcmp(error->msg, "this port is there already");
}

static void wrong(struct kunit *test)
{
	static const struct {
		const char	*text;
		unsigned int	line;
		const char	*word;
		const char	*msg;
	} cases[] = {
		{ "", 1, "", "there is no switch" },
		{ "# nothing\n\n", 3, "", "there is no switch" },
		{ "port p", 1, "port", "the switch does not come first" },
		{ "bridge b", 1, "bridge", "the switch does not come first" },
		{ "switch s\nbridge b", 2, "bridge", "no such statement" },
		{ "switch s\nswitch t", 2, "", "there is a switch already" },
		{ "switch", 1, "", "a name is missing" },
		{ "switch # s", 1, "", "a name is missing" },
		{ "switch 0123456789abcdef", 1, "0123456789abcdef",
		  "this name is too long" },
		{ "switch a/b", 1, "a/b", "not a name of a device" },
		{ "switch a:b", 1, "a:b", "not a name of a device" },
		{ "switch a\x01", 1, "a?", "not a name of a device" },
		{ "switch \xff", 1, "?", "not a name of a device" },
		{ "switch ..", 1, "..", "not a name of a device" },
		{ "switch all", 1, "all", "not a name of a device" },
		{ "switch s fast", 1, "fast", "a switch has no such property" },
		{ "switch s fdb", 1, "", "a value is missing" },
		{ "switch s fdb tree", 1, "tree", "not a value of this" },
		{ "switch s fdb hash fdb hash", 1, "fdb", "this is said twice" },
		{ "switch s limit", 1, "", "a number is missing" },
		{ "switch s limit 0", 1, "0", "not a number, or out of range" },
		{ "switch s limit 010", 1, "010",
		  "not a number, or out of range" },
		{ "switch s limit +1", 1, "+1",
		  "not a number, or out of range" },
		{ "switch s limit 5x", 1, "5x",
		  "not a number, or out of range" },
		{ "switch s limit 1048577", 1, "1048577",
		  "not a number, or out of range" },
		{ "switch s limit 4294967297", 1, "4294967297",
		  "not a number, or out of range" },
		{ "switch s limit 18446744073709551617", 1,
		  "18446744073709551617", "not a number, or out of range" },
		{ "switch s ports 1025", 1, "1025",
		  "not a number, or out of range" },
		{ "switch s ageing 1000001", 1, "1000001",
		  "not a number, or out of range" },
		{ "switch s limit 10 ports 11", 1, "",
		  "no such table with this limit and so many ports" },
		{ "switch s fdb linear limit 257", 1, "",
		  "no such table with this limit and so many ports" },
		{ "switch s\nport p\nuplink p", 3, "p",
		  "this port is there already" },
		{ "switch s\nport s", 2, "s", "this port is there already" },
		{ "switch s\nlocal\nlocal", 3, "",
		  "this port is there already" },
		{ "switch s ports 2\nport p\nport q", 3, "q",
		  "more ports than the switch may have" },
		{ "switch s\nport p speed 10", 2, "speed",
		  "a port has no such property" },
		{ "switch s\nport p number 0", 2, "0",
		  "not a number, or out of range" },
		{ "switch s ports 5\nport p number 5", 2, "5",
		  "not a number, or out of range" },
		{ "switch s\nport p number 5\nport q number 5", 3, "number",
		  "another port has this number" },
		{ "switch s\nlocal number 5", 2, "number",
		  "the local port's number is 0" },
		{ "switch s\nport p access", 2, "", "a VLAN is missing" },
		{ "switch s\nport p access 0", 2, "0",
		  "not a VLAN from 1 to 4094" },
		{ "switch s\nport p access 4095", 2, "4095",
		  "not a VLAN from 1 to 4094" },
		{ "switch s\nport p access 5 trunk 6", 2, "trunk",
		  "the port is access or trunk already" },
		{ "switch s\nport p trunk 6 access 6", 2, "access",
		  "the port is access or trunk already" },
		{ "switch s\nport p trunk 6 trunk 6", 2, "trunk",
		  "the port is access or trunk already" },
		{ "switch s\nport p trunk", 2, "", "VLANs are missing" },
		{ "switch s\nport p trunk 5-", 2, "5-",
		  "not VLANs from 1 to 4094" },
		{ "switch s\nport p trunk 5,", 2, "5,",
		  "not VLANs from 1 to 4094" },
		{ "switch s\nport p trunk ,5", 2, ",5",
		  "not VLANs from 1 to 4094" },
		{ "switch s\nport p trunk 6-5", 2, "6-5",
		  "not VLANs from 1 to 4094" },
		{ "switch s\nport p trunk 5-4095", 2, "5-4095",
		  "not VLANs from 1 to 4094" },
		{ "switch s\nport p trunk 0-5", 2, "0-5",
		  "not VLANs from 1 to 4094" },
		{ "switch s\nport p trunk 5-6-7", 2, "5-6-7",
		  "not VLANs from 1 to 4094" },
		{ "switch s\nport p native 5", 2, "native",
		  "this does not follow trunk" },
		{ "switch s\nport p access 5 native 5", 2, "native",
		  "this does not follow trunk" },
		{ "switch s\nport p trunk 5 native 5 native 5", 2, "native",
		  "this does not follow trunk" },
		{ "switch s\nport p limit -1", 2, "-1",
		  "not a number, or out of range" },
		{ "switch s\nport p flood maybe", 2, "maybe",
		  "not a value of this" },
		{ "switch s\nport p flood on flood on", 2, "flood",
		  "this is said twice" },
		{ "switch s\nallow", 2, "", "a port is missing" },
		{ "switch s\nport p\nallow p", 3, "", "a port is missing" },
		{ "switch s\nallow p s\nport q", 2, "p",
		  "there is no such port" },
		{ "switch s\ndeny s q", 2, "q", "there is no such port" },
		{ "switch s\nallow all s", 2, "all", "there is no such port" },
		{ "switch s\nport q\nallow q a-very-long-word-that-is-not-here",
		  3, "a-very-long-word-that-is-not-he",
		  "there is no such port" },
	};
	struct vsw_config_error error;
	struct vsw_config *config;
	unsigned int i;
	int err;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		err = vsw_config_parse(cases[i].text, strlen(cases[i].text),
				       &config, &error);
		KUNIT_EXPECT_EQ_MSG(test, err, -EINVAL, "%s", cases[i].text);
		if (!err) {
			vsw_config_free(config);
			continue;
		}
		KUNIT_EXPECT_EQ_MSG(test, error.line, cases[i].line, "%s",
				    cases[i].text);
		KUNIT_EXPECT_EQ_MSG(test,
				    column_right(cases[i].text, &error), true,
				    "%s: column %u", cases[i].text,
				    error.column);
		KUNIT_EXPECT_STREQ(test, error.word, cases[i].word);
		KUNIT_EXPECT_STREQ(test, error.msg, cases[i].msg);
	}
	KUNIT_EXPECT_EQ(test, vsw_config_parse("", VSW_CONFIG_SIZE_MAX + 1,
					       &config, &error), -EFBIG);
	KUNIT_EXPECT_STREQ(test, error.msg, "the text is too long");
}

/* The text ends where its length says, not at a zero byte or later. */
static void length(struct kunit *test)
{
	static const char text[] = "switch s limit 100";
	struct vsw_config_error error;
	struct vsw_config *config;

	KUNIT_EXPECT_EQ(test, vsw_config_parse(text, sizeof(text) - 2, &config,
					       &error), 0);
	KUNIT_EXPECT_EQ(test, config->limit, 10);
	vsw_config_free(config);
	KUNIT_EXPECT_EQ(test, vsw_config_parse(text, sizeof(text), &config,
					       &error), -EINVAL);
	KUNIT_EXPECT_STREQ(test, error.word, "100?");
}

static void prints(struct kunit *test)
{
	static const char text[] =
		"switch sw0 fdb hash limit 2000 ports 500 ageing 0 hold 0 vlan off default allow\n"
		"local learning off\n"
		"port p1 number 7 access 10 limit 64 sticky off\n"
		"uplink eth0 trunk 10,20-29,4094 native 20 limit none\n"
		"port p3 trunk all flood off locked on\n"
		"port p4 trunk none\n"
		"allow sw0 all\n"
		"deny sw0 p1 p4\n"
		"deny p3 all\n"
		"allow p3 p1\n"
		"allow p4 all\n";
	char *buf = kunit_kzalloc(test, TEXT_SIZE, GFP_KERNEL);
	struct vsw_config *c = parse(test, text);

	KUNIT_ASSERT_NOT_NULL(test, buf);
	KUNIT_ASSERT_NOT_NULL(test, c);
	KUNIT_EXPECT_EQ(test, vsw_config_print(c, buf, TEXT_SIZE),
			strlen(text));
	KUNIT_EXPECT_STREQ(test, buf, text);

	/* A buffer that is too small is filled and ended. */
	memset(buf, 'x', TEXT_SIZE);
	KUNIT_EXPECT_EQ(test, vsw_config_print(c, buf, 100), strlen(text));
	KUNIT_EXPECT_EQ(test, strlen(buf), 99);
	KUNIT_EXPECT_EQ(test, memcmp(buf, text, 99), 0);
	KUNIT_EXPECT_EQ(test, buf[100], 'x');
	KUNIT_EXPECT_EQ(test, vsw_config_print(c, NULL, 0), strlen(text));
	vsw_config_free(c);
}

/* As many ports as there can be, and no more. */
static void many_ports(struct kunit *test)
{
	const size_t size = VSW_MAX_PORTS * 20;
	struct vsw_config_error error;
	struct vsw_config *config;
	unsigned int i;
	size_t len;
	char *text;

	text = kvzalloc(size, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, text);
	len = snprintf(text, size, "switch s\n");
	for (i = 1; i < VSW_MAX_PORTS; i++)
		len += snprintf(text + len, size - len, "port p%u\n", i);
	KUNIT_EXPECT_EQ(test, vsw_config_parse(text, len, &config, &error), 0);
	KUNIT_EXPECT_EQ(test, config->nr_ports, VSW_MAX_PORTS);
	KUNIT_EXPECT_STREQ(test, config->ports[1023]->name, "p1023");
	vsw_config_free(config);

	len += snprintf(text + len, size - len, "port q\n");
	KUNIT_EXPECT_EQ(test, vsw_config_parse(text, len, &config, &error),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, error.line, 1025);
	kvfree(text);
}

static struct kunit_case vsw_config_cases[] = {
	KUNIT_CASE(whole),
	KUNIT_CASE(least),
	KUNIT_CASE(order_of_lists),
	KUNIT_CASE(wrong),
	KUNIT_CASE(length),
	KUNIT_CASE(prints),
	KUNIT_CASE(many_ports),
	{}
};

struct kunit_suite vsw_config_suite = {
	.name		= "vswitch-config",
	.test_cases	= vsw_config_cases,
};

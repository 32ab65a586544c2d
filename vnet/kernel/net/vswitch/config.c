// SPDX-License-Identifier: GPL-2.0
/*
 * The parser and the printer of a switch's configuration.
 *
 * The text is read twice: what the switch and the ports are, and then allow and
 * deny, which may name ports of any line.  It is untrusted, and need not end in
 * a zero byte; words are never copied before they are known to fit.
 */
#include "config.h"

#define VSW_AGEING_MAX		1000000	/* seconds; IEEE 802.1Q-2018, table 8-6 */
#define VSW_HOLD_MAX		60000	/* milliseconds */
#define VSW_NAMES		(2 * VSW_MAX_PORTS)

/**
 * struct vsw_word - a word of the text
 * @p: its first byte
 * @len: its length, 0 for none
 */
struct vsw_word {
	const char	*p;
	size_t		len;
};

/**
 * struct vsw_parser - the state of a parser
 * @at: what is to be read next
 * @end: the end of the text
 * @line: the line that @at is in
 * @begin: where that line begins
 * @word: the last word that was read
 * @config: what is known so far
 * @error: where what is wrong goes
 * @names: positions of ports, plus one, in the order of their names' hashes
 * @numbers: numbers of ports that are taken
 */
struct vsw_parser {
	const char		*at;
	const char		*end;
	unsigned int		line;
	const char		*begin;
	const char		*word;
	struct vsw_config	*config;
	struct vsw_config_error	*error;
	u16			names[VSW_NAMES];
	DECLARE_BITMAP(numbers, VSW_MAX_PORTS);
};

static const struct {
	const char	*name;
	u32		flag;
} vsw_config_flags[] = {
	{ "learning",		VSW_PORT_LEARNING },
	{ "flood",		VSW_PORT_FLOOD },
	{ "mcast_flood",	VSW_PORT_MCAST_FLOOD },
	{ "bcast_flood",	VSW_PORT_BCAST_FLOOD },
	{ "isolated",		VSW_PORT_ISOLATED },
	{ "locked",		VSW_PORT_LOCKED },
};

static bool vsw_printable(char c)
{
	return c > ' ' && c < 0x7f;
}

static bool vsw_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Of the last word that was read, or of where a line ends too early. */
static unsigned int vsw_column(const struct vsw_parser *ps)
{
	return ps->word - ps->begin + 1;
}

static bool vsw_fail(struct vsw_parser *ps, struct vsw_word word,
		     const char *msg)
{
	struct vsw_config_error *error = ps->error;
	size_t i;

	error->line = ps->line;
	error->column = vsw_column(ps);
	if (word.p >= ps->begin && word.p < ps->end)
		error->column = word.p - ps->begin + 1;
	error->msg = msg;
	for (i = 0; i < word.len && i < sizeof(error->word) - 1; i++)
		error->word[i] = vsw_printable(word.p[i]) ? word.p[i] : '?';
	error->word[i] = 0;
	return false;
}

static bool vsw_is(struct vsw_word word, const char *s)
{
	return word.len == strlen(s) && !memcmp(word.p, s, word.len);
}

/* The next word of this line; of no length at its end. */
static struct vsw_word vsw_next_word(struct vsw_parser *ps)
{
	struct vsw_word word = {};

	while (ps->at < ps->end && vsw_blank(*ps->at))
		ps->at++;
	word.p = ps->at;
	ps->word = word.p;
	if (ps->at == ps->end || *ps->at == '\n' || *ps->at == '#')
		return word;
	while (ps->at < ps->end && !vsw_blank(*ps->at) && *ps->at != '\n' &&
	       *ps->at != '#')
		ps->at++;
	word.len = ps->at - word.p;
	return word;
}

static void vsw_skip_line(struct vsw_parser *ps)
{
	while (ps->at < ps->end && *ps->at != '\n')
		ps->at++;
	if (ps->at < ps->end) {
		ps->at++;
		ps->line++;
		ps->begin = ps->at;
		ps->word = ps->at;
	}
}

/* Decimal, without sign and leading zeroes, from the front of @word. */
static bool vsw_take_number(struct vsw_word *word, u32 max, u32 *value)
{
	size_t digits;
	u64 v = 0;

	for (digits = 0; digits < word->len; digits++) {
		if (word->p[digits] < '0' || word->p[digits] > '9')
			break;
		v = v * 10 + word->p[digits] - '0';
		if (v > max)
			return false;
	}
	if (!digits || (digits > 1 && word->p[0] == '0'))
		return false;
	word->p += digits;
	word->len -= digits;
	*value = v;
	return true;
}

static bool vsw_take_char(struct vsw_word *word, char c)
{
	if (!word->len || word->p[0] != c)
		return false;
	word->p++;
	word->len--;
	return true;
}

static bool vsw_parse_number(struct vsw_parser *ps, u32 min, u32 max,
			     u32 *value)
{
	struct vsw_word word = vsw_next_word(ps), rest = word;

	if (!word.len)
		return vsw_fail(ps, word, "a number is missing");
	if (!vsw_take_number(&rest, max, value) || rest.len || *value < min)
		return vsw_fail(ps, word, "not a number, or out of range");
	return true;
}

static bool vsw_parse_vid(struct vsw_parser *ps, u16 *vid)
{
	struct vsw_word word = vsw_next_word(ps), rest = word;
	u32 value;

	if (!word.len)
		return vsw_fail(ps, word, "a VLAN is missing");
	if (!vsw_take_number(&rest, VSW_VID_MAX, &value) || rest.len || !value)
		return vsw_fail(ps, word, "not a VLAN from 1 to 4094");
	*vid = value;
	return true;
}

static bool vsw_parse_choice(struct vsw_parser *ps, const char *yes,
			     const char *no, bool *value)
{
	struct vsw_word word = vsw_next_word(ps);

	if (!word.len)
		return vsw_fail(ps, word, "a value is missing");
	*value = vsw_is(word, yes);
	if (!*value && !vsw_is(word, no))
		return vsw_fail(ps, word, "not a value of this");
	return true;
}

static bool vsw_parse_vids(struct vsw_parser *ps, unsigned long *vids)
{
	struct vsw_word word = vsw_next_word(ps), rest = word;
	u32 first, last;

	if (!word.len)
		return vsw_fail(ps, word, "VLANs are missing");
	if (vsw_is(word, "none"))
		return true;
	if (vsw_is(word, "all")) {
		bitmap_set(vids, 1, VSW_VID_MAX);
		return true;
	}
	do {
		if (!vsw_take_number(&rest, VSW_VID_MAX, &first) || !first)
			return vsw_fail(ps, word, "not VLANs from 1 to 4094");
		last = first;
		if (vsw_take_char(&rest, '-') &&
		    (!vsw_take_number(&rest, VSW_VID_MAX, &last) ||
		     last < first))
			return vsw_fail(ps, word, "not VLANs from 1 to 4094");
		bitmap_set(vids, first, last - first + 1);
	} while (vsw_take_char(&rest, ','));
	if (rest.len)
		return vsw_fail(ps, word, "not VLANs from 1 to 4094");
	return true;
}

/**
 * vsw_config_name_suits() - whether a text can have a name
 * @name: what a device is called, or is to be
 * @len: its length
 *
 * Devices can have names that would be a comment, or one of our words, in a text.
 *
 * Context: any.
 * Return: true if it can.
 */
bool vsw_config_name_suits(const char *name, size_t len)
{
	size_t i;

	if (!len || len >= VSW_NAME_SIZE)
		return false;
	for (i = 0; i < len; i++)
		if (!vsw_printable(name[i]) || strchr("/:%#", name[i]))
			return false;
	return !(len == 1 && !memcmp(name, ".", 1)) &&
	       !(len == 2 && !memcmp(name, "..", 2)) &&
	       !(len == 3 && !memcmp(name, "all", 3));
}

static bool vsw_parse_name(struct vsw_parser *ps, char *name)
{
	struct vsw_word word = vsw_next_word(ps);

	if (!word.len)
		return vsw_fail(ps, word, "a name is missing");
	if (word.len >= VSW_NAME_SIZE)
		return vsw_fail(ps, word, "this name is too long");
	if (!vsw_config_name_suits(word.p, word.len))
		return vsw_fail(ps, word, "not a name of a device");
	memcpy(name, word.p, word.len);
	name[word.len] = 0;
	return true;
}

/* Where a name is in @names, or where it would be: the entry there is 0. */
static u16 *vsw_name_place(struct vsw_parser *ps, struct vsw_word word)
{
	struct vsw_config *config = ps->config;
	u32 hash = 2166136261U;
	size_t i;

	for (i = 0; i < word.len; i++)
		hash = (hash ^ (u8)word.p[i]) * 16777619U;
	/* There are twice as many places as there are ports. */
	for (;; hash++) {
		u16 *place = &ps->names[hash % VSW_NAMES];

		if (!*place || vsw_is(word, config->ports[*place - 1]->name))
			return place;
	}
}

static struct vsw_config_port *vsw_new_port(struct vsw_parser *ps,
					    const char *name,
					    enum vsw_config_kind kind)
{
	struct vsw_word word = { name, strlen(name) };
	struct vsw_config *config = ps->config;
	struct vsw_config_port *port;
	u16 *place;

	place = vsw_name_place(ps, word);
	if (*place) {
		vsw_fail(ps, word, "this port is there already");
		return NULL;
	}
	if (config->nr_ports == config->max_ports) {
		vsw_fail(ps, word, "more ports than the switch may have");
		return NULL;
	}
	port = kzalloc(sizeof(*port), GFP_KERNEL_ACCOUNT);
	if (!port) {
		vsw_fail(ps, word, NULL);
		return NULL;
	}
	strscpy(port->name, name, sizeof(port->name));
	port->kind = kind;
	config->ports[config->nr_ports++] = port;
	*place = config->nr_ports;
	return port;
}

/* @said is set in @has, unless it is already. */
static bool vsw_say(struct vsw_parser *ps, struct vsw_word word, u32 *has,
		    u32 said)
{
	if (*has & said)
		return vsw_fail(ps, word, "this is said twice");
	*has |= said;
	return true;
}

static bool vsw_parse_switch_word(struct vsw_parser *ps, struct vsw_word word)
{
	struct vsw_config *config = ps->config;
	bool yes;

	if (vsw_is(word, "fdb")) {
		if (!vsw_say(ps, word, &config->has, VSW_CONFIG_HAS_FDB) ||
		    !vsw_parse_choice(ps, "linear", "hash", &yes))
			return false;
		config->type = yes ? VSW_FDB_LINEAR : VSW_FDB_HASH;
		return true;
	}
	if (vsw_is(word, "limit"))
		return vsw_say(ps, word, &config->has, VSW_CONFIG_HAS_LIMIT) &&
		       vsw_parse_number(ps, 1, VSW_FDB_LIMIT_MAX,
					&config->limit);
	if (vsw_is(word, "ports"))
		return vsw_say(ps, word, &config->has, VSW_CONFIG_HAS_PORTS) &&
		       vsw_parse_number(ps, 1, VSW_MAX_PORTS,
					&config->max_ports);
	if (vsw_is(word, "ageing"))
		return vsw_say(ps, word, &config->has, VSW_CONFIG_HAS_AGEING) &&
		       vsw_parse_number(ps, 0, VSW_AGEING_MAX, &config->ageing);
	if (vsw_is(word, "hold"))
		return vsw_say(ps, word, &config->has, VSW_CONFIG_HAS_HOLD) &&
		       vsw_parse_number(ps, 0, VSW_HOLD_MAX, &config->hold);
	if (vsw_is(word, "vlan"))
		return vsw_say(ps, word, &config->has, VSW_CONFIG_HAS_VLAN) &&
		       vsw_parse_choice(ps, "on", "off", &config->vlan);
	if (vsw_is(word, "default"))
		return vsw_say(ps, word, &config->has,
			       VSW_CONFIG_HAS_DEFAULT) &&
		       vsw_parse_choice(ps, "deny", "allow", &config->deny);
	return vsw_fail(ps, word, "a switch has no such property");
}

static bool vsw_parse_switch(struct vsw_parser *ps)
{
	struct vsw_config *config = ps->config;
	struct vsw_fdb_params params = {};
	struct vsw_word word = {};

	if (config->nr_ports)
		return vsw_fail(ps, word, "there is a switch already");
	if (!vsw_parse_name(ps, config->name))
		return false;
	config->line = ps->line;
	config->column = vsw_column(ps);
	for (word = vsw_next_word(ps); word.len; word = vsw_next_word(ps))
		if (!vsw_parse_switch_word(ps, word))
			return false;

	params.type = config->type;
	params.limit = config->limit;
	params.ports = config->max_ports;
	if (vsw_fdb_check(&params))
		return vsw_fail(ps, word,
				"no such table with this limit and so many ports");
	if (!config->max_ports)
		config->max_ports = VSW_MAX_PORTS;
	return vsw_new_port(ps, config->name, VSW_CONFIG_LOCAL);
}

static bool vsw_parse_trunk(struct vsw_parser *ps, struct vsw_config_port *port)
{
	port->vids = kcalloc(BITS_TO_LONGS(VSW_VLANS), sizeof(long),
			     GFP_KERNEL_ACCOUNT);
	if (!port->vids)
		return vsw_fail(ps, (struct vsw_word){}, NULL);
	return vsw_parse_vids(ps, port->vids);
}

static bool vsw_parse_port_number(struct vsw_parser *ps, struct vsw_word word,
				  struct vsw_config_port *port)
{
	u32 number;

	if (port->kind == VSW_CONFIG_LOCAL)
		return vsw_fail(ps, word, "the local port's number is 0");
	if (!vsw_parse_number(ps, 1, ps->config->max_ports - 1, &number))
		return false;
	if (test_bit(number, ps->numbers))
		return vsw_fail(ps, word, "another port has this number");
	__set_bit(number, ps->numbers);
	port->number = number;
	return true;
}

static bool vsw_parse_port_limit(struct vsw_parser *ps,
				 struct vsw_config_port *port)
{
	const char *at = ps->at;

	if (vsw_is(vsw_next_word(ps), "none")) {
		port->limit = U32_MAX;
		return true;
	}
	ps->at = at;
	return vsw_parse_number(ps, 0, U32_MAX, &port->limit);
}

static bool vsw_parse_port_word(struct vsw_parser *ps, struct vsw_word word,
				struct vsw_config_port *port)
{
	const u32 vlan = VSW_CONFIG_HAS_ACCESS | VSW_CONFIG_HAS_TRUNK;
	unsigned int i;
	bool yes;

	if (vsw_is(word, "number"))
		return vsw_say(ps, word, &port->has, VSW_CONFIG_HAS_NUMBER) &&
		       vsw_parse_port_number(ps, word, port);
	if (vsw_is(word, "limit"))
		return vsw_say(ps, word, &port->has,
			       VSW_CONFIG_HAS_PORT_LIMIT) &&
		       vsw_parse_port_limit(ps, port);
	if (vsw_is(word, "sticky"))
		return vsw_say(ps, word, &port->has, VSW_CONFIG_HAS_STICKY) &&
		       vsw_parse_choice(ps, "on", "off", &port->sticky);
	if ((vsw_is(word, "access") || vsw_is(word, "trunk")) &&
	    port->has & vlan)
		return vsw_fail(ps, word, "the port is access or trunk already");
	if (vsw_is(word, "access"))
		return vsw_say(ps, word, &port->has, VSW_CONFIG_HAS_ACCESS) &&
		       vsw_parse_vid(ps, &port->vid);
	if (vsw_is(word, "trunk"))
		return vsw_say(ps, word, &port->has, VSW_CONFIG_HAS_TRUNK) &&
		       vsw_parse_trunk(ps, port);
	if (vsw_is(word, "native")) {
		if (!(port->has & VSW_CONFIG_HAS_TRUNK) || port->vid)
			return vsw_fail(ps, word, "this does not follow trunk");
		if (!vsw_parse_vid(ps, &port->vid))
			return false;
		__set_bit(port->vid, port->vids);
		return true;
	}
	for (i = 0; i < ARRAY_SIZE(vsw_config_flags); i++) {
		if (!vsw_is(word, vsw_config_flags[i].name))
			continue;
		if (!vsw_say(ps, word, &port->mask, vsw_config_flags[i].flag) ||
		    !vsw_parse_choice(ps, "on", "off", &yes))
			return false;
		if (yes)
			port->flags |= vsw_config_flags[i].flag;
		return true;
	}
	return vsw_fail(ps, word, "a port has no such property");
}

static bool vsw_parse_port(struct vsw_parser *ps, enum vsw_config_kind kind)
{
	struct vsw_config_port *port;
	char name[VSW_NAME_SIZE];
	struct vsw_word word;

	if (kind == VSW_CONFIG_LOCAL) {
		port = ps->config->ports[0];
		if (port->line)
			return vsw_fail(ps, (struct vsw_word){},
					"this port is there already");
	} else {
		if (!vsw_parse_name(ps, name))
			return false;
		port = vsw_new_port(ps, name, kind);
		if (!port)
			return false;
	}
	port->line = ps->line;
	port->column = vsw_column(ps);
	for (word = vsw_next_word(ps); word.len; word = vsw_next_word(ps))
		if (!vsw_parse_port_word(ps, word, port))
			return false;
	return true;
}

static struct vsw_config_port *vsw_parse_peer(struct vsw_parser *ps,
					      struct vsw_word word,
					      unsigned int *index)
{
	u16 *place;

	if (!word.len) {
		vsw_fail(ps, word, "a port is missing");
		return NULL;
	}
	place = vsw_name_place(ps, word);
	if (!*place) {
		vsw_fail(ps, word, "there is no such port");
		return NULL;
	}
	*index = *place - 1;
	return ps->config->ports[*index];
}

static bool vsw_parse_allow(struct vsw_parser *ps, bool allow)
{
	struct vsw_config *config = ps->config;
	struct vsw_config_port *port;
	struct vsw_word word;
	unsigned int to;

	port = vsw_parse_peer(ps, vsw_next_word(ps), &to);
	if (!port)
		return false;
	if (!(port->has & VSW_CONFIG_HAS_ALLOW)) {
		port->has |= VSW_CONFIG_HAS_ALLOW;
		port->fill = !config->deny;
		if (port->fill)
			bitmap_fill(port->allow, VSW_MAX_PORTS);
	}
	word = vsw_next_word(ps);
	do {
		if (vsw_is(word, "all")) {
			port->fill = allow;
			if (allow)
				bitmap_fill(port->allow, VSW_MAX_PORTS);
			else
				bitmap_zero(port->allow, VSW_MAX_PORTS);
		} else {
			if (!vsw_parse_peer(ps, word, &to))
				return false;
			__assign_bit(to, port->allow, allow);
		}
		word = vsw_next_word(ps);
	} while (word.len);
	return true;
}

static bool vsw_parse_line(struct vsw_parser *ps, bool second)
{
	struct vsw_word word = vsw_next_word(ps);
	bool allow = vsw_is(word, "allow");

	if (!word.len)
		return true;
	if (allow || vsw_is(word, "deny"))
		return !second || vsw_parse_allow(ps, allow);
	if (second)
		return true;
	if (vsw_is(word, "switch"))
		return vsw_parse_switch(ps);
	if (!ps->config->nr_ports)
		return vsw_fail(ps, word, "the switch does not come first");
	if (vsw_is(word, "port"))
		return vsw_parse_port(ps, VSW_CONFIG_PORT);
	if (vsw_is(word, "uplink"))
		return vsw_parse_port(ps, VSW_CONFIG_UPLINK);
	if (vsw_is(word, "local"))
		return vsw_parse_port(ps, VSW_CONFIG_LOCAL);
	return vsw_fail(ps, word, "no such statement");
}

static bool vsw_parse_text(struct vsw_parser *ps, const char *text, size_t size,
			   bool second)
{
	ps->at = text;
	ps->line = 1;
	ps->begin = text;
	ps->word = text;
	while (ps->at < ps->end) {
		if (!vsw_parse_line(ps, second))
			return false;
		vsw_skip_line(ps);
		cond_resched();
	}
	if (!ps->config->nr_ports)
		return vsw_fail(ps, (struct vsw_word){}, "there is no switch");
	return true;
}

/**
 * vsw_config_parse() - make a configuration of a text
 * @text: the text
 * @size: its length in bytes
 * @config: where the configuration goes; for vsw_config_free()
 * @error: where what is wrong goes, if something is
 *
 * Context: process.  May sleep.
 * Return: 0, -EINVAL and *@error, -EFBIG for a text that is too long and *@error,
 *	   -ENOMEM.
 */
int vsw_config_parse(const char *text, size_t size, struct vsw_config **config,
		     struct vsw_config_error *error)
{
	struct vsw_parser *ps;
	int err = -ENOMEM;

	*error = (struct vsw_config_error){ .msg = "no memory" };
	if (size > VSW_CONFIG_SIZE_MAX) {
		error->msg = "the text is too long";
		return -EFBIG;
	}
	ps = kvzalloc(sizeof(*ps), GFP_KERNEL_ACCOUNT);
	if (!ps)
		return -ENOMEM;
	ps->config = kvzalloc(sizeof(*ps->config), GFP_KERNEL_ACCOUNT);
	if (!ps->config)
		goto out;
	ps->end = text + size;
	ps->error = error;

	if (vsw_parse_text(ps, text, size, false) &&
	    vsw_parse_text(ps, text, size, true)) {
		*config = ps->config;
		err = 0;
		goto out;
	}
	vsw_config_free(ps->config);
	if (error->msg)
		err = -EINVAL;
	else
		error->msg = "no memory";
out:
	kvfree(ps);
	return err;
}

/**
 * vsw_config_free() - free a configuration
 * @config: the configuration
 *
 * Context: process.
 */
void vsw_config_free(struct vsw_config *config)
{
	unsigned int i;

	for (i = 0; i < config->nr_ports; i++) {
		kfree(config->ports[i]->vids);
		kfree(config->ports[i]);
	}
	kvfree(config);
}

/**
 * struct vsw_printer - where a printer is
 * @buf: the buffer
 * @size: its size
 * @len: bytes of the whole text so far, whether they fitted or not
 */
struct vsw_printer {
	char	*buf;
	size_t	size;
	size_t	len;
};

static __printf(2, 3) void vsw_print(struct vsw_printer *pr, const char *fmt,
				     ...)
{
	size_t left = pr->len < pr->size ? pr->size - pr->len : 0;
	va_list args;

	va_start(args, fmt);
	pr->len += vsnprintf(left ? pr->buf + pr->len : NULL, left, fmt, args);
	va_end(args);
}

static const char *vsw_on(bool yes)
{
	return yes ? "on" : "off";
}

static void vsw_print_vids(struct vsw_printer *pr, const unsigned long *vids)
{
	unsigned int first, end;
	const char *comma = "";

	first = find_next_bit(vids, VSW_VLANS, 0);
	end = find_next_zero_bit(vids, VSW_VLANS, 1);
	if (first == VSW_VLANS || end > VSW_VID_MAX) {
		vsw_print(pr, first == VSW_VLANS ? "none" : "all");
		return;
	}
	while (first < VSW_VLANS) {
		end = find_next_zero_bit(vids, VSW_VLANS, first);
		vsw_print(pr, "%s%u", comma, first);
		if (end - first > 1)
			vsw_print(pr, "-%u", end - 1);
		comma = ",";
		first = find_next_bit(vids, VSW_VLANS, end);
	}
}

static void vsw_print_switch(struct vsw_printer *pr,
			     const struct vsw_config *config)
{
	vsw_print(pr, "switch %s", config->name);
	if (config->has & VSW_CONFIG_HAS_FDB)
		vsw_print(pr, " fdb %s", vsw_fdb_type_name(config->type));
	if (config->has & VSW_CONFIG_HAS_LIMIT)
		vsw_print(pr, " limit %u", config->limit);
	if (config->has & VSW_CONFIG_HAS_PORTS)
		vsw_print(pr, " ports %u", config->max_ports);
	if (config->has & VSW_CONFIG_HAS_AGEING)
		vsw_print(pr, " ageing %u", config->ageing);
	if (config->has & VSW_CONFIG_HAS_HOLD)
		vsw_print(pr, " hold %u", config->hold);
	if (config->has & VSW_CONFIG_HAS_VLAN)
		vsw_print(pr, " vlan %s", vsw_on(config->vlan));
	if (config->has & VSW_CONFIG_HAS_DEFAULT)
		vsw_print(pr, " default %s", config->deny ? "deny" : "allow");
	vsw_print(pr, "\n");
}

static void vsw_print_port(struct vsw_printer *pr,
			   const struct vsw_config_port *port)
{
	unsigned int i;

	if (port->kind == VSW_CONFIG_LOCAL && !port->line)
		return;
	if (port->kind == VSW_CONFIG_LOCAL)
		vsw_print(pr, "local");
	else
		vsw_print(pr, "%s %s", port->kind == VSW_CONFIG_PORT ?
				       "port" : "uplink", port->name);
	if (port->has & VSW_CONFIG_HAS_NUMBER)
		vsw_print(pr, " number %u", port->number);
	if (port->has & VSW_CONFIG_HAS_ACCESS)
		vsw_print(pr, " access %u", port->vid);
	if (port->has & VSW_CONFIG_HAS_TRUNK) {
		vsw_print(pr, " trunk ");
		vsw_print_vids(pr, port->vids);
		if (port->vid)
			vsw_print(pr, " native %u", port->vid);
	}
	if (port->has & VSW_CONFIG_HAS_PORT_LIMIT) {
		if (port->limit == U32_MAX)
			vsw_print(pr, " limit none");
		else
			vsw_print(pr, " limit %u", port->limit);
	}
	if (port->has & VSW_CONFIG_HAS_STICKY)
		vsw_print(pr, " sticky %s", vsw_on(port->sticky));
	for (i = 0; i < ARRAY_SIZE(vsw_config_flags); i++)
		if (port->mask & vsw_config_flags[i].flag)
			vsw_print(pr, " %s %s", vsw_config_flags[i].name,
				  vsw_on(port->flags & vsw_config_flags[i].flag));
	vsw_print(pr, "\n");
}

static void vsw_print_allow(struct vsw_printer *pr,
			    const struct vsw_config *config,
			    const struct vsw_config_port *port)
{
	bool any = false;
	unsigned int i;

	if (!(port->has & VSW_CONFIG_HAS_ALLOW))
		return;
	vsw_print(pr, "%s %s all\n", port->fill ? "allow" : "deny", port->name);
	for (i = 0; i < config->nr_ports; i++) {
		if (test_bit(i, port->allow) == port->fill)
			continue;
		if (!any)
			vsw_print(pr, "%s %s", port->fill ? "deny" : "allow",
				  port->name);
		any = true;
		vsw_print(pr, " %s", config->ports[i]->name);
	}
	if (any)
		vsw_print(pr, "\n");
}

/**
 * vsw_config_print() - make a text of a configuration
 * @config: the configuration
 * @buf: where the text goes, with a zero byte
 * @size: how large that is
 *
 * vsw_config_parse() makes the same configuration of the text.
 *
 * Context: process.
 * Return: the length of the text, which is cut off if that is not below @size.
 */
size_t vsw_config_print(const struct vsw_config *config, char *buf, size_t size)
{
	struct vsw_printer pr = { .buf = buf, .size = size };
	unsigned int i;

	vsw_print_switch(&pr, config);
	for (i = 0; i < config->nr_ports; i++)
		vsw_print_port(&pr, config->ports[i]);
	for (i = 0; i < config->nr_ports; i++)
		vsw_print_allow(&pr, config, config->ports[i]);
	return pr.len;
}

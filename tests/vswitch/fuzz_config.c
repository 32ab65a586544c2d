// SPDX-License-Identifier: GPL-2.0-only
/*
 * libFuzzer target: the parser of configurations.
 *
 * Whatever the bytes are, they are refused with an error that says where, or
 * make a configuration that keeps its promises; and that one, printed, makes
 * the same one again.
 */
#include "config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CHECK(x)							\
do {									\
	if (!(x)) {							\
		fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #x); \
		abort();						\
	}								\
} while (0)

static void check_error(const struct vsw_config_error *error,
			const char *text, size_t size)
{
	unsigned int lines = 1;
	size_t i;

	for (i = 0; i < size; i++)
		lines += text[i] == '\n';
	CHECK(error->msg);
	CHECK(error->line >= 1 && error->line <= lines);
	CHECK(strnlen(error->word, sizeof(error->word)) < sizeof(error->word));
	for (i = 0; error->word[i]; i++)
		CHECK(error->word[i] > ' ' && error->word[i] < 0x7f);
}

static void check_name(const char *name)
{
	size_t len = strnlen(name, VSW_NAME_SIZE);

	CHECK(len >= 1 && len < VSW_NAME_SIZE);
	CHECK(strcspn(name, "/: \t\n#") == len);
}

static void check_config(const struct vsw_config *c)
{
	const struct vsw_config_port *p, *q;
	unsigned int i, j;

	check_name(c->name);
	CHECK(c->nr_ports >= 1 && c->nr_ports <= c->max_ports);
	CHECK(c->max_ports <= VSW_MAX_PORTS);
	CHECK(c->limit <= VSW_FDB_LIMIT_MAX);
	for (i = 0; i < c->nr_ports; i++) {
		p = c->ports[i];
		check_name(p->name);
		CHECK((p->kind == VSW_CONFIG_LOCAL) == !i);
		CHECK(!(p->flags & ~p->mask) && !(p->mask & ~VSW_PORT_FLAGS_ALL));
		CHECK(!p->vids == !(p->has & VSW_CONFIG_HAS_TRUNK));
		CHECK(!(p->has & VSW_CONFIG_HAS_ACCESS) ||
		      (vsw_vid_valid(p->vid) && !p->vids));
		if (p->vids) {
			CHECK(!test_bit(0, p->vids) && !test_bit(4095, p->vids));
			CHECK(!p->vid || test_bit(p->vid, p->vids));
		}
		CHECK(!(p->has & VSW_CONFIG_HAS_NUMBER) ||
		      (p->number && p->number < c->max_ports));
		for (j = c->nr_ports; j < VSW_MAX_PORTS; j++)
			CHECK(test_bit(j, p->allow) == p->fill);
		for (j = 0; j < i; j++) {
			q = c->ports[j];
			CHECK(strcmp(p->name, q->name));
			CHECK(!p->number || p->number != q->number);
		}
	}
}

static void check_same(const struct vsw_config *a, const struct vsw_config *b)
{
	const struct vsw_config_port *p, *q;
	unsigned int i;

	CHECK(!strcmp(a->name, b->name) && a->has == b->has);
	CHECK(a->type == b->type && a->limit == b->limit);
	CHECK(a->max_ports == b->max_ports && a->ageing == b->ageing);
	CHECK(a->hold == b->hold && a->vlan == b->vlan && a->deny == b->deny);
	CHECK(a->nr_ports == b->nr_ports);
	for (i = 0; i < a->nr_ports; i++) {
		p = a->ports[i];
		q = b->ports[i];
		CHECK(!strcmp(p->name, q->name) && p->kind == q->kind);
		CHECK(p->has == q->has && p->number == q->number);
		CHECK(p->vid == q->vid && p->limit == q->limit);
		CHECK(p->sticky == q->sticky && p->fill == q->fill);
		CHECK(p->flags == q->flags && p->mask == q->mask);
		CHECK(!p->line == !q->line);
		CHECK(bitmap_equal(p->allow, q->allow, VSW_MAX_PORTS));
		CHECK(!p->vids || bitmap_equal(p->vids, q->vids, VSW_VLANS));
	}
}

static void check_print(const struct vsw_config *c)
{
	size_t len = vsw_config_print(c, NULL, 0);
	char *text = malloc(len + 1), *cut = malloc(len / 2 + 1);
	struct vsw_config_error error;
	struct vsw_config *again;

	CHECK(text && cut);
	CHECK(vsw_config_print(c, text, len + 1) == len);
	CHECK(strlen(text) == len);
	CHECK(vsw_config_print(c, cut, len / 2 + 1) == len);
	CHECK(strlen(cut) == len / 2 && !memcmp(cut, text, len / 2));
	if (!vsw_config_parse(text, len, &again, &error)) {
		check_same(c, again);
		vsw_config_free(again);
	} else {
		/* What is printed may be longer than what may be read. */
		CHECK(len > VSW_CONFIG_SIZE_MAX);
	}
	free(text);
	free(cut);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct vsw_config_error error;
	struct vsw_config *config;
	char *text = malloc(size);

	CHECK(text || !size);
	if (size)
		memcpy(text, data, size);
	if (!vsw_config_parse(text, size, &config, &error)) {
		check_config(config);
		check_print(config);
		vsw_config_free(config);
	} else {
		check_error(&error, text, size);
	}
	free(text);
	return 0;
}

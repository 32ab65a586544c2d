// SPDX-License-Identifier: GPL-2.0-only
/* The words of a command. */
#include <ctype.h>
#include <errno.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>

#include "vnet.h"
#include "words.h"

char *words_take(struct words *w, const char *what)
{
	if (!w->n)
		usage_error("%s is missing", what);
	w->n--;
	return *w->at++;
}

bool words_is(struct words *w, const char *word)
{
	if (!w->n || strcmp(*w->at, word))
		return false;
	w->n--;
	w->at++;
	return true;
}

void words_end(const struct words *w)
{
	if (w->n)
		usage_error("what is '%s'?", *w->at);
}

uint32_t parse_number(const char *what, const char *word, uint32_t min, uint32_t max)
{
	unsigned long long value;
	char *end;

	errno = 0;
	value = strtoull(word, &end, 10);
	if (!isdigit((unsigned char)*word) || *end || errno || value < min || value > max)
		usage_error("%s: '%s' is not a number from %u to %u", what, word, min, max);
	return value;
}

bool parse_on_off(const char *what, const char *word)
{
	if (strcmp(word, "on") && strcmp(word, "off"))
		usage_error("%s: '%s' is neither on nor off", what, word);
	return !strcmp(word, "on");
}

void parse_address(const char *word, uint8_t *addr)
{
	unsigned int b[6];
	int i, end = 0;

	if (sscanf(word, "%2x:%2x:%2x:%2x:%2x:%2x%n", &b[0], &b[1], &b[2], &b[3], &b[4],
		   &b[5], &end) != 6 || word[end])
		usage_error("'%s' is not an Ethernet address such as 02:00:5e:00:53:01", word);
	for (i = 0; i < 6; i++)
		addr[i] = b[i];
}

static unsigned int take_vid(const char **p, const char *word)
{
	char *end;
	unsigned long vid = isdigit((unsigned char)**p) ? strtoul(*p, &end, 10) : 0;

	if (!vid || vid > 4094)
		usage_error("'%s' is not a list of VLANs such as 10,20-29, of 1 to 4094", word);
	*p = end;
	return vid;
}

void parse_vids(const char *word, uint8_t *vids)
{
	const char *p = word;
	unsigned int first, last;

	memset(vids, 0, VIDS_SIZE);
	if (!strcmp(word, "none"))
		return;
	if (!strcmp(word, "all"))
		p = word = "1-4094";
	for (;;) {
		first = last = take_vid(&p, word);
		if (*p == '-') {
			p++;
			last = take_vid(&p, word);
			if (last < first)
				usage_error("'%s': %u comes after %u", word, first, last);
		}
		for (; first <= last; first++)
			bit_set(vids, first);
		if (!*p)
			return;
		if (*p++ != ',')
			usage_error("'%s' is not a list of VLANs such as 10,20-29, of 1 to 4094",
				    word);
	}
}

const char *parse_name(const char *word)
{
	if (!*word || strlen(word) >= IF_NAMESIZE || strpbrk(word, "/: \t\n%") ||
	    !strcmp(word, ".") || !strcmp(word, ".."))
		usage_error("'%s' cannot be the name of a device", word);
	return word;
}

bool bit_get(const uint8_t *bytes, unsigned int bit)
{
	return bytes[bit / 8] & 1 << bit % 8;
}

void bit_set(uint8_t *bytes, unsigned int bit)
{
	bytes[bit / 8] |= 1 << bit % 8;
}

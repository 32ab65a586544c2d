/* SPDX-License-Identifier: GPL-2.0-only */
/* The words of a command, taken one after the other. */
#ifndef WORDS_H
#define WORDS_H

#include <stdbool.h>
#include <stdint.h>

#define VIDS_SIZE	512	/* bytes of a set of VLANs */

struct words {
	int	n;
	char	**at;
};

/* The next one, which is called what where it is missing. */
char *words_take(struct words *w, const char *what);
/* Takes the next one if it is word. */
bool words_is(struct words *w, const char *word);
/* There must be no more. */
void words_end(const struct words *w);

uint32_t parse_number(const char *what, const char *word, uint32_t min, uint32_t max);
bool parse_on_off(const char *what, const char *word);
void parse_address(const char *word, uint8_t *addr);
void parse_vids(const char *word, uint8_t *vids);
const char *parse_name(const char *word);

bool bit_get(const uint8_t *bytes, unsigned int bit);
void bit_set(uint8_t *bytes, unsigned int bit);

#endif

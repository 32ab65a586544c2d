// SPDX-License-Identifier: GPL-2.0-only
/*
 * Chance, of which a seed is the whole.
 */
#include <string.h>

#include "chaos.h"

static uint64_t state;

void chance_begin(uint64_t seed)
{
	state = seed;
}

/* splitmix64, by S. Vigna */
uint64_t any(void)
{
	uint64_t z = state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

unsigned int below(unsigned int n)
{
	return any() % n;
}

bool one_in(unsigned int n)
{
	return !below(n);
}

void random_bytes(void *to, size_t size)
{
	uint8_t *p = to;

	while (size--)
		*p++ = any();
}

/* A few stations, so that they are met again, and what no station is. */
void any_address(uint8_t *addr)
{
	static const uint8_t reserved[] = { 0x01, 0x80, 0xc2, 0, 0 };

	memcpy(addr, "\x02\x00\x5e\x00\x53", 5);
	addr[5] = below(24);
	switch (below(16)) {
	case 0: memset(addr, 0xff, 6); break;
	case 1: addr[0] |= 1; break;
	case 2: memcpy(addr, reserved, 5); break;
	case 3: memset(addr, 0, 6); break;
	case 4: random_bytes(addr, 6); break;
	}
}

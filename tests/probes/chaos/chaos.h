/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the parts of vsw-chaos have of each other.
 */
#ifndef CHAOS_H
#define CHAOS_H

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PLACES		4	/* the first ones stay */
#define STAYING		2
#define SWITCHES	2
#define PORTS		8
#define UPLINKS		2

/* chance.c: everything is decided here, so that a seed is a run */
void chance_begin(uint64_t seed);
uint64_t any(void);
unsigned int below(unsigned int n);
bool one_in(unsigned int n);
void random_bytes(void *to, size_t size);
void any_address(uint8_t *addr);

/* place.c: the namespaces, and what is open in each */

/*
 * @rtnl, @genl: for requests; @slow: for dumps that take their time; @ear: is told
 * what happens; @eye: sees frames that are received; @text: /dev/vswitch; @links:
 * devices that there were when it was made
 */
struct place {
	int ns, rtnl, genl, packet, slow, ear, eye, text;
	int links;
};

extern struct place places[PLACES];

void places_open(void);
void place_open(struct place *p);
void place_close(struct place *p);
void place_give_up(struct place *p);
void places_gone(void);
void go_home(void);
unsigned long long frames_seen(void);
struct place *any_place(void);
const char *device_name(char kind, int n);
const char *any_name(void);
int index_of(const struct place *p, const char *name);
int any_device(struct place **p);
int any_switch(struct place **p);

/* message.c: one request, and what comes back */
union request {
	struct nlmsghdr	nlh;
	char		bytes[8192];
};

extern union request req;
extern char rsp[65536];

void *begin(int type, int flags, int header);
void begin_genl(int family, int cmd, int flags);
struct ifinfomsg *begin_link(int type, int flags, int index);
void *put(int type, const void *data, int len);
void put_u8(int type, uint8_t n);
void put_u16(int type, uint16_t n);
void put_u32(int type, uint32_t n);
void put_string(int type, const char *s);
struct nlattr *nest(int type);
void nest_end(struct nlattr *nla);
void garbage(int types);
int converse(int sock);
int converse_each(int sock, void (*each)(const struct nlmsghdr *h, void *arg), void *arg);
const struct nlattr *find_attr(const void *begin, int len, int type);

#define for_each_attr(nla, begin, len)						\
	for (const struct nlattr *nla = (const void *)(begin),			\
				 *nla##_end = (const void *)((const char *)(begin) + (len)); \
	     (const char *)nla + NLA_HDRLEN <= (const char *)nla##_end &&		\
	     nla->nla_len >= NLA_HDRLEN;						\
	     nla = (const void *)((const char *)nla + NLA_ALIGN(nla->nla_len)))

#define attr_data(nla)	((const void *)((const char *)(nla) + NLA_HDRLEN))
#define attr_len(nla)	((int)(nla)->nla_len - NLA_HDRLEN)

/* family.c: the generic netlink family, as the kernel describes it */
struct attr_policy {
	int		type;		/* enum netlink_attribute_type; 0: none */
	bool		ranged;
	uint64_t	min, max, mask;
	int		min_len, max_len;
};

#define ATTRS	64

struct command {
	int			cmd;
	const struct attr_policy *request, *dump;	/* or NULL */
};

extern int family;
extern unsigned int groups[2];
extern struct command commands[32];
extern int nr_commands;

void family_learn(void);
const char *command_name(int cmd);

/* Operations: 0 or the error.  device.c, request.c, text.c, frame.c */
int add_switch(void);
int add_port(void);
int add_pair(void);
int pair_across(const struct place *from, const char *name, const struct place *to);
int add_bridge(void);
int add_upper(void);
int del_link(void);
int del_group(void);
int set_up(void);
int change(void);
int rename_link(void);
int move(void);
int master(void);
int neighbour(void);
int dump(void);
int dump_slowly(void);
int ring(void);
int garbage_link(void);
int namespace(void);

int request(void);
int request_by_policy(void);
int garbage_genl(void);
int listen_up(void);
void request_report(void);

int text(void);
int text_garbage(void);
int text_again(void);
void text_report(void);

int frame(void);
void frames_begin(void);
unsigned long long frames_sent(void);
void frame_by(const struct place *p, int index);
void traffic(void) __attribute__((noreturn));

/* clean.c */
int count_links(const struct place *p);
void set_bridges_down(const struct place *p);
void clean_up(void);

#endif /* CHAOS_H */

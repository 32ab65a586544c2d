/* SPDX-License-Identifier: GPL-2.0 */
/*
 * As much of KUnit as the tests of the switch's core use, in user space: the
 * same files run here, print TAP, and end with status 1 if one fails.
 *
 *	core-test [REGEX]	only tests whose "suite.case" matches
 */
#ifndef _KUNIT_USER_H
#define _KUNIT_USER_H

#include <regex.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KUNIT_PARAM_DESC_SIZE	128

struct kunit {
	const void	*param_value;
	void		*priv;
	bool		failed;
	jmp_buf		abort;
	void		*allocated[64];
	int		nr_allocated;
};

struct kunit_case {
	void		(*run_case)(struct kunit *test);
	const char	*name;
	const void	*(*generate_params)(const void *prev, char *desc);
};

struct kunit_suite {
	const char		*name;
	int			(*init)(struct kunit *test);
	void			(*exit)(struct kunit *test);
	struct kunit_case	*test_cases;
};

#define KUNIT_CASE(f)			{ .run_case = f, .name = #f }
#define KUNIT_CASE_SLOW(f)		KUNIT_CASE(f)
#define KUNIT_CASE_PARAM(f, gen)					\
	{ .run_case = f, .name = #f, .generate_params = gen }

#define KUNIT_ARRAY_PARAM(what, array, get_desc)			\
static const void *what##_gen_params(const void *prev, char *desc)	\
{									\
	__typeof__((array)[0]) *next;					\
									\
	next = prev ? ((__typeof__(next))prev) + 1 : (array);		\
	if (next - (array) >= (long)ARRAY_SIZE(array))			\
		return NULL;						\
	get_desc(next, desc);						\
	return next;							\
}

static inline void *kunit_kzalloc(struct kunit *test, size_t size, int gfp)
{
	void *p = aligned_alloc(64, (size + 63) / 64 * 64);

	(void)gfp;
	if (!p || test->nr_allocated == 64)
		abort();
	memset(p, 0, size);
	test->allocated[test->nr_allocated++] = p;
	return p;
}

static inline __attribute__((format(printf, 4, 5)))
void kunit_user_fail(struct kunit *test, const char *file, int line,
		     const char *fmt, ...)
{
	va_list args;

	fprintf(stderr, "# %s:%d: ", file, line);
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
	test->failed = true;
}

#define KUNIT_BINARY(test, a, op, b, or_else)				\
do {									\
	long long _a = (long long)(a), _b = (long long)(b);		\
									\
	if (!(_a op _b)) {						\
		kunit_user_fail(test, __FILE__, __LINE__,		\
				"expected %s " #op " %s: %lld, %lld",	\
				#a, #b, _a, _b);			\
		or_else;						\
	}								\
} while (0)

#define KUNIT_STR(test, a, b, or_else)					\
do {									\
	const char *_a = (a), *_b = (b);				\
									\
	if (strcmp(_a, _b)) {						\
		kunit_user_fail(test, __FILE__, __LINE__,		\
				"expected %s == %s: \"%s\", \"%s\"",	\
				#a, #b, _a, _b);			\
		or_else;						\
	}								\
} while (0)

#define KUNIT_EXPECT_EQ(test, a, b)	KUNIT_BINARY(test, a, ==, b, )
#define KUNIT_EXPECT_NE(test, a, b)	KUNIT_BINARY(test, a, !=, b, )
#define KUNIT_EXPECT_LE(test, a, b)	KUNIT_BINARY(test, a, <=, b, )
#define KUNIT_EXPECT_LT(test, a, b)	KUNIT_BINARY(test, a, <, b, )
#define KUNIT_EXPECT_GE(test, a, b)	KUNIT_BINARY(test, a, >=, b, )
#define KUNIT_EXPECT_GT(test, a, b)	KUNIT_BINARY(test, a, >, b, )
#define KUNIT_EXPECT_TRUE(test, a)	KUNIT_BINARY(test, !!(a), ==, true, )
#define KUNIT_EXPECT_FALSE(test, a)	KUNIT_BINARY(test, !!(a), ==, false, )
#define KUNIT_EXPECT_PTR_EQ(test, a, b)					\
	KUNIT_BINARY(test, (long)(a), ==, (long)(b), )
#define KUNIT_EXPECT_NULL(test, a)	KUNIT_EXPECT_PTR_EQ(test, a, NULL)
#define KUNIT_EXPECT_NOT_NULL(test, a)					\
	KUNIT_BINARY(test, (long)(a), !=, 0, )
#define KUNIT_EXPECT_STREQ(test, a, b)	KUNIT_STR(test, a, b, )
#define KUNIT_ASSERT_EQ(test, a, b)					\
	KUNIT_BINARY(test, a, ==, b, longjmp((test)->abort, 1))
#define KUNIT_ASSERT_GT(test, a, b)					\
	KUNIT_BINARY(test, a, >, b, longjmp((test)->abort, 1))
#define KUNIT_ASSERT_NOT_NULL(test, a)					\
	KUNIT_BINARY(test, (long)(a), !=, 0, longjmp((test)->abort, 1))
#define KUNIT_EXPECT_EQ_MSG(test, a, b, ...)				\
do {									\
	long long _a = (long long)(a), _b = (long long)(b);		\
									\
	if (_a != _b) {							\
		kunit_user_fail(test, __FILE__, __LINE__,		\
				"expected %s == %s: %lld, %lld",	\
				#a, #b, _a, _b);			\
		kunit_user_fail(test, __FILE__, __LINE__, __VA_ARGS__);	\
	}								\
} while (0)

static inline bool kunit_user_case(const struct kunit_suite *suite,
				   const struct kunit_case *c,
				   const void *param)
{
	struct kunit test = { .param_value = param };

	if (suite->init && suite->init(&test))
		test.failed = true;
	else if (!setjmp(test.abort))
		c->run_case(&test);
	if (suite->exit)
		suite->exit(&test);
	rcu_barrier();
	while (test.nr_allocated)
		free(test.allocated[--test.nr_allocated]);
	return !test.failed;
}

static inline int kunit_user_main(struct kunit_suite *const *suites, int argc,
				  char **argv)
{
	char name[256], desc[KUNIT_PARAM_DESC_SIZE];
	const struct kunit_case *c;
	int count = 0, failed = 0;
	const void *param;
	regex_t only;
	bool good;

	if (argc > 1 && regcomp(&only, argv[1], REG_EXTENDED | REG_NOSUB)) {
		fprintf(stderr, "not a regular expression: %s\n", argv[1]);
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	rcu_register_thread();
	for (; *suites; suites++) {
		for (c = (*suites)->test_cases; c->run_case; c++) {
			snprintf(name, sizeof(name), "%s.%s", (*suites)->name,
				 c->name);
			if (argc > 1 && regexec(&only, name, 0, NULL, 0))
				continue;
			param = NULL;
			do {
				desc[0] = 0;
				if (c->generate_params) {
					param = c->generate_params(param, desc);
					if (!param)
						break;
				}
				good = kunit_user_case(*suites, c, param);
				failed += !good;
				printf("%sok %d - %s%s%s\n", good ? "" : "not ",
				       ++count, name, *desc ? " " : "", desc);
			} while (c->generate_params);
		}
	}
	printf("1..%d\n", count);
	rcu_unregister_thread();
	if (argc > 1)
		regfree(&only);
	return failed || !count;
}

#define kunit_test_suites(...)						\
int main(int argc, char **argv)						\
{									\
	struct kunit_suite *const suites[] = { __VA_ARGS__, NULL };	\
									\
	return kunit_user_main(suites, argc, argv);			\
}

#endif /* _KUNIT_USER_H */

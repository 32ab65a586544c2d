// SPDX-License-Identifier: GPL-2.0-only
/* In the place of policy.c, where there is no libbpf. */
#include "policy.h"
#include "vnet.h"

static void __attribute__((noreturn)) missing(void)
{
	die("this program was built without libbpf: run 'scripts/policies --libbpf' and 'make tools'");
}

void policy_attach(const char *sw, const char *object, const char *name)
{
	(void)sw;
	(void)object;
	(void)name;
	missing();
}

void policy_replace(const char *sw, const char *object, const char *name)
{
	policy_attach(sw, object, name);
}

void policy_detach(const char *sw)
{
	(void)sw;
	missing();
}

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Objective: with CONFIG_VNET no function reaches around its context.  It gets at the
# variables of a module by the pointer in struct net, and not by naming the instance of
# the initial vnet, which would be the wrong one in all others.
#
#  - Of every object of the kernel each relocation to an instance is looked at.  Who has
#    one is named in tests/kernel/instance-users.tsv, with the reason, or is a fault.
#  - The instance of every module has been seen, static or not: by what registers it.
#  - Controls: a real file with one context that names the instance, and objects that do so
#    in code, data, per-CPU variables, with a static instance and one behind another.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=scripts/lib.sh
. "$VNET_TOP/scripts/lib.sh"

built=$VNET_BUILD/vnet/um
table=$VNET_TOP/tests/kernel/instance-users.tsv
[[ -x $built/linux ]] || skip_all "no vnet kernel for um: scripts/build vnet um"

# users DIR: "FILE code|data USER INSTANCE", FILE without its suffix, of all objects.
users() {
	local object
	(cd "$1" && grep -rlE --include='*.o' 'vnet_[a-z0-9_]+_0' .) | sed 's|^\./||' |
		grep -vE '(^|/)(\.[^/]*|vmlinux\.o)$' | sort | while read -r object; do
		readelf -SsrW "$1/$object" | awk -f "$VNET_TOP/tests/kernel/instance-users.awk" |
			sed "s|^|${object%.o} |"
	done
}

# unknown: those on standard input that no row of the table has.
unknown() {
	grep -vxE "$(grep -vE '^(#|user	)' "$table" | cut -f 1 | paste -sd '|')"
}

users "$built" > "$TEST_TMP/users"
is "$(unknown < "$TEST_TMP/users" | grep -vE '^(samples|tests)/|^net/core/vnet_test')" '' \
	'whoever names an instance has a reason'
while IFS=$'\t' read -r user _; do
	[[ $user != '#'* && $user != user ]] || continue
	grep -qxE "$user" "$TEST_TMP/users" || not_ok "the table's row is needed: $user"
done < "$table"

missing='' n=0
while IFS=$'\t' read -r module _ _ _ _ home _; do
	[[ $module != '#'* && $module != module && -s $built/${home%.c}.o ]] || continue
	n=$((n + 1))
	grep -qxE "${home%.c} data vnet_${module}_mod vnet_${module}_(pcpu_)?0" "$TEST_TMP/users" || missing+=" $module"
done < "$VNET_TOP/vnet/modules.tsv"
is "$missing" '' "the instance of each of $n modules is seen where it is registered"
((n >= 70)) || not_ok 'which are as good as all'

# What was built, with the socket's limit taken from the initial vnet.
file=net/core/sock.c
command=$(sed -n "s,^savedcmd_${file%.c}\.o := ,,p" "$built/net/core/.sock.o.cmd")
[[ -n $command ]] || bail_out "no command in $built/net/core/.sock.o.cmd"
src=$TEST_TMP/src
mkdir -p "$src" "$TEST_TMP/mutant/net/core"
tree=$(sed -n 's/^tree //p' "$built/.stamp")
git -C "$VNET_LINUX" archive "$tree" include arch/um arch/x86 net/core scripts | tar -x -C "$src" ||
	bail_out "build/linux has no $tree: run 'scripts/build vnet um'"
command=${command//"$VNET_SRC"/"$src"}
# compile SED...: the file edited like that, to an object of the mutant.
compile() {
	git -C "$VNET_LINUX" show "$tree:$file" > "$src/$file"
	(($# == 0)) || sed -i -E "$@" "$src/$file"
	(cd "$built" && sh -c "${command// -o net\/core\/sock.o / -o $TEST_TMP/mutant/net/core/sock.o } -Wp,-MMD,/dev/null")
}
run_ok 'control: the file compiles as it is' compile
is "$(users "$TEST_TMP/mutant" | unknown)" '' 'and says nothing new'
run_ok 'control: with one context that names the instance' compile \
	'/^int sk_setsockopt/,/^}/ s/^\tINIT_VNET_CORE\(sock_net\(sk\)\)$/\tstruct vnet_core *vnet_core = \&vnet_core_0;/'
is "$(users "$TEST_TMP/mutant" | unknown)" 'net/core/sock code sk_setsockopt vnet_core_0' 'it is found, and it alone'

# Each kind.
mkdir -p "$TEST_TMP/kinds"
compiled() { "${CC:-gcc}" -O1 -w "${@:2}" -x c -c -o "$TEST_TMP/kinds/$1.o" - || bail_out 'the compiler fails'; }
compiled far -fno-pic -mcmodel=large <<'END'
extern int vnet_core_0, vnet_udp_pcpu_0, vnet_0, other_0;
int f(void) { return vnet_core_0; }
int g(void) { return vnet_udp_pcpu_0 + vnet_0 + other_0; }
int *pointer = &vnet_core_0;
END
compiled near -fno-pic <<'END'
static int before[3], vnet_raw_0[4], behind[5];
int f(int i, int v) { before[i] = v; behind[i] = v; return 0; }
int g(int v) { vnet_raw_0[0] = 1; vnet_raw_0[3] = v; return 0; }
int h(int i) { return before[i] + behind[i]; }
int k(int i) { return vnet_raw_0[i]; }
END
compiled pic -fpic <<'END'
static struct { long a, b; } vnet_tcp_0;
void f(int v) { vnet_tcp_0.b = v; }
int g(void) { return vnet_tcp_0.a; }
END
# The key of a lock is at the beginning of the instance: in the constructor it is meant,
# elsewhere it may not be.
compiled key -fno-pic -mcmodel=large <<'END'
asm(".bss\n.type __key.1,@object\n.size __key.1,0\n__key.1:\n"
    ".type vnet_udp_0,@object\n.size vnet_udp_0,8\nvnet_udp_0: .zero 8\n.text");
extern char key asm("__key.1");
extern int vnet_udp_0[2];
void init(void *);
void vnet_udp_construct(void) { init(&key); }
void f(void) { init(&key); }
int g(void) { return vnet_udp_0[1]++; }
END
is "$(users "$TEST_TMP/kinds" | sort)" 'far code f vnet_core_0
far code g vnet_udp_pcpu_0
far data pointer vnet_core_0
key code f vnet_udp_0
key code g vnet_udp_0
near code g vnet_raw_0
near code k vnet_raw_0
pic code f vnet_tcp_0
pic code g vnet_tcp_0' 'control: code and data that name an instance are found, static or not, and no others'
done_testing

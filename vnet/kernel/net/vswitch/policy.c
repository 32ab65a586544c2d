// SPDX-License-Identifier: GPL-2.0
/*
 * Policies of switches, struct_ops type "vswitch_policy".
 *
 * A policy is a BPF object.  A link made of it attaches it to the one switch
 * that it names, and an update of the link replaces it while frames are under
 * way: each frame is decided by the old policy or by the new one, and no frame
 * by none.  The switch goes back to having none when the link goes; when the
 * switch goes, the link stays, detached.
 *
 * Locks: BPF holds its mutex for struct_ops links when it calls us, and takes it
 * when we detach a link.  So neither vswitch_policy_lock nor RTNL may be held
 * for that.  vswitch_policy_lock is taken with RTNL held, and without; RTNL is
 * not taken with vswitch_policy_lock held.  So who listens is told of a change
 * when the lock has been dropped, and finds what the switch has then.
 */
#include <linux/bpf.h>
#include <linux/bpf_verifier.h>
#include <linux/btf.h>
#include <linux/btf_ids.h>
#include <linux/capability.h>
#include <linux/ctype.h>
#include <linux/mutex.h>
#include <linux/nsproxy.h>
#include <linux/rtnetlink.h>
#include <net/net_namespace.h>

#include "notify.h"
#include "policy.h"
#include "vswitch.h"

/* Whether any switch has a policy. */
DEFINE_STATIC_KEY_FALSE(vswitch_policy_key);

/* Serialises all that changes which policy a switch has. */
static DEFINE_MUTEX(vswitch_policy_lock);
static LIST_HEAD(vswitch_policy_switches);

/**
 * vswitch_policy_ask() - ask the policy of a switch
 * @in: the port that the frame came in by
 * @out: the port that it is for
 * @skb: the frame
 * @vid: its VLAN
 * @flood: whether this is a copy of a flooded frame
 *
 * Context: RCU, BHs off.
 * Return: true if the frame may go.
 */
bool vswitch_policy_ask(const struct vswitch_port *in,
			const struct vswitch_port *out,
			const struct sk_buff *skb, u16 vid, bool flood)
{
	const struct vswitch_policy *policy = rcu_dereference(in->sw->policy);
	const struct vswitch_frame frame = {
		.skb	= skb,
		.vid	= vid,
		.flood	= flood,
	};

	/* It may have gone since the caller looked. */
	if (unlikely(!policy))
		return true;
	return policy->can_send(in, out, &frame) == VSWITCH_POLICY_ALLOW;
}

static struct vswitch_policy *vswitch_policy_of(const struct vswitch *sw)
{
	return rcu_dereference_protected(sw->policy,
					 lockdep_is_held(&vswitch_policy_lock));
}

static int vswitch_policy_start(const struct vswitch *sw,
				const struct vswitch_policy *policy)
{
	int err = policy->init ? policy->init(&sw->local) : 0;

	/* What a program returns is any number. */
	if (err > 0 || err < -MAX_ERRNO)
		return -EINVAL;
	return err;
}

/* Until this returns, @policy may be in use. */
static void vswitch_policy_stop(const struct vswitch *sw,
				const struct vswitch_policy *policy)
{
	synchronize_rcu();
	if (policy->exit)
		policy->exit(&sw->local);
}

static void vswitch_policy_detach(struct vswitch *sw)
{
	struct vswitch_policy *policy = vswitch_policy_of(sw);

	RCU_INIT_POINTER(sw->policy, NULL);
	sw->policy_link = NULL;
	list_del(&sw->policy_list);
	static_branch_dec(&vswitch_policy_key);
	vswitch_policy_stop(sw, policy);
}

/* A switch that may go as soon as vswitch_policy_lock is dropped. */
struct vswitch_policy_whom {
	struct net	*net;
	int		ifindex;
};

static void vswitch_policy_note(struct vswitch_policy_whom *whom,
				const struct vswitch *sw)
{
	whom->net = maybe_get_net(dev_net(sw->local.dev));
	whom->ifindex = sw->local.dev->ifindex;
}

/* Tell of a switch whose policy has changed, if it is still there. */
static void vswitch_policy_tell(const struct vswitch_policy_whom *whom)
{
	struct net_device *dev;

	if (!whom->net)
		return;
	rtnl_lock();
	dev = __dev_get_by_index(whom->net, whom->ifindex);
	if (dev && vswitch_is_switch(dev))
		vswitch_notify_switch(vswitch_of(dev), VSWITCH_CMD_SWITCH_NTF);
	rtnl_unlock();
	put_net(whom->net);
}

static struct vswitch *vswitch_policy_switch(const struct bpf_link *link)
{
	struct vswitch *sw;

	list_for_each_entry(sw, &vswitch_policy_switches, policy_list)
		if (sw->policy_link == link)
			return sw;
	return NULL;
}

static bool vswitch_policy_permitted(const struct vswitch *sw)
{
	return bpf_capable() &&
	       ns_capable(dev_net(sw->local.dev)->user_ns, CAP_NET_ADMIN);
}

/* The switch device that @policy names, with a reference. */
static struct net_device *
vswitch_policy_device(const struct vswitch_policy *policy)
{
	struct net_device *dev = dev_get_by_index(current->nsproxy->net_ns,
						  policy->ifindex);

	if (!dev)
		return ERR_PTR(-ENODEV);
	if (!vswitch_is_switch(dev)) {
		dev_put(dev);
		return ERR_PTR(-EINVAL);
	}
	return dev;
}

static int vswitch_policy_attach(struct vswitch *sw,
				 struct vswitch_policy *policy,
				 struct bpf_link *link)
{
	int err;

	if (!vswitch_policy_permitted(sw))
		return -EPERM;
	if (vswitch_policy_of(sw))
		return -EBUSY;
	/* From when this changes, vswitch_policy_release() is yet to come. */
	if (READ_ONCE(sw->local.dev->reg_state) != NETREG_REGISTERED)
		return -ENODEV;

	err = vswitch_policy_start(sw, policy);
	if (err)
		return err;
	sw->policy_link = link;
	list_add(&sw->policy_list, &vswitch_policy_switches);
	rcu_assign_pointer(sw->policy, policy);
	static_branch_inc(&vswitch_policy_key);
	return 0;
}

static int vswitch_policy_reg(void *kdata, struct bpf_link *link)
{
	struct vswitch_policy_whom whom = {};
	struct vswitch_policy *policy = kdata;
	struct net_device *dev;
	int err;

	/* Only a link can be replaced, and taken away from a switch that goes. */
	if (!link)
		return -EOPNOTSUPP;
	dev = vswitch_policy_device(policy);
	if (IS_ERR(dev))
		return PTR_ERR(dev);

	mutex_lock(&vswitch_policy_lock);
	err = vswitch_policy_attach(vswitch_of(dev), policy, link);
	if (!err)
		vswitch_policy_note(&whom, vswitch_of(dev));
	mutex_unlock(&vswitch_policy_lock);
	dev_put(dev);
	vswitch_policy_tell(&whom);
	return err;
}

static void vswitch_policy_unreg(void *kdata, struct bpf_link *link)
{
	struct vswitch_policy_whom whom = {};
	struct vswitch *sw;

	mutex_lock(&vswitch_policy_lock);
	sw = vswitch_policy_switch(link);
	/* Else the switch went first. */
	if (sw) {
		vswitch_policy_detach(sw);
		vswitch_policy_note(&whom, sw);
	}
	mutex_unlock(&vswitch_policy_lock);
	vswitch_policy_tell(&whom);
}

static int vswitch_policy_replace(struct vswitch *sw,
				  struct vswitch_policy *policy)
{
	struct vswitch_policy *old = vswitch_policy_of(sw);
	int err;

	if (!vswitch_policy_permitted(sw))
		return -EPERM;
	if (policy->ifindex != old->ifindex)
		return -EINVAL;
	if (policy == old)
		return 0;

	err = vswitch_policy_start(sw, policy);
	if (err)
		return err;
	rcu_assign_pointer(sw->policy, policy);
	vswitch_policy_stop(sw, old);
	return 0;
}

static int vswitch_policy_update(void *kdata, void *old_kdata,
				 struct bpf_link *link)
{
	struct vswitch_policy_whom whom = {};
	struct vswitch *sw;
	int err;

	mutex_lock(&vswitch_policy_lock);
	sw = vswitch_policy_switch(link);
	err = sw ? vswitch_policy_replace(sw, kdata) : -ENOLINK;
	if (!err)
		vswitch_policy_note(&whom, sw);
	mutex_unlock(&vswitch_policy_lock);
	vswitch_policy_tell(&whom);
	return err;
}

/**
 * vswitch_policy_release() - take the policy of a switch that goes
 * @sw: the switch, whose device can no longer be found
 *
 * Context: process context, without RTNL.
 */
void vswitch_policy_release(struct vswitch *sw)
{
	struct bpf_link *link = NULL;

	mutex_lock(&vswitch_policy_lock);
	if (vswitch_policy_of(sw)) {
		/* NULL if the link is on its way to vswitch_policy_unreg(). */
		link = bpf_link_inc_not_zero(sw->policy_link);
		if (IS_ERR(link))
			link = NULL;
		vswitch_policy_detach(sw);
	}
	mutex_unlock(&vswitch_policy_lock);

	if (link) {
		/* Whoever polls it is told, and the policy is freed. */
		link->ops->detach(link);
		bpf_link_put(link);
	}
}

/**
 * vswitch_policy_get() - the policy of a switch
 * @sw: the switch
 * @name: where its name goes, %VSWITCH_POLICY_NAME_LEN bytes
 * @link_id: where the id of its link goes
 *
 * Context: process context.
 * Return: false if it has none.
 */
bool vswitch_policy_get(const struct vswitch *sw, char *name, u32 *link_id)
{
	struct vswitch_policy *policy;

	mutex_lock(&vswitch_policy_lock);
	policy = vswitch_policy_of(sw);
	if (policy) {
		memcpy(name, policy->name, VSWITCH_POLICY_NAME_LEN);
		*link_id = READ_ONCE(sw->policy_link->id);
	}
	mutex_unlock(&vswitch_policy_lock);
	return policy;
}

/*
 * What the verifier asks.  There is no btf_struct_access: nothing that a policy
 * is given can be written.
 */
static const struct bpf_verifier_ops vswitch_policy_verifier_ops = {
	.get_func_proto		= bpf_base_func_proto,
	.is_valid_access	= bpf_tracing_btf_ctx_access,
};

static int vswitch_policy_init(struct btf *btf)
{
	return 0;
}

static int vswitch_policy_check_member(const struct btf_type *t,
				       const struct btf_member *member,
				       const struct bpf_prog *prog)
{
	return prog->sleepable ? -EINVAL : 0;
}

static int vswitch_policy_init_member(const struct btf_type *t,
				      const struct btf_member *member,
				      void *kdata, const void *udata)
{
	const struct vswitch_policy *from = udata;
	struct vswitch_policy *to = kdata;
	unsigned int i;

	switch (__btf_member_bit_offset(t, member) / BITS_PER_BYTE) {
	case offsetof(struct vswitch_policy, ifindex):
		if (!from->ifindex || from->ifindex > INT_MAX)
			return -EINVAL;
		to->ifindex = from->ifindex;
		return 1;
	case offsetof(struct vswitch_policy, name):
		for (i = 0; from->name[i]; i++) {
			if (i == sizeof(from->name) - 1 ||
			    !isascii(from->name[i]) || !isgraph(from->name[i]))
				return -EINVAL;
			to->name[i] = from->name[i];
		}
		return 1;
	}
	return 0;
}

static int vswitch_policy_validate(void *kdata)
{
	const struct vswitch_policy *policy = kdata;

	return policy->can_send ? 0 : -EINVAL;
}

/* Their types are those of the programs; they are never called. */
static int vswitch_policy_can_send_stub(const struct vswitch_port *src,
					const struct vswitch_port *dst,
					const struct vswitch_frame *frame)
{
	return 0;
}

static int vswitch_policy_init_stub(const struct vswitch_port *local)
{
	return 0;
}

static void vswitch_policy_exit_stub(const struct vswitch_port *local)
{
}

static struct vswitch_policy vswitch_policy_stubs = {
	.can_send	= vswitch_policy_can_send_stub,
	.init		= vswitch_policy_init_stub,
	.exit		= vswitch_policy_exit_stub,
};

static struct bpf_struct_ops bpf_vswitch_policy = {
	.verifier_ops	= &vswitch_policy_verifier_ops,
	.init		= vswitch_policy_init,
	.check_member	= vswitch_policy_check_member,
	.init_member	= vswitch_policy_init_member,
	.validate	= vswitch_policy_validate,
	.reg		= vswitch_policy_reg,
	.unreg		= vswitch_policy_unreg,
	.update		= vswitch_policy_update,
	.cfi_stubs	= &vswitch_policy_stubs,
	.name		= "vswitch_policy",
	.owner		= THIS_MODULE,
};

__bpf_kfunc_start_defs();

/**
 * bpf_vswitch_frame_data() - look at bytes of a frame where they are
 * @frame: the frame
 * @offset: the first of them, from the start of the Ethernet header
 * @rdonly_buf_size: how many; constant
 *
 * Return: the bytes, which can only be read; or %NULL if the frame is shorter,
 *	   or has them where bpf_vswitch_frame_load() has to be used.
 */
__bpf_kfunc const u8 *bpf_vswitch_frame_data(const struct vswitch_frame *frame,
					     u32 offset,
					     const size_t rdonly_buf_size)
{
	const struct sk_buff *skb = frame->skb;

	/* The verifier takes a size of 0 for that of a byte. */
	if (!rdonly_buf_size || rdonly_buf_size > skb_headlen(skb) ||
	    offset > skb_headlen(skb) - rdonly_buf_size)
		return NULL;
	return skb->data + offset;
}

/**
 * bpf_vswitch_frame_load() - copy bytes of a frame, wherever they are
 * @frame: the frame
 * @offset: the first of them, from the start of the Ethernet header
 * @to: where they go
 * @to__sz: how many
 *
 * Return: 0, or -EFAULT if the frame is shorter; then @to is all zeroes.
 */
__bpf_kfunc int bpf_vswitch_frame_load(const struct vswitch_frame *frame,
				       u32 offset, void *to, u32 to__sz)
{
	if (offset <= INT_MAX && to__sz <= INT_MAX &&
	    !skb_copy_bits(frame->skb, offset, to, to__sz))
		return 0;
	memset(to, 0, to__sz);
	return -EFAULT;
}

__bpf_kfunc_end_defs();

BTF_KFUNCS_START(vswitch_policy_kfuncs)
BTF_ID_FLAGS(func, bpf_vswitch_frame_data, KF_TRUSTED_ARGS | KF_RET_NULL)
BTF_ID_FLAGS(func, bpf_vswitch_frame_load, KF_TRUSTED_ARGS)
BTF_KFUNCS_END(vswitch_policy_kfuncs)

static const struct btf_kfunc_id_set vswitch_policy_kfunc_set = {
	.owner	= THIS_MODULE,
	.set	= &vswitch_policy_kfuncs,
};

/**
 * vswitch_policy_register() - make the type known to BPF
 *
 * It is forgotten with the module, which stays as long as there is a policy.
 *
 * Context: process context.
 * Return: 0 or a negative error.
 */
int vswitch_policy_register(void)
{
	int err;

	err = register_btf_kfunc_id_set(BPF_PROG_TYPE_STRUCT_OPS,
					&vswitch_policy_kfunc_set);
	if (err)
		return err;
	return register_bpf_struct_ops(&bpf_vswitch_policy, vswitch_policy);
}

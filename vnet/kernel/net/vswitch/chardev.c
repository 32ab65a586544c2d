// SPDX-License-Identifier: GPL-2.0
/*
 * /dev/vswitch: configurations of switches, as text.
 *
 * One write is one whole configuration, for the vnet that the file was opened
 * in.  If it fails, nothing was changed, and reading says why: once, as
 * "LINE:COLUMN: what is wrong".  Otherwise reading gives the configuration as
 * it is, as a text that can be written.
 *
 * Who opened the file needs CAP_NET_ADMIN in that vnet, and so does who uses
 * it: neither can let the other do what it may not.
 */
#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/nsproxy.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <net/net_namespace.h>

#include "apply.h"
#include "chardev.h"
#include "config.h"

/**
 * struct vswitch_file - an open /dev/vswitch
 * @net: the vnet that it was opened in
 * @netns_tracker: for @net
 * @lock: protects what follows
 * @text: what is being read, or NULL
 * @size: its length
 * @failed: whether @text is the reason why a write failed, not yet read
 */
struct vswitch_file {
	struct net		*net;
	netns_tracker		netns_tracker;
	struct mutex		lock;	/* all that follows */
	char			*text;
	size_t			size;
	bool			failed;
};

static int vswitch_chardev_open(struct inode *inode, struct file *file)
{
	struct vswitch_file *vf;

	vf = kzalloc(sizeof(*vf), GFP_KERNEL_ACCOUNT);
	if (!vf)
		return -ENOMEM;
	vf->net = get_net_track(current->nsproxy->net_ns, &vf->netns_tracker,
				GFP_KERNEL);
	mutex_init(&vf->lock);
	file->private_data = vf;
	return 0;
}

static int vswitch_chardev_release(struct inode *inode, struct file *file)
{
	struct vswitch_file *vf = file->private_data;

	kvfree(vf->text);
	put_net_track(vf->net, &vf->netns_tracker);
	mutex_destroy(&vf->lock);
	kfree(vf);
	return 0;
}

static bool vswitch_chardev_permitted(const struct vswitch_file *vf,
				      const struct file *file)
{
	return file_ns_capable(file, vf->net->user_ns, CAP_NET_ADMIN) &&
	       ns_capable(vf->net->user_ns, CAP_NET_ADMIN);
}

/* What is to be read from the beginning. */
static int vswitch_chardev_fill(struct vswitch_file *vf,
				const struct file *file)
{
	if (vf->failed)
		return 0;
	if (!vswitch_chardev_permitted(vf, file))
		return -EPERM;
	kvfree(vf->text);
	return vswitch_show(vf->net, &vf->text, &vf->size);
}

static ssize_t vswitch_chardev_read(struct file *file, char __user *buf,
				    size_t count, loff_t *ppos)
{
	struct vswitch_file *vf = file->private_data;
	ssize_t ret = 0;

	if (mutex_lock_interruptible(&vf->lock))
		return -ERESTARTSYS;
	if (!*ppos)
		ret = vswitch_chardev_fill(vf, file);
	if (!ret)
		ret = simple_read_from_buffer(buf, count, ppos, vf->text,
					      vf->size);
	/* Read to its end, it is said. */
	if (!ret && count && *ppos)
		vf->failed = false;
	mutex_unlock(&vf->lock);
	return ret;
}

static void vswitch_chardev_failed(struct vswitch_file *vf,
				   const struct vswitch_apply_error *error)
{
	kvfree(vf->text);
	if (error->line)
		vf->text = kasprintf(GFP_KERNEL_ACCOUNT, "%u:%u: %s\n",
				     error->line, error->column, error->msg);
	else
		vf->text = kasprintf(GFP_KERNEL_ACCOUNT, "%s\n", error->msg);
	vf->size = vf->text ? strlen(vf->text) : 0;
	vf->failed = true;
}

static int vswitch_chardev_apply(struct vswitch_file *vf,
				 const struct file *file,
				 const char __user *buf, size_t count,
				 struct vswitch_apply_error *error)
{
	char *text;
	int err;

	if (!vswitch_chardev_permitted(vf, file)) {
		strscpy(error->msg, "CAP_NET_ADMIN is missing in this vnet");
		return -EPERM;
	}
	if (count > VSW_CONFIG_SIZE_MAX) {
		snprintf(error->msg, sizeof(error->msg),
			 "the text is longer than %u bytes",
			 VSW_CONFIG_SIZE_MAX);
		return -EFBIG;
	}
	text = kvmalloc(count, GFP_KERNEL_ACCOUNT);
	if (!text) {
		strscpy(error->msg, "no memory");
		return -ENOMEM;
	}
	if (copy_from_user(text, buf, count)) {
		strscpy(error->msg, "the text is not in memory");
		err = -EFAULT;
	} else if (text[count - 1] != '\n') {
		/* As what is left of a text that did not fit one write. */
		strscpy(error->msg, "the text does not end with its last line");
		err = -EINVAL;
	} else {
		err = vswitch_apply(vf->net, text, count, error);
	}
	kvfree(text);
	return err;
}

static ssize_t vswitch_chardev_write(struct file *file, const char __user *buf,
				     size_t count, loff_t *ppos)
{
	struct vswitch_file *vf = file->private_data;
	struct vswitch_apply_error error = {};
	int err;

	if (!count)
		return 0;
	if (mutex_lock_interruptible(&vf->lock))
		return -ERESTARTSYS;
	err = vswitch_chardev_apply(vf, file, buf, count, &error);
	if (err) {
		vswitch_chardev_failed(vf, &error);
	} else {
		kvfree(vf->text);
		vf->text = NULL;
		vf->size = 0;
		vf->failed = false;
	}
	/* What is read next is read from its beginning. */
	*ppos = 0;
	mutex_unlock(&vf->lock);
	return err ?: count;
}

static const struct file_operations vswitch_chardev_fops = {
	.owner		= THIS_MODULE,
	.open		= vswitch_chardev_open,
	.release	= vswitch_chardev_release,
	.read		= vswitch_chardev_read,
	.write		= vswitch_chardev_write,
	.llseek		= default_llseek,
};

static struct miscdevice vswitch_chardev = {
	.minor	= MISC_DYNAMIC_MINOR,
	.name	= "vswitch",
	.fops	= &vswitch_chardev_fops,
	/* Who may do what is for the vnet to say. */
	.mode	= 0666,
};

/**
 * vswitch_chardev_register() - make /dev/vswitch
 *
 * Context: process context.
 * Return: 0 or a negative error.
 */
int vswitch_chardev_register(void)
{
	return misc_register(&vswitch_chardev);
}

/**
 * vswitch_chardev_unregister() - undo vswitch_chardev_register()
 *
 * Context: process context.
 */
void vswitch_chardev_unregister(void)
{
	misc_deregister(&vswitch_chardev);
}

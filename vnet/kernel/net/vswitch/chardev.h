/* SPDX-License-Identifier: GPL-2.0 */
#ifndef __VSWITCH_CHARDEV_H
#define __VSWITCH_CHARDEV_H

int vswitch_chardev_register(void);
void vswitch_chardev_unregister(void);

#endif

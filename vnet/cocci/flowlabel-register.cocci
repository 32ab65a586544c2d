// SPDX-License-Identifier: GPL-2.0-only
//
// Stage 2.1: the flow labels register with IPv6's own init and cleanup, before
// the first namespace can need them and after the last one has gone.
@@
@@

int ip6_flowlabel_init(void)
{
-	return register_pernet_subsys(&ip6_flowlabel_net_ops);
+	int err;
+
+	err = vnet_mod_register(&vnet_flowlabel_mod);
+	if (err)
+		return err;
+
+	err = register_pernet_subsys(&ip6_flowlabel_net_ops);
+	if (err)
+		vnet_mod_unregister(&vnet_flowlabel_mod);
+	return err;
}

@@
@@

void ip6_flowlabel_cleanup(void)
{
	...
	unregister_pernet_subsys(&ip6_flowlabel_net_ops);
+	vnet_mod_unregister(&vnet_flowlabel_mod);
}

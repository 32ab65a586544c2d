/* SPDX-License-Identifier: GPL-2.0 */
/* Generated from the module table (vnet/modules.tsv). */
#ifndef _NET_VNET_IDS_H
#define _NET_VNET_IDS_H

enum vnet_mod_id {
	VNET_MOD_CORE,
	VNET_MOD_FLOWLABEL,
	VNET_MOD_PTYPE,
	VNET_MOD_FLOW_DISSECTOR,
	VNET_MOD_FLOW_OFFLOAD,
	VNET_MOD_LINKWATCH,
	VNET_MOD_SECURE_SEQ,
	VNET_MOD_TSTAMP,
	VNET_MOD_BUSY_POLL,
	VNET_MOD_HOTDATA,
	VNET_MOD_EHASH,
	VNET_MOD_IFADDR,
	VNET_MOD_FIB_INFO,
	VNET_MOD_FIB_TRIE,
	VNET_MOD_ICMP,
	VNET_MOD_INET_PORTS,
	VNET_MOD_INETPEER,
	VNET_MOD_IP_FRAG,
	VNET_MOD_IPMR,
	VNET_MOD_PING,
	VNET_MOD_RAW,
	VNET_MOD_ROUTE,
	VNET_MOD_SYNCOOKIES,
	VNET_MOD_TCP_SYSCTL,
	VNET_MOD_TCP,
	VNET_MOD_TCP_ORPHANS,
	VNET_MOD_TCP_HASH,
	VNET_MOD_TCP_METRICS,
	VNET_MOD_UDP,
	VNET_MOD_UDPLITE,
	VNET_MOD_UDP_FLOW,
	VNET_MOD_ARP,
	VNET_MOD_ANYCAST,
	VNET_MOD_ICMPV6,
	VNET_MOD_IP6MR,
	VNET_MOD_RA_CHAIN,
	VNET_MOD_MLD,
	VNET_MOD_RAWV6,
	VNET_MOD_IP6_FRAG,
	VNET_MOD_ROUTE6,
	VNET_MOD_SYNCOOKIES6,
	VNET_MOD_NDISC,
	VNET_MOD_NF_DEFRAG,
	VNET_MOD_NF_DEFRAG6,
	VNET_MOD_NF_HOOKS,
	VNET_MOD_IP_VS_APP,
	VNET_MOD_IP_VS_CONN,
	VNET_MOD_IP_VS,
	VNET_MOD_CONNTRACK,
	VNET_MOD_NF_CT_ID,
	VNET_MOD_NF_EXPECT,
	VNET_MOD_NF_EXP_ID,
	VNET_MOD_NF_CT_SYSCTL,
	VNET_MOD_NF_NAT,
	VNET_MOD_NF_MASQ,
	VNET_MOD_NF_TABLES,
	VNET_MOD_NFT_TRACE,
	VNET_MOD_UNIX_SOCKS,
	VNET_MOD_UNIX_INFLIGHT,
	VNET_MOD_NL,
	VNET_MOD_FANOUT,
	VNET_MOD_SCTP_ASSOC,
	VNET_MOD_SCTP_MEM,
	VNET_MOD_SCTP_SYSCTL,
	VNET_MOD_SCTP_HASH,
	VNET_MOD_MPTCP_MEM,
	VNET_MOD_MPTCP_JOIN,
	VNET_MOD_MPTCP_TOKEN,
	VNET_MOD_XFRM_POLICY,
	VNET_MOD_XFRM_STATE,
	VNET_MOD_SCH_TABLES,
	VNET_MOD_SCH_DEFAULT,
	VNET_MOD_OVS_VPORT,
	VNET_MOD_ETHTOOL_ID,
	VNET_MOD_STATIC_COUNT
};

/* Their names, in that order. */
#define VNET_MOD_NAMES \
	"core", \
	"flowlabel", \
	"ptype", \
	"flow_dissector", \
	"flow_offload", \
	"linkwatch", \
	"secure_seq", \
	"tstamp", \
	"busy_poll", \
	"hotdata", \
	"ehash", \
	"ifaddr", \
	"fib_info", \
	"fib_trie", \
	"icmp", \
	"inet_ports", \
	"inetpeer", \
	"ip_frag", \
	"ipmr", \
	"ping", \
	"raw", \
	"route", \
	"syncookies", \
	"tcp_sysctl", \
	"tcp", \
	"tcp_orphans", \
	"tcp_hash", \
	"tcp_metrics", \
	"udp", \
	"udplite", \
	"udp_flow", \
	"arp", \
	"anycast", \
	"icmpv6", \
	"ip6mr", \
	"ra_chain", \
	"mld", \
	"rawv6", \
	"ip6_frag", \
	"route6", \
	"syncookies6", \
	"ndisc", \
	"nf_defrag", \
	"nf_defrag6", \
	"nf_hooks", \
	"ip_vs_app", \
	"ip_vs_conn", \
	"ip_vs", \
	"conntrack", \
	"nf_ct_id", \
	"nf_expect", \
	"nf_exp_id", \
	"nf_ct_sysctl", \
	"nf_nat", \
	"nf_masq", \
	"nf_tables", \
	"nft_trace", \
	"unix_socks", \
	"unix_inflight", \
	"nl", \
	"fanout", \
	"sctp_assoc", \
	"sctp_mem", \
	"sctp_sysctl", \
	"sctp_hash", \
	"mptcp_mem", \
	"mptcp_join", \
	"mptcp_token", \
	"xfrm_policy", \
	"xfrm_state", \
	"sch_tables", \
	"sch_default", \
	"ovs_vport", \
	"ethtool_id"

/* Slots left for modules that are not in the table: see VNET_MOD_ANY. */
#define VNET_MOD_SPARE	16
#define VNET_MOD_MAX	(VNET_MOD_STATIC_COUNT + VNET_MOD_SPARE)

#endif /* _NET_VNET_IDS_H */

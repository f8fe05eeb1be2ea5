import type { Dissection } from './dissection';

/** Names of IP protocols in the headers that `-v` shows. */
const titles: Readonly<Record<number, string>> = {
  0: 'Options',
  1: 'ICMP',
  2: 'IGMP',
  4: 'IPIP',
  6: 'TCP',
  8: 'EGP',
  9: 'IGRP',
  17: 'UDP',
  33: 'DCCP',
  41: 'IPv6',
  43: 'Routing',
  44: 'Fragment',
  46: 'RSVP',
  47: 'GRE',
  50: 'ESP',
  51: 'AH',
  55: 'Mobile IP',
  58: 'ICMPv6',
  62: 'Mobile IP (old)',
  88: 'EIGRP',
  89: 'OSPF',
  103: 'PIM',
  108: 'Compressed IP',
  112: 'VRRP',
  113: 'PGM',
  132: 'SCTP',
  135: 'Mobility',
  143: 'Ethernet',
};

export const protocolTitle = (protocol: number) => `${titles[protocol] ?? 'unknown'} (${protocol})`;

/** IANA's keywords by number, a dash where there is none. */
const keywords = (
  'hopopt icmp igmp ggp ipencap st tcp cbt egp igp bbn-rcc-mon nvp-ii pup argus emcon xnet chaos udp mux dcn-meas hmp prm ' +
  'xns-idp trunk-1 trunk-2 leaf-1 leaf-2 rdp irtp iso-tp4 netblt mfe-nsp merit-inp dccp 3pc idpr xtp ddp idpr-cmtp tp++ ' +
  'il ipv6 sdrp ipv6-route ipv6-frag idrp rsvp gre dsr bna esp ah i-nlsp swipe narp mobile tlsp skip ipv6-icmp ipv6-nonxt ' +
  'ipv6-opts - cftp - sat-expak kryptolan rvd ippc - sat-mon visa ipcv cpnx rspf wsn pvp br-sat-mon nd wb-mon ' +
  'wb-expak iso-ip vmtp secure-vmtp vines ttp nsfnet-igp dgp tcf eigrp ospf sprite-rpc larp mtp ax.25 ipip micp scc-sp ' +
  'etherip encap - gmtp ifmp pnni pim aris scps qnx a/n ipcomp snp compaq-peer ipx-in-ip vrrp pgm - l2tp ddx iatp stp srp ' +
  'uti smp sm ptp isis fire crtp crudp sscopmce iplt sps pipe sctp fc rsvp-e2e-ignore mobility-header udplite mpls-in-ip ' +
  'manet hip shim6 wesp rohc'
).split(' ');
const RESERVED = 255;
const EXPERIMENT = 253;

function keyword(protocol: number): string | undefined {
  if (protocol === RESERVED) return 'reserved';
  if (protocol === EXPERIMENT || protocol === EXPERIMENT + 1) return `exptest-${protocol}`;
  return keywords[protocol] === '-' ? undefined : keywords[protocol];
}

/** What a packet of a protocol that is not read further is called. */
export function protocolName(packet: Dissection, protocol: number): string {
  return (packet.isNumeric ? undefined : keyword(protocol)) ?? `ip-proto-${protocol}`;
}

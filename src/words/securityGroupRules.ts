import type { SecurityGroupPeer, SecurityGroupRule } from '../core/network';
import { ALL_PROTOCOLS, ICMP, TCP, UDP } from '../core/rules/flow';
import { t } from './translation';

/** One line for a rule: `in: TCP 443 from 172.31.0.0/16`. */
export function ruleWords(rule: Omit<SecurityGroupRule, 'id'>): string {
  const traffic = trafficWords(rule);
  const peer = peerText(rule.peer);
  return rule.direction === 'ingress' ? t('in: {0} from {1}', traffic, peer) : t('out: {0} to {1}', traffic, peer);
}

function trafficWords({ protocol, fromPort, toPort }: Omit<SecurityGroupRule, 'id'>): string {
  switch (protocol) {
    case ALL_PROTOCOLS:
      return t('all traffic');
    case TCP:
    case UDP:
      return `${protocol === TCP ? 'TCP' : 'UDP'} ${portsText(fromPort, toPort)}`;
    case ICMP:
      return isAny(fromPort) ? 'ICMP' : t('ICMP type {0}', fromPort!);
    default:
      return t('protocol {0}', protocol);
  }
}

const isAny = (port: number | undefined) => port === undefined || port === -1;

function portsText(from: number | undefined, to: number | undefined): string {
  if (isAny(from)) return '0–65535';
  return to === undefined || to === from ? String(from) : `${from}–${to}`;
}

function peerText(peer: SecurityGroupPeer): string {
  switch (peer.kind) {
    case 'cidr':
      return peer.cidr;
    case 'group':
      return peer.groupId;
    case 'prefixList':
      return peer.prefixListId;
  }
}

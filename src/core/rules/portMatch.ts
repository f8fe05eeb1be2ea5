import type { IpProtocol } from '../network';
import { ALL_PROTOCOLS, type Flow, ICMP, TCP, UDP } from './flow';

/** What security group rules and ACL entries share: a protocol with its ports, or with ICMP's type and code. */
export interface PortRule {
  readonly protocol: IpProtocol;
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
}

/** -1 in a rule stands for any ICMP type or code. */
const ANY = -1;

/**
 * Whether a rule speaks of this flow's protocol and destination port. "Amazon EC2 API: IpPermission": protocol -1 ignores ports; for ICMP
 * FromPort is the type and ToPort the code.
 */
export function matchesPorts(rule: PortRule, flow: Flow): boolean {
  if (rule.protocol === ALL_PROTOCOLS) return true;
  if (rule.protocol !== flow.protocol) return false;
  if (rule.protocol === ICMP)
    return isAnyOr(rule.fromPort, flow.sourcePort) && isAnyOr(rule.toPort, flow.destinationPort);
  if (rule.protocol !== TCP && rule.protocol !== UDP) return true;
  if (rule.fromPort === undefined || rule.fromPort === ANY) return true;
  const port = flow.destinationPort;
  return port !== undefined && port >= rule.fromPort && port <= (rule.toPort ?? rule.fromPort);
}

function isAnyOr(wanted: number | undefined, value: number | undefined): boolean {
  return wanted === undefined || wanted === ANY || wanted === value;
}

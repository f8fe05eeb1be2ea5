import { covers } from '../ipv4';
import type { NetworkAcl, NetworkAclEntry } from '../network';
import type { Flow } from './flow';
import { matchesPorts } from './portMatch';

export interface NetworkAclDecision {
  readonly isAllowed: boolean;
  /** The entry that decided; undefined for the final deny (`*`) when the list did not carry it as entry 32767. */
  readonly entry: NetworkAclEntry | undefined;
}

/**
 * Judges one packet at a subnet's border. Stateless: the answer is judged by its own call. The lowest matching number decides, and what
 * matches nothing is denied ("Amazon VPC User Guide: Network ACLs"). Not consulted between interfaces of one subnet.
 */
export function evaluateNetworkAcl(direction: 'ingress' | 'egress', flow: Flow, acl: NetworkAcl): NetworkAclDecision {
  const address = direction === 'ingress' ? flow.source : flow.destination;
  let decisive: NetworkAclEntry | undefined;
  for (const entry of acl.entries) {
    if (entry.direction !== direction || (decisive && decisive.ruleNumber <= entry.ruleNumber)) continue;
    if (matchesPorts(entry, flow) && covers(entry.cidr, address)) decisive = entry;
  }
  return { isAllowed: decisive?.action === 'allow', entry: decisive };
}

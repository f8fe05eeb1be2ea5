import type { SecurityGroup, SecurityGroupRule } from '../network';
import { TCP } from './flow';
import { matchesPorts } from './portMatch';

export interface AdmittingRule {
  readonly group: SecurityGroup;
  readonly rule: SecurityGroupRule;
}

/** Inbound rules of these groups that speak of a TCP port, whomever they admit; of every port when none is given. */
export function rulesAdmitting(groups: readonly SecurityGroup[], port: number | undefined): readonly AdmittingRule[] {
  const flow = { protocol: TCP, source: '', sourcePort: undefined, destination: '', destinationPort: port };
  return groups.flatMap(group =>
    group.rules
      .filter(rule => rule.direction === 'ingress' && (port === undefined || matchesPorts(rule, flow)))
      .map(rule => ({ group, rule })),
  );
}

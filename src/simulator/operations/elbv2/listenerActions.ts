import type { Listener, NetworkLoadBalancer, TargetGroup } from '../../../core/loadBalancing';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Elbv2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { loadBalancerOf } from '../../world/targetStanding';
import { invalidConfiguration, notSimulated, validationError } from './elbv2Faults';
import { findByArn, kinds } from './elbv2Resources';

const protocols = ['TCP', 'UDP', 'TCP_UDP'] as const;

/** Groups that a listener of each protocol may forward to ("Network Load Balancers: Listener configuration"). */
const compatible: Readonly<Record<Listener['protocol'], readonly TargetGroup['protocol'][]>> = {
  TCP: ['TCP', 'TCP_UDP'],
  UDP: ['UDP', 'TCP_UDP'],
  TCP_UDP: ['TCP_UDP'],
};

export function listenerProtocol(protocol: string | undefined): Listener['protocol'] {
  const found = protocols.find(known => known === protocol);
  if (found) return found;
  if (protocol === 'TLS' || protocol === 'QUIC' || protocol === 'TCP_QUIC')
    throw notSimulated(`The practice cloud makes no listeners with protocol ${protocol}.`);
  throw validationError(`Listener protocol '${protocol ?? 'null'}' must be one of 'UDP, TCP, TCP_UDP, TLS'`);
}

/** The group that a listener's only action forwards to, checked against listener and load balancer. */
export function forwardedGroup(
  region: PlaceState,
  balancer: NetworkLoadBalancer,
  protocol: Listener['protocol'],
  actions: readonly Elbv2.Action[],
): TargetGroup {
  const group = findByArn(kinds.targetGroup, region, targetArnOf(actions));
  if (!compatible[protocol].includes(group.protocol))
    throw new ServiceFault(
      'IncompatibleProtocols',
      `The listener and its associated target group '${group.arn}' have incompatible protocols: '${protocol}' and '${group.protocol}'.`,
    );
  if (group.vpcId !== balancer.vpcId)
    throw invalidConfiguration(
      `The target group '${group.arn}' and the load balancer '${balancer.arn}' are in different VPCs`,
    );
  const other = loadBalancerOf(region, group);
  if (other && other.arn !== balancer.arn)
    throw new ServiceFault(
      'TargetGroupAssociationLimit',
      `The following target groups cannot be associated with more than one load balancer: ${group.arn}`,
    );
  return group;
}

function targetArnOf(actions: readonly Elbv2.Action[]): string {
  const [action] = actions;
  if (!action || actions.length > 1) throw validationError('A listener must have exactly one default action');
  if (action.Type !== 'forward')
    throw validationError(
      `Action type '${String(action.Type)}' must be 'forward' for a Network Load Balancer listener`,
    );
  const groups = (action.ForwardConfig?.TargetGroups ?? []).map(({ TargetGroupArn }) => TargetGroupArn);
  if (groups.length > 1) throw notSimulated('The practice cloud forwards to one target group for each listener.');
  const arn = action.TargetGroupArn ?? groups[0];
  if (arn === undefined) throw validationError('A target group ARN must be specified');
  if (groups[0] !== undefined && groups[0] !== arn)
    throw validationError('You can specify either a target group ARN or a forward configuration, not different ones');
  return arn;
}

export function actionsShape({ targetGroupArn: TargetGroupArn }: Listener): Elbv2.Action[] {
  return [{ Type: 'forward', TargetGroupArn, ForwardConfig: { TargetGroups: [{ TargetGroupArn }] } }];
}

import type { VpcEndpointId, VpcId } from '../../core/ids';
import type { EndpointServiceOffer, EndpointState } from '../../core/network';
import { valueOr } from '../../core/reading';
import type { NetworkSnapshot } from '../../core/snapshot';
import type { DnsAttribute, EndpointChoices, PrivateDnsChoice, PrivateDnsObstacle } from '../endpointPlan';

/** States in which an endpoint keeps its private DNS name to itself. */
export const holdsItsName: readonly EndpointState[] = [
  'pendingAcceptance',
  'pending',
  'available',
  'deleting',
  'partial',
];

/** On, unless something is known that AWS would refuse it for. What could not be read is no obstacle: AWS decides. */
export function privateDnsChoice(choices: EndpointChoices, vpcId: VpcId, serviceName: string): PrivateDnsChoice {
  const obstacle = findObstacle(choices, vpcId, serviceName);
  return { isOnByDefault: obstacle === undefined, obstacle };
}

function findObstacle(choices: EndpointChoices, vpcId: VpcId, serviceName: string): PrivateDnsObstacle | undefined {
  const service = choices.services.find(offer => offer.serviceName === serviceName);
  return findPrivateDnsObstacle(choices.snapshot, service, { vpcId, serviceName });
}

/** What AWS would refuse private DNS for, as far as was read. An endpoint that exists is not in its own way. */
export function findPrivateDnsObstacle(
  snapshot: NetworkSnapshot,
  service: EndpointServiceOffer | undefined,
  wanted: { readonly vpcId: VpcId; readonly serviceName: string; readonly endpointId?: VpcEndpointId },
): PrivateDnsObstacle | undefined {
  const { vpcId, serviceName } = wanted;
  if (service?.isPrivateDnsUnverified) return { kind: 'notVerified', serviceName };
  if (service && !service.privateDnsName) return { kind: 'notOffered', serviceName };
  const attributes = attributesOff(snapshot, vpcId);
  if (attributes.length > 0) return { kind: 'attributesOff', vpcId, attributes };
  const rival = valueOr(snapshot.endpoints, []).find(
    endpoint =>
      endpoint.id !== wanted.endpointId &&
      endpoint.vpcId === vpcId &&
      endpoint.serviceName === serviceName &&
      endpoint.kind === 'interface' &&
      endpoint.privateDnsEnabled &&
      holdsItsName.includes(endpoint.state),
  );
  return rival && { kind: 'conflict', vpcId, endpointId: rival.id, dnsName: service?.privateDnsName ?? serviceName };
}

/** Those of the two attributes of a VPC that are known to be off. */
export function attributesOff({ dnsAttributes }: NetworkSnapshot, vpcId: VpcId): readonly DnsAttribute[] {
  const reading = dnsAttributes.get(vpcId);
  if (!reading?.known) return [];
  return (['enableDnsSupport', 'enableDnsHostnames'] as const).filter(name => !reading.value[name]);
}

import type { VpcId } from '../../core/ids';
import type { EndpointState } from '../../core/network';
import { valueOr } from '../../core/reading';
import type { EndpointChoices, PrivateDnsChoice, PrivateDnsObstacle } from '../endpointPlan';

/** States in which an endpoint keeps its private DNS name to itself. */
const holdsItsName: readonly EndpointState[] = ['pendingAcceptance', 'pending', 'available', 'deleting', 'partial'];

/** On, unless something is known that AWS would refuse it for. What could not be read is no obstacle: AWS decides. */
export function privateDnsChoice(choices: EndpointChoices, vpcId: VpcId, serviceName: string): PrivateDnsChoice {
  const obstacle = findObstacle(choices, vpcId, serviceName);
  return { isOnByDefault: obstacle === undefined, obstacle };
}

function findObstacle(choices: EndpointChoices, vpcId: VpcId, serviceName: string): PrivateDnsObstacle | undefined {
  const service = choices.services.find(offer => offer.serviceName === serviceName);
  if (service && !service.privateDnsName) return { kind: 'notOffered', serviceName };
  const attributes = attributesOff(choices, vpcId);
  if (attributes.length > 0) return { kind: 'attributesOff', vpcId, attributes };
  const rival = valueOr(choices.snapshot.endpoints, []).find(
    endpoint =>
      endpoint.vpcId === vpcId &&
      endpoint.serviceName === serviceName &&
      endpoint.kind === 'interface' &&
      endpoint.privateDnsEnabled &&
      holdsItsName.includes(endpoint.state),
  );
  return rival && { kind: 'conflict', vpcId, endpointId: rival.id, dnsName: service?.privateDnsName ?? serviceName };
}

function attributesOff(choices: EndpointChoices, vpcId: VpcId): readonly string[] {
  const reading = choices.snapshot.dnsAttributes.get(vpcId);
  if (!reading?.known) return [];
  return (['enableDnsSupport', 'enableDnsHostnames'] as const).filter(name => !reading.value[name]);
}

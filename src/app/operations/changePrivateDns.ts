import { isOwnName } from '../../core/endpointNames';
import { gapError } from '../../core/gaps';
import { type EndpointServiceOffer, nameOrId, type VpcEndpoint } from '../../core/network';
import type { CallOptions } from '../../core/ports/calls';
import { isS3, privateNamesOfService } from '../../core/serviceNames';
import type { NetworkSnapshot } from '../../core/snapshot';
import { privateDnsObstacleWords } from '../../words/endpointPlans';
import { t } from '../../words/translation';
import type { EndpointDetails, ResourceStore, Scope } from '../appModel';
import type { PlannedChange } from '../changes/plannedChange';
import type { PrivateDnsObstacle } from '../endpointPlan';
import { findPrivateDnsObstacle } from './choosePrivateDns';
import { dnsAttributesText } from './enableDnsAttributes';
import { planEndpointModification } from './planEndpointModification';

/** What stands in the way of private DNS of an endpoint, read freshly. */
export async function readPrivateDnsObstacle(
  scope: Scope,
  endpoint: VpcEndpoint,
  options: CallOptions = {},
): Promise<PrivateDnsObstacle | undefined> {
  const gateways = await scope.gateways();
  const [offers, snapshot] = await Promise.all([
    gateways.endpoints.findService(endpoint.serviceName, undefined, options),
    gateways.network.readSnapshot(['dnsAttributes', 'endpoints'], options),
  ]);
  if (!snapshot.endpoints.known) throw gapError(snapshot.endpoints.gap);
  return obstacleOf(offers, snapshot, endpoint);
}

function obstacleOf(
  offers: readonly EndpointServiceOffer[],
  snapshot: NetworkSnapshot,
  { id, vpcId, serviceName }: VpcEndpoint,
): PrivateDnsObstacle | undefined {
  const service = offers.find(({ kind }) => kind === 'interface');
  return findPrivateDnsObstacle(snapshot, service, { vpcId, serviceName, endpointId: id });
}

/** Switching private DNS on or off. Attributes of the VPC that are in the way are switched on first. */
export function planPrivateDnsChange(
  scope: Scope,
  endpoint: VpcEndpoint,
  isOn: boolean,
  obstacle: PrivateDnsObstacle | undefined,
  store?: ResourceStore<EndpointDetails>,
): PlannedChange<void> {
  const dnsAttributes = isOn && obstacle?.kind === 'attributesOff' ? obstacle.attributes : [];
  const isInTheWay = isOn && obstacle && obstacle.kind !== 'attributesOff';
  const names = namesOf(endpoint);
  return planEndpointModification(
    scope,
    endpoint,
    {
      label: isOn ? t('Switch private DNS on') : t('Switch private DNS off'),
      change: {
        privateDnsEnabled: isOn,
        ...(isOn && isS3(endpoint.serviceName) && { isPrivateDnsForInboundOnly: false }),
      },
      facts: [
        { icon: 'plug', label: t('Endpoint'), text: nameOrId(endpoint) },
        {
          icon: 'globe',
          label: t('Names'),
          text: isOn
            ? t('{0} leads to the endpoint inside {1}', names, endpoint.vpcId)
            : t('{0} leads to public addresses inside {1}', names, endpoint.vpcId),
        },
        ...(dnsAttributes.length > 0
          ? [{ icon: 'gear', label: t('DNS attributes'), text: dnsAttributesText(endpoint.vpcId, dnsAttributes) }]
          : []),
      ],
      warnings: [
        ...(isInTheWay ? [privateDnsObstacleWords(obstacle)] : []),
        ...(isOn ? [] : [t('Programs that use the public name leave the private path, or lose the service.')]),
      ],
      dnsAttributes,
    },
    store,
  );
}

function namesOf({ serviceName, dnsEntries }: VpcEndpoint): string {
  const listed = dnsEntries.map(({ name }) => name).filter(name => !isOwnName(name));
  return [...new Set([...listed, ...privateNamesOfService(serviceName)])].join(', ') || serviceName;
}

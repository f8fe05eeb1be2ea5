import { gapError } from '../../core/gaps';
import type { InstanceId, SubnetId, VpcId } from '../../core/ids';
import { type EndpointServiceOffer, nameOrId, type Vpc } from '../../core/network';
import type { CallOptions } from '../../core/ports/calls';
import { valueOr } from '../../core/reading';
import type { NetworkSnapshot } from '../../core/snapshot';
import type { Scope } from '../appModel';
import type { EndpointChoices } from '../endpointPlan';

/** What the endpoint is wanted for, when the person said so by where they clicked. */
export interface EndpointWish {
  readonly vpcId?: VpcId;
  readonly instanceId?: InstanceId;
}

/** Reads what every step of creating an interface endpoint chooses from. Rejects when there is nothing to choose from. */
export async function readEndpointChoices(
  scope: Scope,
  wish: EndpointWish = {},
  options: CallOptions = {},
): Promise<EndpointChoices> {
  const gateways = await scope.gateways();
  const [offers, snapshot] = await Promise.all([
    gateways.endpoints.listServices(options),
    gateways.network.readSnapshot(
      ['vpcs', 'dnsAttributes', 'subnets', 'securityGroups', 'prefixLists', 'endpoints', 'instances'],
      options,
    ),
  ]);
  for (const part of [snapshot.vpcs, snapshot.subnets] as const) {
    if (!part.known) throw gapError(part.gap);
  }
  const wanted = wantedPlace(snapshot, wish);
  const vpcs = orderVpcs(snapshot, wanted.vpcId);
  return {
    region: scope.region,
    snapshot,
    vpcs,
    services: interfaceServices(offers),
    vpcId: vpcs[0]?.id,
    subnetId: wanted.subnetId,
    place: scope,
  };
}

function wantedPlace(
  snapshot: NetworkSnapshot,
  wish: EndpointWish,
): { readonly vpcId: VpcId | undefined; readonly subnetId: SubnetId | undefined } {
  const instances = valueOr(snapshot.instances, []);
  const instance = instances.find(({ id }) => id === wish.instanceId);
  return { vpcId: wish.vpcId ?? instance?.vpcId, subnetId: instance?.subnetId };
}

/** The wanted VPC first, then the default one, then by name. */
export function orderVpcs(snapshot: NetworkSnapshot, wanted: VpcId | undefined): readonly Vpc[] {
  const rank = (vpc: Vpc) => (vpc.id === wanted ? 0 : vpc.isDefault ? 1 : 2);
  const vpcs = valueOr(snapshot.vpcs, []);
  return [...vpcs].sort((a, b) => rank(a) - rank(b) || nameOrId(a).localeCompare(nameOrId(b), 'en'));
}

/** S3 and DynamoDB are listed twice under one name, once for each kind: only the interface kind is of use here. */
function interfaceServices(offers: readonly EndpointServiceOffer[]): readonly EndpointServiceOffer[] {
  const rank = (offer: EndpointServiceOffer) => (offer.owner === 'amazon' ? 0 : 1);
  return offers
    .filter(offer => offer.kind === 'interface')
    .sort((a, b) => rank(a) - rank(b) || a.serviceName.localeCompare(b.serviceName, 'en'));
}

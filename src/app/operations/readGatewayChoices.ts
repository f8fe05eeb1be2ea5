import { LabError } from '../../core/errors';
import { gapError } from '../../core/gaps';
import type { EndpointServiceOffer, Vpc } from '../../core/network';
import type { CallOptions } from '../../core/ports/calls';
import { valueOr } from '../../core/reading';
import { serviceLabel } from '../../core/serviceNames';
import type { NetworkSnapshot } from '../../core/snapshot';
import type { Scope } from '../appModel';
import { orderVpcs } from './readEndpointChoices';

/** What every step of creating a gateway endpoint chooses from. */
export interface GatewayChoices {
  readonly snapshot: NetworkSnapshot;
  /** The default VPC first. */
  readonly vpcs: readonly Vpc[];
  /** S3 before the others: it is what the packages of an instance come from. */
  readonly services: readonly EndpointServiceOffer[];
}

/** Rejects when there is nothing to choose from. */
export async function readGatewayChoices(scope: Scope, options: CallOptions = {}): Promise<GatewayChoices> {
  const gateways = await scope.gateways();
  const [offers, snapshot] = await Promise.all([
    gateways.endpoints.listServices(options),
    gateways.network.readSnapshot(['vpcs', 'subnets', 'routeTables', 'endpoints'], options),
  ]);
  for (const part of [snapshot.vpcs, snapshot.routeTables] as const) {
    if (!part.known) throw gapError(part.gap);
  }
  const services = offers.filter(({ kind }) => kind === 'gateway').sort(byLabel);
  if (services.length === 0) throw new LabError('resourceNotFound', { kind: 'gateway service', id: '' });
  if (valueOr(snapshot.vpcs, []).length === 0) throw new LabError('resourceNotFound', { kind: 'vpc', id: '' });
  return { snapshot, vpcs: orderVpcs(snapshot, undefined), services };
}

function byLabel(one: EndpointServiceOffer, other: EndpointServiceOffer): number {
  const rank = ({ serviceName }: EndpointServiceOffer) => (serviceLabel(serviceName) === 's3' ? 0 : 1);
  return rank(one) - rank(other) || one.serviceName.localeCompare(other.serviceName, 'en');
}

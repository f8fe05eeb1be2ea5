/** Endpoint services of the practice accounts, found from anywhere by name. */
import type { EndpointService } from '../../core/endpointService';
import type { EndpointServiceId } from '../../core/ids';
import { ownServiceOf } from '../../core/serviceNames';
import type { PlaceState } from './placeState';
import { findDirectoryService } from './serviceDirectory';

interface Places {
  readonly regions: Iterable<PlaceState>;
}

/** The endpoint service with this name, whoever has it. */
export function findOwnService({ regions }: Places, serviceName: string): EndpointService | undefined {
  const { region, serviceId } = ownServiceOf(serviceName) ?? {};
  for (const { place, endpointServices } of regions)
    if (place.region === region) {
      const found = endpointServices.get(serviceId as EndpointServiceId);
      if (found) return found;
    }
  return undefined;
}

/** All endpoint services of one region. */
export function ownServicesIn({ regions }: Places, region: string): readonly EndpointService[] {
  return [...regions].flatMap(({ place, endpointServices }) =>
    place.region === region ? [...endpointServices.values()] : [],
  );
}

/** Names that private DNS of an endpoint takes over: an AWS service's own, or the name that a provider has verified. */
export function privateNamesOf(places: Places, serviceName: string): readonly string[] {
  const service = findOwnService(places, serviceName);
  if (!service) return findDirectoryService(serviceName)?.privateNames ?? [];
  return service.privateDnsName?.state === 'verified' ? [service.privateDnsName.name] : [];
}

/** Ids of the zones in which a service's load balancers stand. */
export function zoneIdsOf(provider: PlaceState, { loadBalancerArns }: EndpointService): readonly string[] {
  const nodes = loadBalancerArns.flatMap(arn => provider.loadBalancers.get(arn)?.nodes ?? []);
  const ids = nodes.flatMap(({ subnetId }) => provider.subnets.get(subnetId)?.availabilityZoneId ?? []);
  return [...new Set(ids)].sort();
}

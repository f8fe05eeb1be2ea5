import type { EndpointService } from '../../../core/endpointService';
import type { Region } from '../../../core/ids';
import { ownServiceOf } from '../../../core/serviceNames';
import { ServiceFault } from '../../protocols/serviceFault';
import { findOwnService, ownServicesIn, privateNamesOf, zoneIdsOf } from '../../world/ownServices';
import type { PlaceState } from '../../world/placeState';
import type { Principal } from '../../world/principal';
import { type DirectoryService, servicesOf } from '../../world/serviceDirectory';
import { isOfferedInZone } from '../../world/withdrawnZones';
import type { World } from '../../world/world';
import type { CallContext } from '../operation';

/** A service as somebody who wants an endpoint for it sees it, AWS's or somebody's own. */
export interface OfferedService {
  readonly serviceName: string;
  readonly region: Region;
  readonly kinds: readonly ('Interface' | 'Gateway')[];
  /** Names that private DNS takes over; of somebody's own service only once they are verified. */
  readonly privateNames: readonly string[];
  /** Zones in which endpoints can be made. */
  readonly zoneIds: readonly string[];
  /** Its code, such as `s3`; undefined for somebody's own service. */
  readonly code: string | undefined;
  /** Undefined for a service of AWS's. */
  readonly own: EndpointService | undefined;
}

export function noSuchService(serviceName: string): ServiceFault {
  return new ServiceFault('InvalidServiceName', `The Vpc Endpoint Service '${serviceName}' does not exist`);
}

function offerOfAws(world: World, { zones }: PlaceState, service: DirectoryService): OfferedService {
  const { serviceName, region, kinds, privateNames, code } = service;
  const zoneIds = zones.map(({ id }) => id).filter(id => isOfferedInZone(world, serviceName, id));
  return { serviceName, region, kinds, privateNames, code, zoneIds, own: undefined };
}

function ownOffer(world: World, service: EndpointService): OfferedService {
  const { serviceName, place } = service;
  return {
    serviceName,
    region: place.region,
    kinds: ['Interface'],
    privateNames: privateNamesOf(world, serviceName),
    zoneIds: zoneIdsOf(world.region(place), service),
    code: undefined,
    own: service,
  };
}

/** Whether the provider lets a caller see the service and make endpoints for it; his own account always. */
function isAllowed({ place, allowedPrincipals }: EndpointService, caller: Principal): boolean {
  const account = `arn:aws:iam::${caller.accountId}`;
  const own = caller.kind === 'user' ? caller.arn : `${account}:role/${caller.roleName}`;
  return (
    place.accountId === caller.accountId ||
    allowedPrincipals.some(({ principal }) => [own, `${account}:root`, '*'].includes(principal))
  );
}

/** Whether endpoints of a region may be made for the service: its own, and those that it supports. */
function reaches({ place, supportedRegions }: EndpointService, region: Region): boolean {
  return place.region === region || supportedRegions.includes(region);
}

/** The services of a region that endpoints of the caller's can be made for. */
export function offersIn(context: CallContext, serviceRegion: string): readonly OfferedService[] {
  const { world, region, caller } = context;
  const at = region.place.region;
  const own = ownServicesIn(world, serviceRegion).filter(service => isAllowed(service, caller) && reaches(service, at));
  const ofAws = serviceRegion === at ? servicesOf(at).filter(({ kinds }) => kinds.length > 0) : [];
  return [...ofAws.map(service => offerOfAws(world, region, service)), ...own.map(service => ownOffer(world, service))];
}

/** A service that may be named from here; unknown and not allowed ones look the same. */
export function findOfferedService(context: CallContext, serviceName: string, serviceRegion?: string): OfferedService {
  const found = offersIn(context, serviceRegion ?? context.region.place.region).find(
    offer => offer.serviceName === serviceName,
  );
  if (!found) throw noSuchService(serviceName);
  return found;
}

/** The service of an endpoint that is there already: whoever has an endpoint needs no permission any more. */
export function serviceOfEndpoint(world: World, region: PlaceState, serviceName: string): OfferedService {
  const own = ownServiceOf(serviceName) && findOwnService(world, serviceName);
  if (own) return ownOffer(world, own);
  const ofAws = servicesOf(region.place.region).find(service => service.serviceName === serviceName);
  if (!ofAws) throw noSuchService(serviceName);
  return offerOfAws(world, region, ofAws);
}

import type { EndpointService, ServicePrivateDnsName } from '../../core/endpointService';
import { type EndpointServiceId, endpointServiceId, type Region } from '../../core/ids';
import type { Tags } from '../../core/network';
import { ownServiceName } from '../../core/serviceNames';
import type { PlaceState } from './placeState';
import { domainOf, isOwnDomain } from './publishedTexts';
import type { TransitionTable, World } from './world';

const minuteMs = 60_000;

export interface EndpointServicePlan {
  readonly loadBalancerArns: readonly string[];
  readonly isAcceptanceRequired: boolean;
  readonly privateDnsName: string | undefined;
  readonly supportedRegions: readonly Region[];
  readonly tags: Tags;
}

/** Makes an endpoint service, `available` at once. */
export function makeEndpointService(world: World, region: PlaceState, plan: EndpointServicePlan): EndpointService {
  const id = endpointServiceId(region.newId('vpce-svc'));
  const service: EndpointService = {
    id,
    place: region.place,
    serviceName: ownServiceName(region.place.region, id),
    state: 'available',
    isAcceptanceRequired: plan.isAcceptanceRequired,
    loadBalancerArns: plan.loadBalancerArns,
    gatewayLoadBalancerArns: [],
    privateDnsName: plan.privateDnsName === undefined ? undefined : unprovenName(region, plan.privateDnsName),
    allowedPrincipals: [],
    supportedRegions: plan.supportedRegions,
    ipAddressTypes: ['ipv4'],
    createdAtMs: world.timeline.now(),
    tags: plan.tags,
  };
  region.endpointServices.set(id, service);
  return service;
}

/** A private DNS name whose domain nobody has proved to be his, with the TXT record that would. */
export function unprovenName(region: PlaceState, name: string): ServicePrivateDnsName {
  const chance = region.chanceFor('domain verification');
  const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
  return {
    name,
    state: 'pendingVerification',
    recordName: `_${chance.text(alphabet, 20)}`,
    recordValue: `vpce:${chance.text('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 20)}`,
    isRecordPublished: false,
  };
}

/**
 * Begins to look for the TXT record, for up to ten minutes as on AWS. The practice cloud has no registrar and no public zones to write into:
 * a domain of the practice user's (`example.com`, `.net`, `.org`, or under `.test`) publishes its record by itself when verification starts;
 * of any other domain no record is ever found, and verification fails.
 */
export function startVerification(world: World, region: PlaceState, service: EndpointService): void {
  const { privateDnsName } = service;
  if (!privateDnsName || privateDnsName.state === 'verified') return;
  const isRecordPublished = isOwnDomain(domainOf(privateDnsName.name));
  const pending = { ...privateDnsName, state: 'pendingVerification' as const, isRecordPublished };
  region.endpointServices.set(service.id, { ...service, privateDnsName: pending });
  const durationMs = isRecordPublished ? region.chanceFor('verification').between(2, 10) * minuteMs : 10 * minuteMs;
  const detail = { recordName: privateDnsName.recordName };
  world.schedule(durationMs, { kind: 'privateDnsNameJudged', place: region.place, subject: service.id, detail });
}

function judge(region: PlaceState, id: EndpointServiceId, recordName: unknown): void {
  const service = region.endpointServices.get(id);
  const { privateDnsName } = service ?? {};
  if (!service || privateDnsName?.recordName !== recordName || !privateDnsName) return;
  const state = privateDnsName.isRecordPublished ? 'verified' : 'failed';
  region.endpointServices.set(id, { ...service, privateDnsName: { ...privateDnsName, state } });
}

/** What time does to endpoint services. */
export const endpointServiceTransitions: TransitionTable = {
  privateDnsNameJudged: (world, { place, subject, detail }) =>
    judge(world.region(place), endpointServiceId(subject), detail?.recordName),
};

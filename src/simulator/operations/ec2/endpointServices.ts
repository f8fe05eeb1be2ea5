import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { type DirectoryService, servicesOf } from '../../world/serviceDirectory';
import { applyFilters } from '../common/filters';
import { pageOf } from '../common/paging';
import type { CallContext, OperationTable } from '../operation';
import { optional } from './describe';

/** A service of both kinds stands twice in the list, under one name. */
interface Offer {
  readonly service: DirectoryService;
  readonly kind: 'Interface' | 'Gateway';
}

function offersOf(region: PlaceState): readonly Offer[] {
  return servicesOf(region.place.region)
    .flatMap(service => service.kinds.map(kind => ({ service, kind })))
    .sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
}

function keyOf({ service, kind }: Offer): string {
  return `${service.serviceName} ${kind}`;
}

export function noSuchService(serviceName: string): ServiceFault {
  return new ServiceFault('InvalidServiceName', `The Vpc Endpoint Service '${serviceName}' does not exist`);
}

/** Services that may be named from this region. */
export function findOfferedService(region: PlaceState, serviceName: string): DirectoryService {
  const found = servicesOf(region.place.region).find(service => service.serviceName === serviceName);
  if (!found || found.kinds.length === 0) throw noSuchService(serviceName);
  return found;
}

function detail(region: PlaceState, { service, kind }: Offer): Ec2.ServiceDetail {
  const { code, serviceName, privateNames } = service;
  const base = `${code.split('.').reverse().join('.')}.${region.place.region}.vpce.amazonaws.com`;
  const isInterface = kind === 'Interface';
  return {
    ServiceName: serviceName,
    ServiceId: region.derivedId('vpce-svc', keyOf({ service, kind })),
    ServiceType: [{ ServiceType: kind }],
    ServiceRegion: region.place.region,
    AvailabilityZones: region.zones.map(({ name }) => name),
    Owner: 'amazon',
    BaseEndpointDnsNames: [isInterface ? base : `${code}.${region.place.region}.amazonaws.com`],
    ...(isInterface && privateNames[0] !== undefined
      ? {
          PrivateDnsName: privateNames[0],
          PrivateDnsNames: privateNames.map(PrivateDnsName => ({ PrivateDnsName })),
          PrivateDnsNameVerificationState: 'verified' as const,
        }
      : {}),
    VpcEndpointPolicySupported: true,
    AcceptanceRequired: false,
    ManagesVpcEndpoints: false,
    Tags: [],
    SupportedIpAddressTypes: ['ipv4'],
  };
}

function describeVpcEndpointServices(
  input: Ec2.DescribeVpcEndpointServicesRequest,
  { region }: CallContext,
): Ec2.DescribeVpcEndpointServicesResult {
  for (const name of input.ServiceNames ?? []) findOfferedService(region, name);
  const named = offersOf(region).filter(
    ({ service }) =>
      (!input.ServiceNames?.length || input.ServiceNames.includes(service.serviceName)) &&
      (!input.ServiceRegions?.length || input.ServiceRegions.includes(service.region)),
  );
  const matching = applyFilters(
    named,
    input.Filters,
    {
      owner: () => 'amazon',
      'service-name': ({ service }) => service.serviceName,
      'service-region': () => region.place.region,
      'service-type': ({ kind }) => kind,
      'supported-ip-address-types': () => 'ipv4',
    },
    () => ({}),
  );
  const page = pageOf(matching, input, { cap: 1000 }, keyOf);
  return {
    ServiceNames: [...new Set(page.items.map(({ service }) => service.serviceName))],
    ServiceDetails: page.items.map(offer => detail(region, offer)),
    ...optional({ NextToken: page.nextToken }),
  };
}

export const endpointServiceOperations: OperationTable = { DescribeVpcEndpointServices: describeVpcEndpointServices };

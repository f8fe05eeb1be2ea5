import type { Tags } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { practiceRegions } from '../../world/zones';
import { applyFilters } from '../common/filters';
import { pageOf } from '../common/paging';
import { tagList } from '../common/tags';
import type { CallContext, OperationTable } from '../operation';
import { optional } from './describe';
import { noSuchService, type OfferedService, offersIn } from './offeredServices';

/** A service of both kinds stands twice in the list, under one name. */
interface Listed {
  readonly service: OfferedService;
  readonly kind: 'Interface' | 'Gateway';
}

function keyOf({ service, kind }: Listed): string {
  return `${service.serviceName} ${kind}`;
}

function ownerOf({ own }: OfferedService): string {
  return own?.place.accountId ?? 'amazon';
}

/** Only its own account sees a service's tags. */
function tagsOf({ place }: PlaceState, { own }: OfferedService): Tags {
  return own?.place.accountId === place.accountId ? own.tags : {};
}

/** Zones that service and caller have in common, by the caller's names. */
function zonesOf({ zones }: PlaceState, { zoneIds }: OfferedService): Ec2.ServiceDetail {
  const common = zones.filter(({ id }) => zoneIds.includes(id));
  return { AvailabilityZoneIds: common.map(({ id }) => id), AvailabilityZones: common.map(({ name }) => name) };
}

function detailOf(region: PlaceState, listed: Listed): Ec2.ServiceDetail {
  const { service, kind } = listed;
  return {
    ServiceName: service.serviceName,
    ServiceId: service.own?.id ?? region.derivedId('vpce-svc', keyOf(listed)),
    ServiceType: [{ ServiceType: kind }],
    ServiceRegion: service.region,
    ...zonesOf(region, service),
    Owner: ownerOf(service),
    BaseEndpointDnsNames: [baseName(listed)],
    ...(kind === 'Interface' ? privateNamesShape(service) : {}),
    VpcEndpointPolicySupported: service.own === undefined,
    AcceptanceRequired: service.own?.isAcceptanceRequired ?? false,
    ManagesVpcEndpoints: false,
    Tags: tagList(tagsOf(region, service)),
    SupportedIpAddressTypes: ['ipv4'],
  };
}

function baseName({ service, kind }: Listed): string {
  const { own, code = '', region } = service;
  if (own) return `${own.id}.${region}.vpce.amazonaws.com`;
  return kind === 'Interface'
    ? `${code.split('.').reverse().join('.')}.${region}.vpce.amazonaws.com`
    : `${code}.${region}.amazonaws.com`;
}

/** A name that its provider has not verified is told of too, with how far that is. */
function privateNamesShape({ own, privateNames }: OfferedService): Ec2.ServiceDetail {
  const names = own?.privateDnsName ? [own.privateDnsName.name] : privateNames;
  if (names[0] === undefined) return {};
  return {
    PrivateDnsName: names[0],
    PrivateDnsNames: names.map(PrivateDnsName => ({ PrivateDnsName })),
    PrivateDnsNameVerificationState: own?.privateDnsName?.state ?? 'verified',
  };
}

function regionsAsked(
  { ServiceRegions = [] }: Ec2.DescribeVpcEndpointServicesRequest,
  here: string,
): readonly string[] {
  const unknown = ServiceRegions.find(name => !practiceRegions.some(known => known === name));
  if (unknown !== undefined)
    throw new ServiceFault('InvalidParameterValue', `Invalid value '${unknown}' for ServiceRegions.`);
  return ServiceRegions.length > 0 ? [...new Set(ServiceRegions)] : [here];
}

function describeVpcEndpointServices(
  input: Ec2.DescribeVpcEndpointServicesRequest,
  context: CallContext,
): Ec2.DescribeVpcEndpointServicesResult {
  const { region } = context;
  const offered = regionsAsked(input, region.place.region).flatMap(at => offersIn(context, at));
  const names = input.ServiceNames ?? [];
  for (const name of names) if (!offered.some(({ serviceName }) => serviceName === name)) throw noSuchService(name);
  const listed = offered
    .filter(({ serviceName }) => names.length === 0 || names.includes(serviceName))
    .flatMap(service => service.kinds.map(kind => ({ service, kind })))
    .sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
  const matching = applyFilters(
    listed,
    input.Filters,
    {
      owner: ({ service }) => ownerOf(service),
      'service-name': ({ service }) => service.serviceName,
      'service-region': ({ service }) => service.region,
      'service-type': ({ kind }) => kind,
      'supported-ip-address-types': () => 'ipv4',
    },
    ({ service }) => tagsOf(region, service),
  );
  const page = pageOf(matching, input, { cap: 1000 }, keyOf);
  return {
    ServiceNames: [...new Set(page.items.map(({ service }) => service.serviceName))],
    ServiceDetails: page.items.map(item => detailOf(region, item)),
    ...optional({ NextToken: page.nextToken }),
  };
}

export const endpointServiceOperations: OperationTable = { DescribeVpcEndpointServices: describeVpcEndpointServices };

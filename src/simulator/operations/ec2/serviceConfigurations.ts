import type { EndpointService } from '../../../core/endpointService';
import type { EndpointServiceId } from '../../../core/ids';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import { isLive } from '../../world/endpointConnections';
import { makeEndpointService, startVerification, unprovenName } from '../../world/endpointServiceLife';
import { zoneIdsOf } from '../../world/ownServices';
import type { PlaceState } from '../../world/placeState';
import { makeOnce } from '../common/clientTokens';
import { checkIdForm, find } from '../common/resourceIds';
import { tagList, tagsAtCreation } from '../common/tags';
import type { CallContext, OperationTable } from '../operation';
import { type Listing, list, optional } from './describe';
import {
  checkedPrivateDnsName,
  freeLoadBalancers,
  refuseUnsimulatedService,
  supportedRegionsOf,
} from './serviceChecks';

type CreateInput = Ec2.CreateVpcEndpointServiceConfigurationRequest;
type ModifyInput = Ec2.ModifyVpcEndpointServiceConfigurationRequest;

const wireStates = {
  pending: 'Pending',
  available: 'Available',
  deleting: 'Deleting',
  deleted: 'Deleted',
  failed: 'Failed',
} as const;

const listing: Listing<EndpointService> = {
  kind: 'endpointService',
  tagsOf: service => service.tags,
  limits: { least: 5, most: 1000 },
  filters: {
    'service-name': service => service.serviceName,
    'service-id': service => service.id,
    'service-state': service => wireStates[service.state],
    'supported-ip-address-types': service => service.ipAddressTypes,
  },
};

export function serviceShape(region: PlaceState, service: EndpointService): Ec2.ServiceConfiguration {
  const zoneIds = zoneIdsOf(region, service);
  const { privateDnsName, supportedRegions, place } = service;
  return {
    ServiceType: [{ ServiceType: 'Interface' }],
    ServiceId: service.id,
    ServiceName: service.serviceName,
    ServiceState: wireStates[service.state],
    AvailabilityZoneIds: [...zoneIds],
    AvailabilityZones: region.zones.filter(({ id }) => zoneIds.includes(id)).map(({ name }) => name),
    AcceptanceRequired: service.isAcceptanceRequired,
    ManagesVpcEndpoints: false,
    NetworkLoadBalancerArns: [...service.loadBalancerArns],
    SupportedIpAddressTypes: [...service.ipAddressTypes],
    BaseEndpointDnsNames: [`${service.id}.${place.region}.vpce.amazonaws.com`],
    ...(privateDnsName === undefined ? {} : { PrivateDnsName: privateDnsName.name }),
    PrivateDnsNameConfiguration: privateDnsName
      ? {
          State: privateDnsName.state,
          Type: 'TXT',
          Value: privateDnsName.recordValue,
          Name: privateDnsName.recordName,
        }
      : {},
    Tags: tagList(service.tags),
    SupportedRegions: [place.region, ...supportedRegions].map(Region => ({ Region, ServiceState: 'Available' })),
    RemoteAccessEnabled: supportedRegions.length > 0,
  };
}

function create(input: CreateInput, { world, region }: CallContext): Ec2.CreateVpcEndpointServiceConfigurationResult {
  const [id = ''] = makeOnce(region, 'CreateVpcEndpointServiceConfiguration', input, () => {
    refuseUnsimulatedService(input);
    const plan = {
      loadBalancerArns: freeLoadBalancers(region, input.NetworkLoadBalancerArns ?? []),
      isAcceptanceRequired: input.AcceptanceRequired ?? true,
      privateDnsName: checkedPrivateDnsName(input.PrivateDnsName),
      supportedRegions: supportedRegionsOf(region, input.SupportedRegions ?? []),
      tags: tagsAtCreation(input.TagSpecifications, 'vpc-endpoint-service'),
    };
    return [makeEndpointService(world, region, plan).id];
  });
  const service = find('endpointService', region.endpointServices, id);
  return { ServiceConfiguration: serviceShape(region, service), ...optional({ ClientToken: input.ClientToken }) };
}

function describe(
  input: Ec2.DescribeVpcEndpointServiceConfigurationsRequest,
  { region }: CallContext,
): Ec2.DescribeVpcEndpointServiceConfigurationsResult {
  const page = list(listing, region.endpointServices, input.ServiceIds, input);
  return {
    ServiceConfigurations: page.items.map(service => serviceShape(region, service)),
    ...optional({ NextToken: page.nextToken }),
  };
}

function modify(input: ModifyInput, { region }: CallContext): Ec2.ModifyVpcEndpointServiceConfigurationResult {
  const service = find('endpointService', region.endpointServices, input.ServiceId ?? '');
  const { AddSupportedIpAddressTypes: SupportedIpAddressTypes, AddGatewayLoadBalancerArns } = input;
  refuseUnsimulatedService({ SupportedIpAddressTypes, GatewayLoadBalancerArns: AddGatewayLoadBalancerArns });
  const removedRegions = input.RemoveSupportedRegions ?? [];
  const added = supportedRegionsOf(region, input.AddSupportedRegions ?? []);
  const supportedRegions = [...new Set([...service.supportedRegions, ...added])];
  region.endpointServices.set(service.id, {
    ...service,
    isAcceptanceRequired: input.AcceptanceRequired ?? service.isAcceptanceRequired,
    loadBalancerArns: loadBalancersAfter(region, service, input),
    privateDnsName: privateDnsNameAfter(region, service, input),
    supportedRegions: supportedRegions.filter(name => !removedRegions.includes(name)),
  });
  return { Return: true };
}

/** One balancer must be left, and none may go while endpoints are attached. */
function loadBalancersAfter(region: PlaceState, service: EndpointService, input: ModifyInput): readonly string[] {
  const removed = input.RemoveNetworkLoadBalancerArns ?? [];
  const kept = service.loadBalancerArns.filter(arn => !removed.includes(arn));
  const fresh = (input.AddNetworkLoadBalancerArns ?? []).filter(arn => !service.loadBalancerArns.includes(arn));
  const added = fresh.length > 0 ? freeLoadBalancers(region, fresh) : [];
  if (kept.length < service.loadBalancerArns.length && hasLiveConnections(region, service.id))
    throw new ServiceFault('ExistingVpcEndpointConnections', existingConnections);
  if (kept.length + added.length === 0)
    throw new ServiceFault('InvalidParameter', 'An endpoint service must have at least one network load balancer.');
  return [...kept, ...added];
}

function privateDnsNameAfter(
  region: PlaceState,
  { privateDnsName: before }: EndpointService,
  { PrivateDnsName, RemovePrivateDnsName }: ModifyInput,
): EndpointService['privateDnsName'] {
  if (RemovePrivateDnsName || PrivateDnsName === '') return undefined;
  const name = checkedPrivateDnsName(PrivateDnsName);
  return name === undefined || name === before?.name ? before : unprovenName(region, name);
}

const existingConnections = 'Service has existing active VPC Endpoint connections!';

function hasLiveConnections({ endpointConnections }: PlaceState, id: EndpointServiceId): boolean {
  return [...endpointConnections.values()].some(connection => connection.serviceId === id && isLive(connection));
}

/** Answers 200 whatever becomes of single ids; those that failed are listed. */
function remove(
  { ServiceIds = [] }: Ec2.DeleteVpcEndpointServiceConfigurationsRequest,
  { region }: CallContext,
): Ec2.DeleteVpcEndpointServiceConfigurationsResult {
  for (const id of ServiceIds) checkIdForm('endpointService', id);
  return { Unsuccessful: ServiceIds.flatMap(id => removeOne(region, id as EndpointServiceId)) };
}

function removeOne(region: PlaceState, id: EndpointServiceId): Ec2.UnsuccessfulItem[] {
  const failed = (Code: string, Message: string) => [{ ResourceId: id, Error: { Code, Message } }];
  if (!region.endpointServices.has(id))
    return failed('InvalidVpcEndpointService.NotFound', `The VpcEndpointService Id '${id}' does not exist`);
  if (hasLiveConnections(region, id)) return failed('ExistingVpcEndpointConnections', existingConnections);
  region.endpointServices.delete(id);
  for (const { endpointId, serviceId } of [...region.endpointConnections.values()])
    if (serviceId === id) region.endpointConnections.delete(endpointId);
  return [];
}

function startPrivateDnsVerification(
  { ServiceId = '' }: Ec2.StartVpcEndpointServicePrivateDnsVerificationRequest,
  { world, region }: CallContext,
): Ec2.StartVpcEndpointServicePrivateDnsVerificationResult {
  const service = find('endpointService', region.endpointServices, ServiceId);
  if (!service.privateDnsName)
    throw new ServiceFault('InvalidParameter', `The service ${ServiceId} does not have a private DNS name.`);
  startVerification(world, region, service);
  return { ReturnValue: true };
}

export const serviceConfigurationOperations: OperationTable = {
  CreateVpcEndpointServiceConfiguration: create,
  DescribeVpcEndpointServiceConfigurations: describe,
  ModifyVpcEndpointServiceConfiguration: modify,
  DeleteVpcEndpointServiceConfigurations: remove,
  StartVpcEndpointServicePrivateDnsVerification: startPrivateDnsVerification,
};

/** What EC2 refuses when an endpoint is made or changed; texts as "Error codes for the Amazon EC2 API" and users report them. */
import type { SecurityGroup, Subnet, Vpc, VpcEndpoint } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import { fullAccessPolicy } from '../../world/fullAccessPolicy';
import { privateNamesOf } from '../../world/ownServices';
import type { PlaceState } from '../../world/placeState';
import { parsePolicy } from '../../world/policyDocument';
import type { World } from '../../world/world';
import { find } from '../common/resourceIds';
import type { OfferedService } from './offeredServices';

/** "AWS PrivateLink quotas". */
const maximumInterfaceEndpoints = 50;
const maximumGatewayEndpoints = 20;
const maximumPolicyLength = 20_480;

const invalidParameter = (message: string) => new ServiceFault('InvalidParameter', message);

export function checkKind(service: OfferedService, kind: string): void {
  if (!service.kinds.some(offered => offered === kind))
    throw invalidParameter(
      `Endpoint type (${kind}) does not match available service types ([${service.kinds.join(', ')}]).`,
    );
}

/** Interface endpoints are counted by VPC, gateway endpoints by Region. */
export function checkLimit(region: PlaceState, vpc: Vpc, kind: VpcEndpoint['kind']): void {
  const same = [...region.endpoints.values()].filter(other => other.kind === kind);
  const isFull =
    kind === 'gateway'
      ? same.length >= maximumGatewayEndpoints
      : same.filter(({ vpcId }) => vpcId === vpc.id).length >= maximumInterfaceEndpoints;
  if (isFull)
    throw new ServiceFault('VpcEndpointLimitExceeded', 'The maximum number of VPC endpoints has been reached.');
}

/** Subnets of the endpoint's VPC, each in a zone of its own. */
export function checkedSubnets(
  region: PlaceState,
  vpcId: string,
  ids: readonly string[],
  present: readonly Subnet[] = [],
): readonly Subnet[] {
  const subnets = [...new Set(ids)].map(id => find('subnet', region.subnets, id));
  const zones = new Set(present.map(({ availabilityZone }) => availabilityZone));
  for (const subnet of subnets) {
    if (subnet.vpcId !== vpcId) throw invalidParameter(`The subnet ${subnet.id} does not belong to the VPC ${vpcId}.`);
    if (zones.has(subnet.availabilityZone)) throw sameZone(subnet);
    zones.add(subnet.availabilityZone);
  }
  return subnets;
}

/** Refuses subnets in zones that the service does not offer; a service of another Region is reached from any zone. */
export function checkZones(region: PlaceState, service: OfferedService, subnets: readonly Subnet[]): void {
  if (service.region !== region.place.region) return;
  const outside = subnets.find(({ availabilityZoneId }) => !service.zoneIds.includes(availabilityZoneId));
  if (outside)
    throw invalidParameter(
      `The VPC endpoint service ${service.serviceName} does not support the availability zone of the subnet: ${outside.id}.`,
    );
}

function sameZone(subnet: Subnet): ServiceFault {
  return new ServiceFault(
    'DuplicateSubnetsInSameZone',
    `Found another VPC endpoint subnet in the availability zone of ${subnet.id}. VPC endpoint subnets should be in different availability zones supported by the VPC endpoint service.`,
  );
}

/** Groups of the endpoint's VPC; the VPC's default group when none are given. */
export function checkedGroups(
  region: PlaceState,
  vpcId: string,
  ids: readonly string[] | undefined,
): readonly SecurityGroup[] {
  if (!ids || ids.length === 0)
    return [...region.securityGroups.values()].filter(group => group.vpcId === vpcId && group.name === 'default');
  return [...new Set(ids)].map(id => {
    const group = find('namedSecurityGroup', region.securityGroups, id);
    if (group.vpcId !== vpcId)
      throw invalidParameter(`Security group ${id} and VPC ${vpcId} belong to different networks.`);
    return group;
  });
}

/** Private DNS needs a name to take over, both attributes of the VPC, and nobody who took the name before. */
export function checkPrivateDns(
  world: World,
  region: PlaceState,
  vpc: Vpc,
  service: OfferedService,
  ownId?: string,
): void {
  checkHasPrivateName(service);
  const attributes = region.dnsAttributes.get(vpc.id);
  if (!attributes?.enableDnsSupport || !attributes.enableDnsHostnames)
    throw invalidParameter(
      `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${vpc.id}`,
    );
  const taken = takenNames(world, region, vpc, ownId).find(name => service.privateNames.includes(name));
  if (taken !== undefined)
    throw invalidParameter(
      `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${taken} in the VPC ${vpc.id}`,
    );
}

/** A service of somebody's own has a name once it has been verified, and shows it to endpoints that were let in. */
function checkHasPrivateName({ serviceName, privateNames, own }: OfferedService): void {
  if (privateNames.length > 0) return;
  const why = own?.privateDnsName ? 'has not verified the private DNS name.' : 'does not provide a private DNS name.';
  throw invalidParameter(`Private DNS can't be enabled because the service ${serviceName} ${why}`);
}

function takenNames(world: World, region: PlaceState, vpc: Vpc, ownId: string | undefined): readonly string[] {
  return [...region.endpoints.values()]
    .filter(other => other.vpcId === vpc.id && other.id !== ownId && other.state !== 'deleting')
    .filter(other => other.privateDnsEnabled || region.inboundOnlyNames.has(other.id))
    .flatMap(({ serviceName }) => privateNamesOf(world, serviceName));
}

/** The names "only for inbound resolver endpoints" stand beside a gateway endpoint of the same service. */
export function checkInboundOnly(region: PlaceState, vpc: Vpc, service: OfferedService): void {
  const hasGateway = [...region.endpoints.values()].some(
    ({ kind, vpcId, serviceName }) => kind === 'gateway' && vpcId === vpc.id && serviceName === service.serviceName,
  );
  if (!hasGateway)
    throw invalidParameter(
      `To set PrivateDnsOnlyForInboundResolverEndpoint to true, the VPC ${vpc.id} must have a Gateway endpoint for the service.`,
    );
}

export function checkedPolicy(text: string | undefined): string {
  if (text === undefined || text === '') return fullAccessPolicy;
  if (text.length > maximumPolicyLength || !parsePolicy(text))
    throw new ServiceFault('InvalidPolicyDocument', 'The Policy Document is malformed or too long.');
  return text;
}

export function noFreeAddress(): ServiceFault {
  return new ServiceFault('InsufficientFreeAddressesInSubnet', 'A subnet has no free address for the endpoint.');
}

/** What cannot be changed while it is on its way. */
export function checkModifiable({ id, state }: VpcEndpoint): void {
  if (state !== 'available')
    throw new ServiceFault('IncorrectState', `The VPC endpoint ${id} is in state ${state} and cannot be modified.`);
}

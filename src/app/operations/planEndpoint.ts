/** Defaults and checks for creating an interface endpoint, so that Enter at every step makes the common case. Pure. */
import { LabError } from '../../core/errors';
import type { SubnetId, VpcId } from '../../core/ids';
import type { EndpointServiceOffer, Subnet } from '../../core/network';
import { valueOr } from '../../core/reading';
import { awsServiceName, serviceLabel } from '../../core/serviceNames';
import type { CreateInterfaceEndpointRequest, EndpointChoices, SubnetChoice, SubnetProblem } from '../endpointPlan';
import { privateDnsChoice } from './choosePrivateDns';
import { securityGroupChoices } from './chooseSecurityGroup';

/** Tag values: "Amazon EC2 User Guide: Tag restrictions". */
export const NAME_MAX_LENGTH = 256;

/** The service that is proposed first. */
function defaultServiceName(choices: EndpointChoices): string {
  const wanted = awsServiceName(choices.region, 'ec2');
  return choices.services.some(({ serviceName }) => serviceName === wanted)
    ? wanted
    : (choices.services[0]?.serviceName ?? wanted);
}

/** One subnet in each zone that the service is offered in: the wish's own subnet, else the one with most free addresses. */
export function subnetChoices(choices: EndpointChoices, vpcId: VpcId, serviceName: string): readonly SubnetChoice[] {
  const service = findService(choices, serviceName);
  const subnets = subnetsOf(choices, vpcId);
  const chosen = new Map<string, Subnet>();
  for (const subnet of [...subnets].sort(byPreference(choices.subnetId))) {
    if (isZoneSupported(service, subnet.availabilityZone) && !chosen.has(subnet.availabilityZone)) {
      chosen.set(subnet.availabilityZone, subnet);
    }
  }
  return subnets.map(subnet => ({
    subnet,
    isChosen: chosen.get(subnet.availabilityZone) === subnet,
    isZoneSupported: isZoneSupported(service, subnet.availabilityZone),
  }));
}

/** Why AWS would refuse these subnets: `DuplicateSubnetsInSameZone`, or a zone that the service does not have. */
export function subnetProblem(
  choices: EndpointChoices,
  vpcId: VpcId,
  serviceName: string,
  subnetIds: readonly SubnetId[],
): SubnetProblem | undefined {
  if (subnetIds.length === 0) return { kind: 'none' };
  const service = findService(choices, serviceName);
  const zones = new Set<string>();
  for (const subnet of subnetsOf(choices, vpcId)) {
    if (!subnetIds.includes(subnet.id)) continue;
    const { availabilityZone } = subnet;
    if (!isZoneSupported(service, availabilityZone)) return { kind: 'zoneNotSupported', availabilityZone };
    if (zones.has(availabilityZone)) return { kind: 'sameZone', availabilityZone };
    zones.add(availabilityZone);
  }
  return undefined;
}

/** A name for the endpoint that no endpoint of the snapshot has. */
export function suggestName(choices: EndpointChoices, serviceName: string): string {
  const taken = new Set(valueOr(choices.snapshot.endpoints, []).map(({ tags }) => tags.Name));
  return firstFree(`vpc-labs-${serviceLabel(serviceName).replaceAll('.', '-')}`, taken);
}

/** `base`, else `base-2`, `base-3`, … */
export function firstFree(base: string, taken: ReadonlySet<string | undefined>): string {
  let name = base;
  for (let number = 2; taken.has(name); number++) name = `${base}-${number}`;
  return name;
}

/** The whole request, with the defaults where no answer was given. Throws when the account has no VPC. */
export function planEndpoint(
  choices: EndpointChoices,
  answers: Partial<CreateInterfaceEndpointRequest> = {},
): CreateInterfaceEndpointRequest {
  const vpcId = answers.vpcId ?? choices.vpcId;
  if (!vpcId) throw new LabError('resourceNotFound', { kind: 'vpc', id: '' });
  const serviceName = answers.serviceName ?? defaultServiceName(choices);
  const group = securityGroupChoices(choices, vpcId).find(({ isChosen }) => isChosen)?.group;
  return {
    vpcId,
    serviceName,
    subnetIds:
      answers.subnetIds ??
      subnetChoices(choices, vpcId, serviceName)
        .filter(({ isChosen }) => isChosen)
        .map(({ subnet }) => subnet.id),
    securityGroupIds: 'securityGroupIds' in answers ? answers.securityGroupIds : group && [group.id],
    privateDnsEnabled: answers.privateDnsEnabled ?? privateDnsChoice(choices, vpcId, serviceName).isOnByDefault,
    name: 'name' in answers ? answers.name?.trim() || undefined : suggestName(choices, serviceName),
    ...some({
      ipAddressType: answers.ipAddressType,
      policyDocument: answers.policyDocument,
      serviceRegion: answers.serviceRegion,
      dnsAttributesToEnable: answers.privateDnsEnabled ? answers.dnsAttributesToEnable : undefined,
    }),
  };
}

/** Without what is undefined. */
function some<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** What is offered under a name; undefined for a service that the list lacks. */
export function findService(choices: EndpointChoices, serviceName: string): EndpointServiceOffer | undefined {
  return choices.services.find(offer => offer.serviceName === serviceName);
}

/** In the order of their zones. */
export function subnetsOf(choices: EndpointChoices, vpcId: VpcId): readonly Subnet[] {
  return valueOr(choices.snapshot.subnets, [])
    .filter(subnet => subnet.vpcId === vpcId)
    .sort((a, b) => a.availabilityZone.localeCompare(b.availabilityZone, 'en') || a.id.localeCompare(b.id, 'en'));
}

/** A service that lists no zones is taken to be everywhere: some backends leave them out. */
function isZoneSupported(service: EndpointServiceOffer | undefined, zone: string): boolean {
  return !service || service.availabilityZones.length === 0 || service.availabilityZones.includes(zone);
}

function byPreference(wanted: SubnetId | undefined): (one: Subnet, other: Subnet) => number {
  const rank = (subnet: Subnet) => (subnet.id === wanted ? 0 : 1);
  return (one, other) =>
    rank(one) - rank(other) ||
    other.availableIpAddressCount - one.availableIpAddressCount ||
    one.id.localeCompare(other.id, 'en');
}

import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import { findInstanceType, type InstanceType, instanceTypes } from '../../world/instanceTypes';
import type { PlaceState } from '../../world/placeState';
import { applyFilters, type FilterTable } from '../common/filters';
import { pageOf } from '../common/paging';
import type { CallContext, OperationTable } from '../operation';
import { optional, text } from './describe';

const nameFilters: FilterTable<InstanceType> = { 'instance-type': type => type.name };

const filters: FilterTable<InstanceType> = {
  ...nameFilters,
  'auto-recovery-supported': () => 'true',
  'bare-metal': () => 'false',
  'burstable-performance-supported': type => text(type.isBurstable),
  'current-generation': () => 'true',
  'dedicated-hosts-supported': () => 'false',
  'ebs-info.encryption-support': () => 'supported',
  'free-tier-eligible': type => text(type.isFreeTierEligible),
  'hibernation-supported': () => 'false',
  hypervisor: type => type.hypervisor,
  'instance-storage-supported': () => 'false',
  'memory-info.size-in-mib': type => text(type.memoryMib),
  'network-info.ena-support': type => enaSupport(type),
  'network-info.ipv4-addresses-per-interface': type => text(type.addressesPerInterface),
  'network-info.ipv6-supported': () => 'true',
  'network-info.maximum-network-interfaces': type => text(type.interfaces),
  'network-info.network-performance': type => type.networkPerformance,
  'processor-info.supported-architecture': type => type.architecture,
  'supported-root-device-type': () => 'ebs',
  'supported-usage-class': () => 'on-demand',
  'supported-virtualization-type': () => 'hvm',
  'vcpu-info.default-cores': type => text(type.cores),
  'vcpu-info.default-vcpus': type => text(type.vcpus),
};

function enaSupport({ hypervisor }: InstanceType): 'required' | 'unsupported' {
  return hypervisor === 'nitro' ? 'required' : 'unsupported';
}

function typeShape(type: InstanceType): Ec2.InstanceTypeInfo {
  const card = { NetworkPerformance: type.networkPerformance, MaximumNetworkInterfaces: type.interfaces };
  return {
    InstanceType: type.name as Ec2._InstanceType,
    CurrentGeneration: true,
    FreeTierEligible: type.isFreeTierEligible,
    SupportedUsageClasses: ['on-demand'],
    SupportedRootDeviceTypes: ['ebs'],
    SupportedVirtualizationTypes: ['hvm'],
    BareMetal: false,
    Hypervisor: type.hypervisor,
    ProcessorInfo: { SupportedArchitectures: [type.architecture] },
    VCpuInfo: {
      DefaultVCpus: type.vcpus,
      DefaultCores: type.cores,
      DefaultThreadsPerCore: type.vcpus / type.cores,
    },
    MemoryInfo: { SizeInMiB: type.memoryMib },
    InstanceStorageSupported: false,
    EbsInfo: {
      EbsOptimizedSupport: type.hypervisor === 'nitro' ? 'default' : 'unsupported',
      EncryptionSupport: 'supported',
      NvmeSupport: type.hypervisor === 'nitro' ? 'required' : 'unsupported',
    },
    NetworkInfo: {
      ...card,
      MaximumNetworkCards: 1,
      DefaultNetworkCardIndex: 0,
      NetworkCards: [{ NetworkCardIndex: 0, ...card }],
      Ipv4AddressesPerInterface: type.addressesPerInterface,
      Ipv6AddressesPerInterface: type.addressesPerInterface,
      Ipv6Supported: true,
      EnaSupport: enaSupport(type),
      EfaSupported: false,
      EncryptionInTransitSupported: false,
    },
    PlacementGroupInfo: { SupportedStrategies: ['partition', 'spread'] },
    HibernationSupported: false,
    BurstablePerformanceSupported: type.isBurstable,
    DedicatedHostsSupported: false,
    AutoRecoverySupported: true,
    SupportedBootModes: type.hypervisor === 'nitro' ? ['legacy-bios', 'uefi'] : ['legacy-bios'],
  };
}

function describeTypes(input: Ec2.DescribeInstanceTypesRequest): Ec2.DescribeInstanceTypesResult {
  const names: readonly string[] = input.InstanceTypes ?? [];
  const unknown = names.filter(name => !findInstanceType(name));
  if (unknown.length > 0)
    throw new ServiceFault(
      'InvalidInstanceType',
      `The following supplied instance types do not exist: [${unknown.join(', ')}]`,
    );
  const chosen = names.length > 0 ? [...new Set(names)].flatMap(name => findInstanceType(name) ?? []) : instanceTypes;
  const page = pageOf(applyFilters(chosen, input.Filters, filters), input, { least: 5, most: 100 }, ({ name }) => name);
  return { InstanceTypes: page.items.map(typeShape), ...optional({ NextToken: page.nextToken }) };
}

interface Offering {
  readonly location: string;
  readonly type: InstanceType;
}

function locations({ place, zones }: PlaceState, kind: Ec2.LocationType): readonly string[] {
  if (kind === 'availability-zone') return zones.map(({ name }) => name);
  if (kind === 'availability-zone-id') return zones.map(({ id }) => id);
  return [place.region];
}

/** Every type is offered in every zone of the practice cloud. */
function describeOfferings(
  input: Ec2.DescribeInstanceTypeOfferingsRequest,
  { region }: CallContext,
): Ec2.DescribeInstanceTypeOfferingsResult {
  const LocationType = input.LocationType ?? 'region';
  const offered = locations(region, LocationType).flatMap(location => instanceTypes.map(type => ({ location, type })));
  const table: FilterTable<Offering> = { 'instance-type': ({ type }) => type.name, location: item => item.location };
  const matching = applyFilters(offered, input.Filters, table);
  const page = pageOf(matching, input, { least: 5, most: 1000 }, ({ location, type }) => `${location}/${type.name}`);
  return {
    InstanceTypeOfferings: page.items.map(({ location, type }) => ({
      InstanceType: type.name as Ec2._InstanceType,
      LocationType,
      Location: location,
    })),
    ...optional({ NextToken: page.nextToken }),
  };
}

export const instanceTypeOperations: OperationTable = {
  DescribeInstanceTypeOfferings: describeOfferings,
  DescribeInstanceTypes: describeTypes,
};

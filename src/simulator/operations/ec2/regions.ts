import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import { practiceRegions } from '../../world/zones';
import { applyFilters } from '../common/filters';
import type { CallContext, OperationTable } from '../operation';

function describeRegions(input: Ec2.DescribeRegionsRequest): Ec2.DescribeRegionsResult {
  const all = practiceRegions.map(RegionName => ({
    OptInStatus: 'opt-in-not-required',
    RegionName: RegionName as string,
    Endpoint: `ec2.${RegionName}.amazonaws.com`,
  }));
  const unknown = input.RegionNames?.find(name => !all.some(({ RegionName }) => RegionName === name));
  if (unknown !== undefined)
    throw new ServiceFault('InvalidParameterValue', `Invalid region name (${unknown}) provided.`);
  const named = input.RegionNames?.length
    ? all.filter(({ RegionName }) => input.RegionNames?.includes(RegionName))
    : all;
  const Regions = applyFilters(named, input.Filters, {
    'region-name': item => item.RegionName,
    endpoint: item => item.Endpoint,
    'opt-in-status': item => item.OptInStatus,
  });
  return { Regions: [...Regions] };
}

function describeAvailabilityZones(
  input: Ec2.DescribeAvailabilityZonesRequest,
  { region }: CallContext,
): Ec2.DescribeAvailabilityZonesResult {
  const RegionName: string = region.place.region;
  const wanted = [...(input.ZoneNames ?? []), ...(input.ZoneIds ?? [])];
  const unknown = wanted.find(text => !region.zones.some(({ name, id }) => name === text || id === text));
  if (unknown !== undefined) throw new ServiceFault('InvalidParameterValue', `Invalid availability zone: [${unknown}]`);
  const zones = region.zones
    .filter(({ name, id }) => wanted.length === 0 || wanted.includes(name) || wanted.includes(id))
    .map(({ name, id }) => ({
      OptInStatus: 'opt-in-not-required' as const,
      Messages: [],
      RegionName,
      ZoneName: name,
      ZoneId: id,
      GroupName: `${RegionName}-zg-1`,
      NetworkBorderGroup: RegionName,
      ZoneType: 'availability-zone',
      State: 'available' as const,
    }));
  const AvailabilityZones = applyFilters(zones, input.Filters, {
    'zone-name': item => item.ZoneName,
    'zone-id': item => item.ZoneId,
    'zone-type': item => item.ZoneType,
    'region-name': item => item.RegionName,
    'group-name': item => item.GroupName,
    'network-border-group': item => item.NetworkBorderGroup,
    'opt-in-status': item => item.OptInStatus,
    state: item => item.State,
  });
  return { AvailabilityZones: [...AvailabilityZones] };
}

export const regionOperations: OperationTable = {
  DescribeRegions: describeRegions,
  DescribeAvailabilityZones: describeAvailabilityZones,
};

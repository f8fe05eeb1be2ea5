import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import { practiceRegions } from '../../world/zones';
import { applyFilters } from '../common/filters';
import type { CallContext, OperationTable } from '../operation';

/** Some of the Regions that an account must opt in to, and that the practice accounts have not. */
const closedRegions = ['af-south-1', 'ap-east-1', 'eu-south-1', 'me-south-1'];

function regionShape(OptInStatus: string) {
  return (RegionName: string) => ({ OptInStatus, RegionName, Endpoint: `ec2.${RegionName}.amazonaws.com` });
}

function describeRegions(input: Ec2.DescribeRegionsRequest): Ec2.DescribeRegionsResult {
  const open = practiceRegions.map(regionShape('opt-in-not-required'));
  const isWide = input.AllRegions || (input.RegionNames ?? []).length > 0;
  const all = isWide ? [...open, ...closedRegions.map(regionShape('not-opted-in'))] : open;
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

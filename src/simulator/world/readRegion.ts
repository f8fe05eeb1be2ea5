import { known, type NetworkSnapshot } from '../../core/snapshot';
import type { RegionState } from './regionState';

/** A region of the practice cloud as a snapshot without gaps, for rules that are composed over one. */
export function readRegion(region: RegionState, takenAtMs: number): NetworkSnapshot {
  const all = <T>(table: ReadonlyMap<unknown, T>) => known([...table.values()]);
  return {
    place: region.place,
    takenAtMs,
    vpcs: all(region.vpcs),
    dnsAttributes: new Map([...region.dnsAttributes].map(([id, attributes]) => [id, known(attributes)])),
    dhcpOptions: all(region.dhcpOptions),
    subnets: all(region.subnets),
    routeTables: all(region.routeTables),
    prefixLists: all(region.prefixLists),
    internetGateways: all(region.internetGateways),
    natGateways: all(region.natGateways),
    securityGroups: all(region.securityGroups),
    networkAcls: all(region.networkAcls),
    networkInterfaces: all(region.networkInterfaces),
    endpoints: all(region.endpoints),
    instances: all(region.instances),
  };
}

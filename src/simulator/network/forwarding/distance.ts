import type { Hop } from './links';
import { type PlacedInterface, subnetOf } from './worldLookup';

/** One way in milliseconds, least and most. */
export const distance = {
  hypervisor: { leastMs: 0.05, mostMs: 0.3 },
  subnet: { leastMs: 0.08, mostMs: 0.3 },
  zones: { leastMs: 0.3, mostMs: 0.75 },
  regions: { leastMs: 28, mostMs: 60 },
  internet: { leastMs: 5, mostMs: 11 },
} as const;

/** The way between two interfaces: as far as their zones or regions are apart. */
export function hopBetween(from: PlacedInterface, to: PlacedInterface): Hop {
  const path = `${from.networkInterface.id}>${to.networkInterface.id}`;
  if (from.state.place.region !== to.state.place.region) return { path, ...distance.regions };
  const sameZone = zoneOf(from) === zoneOf(to);
  return { path, ...(sameZone ? distance.subnet : distance.zones) };
}

/** Ids, because two accounts give one zone different names. */
function zoneOf({ state, networkInterface }: PlacedInterface): string | undefined {
  return subnetOf(state, networkInterface)?.availabilityZoneId;
}

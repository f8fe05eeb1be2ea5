import type { TransitionTable, World } from './world';

/** Whether endpoints of an AWS service can be made in a zone, by the zone's id. Not every service is offered in every zone. */
export function isOfferedInZone(world: World, serviceName: string, zoneId: string): boolean {
  return !world.withdrawnZones.has(keyOf(serviceName, zoneId));
}

/** Takes a zone from a service, or gives it back: `subject` is the service's name, `detail.zone` the zone's id. */
export const zoneTransitions: TransitionTable = {
  zoneWithdrawn: (world, { subject, detail }) => {
    world.withdrawnZones.add(keyOf(subject, String(detail?.zone)));
  },
  zoneOffered: (world, { subject, detail }) => {
    world.withdrawnZones.delete(keyOf(subject, String(detail?.zone)));
  },
};

function keyOf(serviceName: string, zoneId: string): string {
  return `${serviceName} ${zoneId}`;
}

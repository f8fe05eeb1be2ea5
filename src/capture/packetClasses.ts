import type { Classified } from '../core/createClassifier';
import type { PacketFields } from '../packet/reader/packetFields';

/** Where an address (unsigned) leads, seen from the capturing interface. */
export type Classify = (address: number) => Pick<Classified, 'classIndex' | 'interfaceRow' | 'routeRow'>;

/** What the columns hold of a packet's two places. Filled anew for each packet. */
export interface PacketClasses {
  sourceClass: number;
  destinationClass: number;
  interfaceRow: number;
  routeRow: number;
}

/**
 * Judges both sides. The rows that count are those of the remote side: the destination, or the source of what comes in to
 * `ownAddress`. A packet without IPv4 addresses has no places.
 */
export function classifyPacket(
  fields: PacketFields,
  classify: Classify | undefined,
  ownAddress: number,
  into: PacketClasses,
): void {
  if (!classify || fields.family !== 4) {
    into.sourceClass = 0;
    into.destinationClass = 0;
    into.interfaceRow = 0;
    into.routeRow = 0;
    return;
  }
  const source = classify(fields.source);
  const destination = classify(fields.destination);
  const remote = fields.destination === ownAddress ? source : destination;
  into.sourceClass = source.classIndex;
  into.destinationClass = destination.classIndex;
  into.interfaceRow = remote.interfaceRow;
  into.routeRow = remote.routeRow;
}

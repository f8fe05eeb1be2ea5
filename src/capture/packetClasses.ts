import { classIndexOf } from '../core/classification';
import type { Classified } from '../core/createClassifier';
import { asciiText } from '../packet/reader/bytesText';
import type { PacketFields } from '../packet/reader/packetFields';

/** What an address is to the capturing interface. */
export type Place = Pick<Classified, 'classIndex' | 'interfaceRow' | 'routeRow'>;

/** Where an IPv4 address (unsigned) leads, seen from the capturing interface. */
export type Classify = (address: number) => Place;

/** The network as packets are held against it. */
export interface PacketSight {
  readonly classify: Classify;
  /** The same for an IPv6 address as it is printed; without it those stay unknown. */
  readonly classifyIpv6?: ((address: string) => Place) | undefined;
  /** The capturing interface's IPv4 address, unsigned: the other side of a packet is the one whose rows count. */
  readonly ownAddress?: number | undefined;
  /** The numbers under which rows are counted, by the classifier's own number; without them the classifier's own. */
  readonly interfaceNumbers?: Uint8Array | undefined;
  readonly routeNumbers?: Uint8Array | undefined;
}

/** What the columns hold of a packet's two places. Filled anew for each packet. */
export interface PacketClasses {
  sourceClass: number;
  destinationClass: number;
  interfaceRow: number;
  routeRow: number;
  /** The class of the side that is not the capturing interface: the destination, unless the packet came in. */
  remoteClass: number;
}

const OWN_ADDRESS = classIndexOf('ownAddress');

/** Judges both sides. The rows that count are those of the remote one. A packet without IP addresses has no places. */
export function classifyPacket(
  fields: PacketFields,
  bytes: Uint8Array,
  sight: PacketSight | undefined,
  into: PacketClasses,
): void {
  if (sight && fields.family === 4) {
    const source = sight.classify(fields.source);
    const destination = sight.classify(fields.destination);
    fill(into, source, destination, fields.destination === sight.ownAddress, sight);
  } else if (sight?.classifyIpv6 && fields.family === 6) {
    const source = sight.classifyIpv6(asciiText(bytes, fields.sourceStart, fields.sourceEnd));
    const destination = sight.classifyIpv6(asciiText(bytes, fields.destinationStart, fields.destinationEnd));
    fill(into, source, destination, destination.classIndex === OWN_ADDRESS, sight);
  } else forget(into);
}

function fill(into: PacketClasses, source: Place, destination: Place, isIncoming: boolean, sight: PacketSight): void {
  const remote = isIncoming ? source : destination;
  const { interfaceNumbers, routeNumbers } = sight;
  into.sourceClass = source.classIndex;
  into.destinationClass = destination.classIndex;
  into.interfaceRow = interfaceNumbers ? (interfaceNumbers[remote.interfaceRow] as number) : remote.interfaceRow;
  into.routeRow = routeNumbers ? (routeNumbers[remote.routeRow] as number) : remote.routeRow;
  into.remoteClass = remote.classIndex;
}

function forget(into: PacketClasses): void {
  into.sourceClass = 0;
  into.destinationClass = 0;
  into.interfaceRow = 0;
  into.routeRow = 0;
  into.remoteClass = 0;
}

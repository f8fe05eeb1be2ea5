/**
 * One loop for each kind of question over the columns: `keep[i]` stays 1 where row `from + i` answers it as wished, and becomes 0 elsewhere.
 * `invert` is 1 for the opposite of the question. What a loop compares with is made an integer in the loop's own function, where the compiler
 * sees it: what it takes from outside may be any value, and an address above 2^31 a floating-point number, and the loop is five times as slow.
 */
import { addressClasses } from '../../core/classification';
import type { PacketColumns } from '../packetColumns';
import { ProtocolIndex } from '../reader/packetFields';
import type { DisplayProtocol, DisplaySide, NumberRange } from './displayTerm';

export type Narrow = (columns: PacketColumns, from: number, to: number, keep: Uint8Array) => void;

const sourceBit = (side: DisplaySide) => (side === 'destination' ? 0 : 1);
const destinationBit = (side: DisplaySide) => (side === 'source' ? 0 : 1);

/** An address of one of the sides wished lies in the range. */
export function narrowByAddress({ first, last }: NumberRange, side: DisplaySide, invert: number): Narrow {
  return ({ source, destination, family }, from, to, keep) => {
    const low = first | 0;
    const span = (last - first) >>> 0;
    const onSource = sourceBit(side);
    const onDestination = destinationBit(side);
    const opposite = invert | 0;
    for (let row = from, at = 0; row < to; row++, at++) {
      const isSource = onSource & Number(((source[row] as number) - low) >>> 0 <= span);
      const isDestination = onDestination & Number(((destination[row] as number) - low) >>> 0 <= span);
      const isHit = (isSource | isDestination) & Number(family[row] === 4);
      keep[at] = (keep[at] as number) & (isHit ^ opposite);
    }
  };
}

/** Like {@link narrowByAddress}, with the port on the same side. */
export function narrowBySocket({ first, last }: NumberRange, port: number, side: DisplaySide, invert: number): Narrow {
  return ({ source, destination, sourcePort, destinationPort, family }, from, to, keep) => {
    const low = first | 0;
    const span = (last - first) >>> 0;
    const wished = port | 0;
    const onSource = sourceBit(side);
    const onDestination = destinationBit(side);
    const opposite = invert | 0;
    for (let row = from, at = 0; row < to; row++, at++) {
      const isSource = Number(sourcePort[row] === wished) & Number(((source[row] as number) - low) >>> 0 <= span);
      const isDestination =
        Number(destinationPort[row] === wished) & Number(((destination[row] as number) - low) >>> 0 <= span);
      const isHit = ((isSource & onSource) | (isDestination & onDestination)) & Number(family[row] === 4);
      keep[at] = (keep[at] as number) & (isHit ^ opposite);
    }
  };
}

export function narrowByPort(ranges: readonly NumberRange[], side: DisplaySide, invert: number): Narrow {
  const isWished = new Uint8Array(65_536);
  for (const { first, last } of ranges) isWished.fill(1, first, last + 1);
  return ({ sourcePort, destinationPort }, from, to, keep) => {
    const onSource = sourceBit(side);
    const onDestination = destinationBit(side);
    const opposite = invert | 0;
    const wished = isWished;
    for (let row = from, at = 0; row < to; row++, at++) {
      const isSource = onSource & (wished[sourcePort[row] as number] as number);
      const isDestination = onDestination & (wished[destinationPort[row] as number] as number);
      keep[at] = (keep[at] as number) & ((isSource | isDestination) ^ opposite);
    }
  };
}

/** DNS counts as the transport that it came over as well. */
export function narrowByProtocol(protocol: Exclude<DisplayProtocol, 'ip' | 'ip6'>, invert: number): Narrow {
  return ({ protocol: protocols, tcpFlags }, from, to, keep) => {
    const wished = ProtocolIndex[protocol] | 0;
    const dns = ProtocolIndex.dns | 0;
    const overTcp = protocol === 'tcp' ? 1 : 0;
    const overUdp = protocol === 'udp' ? 1 : 0;
    const opposite = invert | 0;
    for (let row = from, at = 0; row < to; row++, at++) {
      const isTcp = Number(tcpFlags[row] !== 0);
      const isDnsOver = Number(protocols[row] === dns) & ((isTcp & overTcp) | ((isTcp ^ 1) & overUdp));
      const isHit = Number(protocols[row] === wished) | isDnsOver;
      keep[at] = (keep[at] as number) & (isHit ^ opposite);
    }
  };
}

/** Either side leads to one of the classes. */
export function narrowByClass(classes: readonly string[], invert: number): Narrow {
  const isWished = new Uint8Array(256);
  for (const [index, name] of addressClasses.entries()) isWished[index] = Number(classes.includes(name));
  return ({ sourceClass, destinationClass }, from, to, keep) => {
    const wished = isWished;
    const opposite = invert | 0;
    for (let row = from, at = 0; row < to; row++, at++) {
      const isHit =
        (wished[sourceClass[row] as number] as number) | (wished[destinationClass[row] as number] as number);
      keep[at] = (keep[at] as number) & (isHit ^ opposite);
    }
  };
}

/** One of the flags is set. */
export function narrowByFlags(mask: number, invert: number): Narrow {
  return ({ tcpFlags }, from, to, keep) => {
    const wished = mask | 0;
    const opposite = invert | 0;
    for (let row = from, at = 0; row < to; row++, at++)
      keep[at] = (keep[at] as number) & (Number(((tcpFlags[row] as number) & wished) !== 0) ^ opposite);
  };
}

/** The column holds one of these numbers. */
export function narrowByNumber(
  column: 'interfaceRow' | 'routeRow' | 'family',
  numbers: readonly number[],
  invert: number,
): Narrow {
  const isWished = new Uint8Array(256);
  for (const number of numbers) isWished[number] = 1;
  return (columns, from, to, keep) => {
    const held = columns[column];
    const wished = isWished;
    const opposite = invert | 0;
    for (let row = from, at = 0; row < to; row++, at++)
      keep[at] = (keep[at] as number) & ((wished[held[row] as number] as number) ^ opposite);
  };
}

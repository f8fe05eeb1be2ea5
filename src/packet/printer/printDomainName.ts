import type { Dissection } from './dissection';
import { visible } from './visible';

const POINTER = 0xc0;
const EXTENDED = 0x40;

/** Where the name at `offset` ends in place (a pointer ends it); undefined when it is cut or of an unknown kind. */
export function skipDomainName(packet: Dissection, offset: number): number | undefined {
  let at = offset;
  while (packet.has(at, 1)) {
    const length = packet.uint8(at);
    if ((length & POINTER) === POINTER) return at + 2;
    if ((length & POINTER) === EXTENDED) return undefined;
    at += 1 + length;
    if (length === 0) return at;
  }
  return undefined;
}

/** Prints the name at `offset`, a dot after each label, and says where it ends in place; undefined when it is cut or loops. */
export function printDomainName(packet: Dissection, offset: number, message: number): number | undefined {
  let at = offset;
  let end: number | undefined;
  let lowestTarget = offset;
  let isRoot = true;
  while (packet.has(at, 1)) {
    const length = packet.uint8(at);
    if (length === 0) {
      if (isRoot) packet.print('.');
      return end ?? at + 1;
    }
    if ((length & POINTER) === POINTER) {
      if (!packet.has(at + 1, 1)) return undefined;
      end ??= at + 2;
      const target = message + (packet.uint16(at) & 0x3fff);
      if (target >= lowestTarget) {
        packet.print('<BAD PTR>');
        return undefined;
      }
      lowestTarget = target;
      at = target;
      continue;
    }
    if ((length & POINTER) !== 0) {
      packet.print((length & POINTER) === EXTENDED ? `<ELT ${length & ~POINTER}>` : '<BAD LABEL TYPE>');
      return undefined;
    }
    // A length that is the last captured byte ends the name as a zero would.
    if (!packet.has(at + 1, 1)) return end ?? at + 1 + length;
    isRoot = false;
    for (let index = 1; index <= length; index++) {
      if (!packet.has(at + index, 1)) return undefined;
      packet.print(visible(packet.uint8(at + index)));
    }
    packet.print('.');
    at += 1 + length;
  }
  return undefined;
}

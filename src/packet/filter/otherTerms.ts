/** Conditions that take no address, port or protocol: lengths, directions, VLAN tags, and words that belong to other links. */
import { FilterError } from './filterError';
import type { FilterLinkType, FilterNode } from './filterSyntax';
import type { TokenCursor } from './tokenCursor';

const MAX_VLAN_ID = 4095;

/** Words of OpenBSD's packet filter log, by the name that libpcap calls each by. */
const packetFilterWords: ReadonlySet<string> = new Set(['ifname', 'ruleset', 'rnr', 'srnr', 'reason', 'action']);

/** What the words of 802.11 are answered with on other links. */
const wirelessErrors: ReadonlyMap<string, string> = new Map([
  ['type', '802.11 link-layer types supported only on 802.11'],
  ['dir', 'frame direction supported only with 802.11 headers'],
]);

/** The condition at hand; undefined when it is none of these. */
export function otherTerm(cursor: TokenCursor, linkType: FilterLinkType, isFile: boolean): FilterNode | undefined {
  const bound = cursor.take('less') ?? cursor.take('greater');
  if (bound) return lengthTerm(bound === 'less' ? '<=' : '>=', cursor.number());
  const way = cursor.take('inbound') ?? cursor.take('outbound');
  if (way) return travelTerm(way === 'inbound' ? 'in' : 'out', linkType === 'ethernet' && isFile);
  if (cursor.take('vlan')) return vlanTerm(cursor, linkType);
  refuseForeign(cursor);
  return undefined;
}

function lengthTerm(comparison: '<=' | '>=', bytes: number): FilterNode {
  return { kind: 'compare', comparison, left: { kind: 'length' }, right: { kind: 'number', value: bytes } };
}

function travelTerm(direction: 'in' | 'out', isEthernetFile: boolean): FilterNode {
  if (isEthernetFile) throw new FilterError('inbound/outbound not supported on Ethernet when reading savefiles');
  return { kind: 'travels', direction };
}

function vlanTerm(cursor: TokenCursor, linkType: FilterLinkType): FilterNode {
  const id = cursor.attempt('vlan id', () => cursor.number());
  if (linkType === 'cooked') throw new FilterError('no VLAN support for Linux cooked v2');
  if (id !== undefined && id > MAX_VLAN_ID) throw new FilterError(`VLAN tag ${id} greater than maximum ${MAX_VLAN_ID}`);
  return { kind: 'vlan', id };
}

function refuseForeign(cursor: TokenCursor): void {
  const word = cursor.takeAny(packetFilterWords);
  if (word) {
    if (cursor.next() === undefined) cursor.fail();
    throw new FilterError(`${word} supported only on PF linktype`);
  }
  const wireless = cursor.takeAny(new Set(wirelessErrors.keys()));
  if (!wireless) return;
  if (cursor.next() === undefined) cursor.fail();
  throw new FilterError(wirelessErrors.get(wireless) as string);
}

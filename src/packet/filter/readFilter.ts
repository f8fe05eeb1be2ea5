import { FilterError } from './filterError';
import type { Comparison, Direction, FilterLinkType, FilterNode, ProtocolName } from './filterSyntax';
import {
  address6Term,
  type HostAddresses,
  type IdKind,
  macTerm,
  maskedTerm,
  numberTerm,
  type Qualifiers,
  wordTerm,
} from './filterTerms';
import { filterTokens } from './filterTokens';
import { otherTerm } from './otherTerms';
import { parseArithmetic } from './parseArithmetic';
import { TokenCursor } from './tokenCursor';

/** What an expression is read for. */
export interface FilterPurpose {
  /** Looks names of hosts up; without it no name is known. */
  readonly hostAddresses?: HostAddresses;
  /** `ethernet` when absent. */
  readonly linkType?: FilterLinkType;
  /** Frames come out of a file, which does not say which way they went. */
  readonly isFile?: boolean;
  /** Of the interface; zero when absent. */
  readonly netmask?: number;
}

/** Reads an expression of tcpdump's filter language; an empty one is `all`. Throws a {@link FilterError} with libpcap's words and its place. */
export function readFilter(text: string, purpose: FilterPurpose = {}): FilterNode {
  const cursor = new TokenCursor(filterTokens(text));
  if (cursor.isAtEnd) return { kind: 'all' };
  try {
    const { node } = new FilterParser(cursor, purpose).expression(noQualifiers);
    return cursor.isAtEnd ? node : cursor.fail();
  } catch (error) {
    if (error instanceof FilterError) error.place ??= cursor.placeOf(error);
    throw error;
  }
}

/** A condition with the qualifiers that a bare id after `and` or `or` takes over: in `port 80 or 443` the second is a port as well. */
interface Term {
  readonly node: FilterNode;
  readonly qualifiers: Qualifiers;
}

const noQualifiers: Qualifiers = { protocol: 'any', direction: 'either', id: 'none' };

const protocolWords: ReadonlySet<string> = new Set<ProtocolName>([
  'ip',
  'ip6',
  'arp',
  'rarp',
  'tcp',
  'udp',
  'sctp',
  'icmp',
  'icmp6',
  'igmp',
  'esp',
  'ah',
  'pim',
  'igrp',
  'vrrp',
  'carp',
]);

const idKinds: ReadonlySet<string> = new Set<IdKind>(['host', 'net', 'port', 'portrange', 'proto', 'gateway']);

const comparisons: ReadonlySet<string> = new Set<Comparison>(['=', '!=', '>', '<', '>=', '<=']);

/** Recursive descent with retreat: a parenthesis may open a condition, a sum or a list of ids. */
class FilterParser {
  readonly #cursor: TokenCursor;
  readonly #purpose: FilterPurpose;

  constructor(cursor: TokenCursor, purpose: FilterPurpose) {
    this.#cursor = cursor;
    this.#purpose = purpose;
  }

  /** `and` and `or` bind alike, from the left. `before` are the qualifiers of what stands in front of a parenthesis. */
  expression(before: Qualifiers): Term {
    let left = this.#term(before);
    for (let joint = this.#joint(); joint; joint = this.#joint()) {
      const { qualifiers } = left;
      const right = this.#cursor.attempt('term', () => this.#term(qualifiers)) ?? this.#id(qualifiers);
      left = { node: { kind: joint, left: left.node, right: right.node }, qualifiers: right.qualifiers };
    }
    return left;
  }

  #joint(): 'and' | 'or' | undefined {
    if (this.#cursor.take('and')) return 'and';
    return this.#cursor.take('or') ? 'or' : undefined;
  }

  #term(before: Qualifiers): Term {
    if (this.#cursor.take('not')) {
      const { node, qualifiers } = this.#term(before);
      return { node: { kind: 'not', operand: node }, qualifiers };
    }
    return (
      this.#cursor.attempt('comparison', () => this.#comparison()) ??
      this.#cursor.attempt('group', () => this.#group(before)) ??
      this.#condition()
    );
  }

  /** What follows a parenthesis takes over what stood before it, not what it holds: in `port 80 or (host a) or 443` the last is a port. */
  #group(before: Qualifiers): Term {
    this.#cursor.expect('(');
    const { node } = this.expression(before);
    this.#cursor.expect(')');
    return { node, qualifiers: before };
  }

  #comparison(): Term {
    const left = parseArithmetic(this.#cursor);
    const comparison = this.#cursor.takeAny(comparisons) as Comparison | undefined;
    if (!comparison) return this.#cursor.fail();
    const right = parseArithmetic(this.#cursor);
    return plain({ kind: 'compare', comparison, left, right });
  }

  #condition(): Term {
    const word = this.#cursor.takeAny(protocolWords) ?? this.#cursor.take('ether');
    const cast = this.#cursor.take('broadcast') ?? this.#cursor.take('multicast');
    if (cast) return plain(castTerm(word ?? 'ether', cast as 'broadcast' | 'multicast', this.#purpose));
    const direction = this.#direction();
    const id = this.#cursor.takeAny(idKinds) as IdKind | undefined;
    if (direction === undefined && id === undefined) return this.#wordAlone(word);
    return this.#id({ protocol: word ?? 'any', direction: direction ?? 'either', id: id ?? 'default' });
  }

  #wordAlone(word: string | undefined): Term {
    this.#cursor.refuseUnsupported();
    if (word === 'ether' && !this.#cursor.endsCondition) return this.#cursor.fail();
    if (word === 'ether') throw new FilterError('link layer applied in wrong context');
    if (word !== undefined) return plain({ kind: 'protocol', protocol: word as ProtocolName });
    const { linkType, isFile } = this.#purpose;
    return plain(otherTerm(this.#cursor, linkType ?? 'ethernet', isFile ?? false) ?? this.#cursor.fail());
  }

  #direction(): Direction | undefined {
    const first = this.#cursor.take('src') ?? this.#cursor.take('dst');
    if (!first) return undefined;
    const other = first === 'src' ? 'dst' : 'src';
    if (this.#cursor.takeBoth('or', other)) return 'either';
    if (this.#cursor.takeBoth('and', other)) return 'both';
    return first === 'src' ? 'source' : 'destination';
  }

  /** One id, `not` an id, or ids in parentheses, all under the same qualifiers. */
  #id(qualifiers: Qualifiers): Term {
    if (this.#cursor.take('not')) return { node: { kind: 'not', operand: this.#id(qualifiers).node }, qualifiers };
    if (!this.#cursor.take('(')) return { node: this.#cursor.readId(() => this.#plainId(qualifiers)), qualifiers };
    let node = this.#id(qualifiers).node;
    for (let joint = this.#joint(); joint; joint = this.#joint()) {
      node = { kind: joint, left: node, right: this.#id(qualifiers).node };
    }
    this.#cursor.expect(')');
    return { node, qualifiers };
  }

  #plainId(qualifiers: Qualifiers): FilterNode {
    const token = this.#cursor.current;
    if (!token || token.kind === 'keyword') return this.#cursor.fail();
    this.#cursor.next();
    switch (token.kind) {
      case 'number':
        return numberTerm(token.value, undefined, qualifiers);
      case 'dotted':
        return this.#dottedId(token.text, qualifiers);
      case 'ipv6': {
        const hasMask = this.#cursor.take('/') !== undefined;
        return address6Term(token.address, hasMask ? this.#cursor.number() : 128, token.text, qualifiers);
      }
      case 'mac':
        return macTerm(token.address, qualifiers, this.#purpose.linkType === 'cooked');
      case 'word':
        return wordTerm(token.text, qualifiers, this.#purpose.hostAddresses ?? (() => undefined));
    }
  }

  #dottedId(text: string, qualifiers: Qualifiers): FilterNode {
    if (this.#cursor.take('/')) return maskedTerm(text, { bits: this.#cursor.number() }, qualifiers);
    if (!this.#cursor.take('mask')) return numberTerm(0, text, qualifiers);
    const mask = this.#cursor.current;
    if (mask?.kind !== 'dotted') return this.#cursor.fail();
    this.#cursor.next();
    return maskedTerm(text, { dotted: mask.text }, qualifiers);
  }
}

const plain = (node: FilterNode): Term => ({ node, qualifiers: noQualifiers });

const MULTICAST_ONLY =
  'link-layer multicast filters supported only on ethernet/FDDI/token ring/ARCNET/802.11/ATM LANE/Fibre Channel';

function castTerm(layer: string, to: 'broadcast' | 'multicast', { linkType, netmask }: FilterPurpose): FilterNode {
  const isCooked = linkType === 'cooked';
  if (to === 'broadcast') {
    if (layer === 'ip') return { kind: 'ipBroadcast', netmask: netmask ?? 0 };
    if (layer !== 'ether') throw new FilterError('only link-layer/IP broadcast filters supported');
    if (isCooked) throw new FilterError('not a broadcast link');
    return { kind: 'cast', layer, to };
  }
  const isIp = layer === 'ip' || layer === 'ip6';
  if (!isIp && (layer !== 'ether' || isCooked)) throw new FilterError(MULTICAST_ONLY);
  return { kind: 'cast', layer, to };
}

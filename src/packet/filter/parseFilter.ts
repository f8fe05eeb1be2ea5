import { FilterError, SYNTAX_ERROR } from './filterError';
import type { Comparison, Direction, FilterNode, ProtocolName } from './filterSyntax';
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
import { acceptsNothing } from './packetKinds';
import { parseArithmetic } from './parseArithmetic';
import { TokenCursor } from './tokenCursor';

export interface Filter {
  readonly root: FilterNode;
}

/**
 * Reads an expression of tcpdump's filter language; an empty one accepts everything. `hostAddresses` looks names up (without it no name is
 * known). Throws a {@link FilterError} with libpcap's words.
 */
export function parseFilter(text: string, hostAddresses: HostAddresses = () => undefined): Filter {
  const cursor = new TokenCursor(filterTokens(text));
  if (cursor.isAtEnd) return { root: { kind: 'all' } };
  const { node } = new FilterParser(cursor, hostAddresses).expression();
  if (!cursor.isAtEnd) throw new FilterError(SYNTAX_ERROR);
  if (acceptsNothing(node)) throw new FilterError('expression rejects all packets');
  return { root: node };
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
  'vrrp',
]);

const idKinds: ReadonlySet<string> = new Set<IdKind>(['host', 'net', 'port', 'portrange', 'proto']);

const comparisons: ReadonlySet<string> = new Set<Comparison>(['=', '!=', '>', '<', '>=', '<=']);

/** Recursive descent with retreat: a parenthesis may open a condition, a sum or a list of ids. */
class FilterParser {
  readonly #cursor: TokenCursor;
  readonly #hostAddresses: HostAddresses;

  constructor(cursor: TokenCursor, hostAddresses: HostAddresses) {
    this.#cursor = cursor;
    this.#hostAddresses = hostAddresses;
  }

  /** `and` and `or` bind alike, from the left. */
  expression(): Term {
    let left = this.#term();
    for (let joint = this.#joint(); joint; joint = this.#joint()) {
      const { qualifiers } = left;
      const right = this.#cursor.attempt('term', () => this.#term()) ?? this.#id(qualifiers);
      left = { node: { kind: joint, left: left.node, right: right.node }, qualifiers: right.qualifiers };
    }
    return left;
  }

  #joint(): 'and' | 'or' | undefined {
    if (this.#cursor.take('and')) return 'and';
    return this.#cursor.take('or') ? 'or' : undefined;
  }

  #term(): Term {
    if (this.#cursor.take('not')) {
      const { node, qualifiers } = this.#term();
      return { node: { kind: 'not', operand: node }, qualifiers };
    }
    return (
      this.#cursor.attempt('group', () => this.#group()) ??
      this.#cursor.attempt('comparison', () => this.#comparison()) ??
      this.#condition()
    );
  }

  #group(): Term {
    this.#cursor.expect('(');
    const inner = this.expression();
    this.#cursor.expect(')');
    return inner;
  }

  #comparison(): Term {
    const left = parseArithmetic(this.#cursor);
    const comparison = this.#cursor.takeAny(comparisons) as Comparison | undefined;
    if (!comparison) return this.#cursor.fail();
    const right = parseArithmetic(this.#cursor);
    return { node: { kind: 'compare', comparison, left, right }, qualifiers: noQualifiers };
  }

  #condition(): Term {
    const word = this.#cursor.takeAny(protocolWords) ?? this.#cursor.take('ether');
    const cast = this.#cursor.take('broadcast') ?? this.#cursor.take('multicast');
    if (cast) return castTerm(word, cast as 'broadcast' | 'multicast');
    const direction = this.#direction();
    const id = this.#cursor.takeAny(idKinds) as IdKind | undefined;
    if (direction === undefined && id === undefined) return this.#wordAlone(word);
    return this.#id({ protocol: word ?? 'any', direction: direction ?? 'either', id: id ?? 'default' });
  }

  #wordAlone(word: string | undefined): Term {
    this.#cursor.refuseUnsupported();
    if (word !== undefined && word !== 'ether') {
      return { node: { kind: 'protocol', protocol: word as ProtocolName }, qualifiers: noQualifiers };
    }
    const bound = word === undefined ? (this.#cursor.take('less') ?? this.#cursor.take('greater')) : undefined;
    if (bound) return lengthTerm(bound === 'less' ? '<=' : '>=', this.#cursor.number());
    return this.#cursor.fail();
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
    if (!this.#cursor.take('(')) return { node: this.#plainId(qualifiers), qualifiers };
    let node = this.#id(qualifiers).node;
    for (let joint = this.#joint(); joint; joint = this.#joint()) {
      node = { kind: joint, left: node, right: this.#id(qualifiers).node };
    }
    this.#cursor.expect(')');
    return { node, qualifiers };
  }

  #plainId(qualifiers: Qualifiers): FilterNode {
    const token = this.#cursor.next();
    switch (token?.kind) {
      case 'number':
        return numberTerm(token.value, undefined, qualifiers);
      case 'dotted':
        return this.#dottedId(token.text, qualifiers);
      case 'ipv6': {
        const hasMask = this.#cursor.take('/') !== undefined;
        return address6Term(token.address, hasMask ? this.#cursor.number() : 128, hasMask, qualifiers);
      }
      case 'mac':
        return macTerm(token.address, qualifiers);
      case 'word':
        return wordTerm(token.text, qualifiers, this.#hostAddresses);
      default:
        return this.#cursor.fail();
    }
  }

  #dottedId(text: string, qualifiers: Qualifiers): FilterNode {
    if (this.#cursor.take('/')) return maskedTerm(text, { bits: this.#cursor.number() }, qualifiers);
    if (!this.#cursor.take('mask')) return numberTerm(0, text, qualifiers);
    const mask = this.#cursor.next();
    return mask?.kind === 'dotted' ? maskedTerm(text, { dotted: mask.text }, qualifiers) : this.#cursor.fail();
  }
}

function castTerm(word: string | undefined, to: 'broadcast' | 'multicast'): Term {
  const layer = word ?? 'ether';
  const isKnown = layer === 'ether' || (to === 'multicast' && (layer === 'ip' || layer === 'ip6'));
  if (!isKnown) throw new FilterError(`only link-layer/IP ${to} filters supported`, layer === 'ip');
  return { node: { kind: 'cast', layer: layer as 'ether' | 'ip' | 'ip6', to }, qualifiers: noQualifiers };
}

function lengthTerm(comparison: Comparison, bytes: number): Term {
  const right = { kind: 'number', value: bytes } as const;
  return { node: { kind: 'compare', comparison, left: { kind: 'length' }, right }, qualifiers: noQualifiers };
}

import type { NameSeen } from '../core/evidence';

/** Questions that wait for their answer, and names kept; older ones make room. */
const MAX_WAITING = 1000;
const MAX_NAMES = 1000;

const QUERY = /^(\d+)\S*(?: inv_q\S*| stat\S*)?(?: \[[^\]]*\])* (?:Type\d+|[A-Z0-9]+)\? (\S+) \(\d+\)$/;
const RESPONSE = /^(\d+)\S*(?: \[[^\]]*\],?)* \d+\/\d+\/\d+ (.*) \(\d+\)$/;
const ADDRESS = /(?:^|, )(?:A (\d+\.\d+\.\d+\.\d+)|AAAA ([0-9a-f:.]+))(?=,|$)/g;

/** One end of a DNS exchange. */
export interface DnsEnds {
  /** As printed. */
  readonly client: string;
  readonly clientPort: number;
}

/**
 * Names and the addresses that captured DNS answers gave for them. tcpdump prints the name in the question only, so answers find it by
 * client, port and id.
 */
export class NamesSeen {
  readonly #waiting = new Map<string, string>();
  readonly #addresses = new Map<string, string[]>();

  /** `info` is the text behind the addresses; `ends` tells who asks, for a question its source, for an answer its destination. */
  add(info: string, source: DnsEnds, destination: DnsEnds): void {
    const [, queryId, name] = QUERY.exec(info) ?? [];
    if (name !== undefined) {
      remember(this.#waiting, keyOf(source, queryId as string), name.replace(/\.$/, '').toLowerCase(), MAX_WAITING);
      return;
    }
    const [, id, answers] = RESPONSE.exec(info) ?? [];
    const asked = answers === undefined ? undefined : this.#waiting.get(keyOf(destination, id as string));
    if (asked === undefined) return;
    const found = [...(answers as string).matchAll(ADDRESS)].map(match => (match[1] ?? match[2]) as string);
    if (found.length > 0) this.#note(asked, found);
  }

  names(): NameSeen[] {
    return Array.from(this.#addresses, ([name, addresses]) => ({ name, addresses }));
  }

  clear(): void {
    this.#waiting.clear();
    this.#addresses.clear();
  }

  #note(name: string, found: readonly string[]): void {
    const known = this.#addresses.get(name) ?? [];
    remember(this.#addresses, name, [...new Set([...known, ...found])], MAX_NAMES);
  }
}

const keyOf = ({ client, clientPort }: DnsEnds, id: string) => `${client}.${clientPort}.${id}`;

function remember<T>(map: Map<string, T>, key: string, value: T, limit: number): void {
  map.set(key, value);
  if (map.size <= limit) return;
  const oldest = map.keys().next();
  if (!oldest.done) map.delete(oldest.value);
}

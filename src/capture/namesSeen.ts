import type { NameSeen } from '../core/evidence';
import { asciiText } from '../packet/reader/bytesText';
import type { PacketFields } from '../packet/reader/packetFields';

/** Questions that wait for their answer, and names kept; older ones make room. */
const MAX_WAITING = 1000;
const MAX_NAMES = 1000;

const QUERY = /^(\d+)\S*(?: inv_q\S*| stat\S*)?(?: \[[^\]]*\])* (?:Type\d+|[A-Z0-9]+)\? (\S+) \(\d+\)$/;
const RESPONSE = /^(\d+)\S*(?: \[[^\]]*\],?)* \d+\/\d+\/\d+ (.*) \(\d+\)$/;
const ADDRESS = /(?:^|, )(?:A (\d+\.\d+\.\d+\.\d+)|AAAA ([0-9a-f:.]+))(?=,|$)/g;

/**
 * Names and the addresses that captured DNS answers gave for them. tcpdump prints the name in the question only, so answers find it by
 * client, port and id.
 */
export class NamesSeen {
  readonly #waiting = new Map<string, string>();
  readonly #addresses = new Map<string, Set<string>>();
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  /** Takes a DNS packet whose line ends at `end`. Who asks is the source of a question and the destination of an answer. */
  add(fields: PacketFields, bytes: Uint8Array, end: number): void {
    const info = this.#decoder.decode(bytes.subarray(fields.infoStart, end));
    const [, queryId, name] = QUERY.exec(info) ?? [];
    if (name !== undefined) {
      const client = asciiText(bytes, fields.sourceStart, fields.sourcePortEnd);
      remember(this.#waiting, `${client} ${queryId}`, name.replace(/\.$/, '').toLowerCase(), MAX_WAITING);
      return;
    }
    const [, id, answers] = RESPONSE.exec(info) ?? [];
    if (answers === undefined) return;
    const client = asciiText(bytes, fields.destinationStart, fields.destinationPortEnd);
    const asked = this.#waiting.get(`${client} ${id}`);
    if (asked !== undefined) this.#note(asked, answers);
  }

  names(): NameSeen[] {
    return Array.from(this.#addresses, ([name, addresses]) => ({ name, addresses: [...addresses] }));
  }

  clear(): void {
    this.#waiting.clear();
    this.#addresses.clear();
  }

  #note(name: string, answers: string): void {
    for (const [, ipv4, ipv6] of answers.matchAll(ADDRESS)) {
      const address = (ipv4 ?? ipv6) as string;
      const known = this.#addresses.get(name);
      if (known) known.add(address);
      else remember(this.#addresses, name, new Set([address]), MAX_NAMES);
    }
  }
}

function remember<T>(map: Map<string, T>, key: string, value: T, limit: number): void {
  map.set(key, value);
  if (map.size <= limit) return;
  const oldest = map.keys().next();
  if (!oldest.done) map.delete(oldest.value);
}

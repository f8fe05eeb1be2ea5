/** DNS messages: RFC 1035 §4, EDNS(0) RFC 6891. Names as in dnsName. */
import { formatIpv4, ipv4 } from '../../core/ipv4';
import { ipv6Bytes } from './addressBytes';
import { formatIpv6 } from './addressText';
import { concatBytes, readUint16, readUint32, writeUint16, writeUint32 } from './bytes';
import { decodeDnsName, encodeDnsName } from './dnsName';

export const DnsType = {
  a: 1,
  ns: 2,
  cname: 5,
  soa: 6,
  ptr: 12,
  mx: 15,
  txt: 16,
  aaaa: 28,
  srv: 33,
  opt: 41,
  https: 65,
  any: 255,
} as const;

export const DNS_CLASS_IN = 1;

export const DnsResponseCode = {
  noError: 0,
  formatError: 1,
  serverFailure: 2,
  noSuchName: 3,
  notImplemented: 4,
  refused: 5,
} as const;

export interface DnsQuestion {
  readonly name: string;
  readonly type: number;
  readonly class: number;
}

export type DnsData =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'address6'; readonly address: string }
  /** CNAME, NS, PTR. */
  | { readonly kind: 'name'; readonly name: string }
  | {
      readonly kind: 'startOfAuthority';
      readonly primaryServer: string;
      readonly mailbox: string;
      readonly serial: number;
      readonly refreshSeconds: number;
      readonly retrySeconds: number;
      readonly expireSeconds: number;
      readonly minimumSeconds: number;
    }
  /** Everything else, as it stands on the wire (names in it may be compressed). */
  | { readonly kind: 'raw'; readonly bytes: Uint8Array };

/** For type OPT, `class` is the payload size and `timeToLive` holds the extended code, version and flags (RFC 6891 §6.1.3). */
export interface DnsRecord {
  readonly name: string;
  readonly type: number;
  readonly class: number;
  readonly timeToLive: number;
  readonly data: DnsData;
}

export interface DnsMessage {
  readonly id: number;
  readonly isResponse: boolean;
  readonly opcode: number;
  readonly isAuthoritative: boolean;
  readonly isTruncated: boolean;
  readonly recursionDesired: boolean;
  readonly recursionAvailable: boolean;
  readonly authenticData: boolean;
  readonly checkingDisabled: boolean;
  readonly responseCode: number;
  readonly questions: readonly DnsQuestion[];
  readonly answers: readonly DnsRecord[];
  readonly authorities: readonly DnsRecord[];
  readonly additionals: readonly DnsRecord[];
}

export const DNS_HEADER_BYTES = 12;

/**
 * Names are compressed against earlier whole names (and their parents), as every resolver does, so that lengths look real. Throws a
 * RangeError for names or addresses that cannot be written.
 */
export function encodeDns(message: DnsMessage): Uint8Array {
  return new DnsEncoder().encode(message);
}

/** The OPT record that announces a payload size (RFC 6891 §6.1.2), without options. */
export function ednsRecord(payloadBytes: number): DnsRecord {
  return {
    name: '',
    type: DnsType.opt,
    class: payloadBytes,
    timeToLive: 0,
    data: { kind: 'raw', bytes: new Uint8Array(0) },
  };
}

/** Undefined when the message is cut or breaks its own counts. Bytes after the last record are ignored. */
export function decodeDns(bytes: Uint8Array): DnsMessage | undefined {
  if (bytes.length < DNS_HEADER_BYTES) return undefined;
  const flags = readUint16(bytes, 2);
  const reader = new DnsReader(bytes);
  const questions = reader.list(readUint16(bytes, 4), () => reader.question());
  const answers = questions && reader.list(readUint16(bytes, 6), () => reader.record());
  const authorities = answers && reader.list(readUint16(bytes, 8), () => reader.record());
  const additionals = authorities && reader.list(readUint16(bytes, 10), () => reader.record());
  if (!additionals) return undefined;
  return {
    id: readUint16(bytes, 0),
    isResponse: (flags & 0x8000) !== 0,
    opcode: (flags >> 11) & 15,
    isAuthoritative: (flags & 0x0400) !== 0,
    isTruncated: (flags & 0x0200) !== 0,
    recursionDesired: (flags & 0x0100) !== 0,
    recursionAvailable: (flags & 0x0080) !== 0,
    authenticData: (flags & 0x0020) !== 0,
    checkingDisabled: (flags & 0x0010) !== 0,
    responseCode: flags & 15,
    questions,
    answers,
    authorities,
    additionals,
  };
}

class DnsEncoder {
  #bytes: Uint8Array = new Uint8Array(DNS_HEADER_BYTES);
  readonly #offsetOfName = new Map<string, number>();

  encode(message: DnsMessage): Uint8Array {
    writeUint16(this.#bytes, 0, message.id);
    writeUint16(this.#bytes, 2, headerFlags(message));
    const sections = [message.answers, message.authorities, message.additionals];
    writeUint16(this.#bytes, 4, message.questions.length);
    sections.forEach((records, index) => {
      writeUint16(this.#bytes, 6 + index * 2, records.length);
    });
    for (const question of message.questions) {
      this.#name(question.name);
      this.#uint16(question.type);
      this.#uint16(question.class);
    }
    for (const record of sections.flat()) this.#record(record);
    return this.#bytes;
  }

  #record(record: DnsRecord): void {
    this.#name(record.name);
    this.#uint16(record.type);
    this.#uint16(record.class);
    this.#uint32(record.timeToLive);
    const lengthAt = this.#bytes.length;
    this.#uint16(0);
    this.#data(record.data);
    writeUint16(this.#bytes, lengthAt, this.#bytes.length - lengthAt - 2);
  }

  #data(data: DnsData): void {
    switch (data.kind) {
      case 'address':
        this.#uint32(ipv4(data.address));
        break;
      case 'address6':
        this.#append(ipv6Bytes(data.address));
        break;
      case 'name':
        this.#name(data.name);
        break;
      case 'startOfAuthority':
        this.#name(data.primaryServer);
        this.#name(data.mailbox);
        this.#uint32(data.serial);
        this.#uint32(data.refreshSeconds);
        this.#uint32(data.retrySeconds);
        this.#uint32(data.expireSeconds);
        this.#uint32(data.minimumSeconds);
        break;
      case 'raw':
        this.#append(data.bytes);
    }
  }

  /** Writes the name, pointing to the longest ending that already stands in the message. */
  #name(name: string): void {
    const wire = encodeDnsName(name);
    let at = 0;
    while (wire[at] !== 0) {
      const ending = wire.subarray(at).join();
      const known = this.#offsetOfName.get(ending);
      if (known !== undefined) {
        this.#uint16(0xc000 | known);
        return;
      }
      if (this.#bytes.length < 0x4000) this.#offsetOfName.set(ending, this.#bytes.length);
      const next = at + 1 + (wire[at] as number);
      this.#append(wire.subarray(at, next));
      at = next;
    }
    this.#append(Uint8Array.of(0));
  }

  #uint16(value: number): void {
    this.#append(Uint8Array.of(value >>> 8, value));
  }

  #uint32(value: number): void {
    const bytes = new Uint8Array(4);
    writeUint32(bytes, 0, value);
    this.#append(bytes);
  }

  #append(bytes: Uint8Array): void {
    this.#bytes = concatBytes(this.#bytes, bytes);
  }
}

function headerFlags(message: DnsMessage): number {
  return (
    (message.isResponse ? 0x8000 : 0) |
    (message.opcode << 11) |
    (message.isAuthoritative ? 0x0400 : 0) |
    (message.isTruncated ? 0x0200 : 0) |
    (message.recursionDesired ? 0x0100 : 0) |
    (message.recursionAvailable ? 0x0080 : 0) |
    (message.authenticData ? 0x0020 : 0) |
    (message.checkingDisabled ? 0x0010 : 0) |
    message.responseCode
  );
}

class DnsReader {
  #offset = DNS_HEADER_BYTES;

  constructor(readonly bytes: Uint8Array) {}

  list<T>(count: number, read: () => T | undefined): T[] | undefined {
    const items: T[] = [];
    for (let index = 0; index < count; index++) {
      const item = read();
      if (item === undefined) return undefined;
      items.push(item);
    }
    return items;
  }

  question(): DnsQuestion | undefined {
    const name = this.#name();
    if (name === undefined || this.#offset + 4 > this.bytes.length) return undefined;
    const at = this.#offset;
    this.#offset += 4;
    return { name, type: readUint16(this.bytes, at), class: readUint16(this.bytes, at + 2) };
  }

  record(): DnsRecord | undefined {
    const name = this.#name();
    if (name === undefined || this.#offset + 10 > this.bytes.length) return undefined;
    const at = this.#offset;
    const type = readUint16(this.bytes, at);
    const end = at + 10 + readUint16(this.bytes, at + 8);
    if (end > this.bytes.length) return undefined;
    const data = this.#data(type, at + 10, end);
    if (!data) return undefined;
    this.#offset = end;
    return { name, type, class: readUint16(this.bytes, at + 2), timeToLive: readUint32(this.bytes, at + 4), data };
  }

  #data(type: number, start: number, end: number): DnsData | undefined {
    switch (type) {
      case DnsType.a:
        return end - start === 4 ? { kind: 'address', address: formatIpv4(readUint32(this.bytes, start)) } : undefined;
      case DnsType.aaaa:
        return end - start === 16 ? { kind: 'address6', address: formatIpv6(this.bytes, start) } : undefined;
      case DnsType.cname:
      case DnsType.ns:
      case DnsType.ptr: {
        const target = decodeDnsName(this.bytes, start);
        return target?.end === end ? { kind: 'name', name: target.name } : undefined;
      }
      case DnsType.soa:
        return this.#startOfAuthority(start, end);
      default:
        return { kind: 'raw', bytes: this.bytes.slice(start, end) };
    }
  }

  #startOfAuthority(start: number, end: number): DnsData | undefined {
    const primaryServer = decodeDnsName(this.bytes, start);
    const mailbox = primaryServer && decodeDnsName(this.bytes, primaryServer.end);
    if (!mailbox || mailbox.end + 20 !== end) return undefined;
    const word = (index: number) => readUint32(this.bytes, mailbox.end + index * 4);
    return {
      kind: 'startOfAuthority',
      primaryServer: primaryServer.name,
      mailbox: mailbox.name,
      serial: word(0),
      refreshSeconds: word(1),
      retrySeconds: word(2),
      expireSeconds: word(3),
      minimumSeconds: word(4),
    };
  }

  #name(): string | undefined {
    const decoded = decodeDnsName(this.bytes, this.#offset);
    if (decoded) this.#offset = decoded.end;
    return decoded?.name;
  }
}

/**
 * Files in pcapng form (IETF draft-ietf-opsawg-pcapng): sections of blocks, of which interfaces and packets count here. Other blocks and
 * options are passed over.
 */
import { concatBytes } from './headers/bytes';
import { LINK_TYPE_ETHERNET, type PcapRecord } from './pcap';

const BlockType = { section: 0x0a0d0d0a, interface: 1, simplePacket: 3, enhancedPacket: 6 } as const;
const OptionCode = { end: 0, comment: 1, interfaceName: 2, packetFlags: 2, resolution: 9, timeOffset: 14 } as const;

const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
/** Type, length, and the length again at the end. */
const BLOCK_FRAME_BYTES = 12;
const MICROS = 1_000_000n;

/** What a file can say of an interface. */
export interface PcapngInterface {
  readonly linkType: number;
  readonly snapLength: number;
  readonly name: string | undefined;
}

export interface PcapngRecord extends PcapRecord {
  /** Which of the file's interfaces saw it. */
  readonly interfaceIndex: number;
  /** What is left of the time behind its microseconds: 0 to 999. */
  readonly nanos: number;
  readonly direction: 'in' | 'out' | undefined;
  /** Comments on the packet, one behind the other on lines of their own. */
  readonly comment: string | undefined;
}

export interface PcapngFile {
  readonly interfaces: readonly PcapngInterface[];
  readonly records: readonly PcapngRecord[];
  /** Why reading stopped before the file's end: it is cut, or broken from here on. */
  readonly problem: string | undefined;
}

/** What is left out takes its usual value: Ethernet, 262,144 bytes, no name; the first interface, no nanoseconds, direction or comment. */
export interface PcapngContent {
  readonly interfaces: readonly Partial<PcapngInterface>[];
  readonly records: readonly (Pick<PcapRecord, 'timeMicros' | 'bytes'> & Partial<PcapngRecord>)[];
}

/** One section, little-endian; interfaces count in nanoseconds where one of their packets has any. */
export function writePcapng({ interfaces, records }: PcapngContent): Uint8Array {
  const hasNanos = interfaces.map((_, index) =>
    records.some(record => (record.interfaceIndex ?? 0) === index && (record.nanos ?? 0) > 0),
  );
  return concatBytes(
    block(BlockType.section, words(BYTE_ORDER_MAGIC, 0x0000_0001, 0xffff_ffff, 0xffff_ffff)),
    ...interfaces.map((one, index) => interfaceBlock(one, hasNanos[index] as boolean)),
    ...records.map(record => packetBlock(record, hasNanos[record.interfaceIndex ?? 0] ?? false)),
  );
}

/** Undefined when the bytes do not begin like a pcapng file. Never throws. */
export function readPcapng(bytes: Uint8Array): PcapngFile | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < BLOCK_FRAME_BYTES + 16 || view.getUint32(0, true) !== BlockType.section) return undefined;
  if (![true, false].some(isLittle => view.getUint32(8, isLittle) === BYTE_ORDER_MAGIC)) return undefined;
  const reader = new PcapngReader(bytes, view);
  const problem = reader.read();
  return { interfaces: reader.interfaces, records: reader.records, problem };
}

function words(...values: number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => {
    view.setUint32(index * 4, value, true);
  });
  return bytes;
}

const padded = (bytes: Uint8Array): Uint8Array => concatBytes(bytes, new Uint8Array(-bytes.length & 3));

function block(type: number, ...content: Uint8Array[]): Uint8Array {
  const body = concatBytes(...content);
  const length = body.length + BLOCK_FRAME_BYTES;
  return concatBytes(words(type, length), body, words(length));
}

function option(code: number, value: Uint8Array): Uint8Array {
  return concatBytes(words(code | (value.length << 16)), padded(value));
}

const utf8 = (text: string) => new TextEncoder().encode(text);

/** An option holds at most 65,535 bytes. */
const textOption = (code: number, text: string | undefined): Uint8Array[] =>
  text === undefined ? [] : [option(code, utf8(text).subarray(0, 0xffff))];

function interfaceBlock({ linkType, snapLength, name }: Partial<PcapngInterface>, hasNanos: boolean): Uint8Array {
  const options = [
    ...textOption(OptionCode.interfaceName, name),
    ...(hasNanos ? [option(OptionCode.resolution, Uint8Array.of(9))] : []),
  ];
  const end = options.length > 0 ? [words(OptionCode.end)] : [];
  return block(BlockType.interface, words(linkType ?? LINK_TYPE_ETHERNET, snapLength ?? 262_144), ...options, ...end);
}

function packetBlock(record: PcapngContent['records'][number], hasNanos: boolean): Uint8Array {
  const { bytes, direction } = record;
  const micros = BigInt(Math.floor(record.timeMicros));
  const units = hasNanos ? micros * 1000n + BigInt(record.nanos ?? 0) : micros;
  const options = [
    ...textOption(OptionCode.comment, record.comment),
    ...(direction ? [option(OptionCode.packetFlags, words(direction === 'in' ? 1 : 2))] : []),
  ];
  const time = [Number((units >> 32n) & 0xffff_ffffn), Number(units & 0xffff_ffffn)];
  const head = words(record.interfaceIndex ?? 0, ...time, bytes.length, record.originalBytes ?? bytes.length);
  const end = options.length > 0 ? [words(OptionCode.end)] : [];
  return block(BlockType.enhancedPacket, head, padded(bytes), ...options, ...end);
}

/** How an interface counts time. */
interface Clock {
  readonly unitsPerSecond: bigint;
  readonly offsetSeconds: bigint;
}

class PcapngReader {
  readonly interfaces: PcapngInterface[] = [];
  readonly records: PcapngRecord[] = [];
  readonly #clocks: Clock[] = [];
  #isLittle = true;
  /** Numbers of interfaces count from here: each section begins anew. */
  #firstInterface = 0;

  constructor(
    readonly bytes: Uint8Array,
    readonly view: DataView,
  ) {}

  /** Why it stopped before the end. */
  read(): string | undefined {
    for (let at = 0; at < this.bytes.length; ) {
      if (at + BLOCK_FRAME_BYTES > this.bytes.length) return `the file ends in a block at byte ${at}`;
      if (this.#uint32(at) === BlockType.section && !this.#openSection(at)) return `no section begins at byte ${at}`;
      const length = this.#uint32(at + 4);
      if (length < BLOCK_FRAME_BYTES || length % 4 !== 0) return `a block of ${length} bytes at byte ${at}`;
      if (at + length > this.bytes.length) return `the file ends in a block at byte ${at}`;
      if (this.#uint32(at + length - 4) !== length) return `a block with two lengths at byte ${at}`;
      if (!this.#block(this.#uint32(at), at + 8, at + length - 4)) return `a broken block at byte ${at}`;
      at += length;
    }
    return undefined;
  }

  #uint32(at: number): number {
    return this.view.getUint32(at, this.#isLittle);
  }

  #openSection(at: number): boolean {
    const isLittle = this.view.getUint32(at + 8, true) === BYTE_ORDER_MAGIC;
    if (!isLittle && this.view.getUint32(at + 8, false) !== BYTE_ORDER_MAGIC) return false;
    this.#isLittle = isLittle;
    this.#firstInterface = this.interfaces.length;
    return true;
  }

  #block(type: number, start: number, end: number): boolean {
    switch (type) {
      case BlockType.interface:
        return this.#interface(start, end);
      case BlockType.enhancedPacket:
        return this.#enhancedPacket(start, end);
      case BlockType.simplePacket:
        return this.#simplePacket(start, end);
      default:
        return true;
    }
  }

  #interface(start: number, end: number): boolean {
    if (start + 8 > end) return false;
    const options = this.#options(start + 8, end);
    const name = options.find(({ code }) => code === OptionCode.interfaceName);
    const resolution = options.find(({ code }) => code === OptionCode.resolution)?.value[0];
    const offset = options.find(({ code, value }) => code === OptionCode.timeOffset && value.length === 8)?.value;
    this.interfaces.push({
      linkType: this.view.getUint16(start, this.#isLittle),
      snapLength: this.#uint32(start + 4),
      name: name && decodeText(name.value),
    });
    this.#clocks.push({
      unitsPerSecond: unitsPerSecond(resolution),
      offsetSeconds: offset ? new DataView(offset.buffer, offset.byteOffset, 8).getBigInt64(0, this.#isLittle) : 0n,
    });
    return true;
  }

  #enhancedPacket(start: number, end: number): boolean {
    if (start + 20 > end) return false;
    const interfaceIndex = this.#firstInterface + this.#uint32(start);
    const clock = this.#clocks[interfaceIndex];
    const capturedBytes = this.#uint32(start + 12);
    const dataEnd = start + 20 + capturedBytes;
    if (!clock || dataEnd > end) return false;
    const options = this.#options((dataEnd + 3) & ~3, end);
    const flags = options.find(({ code, value }) => code === OptionCode.packetFlags && value.length === 4)?.value;
    const comments = options.filter(({ code }) => code === OptionCode.comment).map(({ value }) => decodeText(value));
    const units = (BigInt(this.#uint32(start + 4)) << 32n) | BigInt(this.#uint32(start + 8));
    this.records.push({
      ...timeOf(units, clock),
      bytes: this.bytes.subarray(start + 20, dataEnd),
      originalBytes: this.#uint32(start + 16),
      interfaceIndex,
      direction: flags && directionOf((this.#isLittle ? flags[0] : flags[3]) as number),
      comment: comments.length > 0 ? comments.join('\n') : undefined,
    });
    return true;
  }

  /** A packet of the section's first interface, without a time. */
  #simplePacket(start: number, end: number): boolean {
    const only = this.interfaces[this.#firstInterface];
    if (!only || start + 4 > end) return false;
    const originalBytes = this.#uint32(start);
    const limit = only.snapLength === 0 ? originalBytes : Math.min(originalBytes, only.snapLength);
    if (start + 4 + limit > end) return false;
    const bytes = this.bytes.subarray(start + 4, start + 4 + limit);
    const rest = { nanos: 0, direction: undefined, comment: undefined };
    this.records.push({ timeMicros: 0, bytes, originalBytes, interfaceIndex: this.#firstInterface, ...rest });
    return true;
  }

  /** Options up to the one that ends them, or to the first that is cut. */
  #options(start: number, end: number): { readonly code: number; readonly value: Uint8Array }[] {
    const options: { code: number; value: Uint8Array }[] = [];
    for (let at = start; at + 4 <= end; ) {
      const code = this.view.getUint16(at, this.#isLittle);
      const length = this.view.getUint16(at + 2, this.#isLittle);
      if (code === OptionCode.end || at + 4 + length > end) break;
      options.push({ code, value: this.bytes.subarray(at + 4, at + 4 + length) });
      at += 4 + ((length + 3) & ~3);
    }
    return options;
  }
}

const decodeText = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

const directionOf = (flags: number) => ([undefined, 'in', 'out', undefined] as const)[flags & 3];

/** A power of ten, or with the top bit of two; microseconds when it is not said. Powers past 63 are no times that a clock counts. */
function unitsPerSecond(resolution: number | undefined): bigint {
  if (resolution === undefined) return MICROS;
  const power = BigInt(Math.min(resolution & 0x7f, 63));
  return (resolution & 0x80 ? 2n : 10n) ** power;
}

function timeOf(units: bigint, { unitsPerSecond: perSecond, offsetSeconds }: Clock) {
  const nanos = (units * 1000n * MICROS) / perSecond + offsetSeconds * 1000n * MICROS;
  return { timeMicros: Number(nanos / 1000n), nanos: Number(((nanos % 1000n) + 1000n) % 1000n) };
}

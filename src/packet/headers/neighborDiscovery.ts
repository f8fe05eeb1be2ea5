/** The messages of RFC 4861 that hosts and routers on a subnet send, as ICMPv6 messages without their checksum. */
import { ipv6Bytes, macBytes } from './addressBytes';
import { formatIpv6, formatMac } from './addressText';
import { concatBytes, readUint16, readUint32, writeUint32 } from './bytes';
import type { IcmpMessage } from './icmp';
import { Icmp6Type } from './icmp6';

const OptionNumber = { sourceLinkAddress: 1, targetLinkAddress: 2, prefix: 3, mtu: 5 } as const;

/** RFC 4861 §4.6.2. */
export interface AdvertisedPrefix {
  readonly prefix: string;
  readonly prefixLength: number;
  readonly onLink: boolean;
  readonly autonomous: boolean;
  readonly validSeconds: number;
  readonly preferredSeconds: number;
}

export type NeighborOption =
  | { readonly kind: 'sourceLinkAddress' | 'targetLinkAddress'; readonly mac: string }
  | ({ readonly kind: 'prefix' } & AdvertisedPrefix)
  | { readonly kind: 'mtu'; readonly bytes: number }
  /** Another option as it stands on the wire, without its number and length. */
  | { readonly kind: 'other'; readonly number: number; readonly data: Uint8Array };

export type NeighborMessage =
  | { readonly kind: 'routerSolicitation'; readonly options: readonly NeighborOption[] }
  | {
      readonly kind: 'routerAdvertisement';
      readonly hopLimit: number;
      /** The byte with "managed" and "other" on top. */
      readonly flags: number;
      readonly lifetimeSeconds: number;
      readonly reachableMs: number;
      readonly retransmitMs: number;
      readonly options: readonly NeighborOption[];
    }
  | { readonly kind: 'neighborSolicitation'; readonly target: string; readonly options: readonly NeighborOption[] }
  | {
      readonly kind: 'neighborAdvertisement';
      readonly target: string;
      readonly isRouter: boolean;
      readonly isSolicited: boolean;
      readonly overrides: boolean;
      readonly options: readonly NeighborOption[];
    };

/** Throws a RangeError for addresses of another form. */
export function neighborMessage(message: NeighborMessage): IcmpMessage {
  const options = concatBytes(...message.options.map(encodeOption));
  switch (message.kind) {
    case 'routerSolicitation':
      return { type: Icmp6Type.routerSolicitation, code: 0, rest: 0, payload: options };
    case 'routerAdvertisement': {
      const times = new Uint8Array(8);
      writeUint32(times, 0, message.reachableMs);
      writeUint32(times, 4, message.retransmitMs);
      const rest = ((message.hopLimit << 24) | (message.flags << 16) | message.lifetimeSeconds) >>> 0;
      return { type: Icmp6Type.routerAdvertisement, code: 0, rest, payload: concatBytes(times, options) };
    }
    case 'neighborSolicitation': {
      const payload = concatBytes(ipv6Bytes(message.target), options);
      return { type: Icmp6Type.neighborSolicitation, code: 0, rest: 0, payload };
    }
    case 'neighborAdvertisement': {
      const flags = (message.isRouter ? 4 : 0) | (message.isSolicited ? 2 : 0) | (message.overrides ? 1 : 0);
      const payload = concatBytes(ipv6Bytes(message.target), options);
      return { type: Icmp6Type.neighborAdvertisement, code: 0, rest: (flags << 29) >>> 0, payload };
    }
  }
}

/** The message of neighbour discovery that an ICMPv6 message holds; undefined for others, and when it is cut. */
export function readNeighborMessage({ type, rest, payload }: IcmpMessage): NeighborMessage | undefined {
  const fixedBytes = fixedBytesOf(type);
  if (fixedBytes === undefined || payload.length < fixedBytes) return undefined;
  const options = decodeOptions(payload.subarray(fixedBytes));
  if (!options) return undefined;
  switch (type) {
    case Icmp6Type.routerSolicitation:
      return { kind: 'routerSolicitation', options };
    case Icmp6Type.routerAdvertisement:
      return {
        kind: 'routerAdvertisement',
        hopLimit: rest >>> 24,
        flags: (rest >>> 16) & 0xff,
        lifetimeSeconds: rest & 0xffff,
        reachableMs: readUint32(payload, 0),
        retransmitMs: readUint32(payload, 4),
        options,
      };
    case Icmp6Type.neighborSolicitation:
      return { kind: 'neighborSolicitation', target: formatIpv6(payload), options };
    default:
      return {
        kind: 'neighborAdvertisement',
        target: formatIpv6(payload),
        isRouter: (rest & 0x8000_0000) !== 0,
        isSolicited: (rest & 0x4000_0000) !== 0,
        overrides: (rest & 0x2000_0000) !== 0,
        options,
      };
  }
}

function fixedBytesOf(type: number): number | undefined {
  switch (type) {
    case Icmp6Type.routerSolicitation:
      return 0;
    case Icmp6Type.routerAdvertisement:
      return 8;
    case Icmp6Type.neighborSolicitation:
    case Icmp6Type.neighborAdvertisement:
      return 16;
    default:
      return undefined;
  }
}

function encodeOption(option: NeighborOption): Uint8Array {
  switch (option.kind) {
    case 'sourceLinkAddress':
    case 'targetLinkAddress':
      return optionBytes(OptionNumber[option.kind], macBytes(option.mac));
    case 'prefix':
      return optionBytes(OptionNumber.prefix, prefixBytes(option));
    case 'mtu': {
      const data = new Uint8Array(6);
      writeUint32(data, 2, option.bytes);
      return optionBytes(OptionNumber.mtu, data);
    }
    case 'other':
      return optionBytes(option.number, option.data);
  }
}

/** Number, length in units of eight bytes, data padded to such units. */
function optionBytes(number: number, data: Uint8Array): Uint8Array {
  const units = Math.ceil((data.length + 2) / 8);
  const bytes = new Uint8Array(units * 8);
  bytes[0] = number;
  bytes[1] = units;
  bytes.set(data, 2);
  return bytes;
}

function prefixBytes(option: AdvertisedPrefix): Uint8Array {
  const data = new Uint8Array(30);
  data[0] = option.prefixLength;
  data[1] = (option.onLink ? 0x80 : 0) | (option.autonomous ? 0x40 : 0);
  writeUint32(data, 2, option.validSeconds);
  writeUint32(data, 6, option.preferredSeconds);
  data.set(ipv6Bytes(option.prefix), 14);
  return data;
}

function decodeOptions(bytes: Uint8Array): NeighborOption[] | undefined {
  const options: NeighborOption[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = (bytes[at + 1] ?? 0) * 8;
    if (length === 0 || at + length > bytes.length) return undefined;
    options.push(decodeOption(bytes[at] as number, bytes.slice(at + 2, at + length)));
    at += length;
  }
  return options;
}

function decodeOption(number: number, data: Uint8Array): NeighborOption {
  if (number === OptionNumber.sourceLinkAddress && data.length === 6)
    return { kind: 'sourceLinkAddress', mac: formatMac(data) };
  if (number === OptionNumber.targetLinkAddress && data.length === 6)
    return { kind: 'targetLinkAddress', mac: formatMac(data) };
  if (number === OptionNumber.mtu && data.length === 6 && readUint16(data, 0) === 0)
    return { kind: 'mtu', bytes: readUint32(data, 2) };
  if (number === OptionNumber.prefix && data.length === 30) return decodePrefix(data);
  return { kind: 'other', number, data };
}

function decodePrefix(data: Uint8Array): NeighborOption {
  const flags = data[1] as number;
  return {
    kind: 'prefix',
    prefix: formatIpv6(data, 14),
    prefixLength: data[0] as number,
    onLink: (flags & 0x80) !== 0,
    autonomous: (flags & 0x40) !== 0,
    validSeconds: readUint32(data, 2),
    preferredSeconds: readUint32(data, 6),
  };
}

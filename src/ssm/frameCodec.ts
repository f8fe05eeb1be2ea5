/**
 * The binary frame of the Session Manager data channel: 120 bytes of header, big-endian, then the payload.
 * Source: aws/session-manager-plugin:src/message, aws/amazon-ssm-agent:agent/session/contracts. A leaf: it imports nothing of ours.
 */

/** What a frame is; readers trim NUL and blanks on both sides, writers pad with blanks on the right. */
export const MessageType = {
  input: 'input_stream_data',
  output: 'output_stream_data',
  acknowledge: 'acknowledge',
  channelClosed: 'channel_closed',
  startPublication: 'start_publication',
  pausePublication: 'pause_publication',
} as const;

/** What the payload of a stream frame is; control frames carry `none`. */
export const PayloadType = {
  none: 0,
  output: 1,
  size: 3,
  handshakeRequest: 5,
  handshakeResponse: 6,
  handshakeComplete: 7,
  encryptionChallengeRequest: 8,
  encryptionChallengeResponse: 9,
  flag: 10,
  errorOutput: 11,
  exitCode: 12,
} as const;

/** Flags of acknowledge frames: SYN and FIN. Nobody reads them. */
export const CONTROL_FLAGS = 3n;
/** Flag of the agent's very first stream frame. */
export const SYN_FLAG = 1n;

export type Sha256 = (bytes: Uint8Array) => Uint8Array;

export interface Frame {
  readonly messageType: string;
  readonly schemaVersion: number;
  /** Milliseconds since 1970. */
  readonly createdMs: bigint;
  /** Signed; each direction counts its stream frames from 0. */
  readonly sequenceNumber: bigint;
  readonly flags: bigint;
  /** A uuid's text, lower case. */
  readonly messageId: string;
  readonly payloadType: number;
  readonly payload: Uint8Array;
}

export type FrameFault =
  | 'truncated'
  | 'headerLengthOutsideFrame'
  | 'headerLengthZero'
  | 'messageTypeMissing'
  | 'createdDateMissing'
  | 'digestMismatch';

export type FrameReading =
  | { readonly ok: true; readonly frame: ReceivedFrame }
  | { readonly ok: false; readonly fault: FrameFault };

const OFFSET = {
  headerLength: 0,
  messageType: 4,
  schemaVersion: 36,
  createdDate: 40,
  sequenceNumber: 48,
  flags: 56,
  messageId: 64,
  digest: 80,
  payloadType: 112,
  payloadLength: 116,
  payload: 120,
} as const;

/** The value of HeaderLength: the offset of PayloadLength, not of the payload. */
const HEADER_LENGTH = OFFSET.payloadLength;
const MESSAGE_TYPE_BYTES = 32;
const MAX_ENCODED_TYPES = 32;
const BLANK = 0x20;

/** What a stream frame carries. */
export type FrameContent = Pick<Frame, 'payloadType' | 'payload'>;

/**
 * A frame as read, with the fields that only a check needs. It is a view of the bytes that it was read from: a field is decoded when it is
 * asked for, as most are not.
 */
export class ReceivedFrame implements Frame {
  readonly messageType: string;
  readonly payload: Uint8Array;
  readonly #bytes: Uint8Array;

  constructor(
    bytes: Uint8Array,
    readonly headerLength: number,
  ) {
    this.#bytes = bytes;
    this.messageType = readMessageType(bytes);
    this.payload = bytes.subarray(headerLength + 4);
  }

  get schemaVersion(): number {
    return readUint32(this.#bytes, OFFSET.schemaVersion);
  }

  get createdMs(): bigint {
    return readUint64(this.#bytes, OFFSET.createdDate);
  }

  get sequenceNumber(): bigint {
    return BigInt.asIntN(64, readUint64(this.#bytes, OFFSET.sequenceNumber));
  }

  get flags(): bigint {
    return readUint64(this.#bytes, OFFSET.flags);
  }

  get messageId(): string {
    return readMessageId(this.#bytes);
  }

  get digest(): Uint8Array {
    return this.#bytes.subarray(OFFSET.digest, OFFSET.payloadType);
  }

  get payloadType(): number {
    return readUint32(this.#bytes, OFFSET.payloadType);
  }

  /** As announced; the payload itself is everything after the header, whatever this says. */
  get payloadLength(): number {
    return readUint32(this.#bytes, OFFSET.payloadLength);
  }

  /**
   * What is wrong with the frame, in the order in which the official reader checks. Start and pause frames are never wrong, and the
   * digest counts only when a payload is announced.
   */
  check(sha256: Sha256): FrameFault | undefined {
    const { messageType } = this;
    if (messageType === MessageType.startPublication || messageType === MessageType.pausePublication) return;
    if (this.headerLength === 0) return 'headerLengthZero';
    if (messageType === '') return 'messageTypeMissing';
    if (isZero(this.#bytes, OFFSET.createdDate, 8)) return 'createdDateMissing';
    const isAsAnnounced = this.payloadLength === 0 || startsWith(this.#bytes, OFFSET.digest, sha256(this.payload));
    return isAsAnnounced ? undefined : 'digestMismatch';
  }
}

/** Throws a RangeError for what the official serializers refuse: an empty payload, a type that is empty or over 32 bytes, no uuid. */
export function encodeFrame(frame: Frame, sha256: Sha256): Uint8Array {
  if (frame.payload.length === 0) throw new RangeError('a frame needs a payload');
  const bytes = new Uint8Array(OFFSET.payload + frame.payload.length);
  writeUint32(bytes, OFFSET.headerLength, HEADER_LENGTH);
  writeMessageType(bytes, frame.messageType);
  writeUint32(bytes, OFFSET.schemaVersion, frame.schemaVersion);
  writeUint64(bytes, OFFSET.sequenceNumber, frame.sequenceNumber);
  writeUint64(bytes, OFFSET.flags, frame.flags);
  writeUint32(bytes, OFFSET.payloadType, frame.payloadType);
  bytes.set(frame.payload, OFFSET.payload);
  sealFrame(bytes, frame, sha256);
  return bytes;
}

/** Writes into a frame that is complete otherwise when it was made, its id, and what follows from its payload. */
export function sealFrame(
  bytes: Uint8Array,
  { createdMs, messageId }: Pick<Frame, 'createdMs' | 'messageId'>,
  sha256: Sha256,
): void {
  const payload = bytes.subarray(OFFSET.payload);
  writeUint64(bytes, OFFSET.createdDate, createdMs);
  writeMessageId(bytes, messageId);
  bytes.set(sha256(payload), OFFSET.digest);
  writeUint32(bytes, OFFSET.payloadLength, payload.length);
}

/** Reads a frame without judging it; its payload is a view of `bytes`. Follow with `check`. */
export function readFrame(bytes: Uint8Array): FrameReading {
  if (bytes.length < OFFSET.payload) return { ok: false, fault: 'truncated' };
  const headerLength = readUint32(bytes, OFFSET.headerLength);
  if (headerLength + 4 > bytes.length) return { ok: false, fault: 'headerLengthOutsideFrame' };
  return { ok: true, frame: new ReceivedFrame(bytes, headerLength) };
}

/** Reads and checks in one go. */
export function decodeFrame(bytes: Uint8Array, sha256: Sha256): FrameReading {
  const reading = readFrame(bytes);
  if (!reading.ok) return reading;
  const fault = reading.frame.check(sha256);
  return fault ? { ok: false, fault } : reading;
}

/** 64 bits pass through here: a DataView for each frame would cost more than all else about it. */
const wide = new Uint8Array(8);
const wideView = new DataView(wide.buffer);

function readUint64(bytes: Uint8Array, offset: number): bigint {
  for (let index = 0; index < 8; index++) wide[index] = bytes[offset + index] as number;
  return wideView.getBigUint64(0);
}

/** Signed numbers too. */
function writeUint64(bytes: Uint8Array, offset: number, value: bigint): void {
  wideView.setBigInt64(0, value);
  bytes.set(wide, offset);
}

function readUint32(bytes: Uint8Array, offset: number): number {
  let value = 0;
  for (let index = offset; index < offset + 4; index++) value = (value << 8) | (bytes[index] as number);
  return value >>> 0;
}

function writeUint32(bytes: Uint8Array, offset: number, value: number): void {
  bytes[offset] = value >>> 24;
  bytes[offset + 1] = value >>> 16;
  bytes[offset + 2] = value >>> 8;
  bytes[offset + 3] = value;
}

function isZero(bytes: Uint8Array, offset: number, length: number): boolean {
  for (let index = offset; index < offset + length; index++) if (bytes[index] !== 0) return false;
  return true;
}

/** Types as they stand in a frame, blanks included. There are few, and every frame needs one. */
const encodedTypes = new Map<string, Uint8Array>();

function writeMessageType(bytes: Uint8Array, messageType: string): void {
  let encoded = encodedTypes.get(messageType);
  if (!encoded) {
    encoded = encodeMessageType(messageType);
    if (encodedTypes.size < MAX_ENCODED_TYPES) encodedTypes.set(messageType, encoded);
  }
  bytes.set(encoded, OFFSET.messageType);
}

function encodeMessageType(messageType: string): Uint8Array {
  const text = new TextEncoder().encode(messageType);
  if (text.length === 0 || text.length > MESSAGE_TYPE_BYTES) {
    throw new RangeError(`a message type has 1 to ${MESSAGE_TYPE_BYTES} bytes, not ${text.length}`);
  }
  const padded = new Uint8Array(MESSAGE_TYPE_BYTES).fill(BLANK);
  padded.set(text);
  return padded;
}

const isPadding = (byte: number | undefined) => byte === 0 || byte === BLANK;
const knownTypes = Object.values(MessageType).map(name => ({ name, bytes: new TextEncoder().encode(name) }));
const decoder = new TextDecoder();

function readMessageType(bytes: Uint8Array): string {
  let start: number = OFFSET.messageType;
  let end = OFFSET.messageType + MESSAGE_TYPE_BYTES;
  while (start < end && isPadding(bytes[start])) start++;
  while (end > start && isPadding(bytes[end - 1])) end--;
  const known = knownTypes.find(type => type.bytes.length === end - start && startsWith(bytes, start, type.bytes));
  return known ? known.name : decoder.decode(bytes.subarray(start, end));
}

function startsWith(bytes: Uint8Array, start: number, prefix: Uint8Array): boolean {
  for (let index = 0; index < prefix.length; index++) if (bytes[start + index] !== prefix[index]) return false;
  return true;
}

const UUID_BYTES = 16;
const UUID_CHARACTERS = 36;
const DASH = 0x2d;
const isDashPlace = (index: number) => index === 8 || index === 13 || index === 18 || index === 23;

/** A uuid travels with its two halves swapped: bytes 8 to 15 first. */
const placeOfUuidByte = (index: number) => OFFSET.messageId + ((index + 8) % UUID_BYTES);

function writeMessageId(bytes: Uint8Array, uuid: string): void {
  let written = 0;
  for (let index = 0; index < uuid.length && written < UUID_BYTES; index += isDashPlace(index) ? 1 : 2) {
    if (isDashPlace(index)) {
      if (uuid.charCodeAt(index) !== DASH) break;
    } else {
      const value = hexDigit(uuid.charCodeAt(index)) * 16 + hexDigit(uuid.charCodeAt(index + 1));
      if (!(value >= 0)) break;
      bytes[placeOfUuidByte(written++)] = value;
    }
  }
  if (written < UUID_BYTES || uuid.length !== UUID_CHARACTERS) {
    throw new RangeError(`${JSON.stringify(uuid)} is not a uuid`);
  }
}

/** NaN for what is no hex digit. */
function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : Number.NaN;
}

const HEX_DIGITS = new TextEncoder().encode('0123456789abcdef');
const uuidCodes = new Array<number>(UUID_CHARACTERS).fill(DASH);

function readMessageId(bytes: Uint8Array): string {
  for (let index = 0, at = 0; index < UUID_BYTES; index++) {
    const byte = bytes[placeOfUuidByte(index)] as number;
    if (isDashPlace(at)) at++;
    uuidCodes[at++] = HEX_DIGITS[byte >>> 4] as number;
    uuidCodes[at++] = HEX_DIGITS[byte & 15] as number;
  }
  return String.fromCharCode(...uuidCodes);
}

import { createHash } from 'node:crypto';
import type { Frame } from '../../src/ssm/frameCodec';
import vectors from '../golden/ssm-vectors.json';

/** Byte-exact samples made by the official client's own code; see `source` in the file. */
export interface FrameVector {
  readonly name: string;
  readonly hex?: string;
  readonly payloadText?: string;
  readonly serializeError?: string;
  readonly deserializeError?: string;
  readonly validateError?: string;
  readonly panics?: string;
  readonly valid?: boolean;
  readonly fields?: VectorFields;
}

export interface VectorFields {
  readonly CreatedDate: string;
  readonly Flags: string;
  readonly HeaderLength: number;
  readonly MessageId: string;
  readonly MessageType: string;
  readonly PayloadDigestHex?: string;
  readonly PayloadHex: string;
  readonly PayloadLength: number;
  readonly PayloadType: number;
  readonly SchemaVersion: number;
  readonly SequenceNumber: string;
}

export const encodeVectors: readonly FrameVector[] = vectors.encode;
export const decodeVectors: readonly FrameVector[] = vectors.decode;
export const timeoutVectors = vectors.retransmissionTimeout;
export const encryptionVectors = vectors.encryption;
export const openingFrameVector = vectors.openDataChannelTextFrame;

export function encodeVector(name: string): FrameVector {
  const vector = encodeVectors.find(candidate => candidate.name === name);
  if (!vector) throw new Error(`there is no vector ${name}`);
  return vector;
}

export const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
export const fromHex = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export function frameOf(fields: VectorFields): Frame {
  return {
    messageType: fields.MessageType,
    schemaVersion: fields.SchemaVersion,
    createdMs: BigInt(fields.CreatedDate),
    sequenceNumber: BigInt(fields.SequenceNumber),
    flags: BigInt(fields.Flags),
    messageId: fields.MessageId,
    payloadType: fields.PayloadType,
    payload: fromHex(fields.PayloadHex),
  };
}

/** A frame's own fields, of one that was read too. */
export function fieldsOf(frame: Frame): Frame {
  const { messageType, schemaVersion, createdMs, sequenceNumber, flags, messageId, payloadType, payload } = frame;
  return { messageType, schemaVersion, createdMs, sequenceNumber, flags, messageId, payloadType, payload };
}

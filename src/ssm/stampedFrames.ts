import type { Clock } from '../base/clock';
import { CONTROL_FLAGS, encodeFrame, type Frame, MessageType, PayloadType, type Sha256, sealFrame } from './frameCodec';
import { acknowledgementHead, acknowledgementTail } from './payloads/acknowledge';

/** What every frame carries besides its content: when it was made, and an id of its own. */
export interface FrameStamp {
  readonly clock: Clock;
  readonly sha256: Sha256;
  /** A fresh uuid, lower case. */
  uuid(): string;
}

const SCHEMA_VERSION = 1;

/** Completes and encodes a frame. */
export function stampFrame(
  parts: Omit<Frame, 'schemaVersion' | 'createdMs' | 'messageId'>,
  stamp: FrameStamp,
): Uint8Array {
  const frame: Frame = {
    messageType: parts.messageType,
    schemaVersion: SCHEMA_VERSION,
    createdMs: createdMs(stamp),
    sequenceNumber: parts.sequenceNumber,
    flags: parts.flags,
    messageId: stamp.uuid(),
    payloadType: parts.payloadType,
    payload: parts.payload,
  };
  return encodeFrame(frame, stamp.sha256);
}

const encoder = new TextEncoder();

/** Acknowledgements up to the id of what they acknowledge, by its type: two types are ever acknowledged. */
const templates = new Map<string, Uint8Array>();
const MAX_TEMPLATES = 8;

const SLAB_BYTES = 16 * 1_024;
let slab = new Uint8Array(SLAB_BYTES);
let slabUsed = 0;

/** Fresh bytes out of a larger piece: an ArrayBuffer for each acknowledgement is what costs most about it. */
function takeBytes(length: number): Uint8Array {
  if (slabUsed + length > slab.length) {
    slab = new Uint8Array(Math.max(SLAB_BYTES, length));
    slabUsed = 0;
  }
  slabUsed += length;
  return slab.subarray(slabUsed - length, slabUsed);
}

/** The answer to a stream frame, the same in both directions. There is one for every frame, so only what differs is written. */
export function stampAcknowledgement(frame: Frame, stamp: FrameStamp): Uint8Array {
  const template = templates.get(frame.messageType) ?? makeTemplate(frame.messageType, stamp);
  const tail = acknowledgementTail(frame);
  const bytes = takeBytes(template.length + tail.length);
  bytes.set(template);
  encoder.encodeInto(tail, bytes.subarray(template.length));
  sealFrame(bytes, { createdMs: createdMs(stamp), messageId: stamp.uuid() }, stamp.sha256);
  return bytes;
}

function makeTemplate(messageType: string, stamp: FrameStamp): Uint8Array {
  const template = stampFrame(
    {
      messageType: MessageType.acknowledge,
      sequenceNumber: 0n,
      flags: CONTROL_FLAGS,
      payloadType: PayloadType.none,
      payload: encoder.encode(acknowledgementHead(messageType)),
    },
    stamp,
  );
  if (templates.size < MAX_TEMPLATES) templates.set(messageType, template);
  return template;
}

const createdMs = ({ clock }: FrameStamp) => BigInt(Math.floor(clock.now()));

import type { Clock } from '../base/clock';
import { CONTROL_FLAGS, encodeFrame, type Frame, MessageType, PayloadType, type Sha256 } from './frameCodec';
import { encodeAcknowledgement } from './payloads/acknowledge';

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
    createdMs: BigInt(Math.floor(stamp.clock.now())),
    sequenceNumber: parts.sequenceNumber,
    flags: parts.flags,
    messageId: stamp.uuid(),
    payloadType: parts.payloadType,
    payload: parts.payload,
  };
  return encodeFrame(frame, stamp.sha256);
}

/** The answer to a stream frame, the same in both directions. */
export function stampAcknowledgement(frame: Frame, stamp: FrameStamp): Uint8Array {
  return stampFrame(
    {
      messageType: MessageType.acknowledge,
      sequenceNumber: 0n,
      flags: CONTROL_FLAGS,
      payloadType: PayloadType.none,
      payload: encodeAcknowledgement(frame),
    },
    stamp,
  );
}

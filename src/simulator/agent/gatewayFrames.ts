import { MessageType, PayloadType } from '../../ssm/frameCodec';
import { encodeChannelClosed } from '../../ssm/payloads/channelClosed';
import { type FrameStamp, stampFrame } from '../../ssm/stampedFrames';

/** Nobody reads what a start or pause frame carries, but a frame needs a payload. */
const BLANK_PAYLOAD = Uint8Array.of(0x20);

/** Tells a client that the agent's channel is up (`isUp`), or is not. */
export function publicationFrame(isUp: boolean, stamp: FrameStamp): Uint8Array {
  const messageType = isUp ? MessageType.startPublication : MessageType.pausePublication;
  return controlFrame(messageType, BLANK_PAYLOAD, stamp);
}

export function channelClosedFrame(
  closed: { readonly sessionId: string; readonly destinationId: string; readonly output: string },
  stamp: FrameStamp,
): Uint8Array {
  const payload = encodeChannelClosed({ ...closed, messageId: stamp.uuid(), createdMs: stamp.clock.now() });
  return controlFrame(MessageType.channelClosed, payload, stamp);
}

function controlFrame(messageType: string, payload: Uint8Array, stamp: FrameStamp): Uint8Array {
  return stampFrame({ messageType, sequenceNumber: 0n, flags: 0n, payloadType: PayloadType.none, payload }, stamp);
}

import type { ChannelPorts } from './channelPorts';
import { type Frame, MessageType } from './frameCodec';
import { stampAcknowledgement, stampFrame } from './stampedFrames';

/**
 * The protocol level that we announce: agents switch features by it, and the user guide names this one as the oldest supported
 * ("Install the Session Manager plugin for the AWS CLI").
 */
export const CLIENT_VERSION = '1.2.764.0';

/** Makes the frames that a client sends. One for the life of a channel: the client id stays the same over reconnects. */
export class ClientFrames {
  readonly #clientId: string;

  constructor(readonly ports: ChannelPorts) {
    this.#clientId = ports.uuid();
  }

  /** The text frame that opens a channel; field order of the official client. */
  opening(token: string): string {
    return JSON.stringify({
      MessageSchemaVersion: '1.0',
      RequestId: this.ports.uuid(),
      TokenValue: token,
      ClientId: this.#clientId,
      ClientVersion: CLIENT_VERSION,
    });
  }

  input(sequenceNumber: number, payloadType: number, payload: Uint8Array): Uint8Array {
    const parts = { sequenceNumber: BigInt(sequenceNumber), flags: 0n, payloadType, payload };
    return stampFrame({ messageType: MessageType.input, ...parts }, this.ports);
  }

  acknowledge(frame: Frame): Uint8Array {
    return stampAcknowledgement(frame, this.ports);
  }
}

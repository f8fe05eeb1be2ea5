import type { ChannelPorts } from './channelPorts';
import { CONTROL_FLAGS, encodeFrame, type Frame, MessageType, PayloadType } from './frameCodec';
import { encodeAcknowledgement } from './payloads/acknowledge';

/**
 * The protocol level that we announce: agents switch features by it, and the user guide names this one as the oldest supported
 * ("Install the Session Manager plugin for the AWS CLI").
 */
export const CLIENT_VERSION = '1.2.764.0';
const SCHEMA_VERSION = 1;

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
    return this.#encode({
      messageType: MessageType.input,
      sequenceNumber: BigInt(sequenceNumber),
      flags: 0n,
      payloadType,
      payload,
    });
  }

  acknowledge(frame: Frame): Uint8Array {
    return this.#encode({
      messageType: MessageType.acknowledge,
      sequenceNumber: 0n,
      flags: CONTROL_FLAGS,
      payloadType: PayloadType.none,
      payload: encodeAcknowledgement(frame),
    });
  }

  #encode(parts: Omit<Frame, 'schemaVersion' | 'createdMs' | 'messageId'>): Uint8Array {
    const { clock, uuid, sha256 } = this.ports;
    const createdMs = BigInt(Math.floor(clock.now()));
    return encodeFrame({ ...parts, schemaVersion: SCHEMA_VERSION, createdMs, messageId: uuid() }, sha256);
  }
}

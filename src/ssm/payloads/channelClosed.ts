import { encodeJson, readJsonObject } from './jsonObject';

export interface ChannelClosed {
  readonly messageId: string;
  readonly createdMs: number;
  /** The client's id. */
  readonly destinationId: string;
  readonly sessionId: string;
  /** Empty at a normal end, else the reason for a person to read. */
  readonly output: string;
}

/** The payload of a `channel_closed` frame, as the gateway sends it. */
export function encodeChannelClosed(closed: ChannelClosed): Uint8Array {
  return encodeJson({
    MessageId: closed.messageId,
    CreatedDate: new Date(closed.createdMs).toISOString(),
    DestinationId: closed.destinationId,
    SessionId: closed.sessionId,
    MessageType: 'channel_closed',
    SchemaVersion: 1,
    Output: closed.output,
  });
}

/** The reason in a `channel_closed` frame; empty when there is none or the payload is not understood: the end is the end. */
export function readClosingOutput(payload: Uint8Array): string {
  const output = readJsonObject(payload)?.Output;
  return typeof output === 'string' ? output : '';
}

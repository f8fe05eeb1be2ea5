/** The payload of an `acknowledge` frame. The sender matches on the sequence number alone. */
export interface Acknowledgement {
  readonly messageType: string;
  readonly messageId: string;
  readonly sequenceNumber: bigint;
}

const encoder = new TextEncoder();
/** Reused, because an array for each acknowledgement is what costs most; type and id together stay far below. */
const scratch = new Uint8Array(1_024);

/** JSON in the field order of both official ends. The bytes are good until the next call. */
export function encodeAcknowledgement(acknowledgement: Acknowledgement): Uint8Array {
  const { messageType, messageId, sequenceNumber } = acknowledgement;
  const text =
    `{"AcknowledgedMessageType":${JSON.stringify(messageType)},"AcknowledgedMessageId":"${messageId}",` +
    `"AcknowledgedMessageSequenceNumber":${sequenceNumber},"IsSequentialMessage":true}`;
  return scratch.subarray(0, encoder.encodeInto(text, scratch).written);
}

const SEQUENCE_NUMBER = /"AcknowledgedMessageSequenceNumber"\s*:\s*(-?\d{1,19})\b/;

/**
 * The acknowledged sequence number, or undefined when the payload holds none. Read from the text, because a number over 2^53 does
 * not survive `JSON.parse`.
 */
export function readAcknowledgedNumber(payload: Uint8Array): bigint | undefined {
  const match = SEQUENCE_NUMBER.exec(new TextDecoder().decode(payload));
  return match ? BigInt(match[1] as string) : undefined;
}

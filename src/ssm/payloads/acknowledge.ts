/** The payload of an `acknowledge` frame. The sender matches on the sequence number alone. */
export interface Acknowledgement {
  readonly messageType: string;
  readonly messageId: string;
  readonly sequenceNumber: bigint;
}

/** How an acknowledgement begins, up to the id of what it acknowledges. */
export function acknowledgementHead(messageType: string): string {
  return `{"AcknowledgedMessageType":${JSON.stringify(messageType)},"AcknowledgedMessageId":"`;
}

/** The rest, from the id on, in ASCII alone. */
export function acknowledgementTail({ messageId, sequenceNumber }: Omit<Acknowledgement, 'messageType'>): string {
  return `${messageId}","AcknowledgedMessageSequenceNumber":${sequenceNumber},"IsSequentialMessage":true}`;
}

/** JSON in the field order of both official ends. */
export function encodeAcknowledgement(acknowledgement: Acknowledgement): Uint8Array {
  const text = acknowledgementHead(acknowledgement.messageType) + acknowledgementTail(acknowledgement);
  return new TextEncoder().encode(text);
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

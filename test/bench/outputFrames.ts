import { encodeFrame, MessageType, PayloadType, SYN_FLAG } from '../../src/ssm/frameCodec';
import { ports } from './benchChannel';

/** What the agent reads from a terminal at once. */
export const payloadBytes = 1_024;

/** What a busy connection prints under the options of a capture. */
function lineAt(index: number): string {
  const time = new Date(Date.UTC(2026, 10, 21, 12) + index).toISOString().slice(11, 23);
  const content = `Flags [P.], seq ${index * 517 + 1}:${index * 517 + 518}, ack 1, win 491, options [nop,nop,TS val 1950713485 ecr 7]`;
  return `2026-11-21 ${time}000 IP 172.31.37.141.38482 > 172.31.36.107.443: ${content}, length 517\n`;
}

/** tcpdump's lines as a terminal's stream, cut into payloads. */
export function payloadsOf(count: number): readonly Uint8Array[] {
  const lines = Math.ceil((count * payloadBytes) / lineAt(0).length);
  const text = new TextEncoder().encode(Array.from({ length: lines }, (_, index) => lineAt(index)).join(''));
  return Array.from({ length: count }, (_, index) => text.slice(index * payloadBytes, (index + 1) * payloadBytes));
}

/** The agent's frames that carry these payloads, from sequence number 0. */
export function outputFramesOf(payloads: readonly Uint8Array[]): readonly Uint8Array[] {
  return payloads.map(outputFrame);
}

function outputFrame(payload: Uint8Array, number: number): Uint8Array {
  const frame = {
    messageType: MessageType.output,
    schemaVersion: 1,
    createdMs: BigInt(Date.UTC(2026, 10, 21) + number),
    sequenceNumber: BigInt(number),
    flags: number === 0 ? SYN_FLAG : 0n,
    messageId: ports.uuid(),
    payloadType: PayloadType.output,
    payload,
  };
  return encodeFrame(frame, ports.sha256);
}

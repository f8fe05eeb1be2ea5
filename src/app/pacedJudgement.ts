import type { CaptureEvidence } from '../core/evidence';
import type { VpcEndpointId } from '../core/ids';
import { type CaptureJudgement, judgeCapture } from './captureJudgement';
import type { CaptureNetwork } from './captureNetwork';

/** A judgement looks at every conversation: not at each picture. */
const EVERY_MS = 200;

const nothingSeen: CaptureEvidence = { packets: 0, conversations: [], untrackedPackets: 0, names: [] };

/** The judgement of a capture as it goes on. `endpointId`: what the capture is about. */
export class PacedJudgement {
  readonly #endpointId: VpcEndpointId | undefined;
  #value = judgeCapture(nothingSeen, undefined, undefined);
  #madeAtMs = Number.NEGATIVE_INFINITY;
  #lastPassedOver = 0;

  constructor(endpointId: VpcEndpointId | undefined) {
    this.#endpointId = endpointId;
  }

  get value(): CaptureJudgement {
    return this.#value;
  }

  /** How long until it should be made again; not above 0 when it should be now. */
  dueInMs(nowMs: number): number {
    return this.#madeAtMs + EVERY_MS - nowMs;
  }

  make(nowMs: number, evidence: CaptureEvidence, network: CaptureNetwork | undefined): void {
    this.#madeAtMs = nowMs;
    this.#value = judgeCapture(since(this.#lastPassedOver, evidence), network, this.#endpointId);
  }

  /** What it rests on has changed: it is due. */
  expire(): void {
    this.#madeAtMs = Number.NEGATIVE_INFINITY;
  }

  /** Passes over the packets up to this number: those that took ways which are no more. 0: judges all. */
  beginAfter(packet: number): void {
    this.#lastPassedOver = packet;
    this.expire();
  }
}

function since(packet: number, evidence: CaptureEvidence): CaptureEvidence {
  if (packet === 0) return evidence;
  const conversations = evidence.conversations.filter(({ firstPacket }) => firstPacket > packet);
  return { ...evidence, packets: evidence.packets - packet, conversations };
}

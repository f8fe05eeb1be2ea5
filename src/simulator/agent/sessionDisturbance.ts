import { MessageType, PayloadType, type ReceivedFrame, readFrame } from '../../ssm/frameCodec';
import { readAcknowledgedNumber } from '../../ssm/payloads/acknowledge';
import type { ActiveChannelFaults } from './activeChannelFaults';
import type { ChannelFault } from './channelFault';

/** What a fault can do to a session besides spoiling frames. */
export interface FaultEffects {
  readonly send: (frame: Uint8Array) => void;
  readonly close: (code: number, reason: string) => void;
  readonly stall: () => void;
  readonly pause: (durationMs: number) => void;
  readonly expireIdle: () => void;
  readonly end: (output: string) => void;
}

const NORMAL_CLOSURE = 1000;
const LOST_LINK = 1006;
const SHORT_BYTES = 119;
const DIGEST_OFFSET = 80;
const HUGE_LENGTH = 0x7fff_ffff;

/** Stands between the agent of one session and its client, and lets the faults in force happen to them. */
export class SessionDisturbance {
  readonly #seen = new Set<number>();
  readonly #acknowledged = new Set<number>();
  readonly #happened = new Set<ChannelFault>();
  #held: readonly Uint8Array[] = [];

  constructor(
    readonly faults: ActiveChannelFaults,
    readonly effects: FaultEffects,
  ) {}

  /** A frame of the agent's on its way to the client. */
  toClient(bytes: Uint8Array): void {
    const number = this.faults.all.length === 0 ? undefined : outputNumber(bytes);
    if (number === undefined) this.effects.send(bytes);
    else if (!this.#interrupt(number)) this.#passOn(bytes, number);
  }

  /** Whether a frame of the client's reaches the agent. */
  reachesAgent({ messageType, payloadType, payload }: ReceivedFrame): boolean {
    if (payloadType === PayloadType.handshakeResponse) return !this.faults.isInForce('noHandshakeAnswer');
    if (messageType !== MessageType.acknowledge) return true;
    const number = Number(readAcknowledgedNumber(payload) ?? -1n);
    if (this.#acknowledged.has(number)) return true;
    const isLost = this.faults.all.some(fault => fault.kind === 'loseAcknowledgement' && befalls(fault, number));
    if (isLost) this.#acknowledged.add(number);
    return !isLost;
  }

  /** Lets what happens once in a session happen; true when the frame is lost by it. */
  #interrupt(number: number): boolean {
    for (const fault of this.faults.all) {
      const isDue = 'frame' in fault ? number >= (fault.frame ?? 0) : true;
      if (!isDue || this.#happened.has(fault)) continue;
      const outcome = this.#happen(fault);
      if (outcome === undefined) continue;
      this.#happened.add(fault);
      if (outcome === 'frameLost') return true;
    }
    return false;
  }

  /** Undefined for a fault that only spoils frames. */
  #happen(fault: ChannelFault): 'frameLost' | 'framePasses' | undefined {
    switch (fault.kind) {
      case 'bye':
        this.effects.close(NORMAL_CLOSURE, 'Bye');
        return 'frameLost';
      case 'lostLink':
        this.effects.close(LOST_LINK, '');
        return 'frameLost';
      case 'silentStall':
        this.effects.stall();
        return 'frameLost';
      case 'pausePublication':
        this.effects.pause(fault.durationMs);
        return 'framePasses';
      case 'idleTimeout':
        this.effects.expireIdle();
        return 'frameLost';
      case 'channelClosed':
        this.effects.end(fault.output);
        return 'frameLost';
      default:
        return undefined;
    }
  }

  #passOn(bytes: Uint8Array, number: number): void {
    const spoiling = this.#seen.has(number) ? [] : this.faults.all.filter(fault => befalls(fault, number));
    this.#seen.add(number);
    const frames = spoiling.reduce<readonly Uint8Array[]>((copies, { kind }) => spoil(copies, kind), [bytes]);
    if (this.#held.length === 0 && spoiling.some(({ kind }) => kind === 'reorderFrames')) {
      this.#held = frames;
      return;
    }
    const late = this.#held;
    this.#held = [];
    for (const frame of [...frames, ...late]) this.effects.send(frame);
  }
}

function outputNumber(bytes: Uint8Array): number | undefined {
  const reading = readFrame(bytes);
  const isOutput = reading.ok && reading.frame.messageType === MessageType.output;
  return isOutput ? Number(reading.frame.sequenceNumber) : undefined;
}

function befalls(fault: ChannelFault, number: number): boolean {
  return 'frame' in fault && fault.frame !== undefined ? fault.frame === number : true;
}

function spoil(frames: readonly Uint8Array[], kind: ChannelFault['kind']): readonly Uint8Array[] {
  switch (kind) {
    case 'duplicateFrame':
      return frames.flatMap(frame => [frame, frame]);
    case 'loseFrame':
      return [];
    case 'badDigest':
      return frames.map(frame => changed(frame, view => view.setUint8(DIGEST_OFFSET, ~view.getUint8(DIGEST_OFFSET))));
    case 'shortFrame':
      return frames.map(frame => frame.slice(0, SHORT_BYTES));
    case 'hugeHeaderLength':
      return frames.map(frame => changed(frame, view => view.setUint32(0, HUGE_LENGTH)));
    default:
      return frames;
  }
}

function changed(frame: Uint8Array, change: (view: DataView) => void): Uint8Array {
  const copy = frame.slice();
  change(new DataView(copy.buffer));
  return copy;
}

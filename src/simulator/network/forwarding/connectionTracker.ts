import type { Clock } from '../../../base/clock';
import { ICMP, TCP } from '../../../core/rules/flow';
import { IdleTable } from './idleTable';

/** Idle times after which a conversation is forgotten ("Amazon EC2 User Guide: Security group connection tracking", defaults). */
const tcpIdleMs = 432_000_000;
const udpIdleMs = 180_000;
const otherIdleMs = 30_000;
/** What one interface remembers; the oldest go first. */
const limit = 8192;

/** Conversations that the security groups of one interface let through, whose packets pass both ways from then on. */
export class ConnectionTracker {
  readonly #known: IdleTable<true>;

  constructor(clock: Clock) {
    this.#known = new IdleTable(clock, limit);
  }

  /** Whether it is known; if so, it lives on. */
  renew(conversation: string, protocol: number): boolean {
    return this.#known.renew(conversation, idleMs(protocol)) === true;
  }

  add(conversation: string, protocol: number): void {
    this.#known.add(conversation, true, idleMs(protocol));
  }
}

function idleMs(protocol: number): number {
  if (protocol === TCP) return tcpIdleMs;
  return protocol === ICMP ? otherIdleMs : udpIdleMs;
}

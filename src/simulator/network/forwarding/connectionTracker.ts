import type { Clock } from '../../../base/clock';
import { ICMP, TCP } from '../../../core/rules/flow';

/** Idle times after which a conversation is forgotten ("Amazon EC2 User Guide: Security group connection tracking", defaults). */
const tcpIdleMs = 432_000_000;
const udpIdleMs = 180_000;
const otherIdleMs = 30_000;
/** What one interface remembers; the oldest go first. */
const limit = 8192;

/** Conversations that the security groups of one interface let through, whose packets pass both ways from then on. */
export class ConnectionTracker {
  readonly #clock: Clock;
  /** Conversation to the moment when it is forgotten, least recently used first. */
  readonly #expiresAtMs = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether it is known; if so, it lives on. */
  renew(conversation: string, protocol: number): boolean {
    const expiresAtMs = this.#expiresAtMs.get(conversation);
    if (expiresAtMs === undefined) return false;
    if (expiresAtMs >= this.#clock.now()) this.add(conversation, protocol);
    else this.#expiresAtMs.delete(conversation);
    return expiresAtMs >= this.#clock.now();
  }

  add(conversation: string, protocol: number): void {
    this.#expiresAtMs.delete(conversation);
    this.#expiresAtMs.set(conversation, this.#clock.now() + idleMs(protocol));
    if (this.#expiresAtMs.size <= limit) return;
    for (const oldest of this.#expiresAtMs.keys()) {
      this.#expiresAtMs.delete(oldest);
      break;
    }
  }
}

function idleMs(protocol: number): number {
  if (protocol === TCP) return tcpIdleMs;
  return protocol === ICMP ? otherIdleMs : udpIdleMs;
}

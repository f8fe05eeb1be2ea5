/** What a capture saw, boiled down to what a verdict needs. The capture room fills it; `core/verdict` reads it. */
import type { IpProtocol } from './network';

/**
 * One conversation, both directions counted. Source is the end that sent the first packet seen; for TCP the end that sent the SYN
 * (the receiver of a SYN-ACK), whichever came first in the capture.
 */
export interface Conversation {
  readonly protocol: IpProtocol;
  readonly source: string;
  /** 0 for protocols without ports. */
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
  /** Packets of both directions. */
  readonly packets: number;
  /** Packets that the source sent. */
  readonly sentPackets: number;
  /** 1-based number of its first packet since the capture began. */
  readonly firstPacket: number;
  /** SYNs without ACK that the source sent: more than one is a retry. */
  readonly synCount: number;
  /** A SYN-ACK was seen, or any packet of the destination other than a reset. */
  readonly isAnswered: boolean;
  /** The source sent something other than SYN or reset: with a one-way filter this proves the answer (a client only answers a SYN-ACK). */
  readonly isContinued: boolean;
  /** Resets that the destination sent. */
  readonly resetCount: number;
}

/**
 * What became of a conversation: answered; refused by a reset; `noAnswer` when the SYN was repeated in vain; `waiting` while none of these
 * is certain.
 */
export function fateOf(conversation: Conversation): 'answered' | 'refused' | 'noAnswer' | 'waiting' {
  if (conversation.isAnswered || conversation.isContinued) return 'answered';
  if (conversation.resetCount > 0) return 'refused';
  return conversation.synCount > 1 ? 'noAnswer' : 'waiting';
}

/** A DNS answer that was captured. */
export interface NameSeen {
  /** Lower case, without the final dot. */
  readonly name: string;
  /** Every A and AAAA record seen for it, oldest first. */
  readonly addresses: readonly string[];
}

export interface CaptureEvidence {
  /** Packets understood so far, of any kind. */
  readonly packets: number;
  readonly conversations: readonly Conversation[];
  /** Packets of conversations beyond those that are kept: what they would prove or refute is not known. */
  readonly untrackedPackets: number;
  readonly names: readonly NameSeen[];
}

/** The names whose answers led to each address; a verdict asks for every conversation. */
export function namesByAddress({ names }: CaptureEvidence): ReadonlyMap<string, readonly string[]> {
  const byAddress = new Map<string, string[]>();
  for (const { name, addresses } of names) {
    for (const address of addresses) {
      const known = byAddress.get(address);
      if (known) known.push(name);
      else byAddress.set(address, [name]);
    }
  }
  return byAddress;
}

/** What parsed packets must show, on conversations: never on the text of a line. */
import { type CaptureEvidence, type Conversation, fateOf } from '../core/evidence';
import { TCP } from '../core/rules/flow';

/** Conversations that an address began with a port. */
export function begunWith(capture: CaptureEvidence, source: string, port: number): readonly Conversation[] {
  return capture.conversations.filter(
    conversation =>
      conversation.protocol === TCP &&
      conversation.source === source &&
      conversation.destinationPort === port &&
      conversation.synCount > 0,
  );
}

/** SYN, and later something else of the same addresses and ports: a client only goes on after an answer. */
export const isOpened = (conversation: Conversation) =>
  conversation.synCount > 0 && fateOf(conversation) === 'answered';

/** The same SYN again and nothing else: filtered, or no route. */
export const isDropped = (conversation: Conversation) => fateOf(conversation) === 'noAnswer';

/** A SYN that was answered by a reset: the host was reached, nothing listens. */
export const isRefused = (conversation: Conversation) =>
  conversation.synCount > 0 && fateOf(conversation) === 'refused';

/** Addresses that `dig +short` printed, one a line; other lines are aliases or complaints. */
export function digAddresses(output: string): readonly string[] {
  return output
    .split('\n')
    .map(line => line.trim())
    .filter(line => /^\d+(?:\.\d+){3}$/.test(line));
}

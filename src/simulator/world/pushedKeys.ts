import type { InstanceId } from '../../core/ids';

/** A key that EC2 Instance Connect pushed to an instance. */
export interface PushedKey {
  /** Of the instance's operating system. */
  readonly userName: string;
  /** In OpenSSH's form. */
  readonly publicKey: string;
  readonly untilMs: number;
}

/** What a place keeps of them, by instance. */
interface KeptKeys {
  readonly pushedKeys: Map<InstanceId, readonly PushedKey[]>;
}

/** "SendSSHPublicKey: The key remains for 60 seconds"; of real time, whatever the pace of states. */
const lifeMs = 60_000;

/** Lets a key open a user's door for a minute; the ones whose minute is over go. */
export function pushKey(
  { pushedKeys }: KeptKeys,
  id: InstanceId,
  { userName, publicKey }: Pick<PushedKey, 'userName' | 'publicKey'>,
  nowMs: number,
): void {
  const valid = (pushedKeys.get(id) ?? []).filter(({ untilMs }) => untilMs > nowMs);
  pushedKeys.set(id, [...valid, { userName, publicKey, untilMs: nowMs + lifeMs }]);
}

/** The keys that open a user's door at a moment. */
export function validPushedKeys(
  { pushedKeys }: KeptKeys,
  id: InstanceId,
  userName: string,
  nowMs: number,
): readonly string[] {
  const keys = (pushedKeys.get(id) ?? []).filter(key => key.userName === userName && key.untilMs > nowMs);
  return keys.map(({ publicKey }) => publicKey);
}

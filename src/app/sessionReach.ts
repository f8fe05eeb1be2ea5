import type { LabError } from '../core/errors';
import type { Instance, InstanceState, SessionManagerStatus } from '../core/network';

/** Whether Session Manager reaches an instance, or why not, as far as the lists of instances and managed nodes say. */
export type SessionReach =
  | { readonly kind: 'online' }
  | { readonly kind: 'notRunning'; readonly state: InstanceState }
  | { readonly kind: 'cannotAsk'; readonly error: LabError }
  | { readonly kind: 'connectionLost' }
  | { readonly kind: 'noProfile' }
  /** Launched a moment ago: its agent has had no time yet. */
  | { readonly kind: 'registering' }
  | { readonly kind: 'notRegistered' };

/** A running instance usually registers with Session Manager within two minutes of its launch. */
const registersWithinMs = 5 * 60_000;

/** `status` is undefined for an instance that never registered, `error` is why nobody could be asked. */
export function sessionReach(
  instance: Pick<Instance, 'state' | 'instanceProfileArn' | 'launchedAtMs'>,
  { status, error }: { readonly status: SessionManagerStatus | undefined; readonly error: LabError | undefined },
  nowMs: number,
): SessionReach {
  if (instance.state !== 'running') return { kind: 'notRunning', state: instance.state };
  if (error) return { kind: 'cannotAsk', error };
  if (status === 'online') return { kind: 'online' };
  // An agent without credentials is lost sooner or later, however it registered.
  if (instance.instanceProfileArn === undefined) return { kind: 'noProfile' };
  if (status !== undefined) return { kind: 'connectionLost' };
  return { kind: nowMs - instance.launchedAtMs < registersWithinMs ? 'registering' : 'notRegistered' };
}

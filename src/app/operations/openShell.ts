import type { InstanceId } from '../../core/ids';
import { openSession, type Session } from '../../ssm/session';
import type { Scope } from '../appModel';
import type { SessionPorts } from '../sessionPorts';

/** A shell on an instance, for a terminal to draw. Dispose it, or its `end`, to end the session. */
export type ShellSession = Session;

export interface OpenShellOptions {
  readonly ports: SessionPorts;
  readonly signal?: AbortSignal;
  readonly size?: { readonly columns: number; readonly rows: number };
}

/** Opens a shell as Session Manager's own user. Rejects with a `LabError` or the signal's reason; nothing is then left behind. */
export async function openShell(
  scope: Scope,
  instanceId: InstanceId,
  options: OpenShellOptions,
): Promise<ShellSession> {
  const gateways = await scope.gateways();
  const document = { name: 'SSM-SessionManagerRunShell' } as const;
  const register = options.ports.registerOf?.(scope);
  return openSession(gateways.sessions, instanceId, document, { ...options, register });
}

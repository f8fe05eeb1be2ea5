import { LabError } from '../core/errors';
import type { InstanceId } from '../core/ids';
import type { CallOptions } from '../core/ports/calls';
import type { CloudGateways } from '../core/ports/gateways';
import { type SessionReach, sessionReach } from './sessionReach';

/**
 * Why Session Manager does not reach an instance, as `targetNotConnected` with `reach` and, of one that does not run, `state`. Undefined when
 * it does reach it, or when nobody could be asked.
 */
export async function explainUnconnected(
  { instances }: CloudGateways,
  instanceId: InstanceId,
  nowMs: number,
  options: CallOptions & { readonly cause: unknown },
): Promise<LabError | undefined> {
  const reach = await readReach(instances, instanceId, nowMs, options).catch(() => undefined);
  if (!reach || reach.kind === 'online') return undefined;
  const state = reach.kind === 'notRunning' ? reach.state : '';
  return new LabError('targetNotConnected', { instanceId, reach: reach.kind, state }, { cause: options.cause });
}

async function readReach(
  instances: CloudGateways['instances'],
  id: InstanceId,
  nowMs: number,
  { signal }: CallOptions,
): Promise<SessionReach | undefined> {
  const [instance, statuses] = await Promise.all([
    instances.findInstance(id, { signal }),
    instances.listSessionManagerStatus({ signal }),
  ]);
  return instance && sessionReach(instance, { status: statuses.get(id), error: undefined }, nowMs);
}

import type { Scope } from '../../src/app/appModel';
import { LabError } from '../../src/core/errors';
import type { InstanceId } from '../../src/core/ids';
import type { SessionGateway } from '../../src/core/ports/sessionGateway';
import { waitUntil } from '../support/waitUntil';

/** The ready-made instance of a practice account, once Session Manager reaches it. */
export async function readyInstance(
  scope: Scope,
): Promise<{ readonly id: InstanceId; readonly sessions: SessionGateway }> {
  const { instances, sessions } = await scope.gateways();
  let id: InstanceId | undefined;
  await waitUntil(async () => {
    const online = await instances.listSessionManagerStatus();
    id = [...online].find(([, status]) => status === 'online')?.[0];
    return id !== undefined;
  }, 'an instance that Session Manager reaches');
  if (!id) throw new LabError('targetNotConnected');
  return { id, sessions };
}

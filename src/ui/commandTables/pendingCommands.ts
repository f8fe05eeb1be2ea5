import type { CommandTable } from '../contributions';
import type { CommandParts } from './commandParts';

/** The inbox. */
export function pendingCommands({ scopes, stores, views }: CommandParts) {
  const load = () => import('../commands/answerRequests');
  const { view } = views.pending;
  return {
    'vpcLabs.request.accept': async target =>
      (await load()).answerRequestsCommand('accept', scopes, stores, view)(target),
    'vpcLabs.request.reject': async target =>
      (await load()).answerRequestsCommand('reject', scopes, stores, view)(target),
    'vpcLabs.pending.refresh': () => views.pending.refresh(),
  } satisfies Partial<CommandTable>;
}

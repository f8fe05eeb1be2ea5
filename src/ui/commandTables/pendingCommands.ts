import type { CommandTable } from '../contributions';
import type { CommandParts } from './commandParts';

/** The inbox. */
export function pendingCommands({ scopes, stores, views, notices }: CommandParts) {
  const load = () => import('../commands/answerRequests');
  const parts = { scopes, stores, view: views.pending.view, notices };
  return {
    'vpcLabs.request.accept': async target => (await load()).answerRequestsCommand('accept', parts)(target),
    'vpcLabs.request.reject': async target => (await load()).answerRequestsCommand('reject', parts)(target),
    'vpcLabs.pending.refresh': () => views.pending.refresh(),
  } satisfies Partial<CommandTable>;
}

import type * as vscode from 'vscode';
import type { InstanceEntry, ResourceStore, ScopeStore } from '../../app/appModel';
import { openShell } from '../../app/operations/openShell';
import type { SessionPorts } from '../../app/sessionPorts';
import { t } from '../../words/translation';
import { pickInstance } from '../pickers/pickInstance';
import type { ShellTerminals } from '../shellTerminals';
import { sessionShell } from '../terminalShell';
import type { InstanceTarget } from '../views/targets';

/** Opens a terminal on an instance by Session Manager; resolves with it. */
export function openShellCommand(
  scopes: ScopeStore,
  instances: ResourceStore<InstanceEntry>,
  { ports, terminals }: { readonly ports: SessionPorts; readonly terminals: ShellTerminals },
) {
  return async (target: InstanceTarget | undefined): Promise<vscode.Terminal | undefined> => {
    const chosen = target ?? (await pickInstance(scopes, instances, t('Open a shell on which instance?')));
    if (!chosen) return undefined;
    const { scope, instance } = chosen;
    return terminals.openShell(scope, instance, {
      greeting: t('Connecting through Session Manager…'),
      open: async (_size, signal) => sessionShell(await openShell(scope, instance.id, { ports, signal })),
    });
  };
}

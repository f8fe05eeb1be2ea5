import * as vscode from 'vscode';
import type { InstanceEntry, ResourceStore, ScopeStore } from '../../app/appModel';
import { openShell } from '../../app/operations/openShell';
import type { SessionPorts } from '../../app/sessionPorts';
import { nameOrId } from '../../core/network';
import { t } from '../../words/translation';
import { pickInstance } from '../pickers/pickInstance';
import { ShellTerminal } from '../shellTerminal';
import type { InstanceTarget } from '../views/targets';

/** Opens a terminal on an instance; resolves with it. */
export function openShellCommand(scopes: ScopeStore, instances: ResourceStore<InstanceEntry>, ports: SessionPorts) {
  return async (target: InstanceTarget | undefined): Promise<vscode.Terminal | undefined> => {
    const chosen = target ?? (await pickInstance(scopes, instances, t('Open a shell on which instance?')));
    if (!chosen) return undefined;
    const { scope, instance } = chosen;
    const terminal = vscode.window.createTerminal({
      name: `${nameOrId(instance)} · ${scope.label}`,
      pty: new ShellTerminal(signal => openShell(scope, instance.id, { ports, signal })),
      iconPath: new vscode.ThemeIcon('vm-connect'),
      isTransient: true,
    });
    terminal.show();
    return terminal;
  };
}

/** What the editor loads when it starts: names of commands and trees. Everything behind them is loaded when one is first used. */
import * as vscode from 'vscode';
import { practiceWasStartedKey, savedScopesKey } from './app/remembered';
import { type CommandId, commands } from './ui/contributions';
import { TreeSlots } from './ui/views/treeSlots';
import type { wireEditor } from './wireEditor';

/** Waits for nothing. */
export function activate(context: vscode.ExtensionContext): void {
  context.globalState.setKeysForSync([savedScopesKey]);
  let wired: Promise<ReturnType<typeof wireEditor>> | undefined;
  const load = () => {
    wired ??= import('./wireEditor').then(({ wireEditor }) => wireEditor(context, slots));
    return wired;
  };
  const slots = new TreeSlots(load);
  context.subscriptions.push(slots);
  for (const id of Object.keys(commands) as CommandId[]) {
    const run = async (target: unknown, selection: unknown) => (await load()).run(id, target, selection);
    context.subscriptions.push(vscode.commands.registerCommand(id, run));
  }
  const serializer = {
    deserializeWebviewPanel: async (panel: vscode.WebviewPanel, pageState: unknown) =>
      (await load()).restoreCapture(panel, pageState),
  };
  context.subscriptions.push(vscode.window.registerWebviewPanelSerializer('vpcLabs.capture', serializer));
  if (hasInbox(context)) void load();
}

/** Whether requests can arrive that the badge has to count: there were scopes, or the practice cloud ran here. */
function hasInbox({ globalState, workspaceState }: vscode.ExtensionContext): boolean {
  return globalState.get(savedScopesKey) !== undefined || workspaceState.get(practiceWasStartedKey) === true;
}

import { type ExtensionContext, window } from 'vscode';

/** Wires the extension for the editor. */
export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel('VPC Labs', { log: true });
  context.subscriptions.push(log);
}

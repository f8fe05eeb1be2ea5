import type { Process } from '../kernel/process';
import type { SignalName } from '../kernel/signals';
import type { ShellContext } from './shellContext';

const ignoredAtPrompt = ['SIGTERM', 'SIGQUIT', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'] as const;

/** Installs what a shell does about signals that nobody trapped. */
export function installDefaultSignals(shell: ShellContext): void {
  const { process } = shell;
  if (process.dispositionOf('SIGINT') !== 'ignore' || shell.isInteractive) handleInterrupt(shell);
  if (!shell.isInteractive) return;
  for (const signal of ignoredAtPrompt) process.handle(signal, 'ignore');
}

/** What an interactive shell ignores for itself alone is put back for its children. */
export function resetForChild(shell: ShellContext, child: Process): void {
  if (!shell.isInteractive) return;
  for (const signal of ignoredAtPrompt) if (!shell.traps.has(signal)) child.handle(signal, 'default');
}

/**
 * SIGINT: a shell that waits for a child looks at how the child took it before it follows ("wait and cooperative exit"); else a script
 * dies of it and a prompt comes back.
 */
function handleInterrupt(shell: ShellContext): void {
  shell.process.handle('SIGINT', () => {
    shell.wasInterrupted = true;
    if (!shell.isInteractive && !shell.isWaitingForChild) shell.process.end({ code: 0, signal: 'SIGINT' });
  });
}

/** `trap text SIGNAL`: undefined for `-`, empty to ignore. */
export function setTrap(shell: ShellContext, signal: SignalName | 'EXIT', text: string | undefined): void {
  if (text === undefined) shell.traps.delete(signal);
  else shell.traps.set(signal, text);
  if (signal === 'EXIT') return;
  if (text === '') shell.process.handle(signal, 'ignore');
  else if (text !== undefined) shell.process.handle(signal, () => shell.pendingTraps.push(signal));
  else if (signal === 'SIGINT') handleInterrupt(shell);
  else shell.process.handle(signal, shell.isInteractive && signal !== 'SIGHUP' ? 'ignore' : 'default');
}

/** Runs the actions of signals that have come since; `$?` stays as it was. */
export async function runPendingTraps(shell: ShellContext): Promise<void> {
  for (let signal = shell.pendingTraps.shift(); signal; signal = shell.pendingTraps.shift()) {
    const text = shell.traps.get(signal);
    if (!text) continue;
    const status = shell.lastStatus;
    await shell.interpreter.runText(text);
    shell.lastStatus = status;
  }
}

import * as vscode from 'vscode';
import type { Scope } from '../app/appModel';
import type { CommandId, CommandTable } from './contributions';
import type { ErrorNotices } from './errorNotices';
import type { ScopeTarget } from './views/targets';

type Run = (id: CommandId, target: unknown, selection: unknown) => Promise<unknown>;

/** Runs commands of the table. The only place that catches what they throw, and shows it once. */
export function commandRunner(table: CommandTable, notices: ErrorNotices): Run {
  const runShown: Run = async (id, target, selection) => {
    const run = table[id] as (target: unknown, selection: unknown) => Promise<unknown>;
    try {
      return await run(target, Array.isArray(selection) ? selection : undefined);
    } catch (error) {
      const repeat = () => runShown(id, target, selection);
      if (!isCancellation(error)) notices.show(id, error, { scope: scopeOf(target), repeat });
      return undefined;
    }
  };
  return runShown;
}

/** Cancelling is a result, not an error. */
function isCancellation(error: unknown): boolean {
  return error instanceof vscode.CancellationError || (error instanceof Error && error.name === 'AbortError');
}

function scopeOf(target: unknown): Scope | undefined {
  return typeof target === 'object' && target !== null ? (target as Partial<ScopeTarget>).scope : undefined;
}

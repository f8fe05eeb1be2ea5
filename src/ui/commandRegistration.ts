import * as vscode from 'vscode';
import { describeError, errorLine } from '../words/errors';
import { t } from '../words/translation';
import type { CommandId, CommandTable } from './contributions';
import type { OutputLog } from './outputLog';

/** Runs commands of the table. The only place that catches what they throw, and shows it once. */
export function commandRunner(table: CommandTable, log: OutputLog) {
  return (id: CommandId, target: unknown, selection: unknown): Promise<unknown> => {
    const run = table[id] as (target: unknown, selection: unknown) => Promise<unknown>;
    const nodes = Array.isArray(selection) ? selection : undefined;
    return runShown(id, () => run(target, nodes), log);
  };
}

async function runShown(id: string, run: () => Promise<unknown>, log: OutputLog): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    if (!isCancellation(error)) showError(id, error, log);
    return undefined;
  }
}

/** Cancelling is a result, not an error. */
function isCancellation(error: unknown): boolean {
  return error instanceof vscode.CancellationError || (error instanceof Error && error.name === 'AbortError');
}

/** Says what failed and what to try, once, with the log one click away. */
export function showError(doing: string, error: unknown, log: OutputLog): void {
  log.error(`${doing}: ${describeError(error).log}`);
  const showLog = t('Show Log');
  void vscode.window.showErrorMessage(errorLine(error), showLog).then(choice => {
    if (choice === showLog) log.show();
  });
}

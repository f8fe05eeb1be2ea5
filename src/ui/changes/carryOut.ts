import * as vscode from 'vscode';
import type { Scope } from '../../app/appModel';
import type { ChangeContext, MadeThing } from '../../app/changes/plannedChange';
import { removeMade, runChange } from '../../app/changes/runChange';
import { leftoverWords } from '../../words/changes';
import { errorNotice } from '../../words/errors';
import { t } from '../../words/translation';
import { abortSignal } from '../abortSignal';

/**
 * Runs a write with progress and a way to cancel. Resolves with what it made; undefined when it was cancelled. Stopped half-way it says what
 * exists and offers to remove it. Rejects with what went wrong, for the command registration to show, when nothing is left behind.
 */
export async function carryOut<Result>(
  scope: Scope,
  change: { readonly doing: string; run(context: ChangeContext): Promise<Result> },
): Promise<Result | undefined> {
  const title = `${change.doing} · ${scope.label}`;
  const outcome = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (progress, token) =>
      runChange(scope, change, {
        signal: abortSignal(token),
        report: message => progress.report({ message }),
      }),
  );
  if (outcome.kind === 'done') return outcome.result;
  if (outcome.made.length === 0) throw outcome.error;
  void offerRemoval(outcome.error, outcome.made);
  return undefined;
}

/** As {@link carryOut}, for a write that makes nothing: whether it was done. */
export async function carriedOut(
  scope: Scope,
  change: { readonly doing: string; run(context: ChangeContext): Promise<unknown> },
): Promise<boolean> {
  const run = async (context: ChangeContext) => {
    await change.run(context);
    return true;
  };
  return (await carryOut(scope, { doing: change.doing, run })) === true;
}

async function offerRemoval(error: unknown, made: readonly MadeThing[]): Promise<void> {
  const isCancelled = error instanceof Error && error.name === 'AbortError';
  const deed = made.length === 1 ? t('Remove It') : t('Remove Them');
  const sentence = [isCancelled ? t('Cancelled.') : errorNotice(error), leftoverWords(made.map(({ label }) => label))];
  const choice = await vscode.window.showWarningMessage(sentence.join(' '), deed, t('Keep'));
  if (choice === deed) await remove(made);
}

async function remove(made: readonly MadeThing[]): Promise<void> {
  const survivors = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: t('Removing what was made…') },
    () => removeMade(made),
  );
  for (const { thing, error: cause } of survivors) void saySurvived(thing, cause);
}

async function saySurvived(thing: MadeThing, error: unknown): Promise<void> {
  const again = t('Try Again');
  const sentence = t('{0} could not be removed: {1}', thing.label, errorNotice(error));
  if ((await vscode.window.showErrorMessage(sentence, again)) === again) await remove([thing]);
}

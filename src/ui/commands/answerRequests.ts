import * as vscode from 'vscode';
import type { Scope, ScopeStore } from '../../app/appModel';
import { planAnswer } from '../../app/operations/answerRequests';
import { type Answer, isRequest, type PendingRequest, type RefusedAnswer } from '../../app/requests/pendingRequests';
import type { Stores } from '../../app/stores';
import { groupBy } from '../../base/groupBy';
import { errorNotice } from '../../words/errors';
import { ageWords, wantedWords } from '../../words/requests';
import { t } from '../../words/translation';
import { confirmRemoval } from '../changes/confirmRemoval';
import type { ErrorNotices } from '../errorNotices';
import { placeText } from '../scopeText';
import type { RequestTarget } from '../views/targets';

interface AnswerParts {
  readonly scopes: ScopeStore;
  readonly stores: Stores;
  /** Where a person has chosen several. */
  readonly view: { readonly selection: readonly unknown[] };
  readonly notices: Pick<ErrorNotices, 'show'>;
}

/**
 * Accepts or rejects what was clicked, with all that is selected beside it; from the palette what is selected, else what a picker gives. One
 * question for each scope. Resolves with the ids that AWS took the answer for.
 */
export function answerRequestsCommand(answer: Answer, { scopes, stores, view, notices }: AnswerParts) {
  return async (target: RequestTarget | undefined): Promise<readonly string[]> => {
    const chosen = targetsOf(target, view.selection.filter(isTarget)) ?? (await pickRequests(answer, scopes, stores));
    const answered: string[] = [];
    for (const [scope, targets] of groupBy(chosen, ({ scope }) => scope)) {
      const requests = targets.map(({ request }) => request);
      const planned = planAnswer(scope, answer, requests, stores);
      const done = await confirmRemoval(scopes, scope, planned);
      if (!done) break;
      const refused = new Set(done.result.map(({ request }) => request.id));
      answered.push(...requests.map(({ id }) => id).filter(id => !refused.has(id as never)));
      const [first] = done.result;
      if (first) notices.show(planned.doing, first.error, { scope, sentence: refusedWords(done.result) });
    }
    return answered;
  };
}

function isTarget(node: unknown): node is RequestTarget {
  return typeof node === 'object' && node !== null && 'request' in node && 'scope' in node;
}

function targetsOf(
  target: RequestTarget | undefined,
  selected: readonly RequestTarget[],
): readonly RequestTarget[] | undefined {
  if (!target) return selected.length > 0 ? selected : undefined;
  return selected.includes(target) ? selected : [target];
}

/** All scopes together: whoever answers wants to see all that waits. */
async function pickRequests(
  answer: Answer,
  scopes: ScopeStore,
  { pending }: Stores,
): Promise<readonly RequestTarget[]> {
  const lists = await Promise.allSettled(
    scopes.scopes.map(async scope =>
      (await pending.refresh(scope)).filter(isRequest).map(request => ({ scope, request })),
    ),
  );
  const waiting = lists.flatMap(list => (list.status === 'fulfilled' ? list.value : []));
  const [failed] = lists.filter(list => list.status === 'rejected');
  if (waiting.length === 0) {
    if (failed) throw failed.reason;
    void vscode.window.showInformationMessage(t('Nobody waits for an answer.'));
    return [];
  }
  const placeHolder =
    answer === 'accept' ? t('Which requests shall be accepted?') : t('Which requests shall be rejected?');
  const items = waiting.map(({ scope, request }) => ({ ...itemOf(scope, request), scope, request }));
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder,
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen ?? [];
}

function itemOf(scope: Scope, request: PendingRequest): vscode.QuickPickItem {
  return {
    label: t('Account {0}', request.ownerId),
    description: [wantedWords(request), ageWords(Date.now() - request.askedAtMs)].join(' · '),
    detail: [request.id, scope.label, placeText(scope)].join(' · '),
  };
}

function refusedWords(refused: readonly RefusedAnswer[]): string {
  return refused.map(({ request, error }) => `${request.id}: ${errorNotice(error)}`).join(' ');
}

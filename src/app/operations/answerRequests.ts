import { requestWords } from '../../words/requests';
import { t } from '../../words/translation';
import type { ResourceStore, Scope } from '../appModel';
import type { PlannedRemoval } from '../changes/plannedChange';
import type { Answer, InboxEntry, PendingRequest, RefusedAnswer } from '../requests/pendingRequests';
import { requestSources } from '../requests/requestSources';
import type { ServiceDetails } from '../serviceDetails';

/** Told of an answer. */
export interface AnswerStores {
  readonly pending?: ResourceStore<InboxEntry>;
  readonly services?: ResourceStore<ServiceDetails>;
}

/** Answering requests of one scope, one or many: one question. Resolves with those answers that AWS did not take. */
export function planAnswer(
  scope: Scope,
  answer: Answer,
  requests: readonly PendingRequest[],
  stores: AnswerStores = {},
): PlannedRemoval<readonly RefusedAnswer[]> {
  const isAccept = answer === 'accept';
  const [first, second] = requests;
  const subject = first && !second ? first.id : t('{0} requests', requests.length);
  return {
    verb: isAccept ? t('Accept') : t('Reject'),
    question: isAccept ? t('Accept {0}', subject) : t('Reject {0}', subject),
    doing: isAccept ? t('Accepting {0}', subject) : t('Rejecting {0}', subject),
    losses: [...requests.map(requestWords), consequence(isAccept)],
    run: async () => answerRequests(scope, answer, requests, stores),
  };
}

function consequence(isAccept: boolean): string {
  return isAccept
    ? t('Once accepted it can send traffic here, until you reject it or its owner deletes it.')
    : t('Once rejected it stays so: its owner has to ask anew, and pays for an endpoint until he deletes it.');
}

async function answerRequests(
  scope: Scope,
  answer: Answer,
  requests: readonly PendingRequest[],
  { pending, services }: AnswerStores,
): Promise<readonly RefusedAnswer[]> {
  const gateways = await scope.gateways();
  try {
    const answers = requestSources.map(source => source.answer(gateways, answer, requests, {}));
    return (await Promise.all(answers)).flat();
  } finally {
    void pending?.noteChange(scope);
    for (const serviceId of serviceIdsOf(requests)) void services?.noteChange(scope, serviceId);
  }
}

function serviceIdsOf(requests: readonly PendingRequest[]): ReadonlySet<string> {
  return new Set(requests.flatMap(request => (request.kind === 'endpoint' ? [request.serviceId] : [])));
}

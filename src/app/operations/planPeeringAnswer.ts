import type { ResourceStore, Scope } from '../appModel';
import type { PlannedRemoval } from '../changes/plannedChange';
import type { PeeringDetails } from '../peering/peeringDetails';
import { peeringRequestOf } from '../requests/peeringRequests';
import type { Answer } from '../requests/pendingRequests';
import { type AnswerStores, planAnswer } from './answerRequests';

/** Whether the account that sees these details may answer the request: it is the accepter, and nobody has answered. */
export function canAnswer({ connection, sides }: PeeringDetails): boolean {
  return connection.state === 'pendingAcceptance' && sides[1].isOwn;
}

/** Accepting or rejecting one request. Accepted, it resolves when the connection is active. */
export function planPeeringAnswer(
  scope: Scope,
  answer: Answer,
  { connection }: PeeringDetails,
  { peering: store, ...stores }: AnswerStores & { readonly peering?: ResourceStore<PeeringDetails> } = {},
): PlannedRemoval {
  const plan = planAnswer(scope, answer, [peeringRequestOf(connection)], stores);
  return {
    ...plan,
    run: async context => {
      const { peering } = await scope.gateways();
      try {
        const [refused] = await plan.run(context);
        if (refused) throw refused.error;
        await peering.settled(connection.id, { signal: context.signal });
      } finally {
        void store?.noteChange(scope, connection.id);
      }
    },
  };
}

import type { LabAction, LookAction } from '../../labs/labAction';
import { accessActions } from './actions/accessActions';
import type { ActionKind, ActionKinds } from './actions/actionKind';
import { endpointActions } from './actions/endpointActions';
import { groupActions } from './actions/groupActions';
import { internetActions } from './actions/internetActions';
import { type ActionContext, Maker } from './actions/maker';
import { networkActions } from './actions/networkActions';
import { peeringActions } from './actions/peeringActions';
import { serviceActions } from './actions/serviceActions';

/** Actions that change the world; the others look. */
export type ChangingAction = Exclude<LabAction, LookAction>;

const kinds: ActionKinds<ChangingAction> = {
  ...networkActions,
  ...internetActions,
  ...accessActions,
  ...groupActions,
  ...endpointActions,
  ...peeringActions,
  ...serviceActions,
};

const kindOf = <Action extends ChangingAction>(action: Action): ActionKind<Action> =>
  kinds[action.operation] as unknown as ActionKind<Action>;

/** Does what a step asks for, with everything that it makes or changes on the ledger before the call. Rejects with a `LabError`. */
export async function performAction(action: ChangingAction, context: ActionContext): Promise<void> {
  await kindOf(action).perform(action, new Maker(context));
}

/** What "Do it for me" does. */
export const changeWords = (action: ChangingAction): string => kindOf(action).words(action);

import type { LabAction } from '../../../labs/labAction';
import type { Maker } from './maker';

/** An operation that a step can name: how it is called, and how it is done. */
export interface ActionKind<Action> {
  /** What "Do it for me" does. */
  words(action: Action): string;
  /** Rejects with a `LabError`. */
  perform(action: Action, maker: Maker): Promise<unknown>;
}

/** The kinds of some operations, by their names. */
export type ActionKinds<Action extends LabAction> = {
  readonly [Operation in Action['operation']]: ActionKind<Extract<Action, { readonly operation: Operation }>>;
};

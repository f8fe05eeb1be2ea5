import type { Log } from '../../base/log';
import type { SessionService } from '../agent/sessionService';
import type { Digests } from '../digests';
import type { ServiceCall } from '../network/services/serviceNodes';
import type { Account } from '../world/account';
import type { PlaceState } from '../world/placeState';
import type { Principal } from '../world/principal';
import type { World } from '../world/world';

/** What an operation may look at and change, besides its input. */
export interface CallContext {
  readonly world: World;
  readonly account: Account;
  readonly region: PlaceState;
  readonly caller: Principal;
  /** By which way the call came, when it came from inside the simulated network. */
  readonly via: ServiceCall | undefined;
  readonly nowMs: number;
  readonly digests: Digests;
  readonly sessions: SessionService;
  readonly log: Log;
}

/** Parses, checks, changes the world, answers; throws a ServiceFault to refuse. */
export type Operation<Input, Output extends object> = (input: Input, context: CallContext) => Output;

/** Operations of one service by their name on the wire. */
export type OperationTable = Readonly<Record<string, Operation<never, object>>>;

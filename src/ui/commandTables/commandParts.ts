import type { Memory, SavedScope, Scope, ScopeStore } from '../../app/appModel';
import type { Practice } from '../../app/practice';
import type { SessionLedger } from '../../app/sessions/sessionLedger';
import type { Stores } from '../../app/stores';
import type { Clock } from '../../base/clock';
import type { ProfileChoice } from '../commands/addScope';
import type { ErrorNotices } from '../errorNotices';
import type { OutputLog } from '../outputLog';
import type { wireSessions } from '../sessionWiring';
import type { Views } from '../views/makeViews';

/** What commands are made of. */
export interface CommandParts {
  readonly scopes: ScopeStore;
  readonly stores: Stores;
  readonly views: Views;
  readonly practice: Practice;
  /** The commands that talk to an instance. */
  readonly sessions: () => Promise<ReturnType<typeof wireSessions>>;
  readonly ledger: SessionLedger;
  readonly log: OutputLog;
  readonly notices: ErrorNotices;
  readonly clock: Clock;
  /** Of the workspace. */
  readonly memory: Memory;
  /** Keeps a thing until the window closes. */
  readonly own: <T extends { dispose(): unknown }>(item: T) => T;
  readonly reviveScope: (saved: SavedScope) => Scope;
  readonly listProfiles: () => Promise<readonly ProfileChoice[]>;
}

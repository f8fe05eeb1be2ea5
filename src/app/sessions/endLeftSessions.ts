import { type Disposable, DisposableStore } from '../../base/disposable';
import type { Event } from '../../base/event';
import type { ScopeStore } from '../appModel';
import type { SessionLedger } from './sessionLedger';

/**
 * Ends what earlier windows have left: at once for the scopes that are there, and again whenever a scope comes, is signed in anew,
 * or may be asked at last.
 */
export function endLeftSessions(scopes: ScopeStore, ledger: SessionLedger, onMayAsk: Event<void>): Disposable {
  const owned = new DisposableStore();
  const endAll = () => {
    for (const scope of scopes.scopes) void ledger.endLeft(scope);
  };
  owned.add(scopes.onDidChange(endAll));
  owned.add(onMayAsk(endAll));
  endAll();
  return owned;
}

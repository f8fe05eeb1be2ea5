import type * as vscode from 'vscode';
import type { ResourceStore, ScopeStore } from '../app/appModel';
import type { InboxEntry } from '../app/requests/pendingRequests';
import { countWaiting } from '../app/requests/pendingStore';
import { type Disposable, DisposableStore } from '../base/disposable';
import { waitingWords } from '../words/requests';

/** Keeps the count of waiting requests on the view, and thereby on the activity bar. */
export function keepBadge(
  view: Pick<vscode.TreeView<unknown>, 'badge'>,
  store: ResourceStore<InboxEntry>,
  scopes: ScopeStore,
): Disposable {
  const tell = () => {
    const value = countWaiting(store, scopes.scopes);
    view.badge = value > 0 ? { value, tooltip: waitingWords(value) } : undefined;
  };
  const owned = new DisposableStore();
  owned.add(store.onDidChange(tell));
  owned.add(scopes.onDidChange(tell));
  tell();
  return owned;
}

import * as vscode from 'vscode';
import type { ScopeStore } from '../app/appModel';
import { InboxWatch } from '../app/requests/inboxWatch';
import type { Stores } from '../app/stores';
import type { Clock } from '../base/clock';
import { type Disposable, DisposableSlot, DisposableStore } from '../base/disposable';
import { keepBadge } from './pendingBadge';
import { setting } from './settings';
import { resourceViews, type Views } from './views/makeViews';

const secondMs = 1_000;
const minuteMs = 60_000;

/** Keeps inbox, badge and ages fresh, at the pace that the setting names and while the window has the focus. */
export function wireInbox(scopes: ScopeStore, stores: Stores, views: Views, clock: Clock): Disposable {
  const owned = new DisposableStore();
  const { pending } = views;
  owned.add(keepBadge(pending.view, stores.pending, scopes));
  const watch = owned.add(
    new InboxWatch({
      store: stores.pending,
      scopes,
      clock,
      isAwake: () => vscode.window.state.focused,
      onDidWake: listener => vscode.window.onDidChangeWindowState(() => listener()),
      pollMs: () => setting('vpcLabs.pending.pollSeconds') * secondMs,
    }),
  );
  owned.add(stores.endpoints.onDidChange(() => watch.hasten()));
  owned.add(pending.view.onDidChangeVisibility(({ visible }) => visible && watch.hasten()));
  owned.add(
    vscode.workspace.onDidChangeConfiguration(
      change => change.affectsConfiguration('vpcLabs.pending.pollSeconds') && watch.wake(),
    ),
  );
  owned.add(keepAges(resourceViews(views), clock));
  return owned;
}

/** An age that stands still is wrong after a minute. */
function keepAges(views: ReturnType<typeof resourceViews>, clock: Clock): Disposable {
  const alarm = new DisposableSlot<Disposable>();
  const plan = () => {
    alarm.value = clock.after(minuteMs, () => {
      for (const view of views) view.redrawAges();
      plan();
    });
  };
  plan();
  return alarm;
}

import * as vscode from 'vscode';
import type { ScopeStore } from '../../app/appModel';
import type { SessionLedger } from '../../app/sessions/sessionLedger';
import { t } from '../../words/translation';
import { views } from '../contributions';
import type { LeftSessionTarget } from '../views/targets';

/** Ends a session that was left on an instance; resolves with its id. */
export function endSessionCommand(scopes: ScopeStore, ledger: SessionLedger) {
  return async (target: LeftSessionTarget | undefined): Promise<string | undefined> => {
    const chosen = target ?? (await pickLeftSession(scopes, ledger));
    if (!chosen) return undefined;
    const { sessionId } = chosen.session;
    await vscode.window.withProgress({ location: { viewId: views.instances } }, () =>
      ledger.end(chosen.scope, sessionId),
    );
    return sessionId;
  };
}

async function pickLeftSession(scopes: ScopeStore, ledger: SessionLedger): Promise<LeftSessionTarget | undefined> {
  const items = scopes.scopes.flatMap(scope =>
    ledger.leftOf(scope).map(session => ({
      label: session.sessionId,
      description: session.instanceId,
      detail: scope.label,
      target: { scope, session },
    })),
  );
  if (items.length === 0) {
    void vscode.window.showInformationMessage(t('No session was left on an instance.'));
    return undefined;
  }
  const placeHolder = t('Which session shall be ended?');
  return (await vscode.window.showQuickPick(items, { placeHolder, ignoreFocusOut: true }))?.target;
}

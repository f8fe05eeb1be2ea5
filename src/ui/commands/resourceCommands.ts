import * as vscode from 'vscode';
import type { ScopeStore } from '../../app/appModel';
import { arnOf, consoleUrlOf, describeCommandOf } from '../../app/resourceAddresses';
import { t } from '../../words/translation';
import { copyText } from '../copyText';
import { type PickableView, pickResourceNode } from '../pickers/pickResourceNode';
import { openResourceDocument } from '../resourceDocuments';
import type { ResourceTarget } from '../views/targets';

/** What can be asked of any resource; each command asks for one when none is handed over, and resolves with what it copied or opened. */
export function resourceCommands(scopes: ScopeStore, views: readonly PickableView[]) {
  type Maybe = ResourceTarget | undefined;
  const on = async <R>(target: Maybe, act: (target: ResourceTarget) => Promise<R>): Promise<R | undefined> => {
    const chosen = target ?? (await pickResourceNode(scopes, views));
    return chosen && act(chosen);
  };
  const copying = (textOf: (target: ResourceTarget) => Promise<string | undefined>) => (target: Maybe) =>
    on(target, async chosen => copied(chosen, await textOf(chosen)));
  return {
    openJson: (target: Maybe) => on(target, ({ scope, resource }) => openResourceDocument(scope.id, resource.id)),
    copyId: copying(async ({ resource }) => resource.id),
    copyArn: copying(async ({ scope, resource }) =>
      arnOf(resource, scope.region, resource.ownerId ?? (await scopes.identityOf(scope)).accountId),
    ),
    copyDnsName: copying(async ({ resource }) => resource.dnsName),
    copyDescribeCommand: copying(async ({ scope, resource }) => describeCommandOf(resource, scope)),
    openInConsole: (target: Maybe) =>
      on(target, async ({ scope, resource }) => {
        const url = consoleUrlOf(resource, scope);
        if (url) await vscode.env.openExternal(vscode.Uri.parse(url, true));
        else void vscode.window.showInformationMessage(t('The AWS console shows nothing of {0}.', scope.label));
        return url;
      }),
  };
}

async function copied({ resource }: ResourceTarget, text: string | undefined): Promise<string | undefined> {
  if (text) await copyText(text);
  else void vscode.window.showInformationMessage(t('{0} has no such thing to copy.', resource.id));
  return text;
}

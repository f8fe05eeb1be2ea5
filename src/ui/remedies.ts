import * as vscode from 'vscode';
import type { Scope, ScopeStore } from '../app/appModel';
import { refreshScope } from '../app/refreshScope';
import type { Remedy, RevealingView } from '../app/remedies/remedy';
import type { Stores } from '../app/stores';
import { ANY_INTERFACE } from '../core/captureOptions';
import type { CommandArguments, CommandId } from './contributions';
import { copyText } from './copyText';

/** A tree that can bring one of its lines to the front. */
interface Revealing {
  reveal(scope: Scope, id: string): Promise<void>;
}

/** Does the same again; a capture also with other choices. */
export type Repeat = (changes?: { readonly interfaceName: string }) => Promise<unknown>;

/** What remedies are carried out with. */
export interface RemedyParts {
  readonly scopes: ScopeStore;
  readonly stores: Stores;
  readonly views: Readonly<Record<RevealingView, Revealing>>;
  /** Where the AWS configuration of this machine is, or would be. */
  readonly awsConfigPath: string;
  readonly repeat?: Repeat | undefined;
  showLog(): void;
}

/** Does what the button says; commands show their own errors. */
export async function applyRemedy(remedy: Remedy, parts: RemedyParts): Promise<void> {
  const { scopes, stores, views } = parts;
  switch (remedy.kind) {
    case 'signIn':
      return run('vpcLabs.scope.signIn', { scope: remedy.scope });
    case 'repeat':
      await parts.repeat?.();
      return;
    case 'repeatOnAny':
      await parts.repeat?.({ interfaceName: ANY_INTERFACE });
      return;
    case 'onInstance':
      return run(`vpcLabs.instance.${remedy.deed}`, { scope: remedy.scope, instance: remedy.instance });
    case 'refresh': {
      const stale = remedy.scope ? [remedy.scope] : scopes.scopes;
      await Promise.all(stale.map(scope => refreshScope(stores, scope)));
      return;
    }
    case 'reveal':
      return views[remedy.view].reveal(remedy.scope, remedy.id);
    case 'copy':
      return copyText(remedy.text);
    case 'openPage':
      await vscode.env.openExternal(vscode.Uri.parse(remedy.url, true));
      return;
    case 'changeDnsAttributes':
      return run('vpcLabs.network.changeDnsAttributes', {
        scope: remedy.scope,
        ...(remedy.vpcId && { vpcId: remedy.vpcId }),
      });
    case 'createGatewayEndpoint':
      return run('vpcLabs.endpoint.createGateway', { scope: remedy.scope });
    case 'allowChanges':
      return run('vpcLabs.scope.allowChanges', { scope: remedy.scope });
    case 'openAwsConfig':
      return openFile(parts.awsConfigPath);
    case 'openProxySettings':
      await vscode.commands.executeCommand('workbench.action.openSettings', 'http.proxy');
      return;
    case 'manageTrust':
      await vscode.commands.executeCommand('workbench.trust.manage');
      return;
    case 'startPractice':
      return run('vpcLabs.practice.start', undefined);
    case 'showLog':
      return parts.showLog();
  }
}

async function run<Id extends CommandId>(id: Id, target: CommandArguments[Id]): Promise<void> {
  await vscode.commands.executeCommand(id, target);
}

/** One that is not there is begun: saving makes it. */
async function openFile(path: string): Promise<void> {
  const uri = vscode.Uri.file(path);
  const isThere = await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  await vscode.window.showTextDocument(isThere ? uri : uri.with({ scheme: 'untitled' }));
}

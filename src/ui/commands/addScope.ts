import * as vscode from 'vscode';
import type { SavedScope, Scope, ScopeStore } from '../../app/appModel';
import { isRegion } from '../../core/ids';
import { t } from '../../words/translation';
import { enterText, pickOne, runSteps } from '../wizard';

/** A profile of the shared AWS config files. */
export interface ProfileChoice {
  readonly name: string;
  readonly region: string | undefined;
  readonly endpointUrl: string | undefined;
}

export interface AddScopePorts {
  listProfiles(): Promise<readonly ProfileChoice[]>;
  /** Must not touch the network. */
  makeScope(saved: SavedScope): Scope;
}

const REGION_WITHOUT_ONE = 'us-east-1';

/** Asks for a profile and a region, proves that it signs in, and adds the scope. Nothing of a credential is stored. */
export function addScopeCommand(scopes: ScopeStore, ports: AddScopePorts) {
  return async (): Promise<Scope | undefined> => {
    if (!(await isTrusted())) return undefined;
    const profiles = await ports.listProfiles();
    if (profiles.length === 0) {
      await explainProfiles();
      return undefined;
    }
    let profile = profiles[0] as ProfileChoice;
    let region = '';
    const isDone = await runSteps(t('Add a scope'), [
      frame =>
        pickOne(
          frame,
          {
            placeholder: t('Which profile of your AWS configuration signs in?'),
            items: profiles.map(value => ({
              label: value.name,
              description: [value.region, value.endpointUrl].filter(Boolean).join(' · '),
              value,
            })),
          },
          value => {
            profile = value;
          },
        ),
      frame =>
        enterText(
          frame,
          {
            prompt: t('Which region?'),
            value: profile.region ?? REGION_WITHOUT_ONE,
            problemOf: value => (isRegion(value.trim()) ? undefined : t('A region looks like ap-south-1.')),
          },
          value => {
            region = value.trim();
          },
        ),
    ]);
    if (!isDone) return undefined;
    const saved = {
      profile: profile.name,
      region,
      ...(profile.endpointUrl ? { endpointUrl: profile.endpointUrl } : {}),
    };
    const scope = ports.makeScope(saved);
    const identity = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: t('Signing in with profile {0}…', profile.name) },
      async () => (await scope.gateways()).identity.whoAmI(),
    );
    scopes.add(scope);
    void vscode.window.showInformationMessage(
      t('Added {0}: account {1} in {2}.', scope.label, identity.accountId, region),
    );
    return scope;
  };
}

/** Scopes of real accounts wait until the workspace is trusted: its settings could point a profile elsewhere. */
async function isTrusted(): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const manage = t('Manage Workspace Trust');
  const choice = await vscode.window.showInformationMessage(
    t(
      'This workspace is in Restricted Mode. The practice cloud works; scopes of real accounts wait until you trust the workspace.',
    ),
    manage,
  );
  if (choice === manage) await vscode.commands.executeCommand('workbench.trust.manage');
  return false;
}

async function explainProfiles(): Promise<void> {
  const learn = t('How to Write a Profile');
  const choice = await vscode.window.showInformationMessage(
    t('The AWS configuration of the machine that runs this extension has no profiles.'),
    learn,
  );
  if (choice === learn) {
    await vscode.env.openExternal(
      vscode.Uri.parse('https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html'),
    );
  }
}

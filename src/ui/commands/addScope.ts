import * as vscode from 'vscode';
import type { SavedScope, Scope, ScopeStore } from '../../app/appModel';
import { proveScope } from '../../app/operations/proveScope';
import { isRegion } from '../../core/ids';
import { regionsBeside } from '../../core/regions';
import { type ProfileWay, wayWords } from '../../words/profileWays';
import { t } from '../../words/translation';
import { signInDesk } from '../signInDesk';
import { type PickItem, pickMany, pickOne, runSteps, type StepFrame, type StepOutcome } from '../wizard';

/** A profile of the shared AWS config files. */
export interface ProfileChoice {
  readonly name: string;
  readonly region: string | undefined;
  readonly endpointUrl: string | undefined;
  readonly serviceEndpointUrls: Readonly<Record<string, string>>;
  readonly way: ProfileWay;
}

export interface AddScopePorts {
  listProfiles(): Promise<readonly ProfileChoice[]>;
  /** Must not touch the network. */
  makeScope(saved: SavedScope): Scope;
}

const REGION_WITHOUT_ONE = 'us-east-1';

/** Asks for a profile and a region, proves that it signs in, and adds the scope; or adds several. Nothing of a credential is stored. */
export function addScopeCommand(scopes: ScopeStore, ports: AddScopePorts) {
  return async (): Promise<Scope | undefined> => {
    if (!(await isTrusted())) return undefined;
    const profiles = await ports.listProfiles();
    if (profiles.length === 0) {
      await explainProfiles();
      return undefined;
    }
    const choice = await chooseScopes(profiles);
    const [first, second] = choice;
    if (!first) return undefined;
    return second ? addSeveral(scopes, ports, choice) : addOne(scopes, ports, first);
  };
}

async function addOne(scopes: ScopeStore, ports: AddScopePorts, saved: SavedScope): Promise<Scope> {
  const scope = ports.makeScope(saved);
  const identity = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: t('Signing in with profile {0}…', saved.profile) },
    () => proveScope(scope, signInDesk),
  );
  scopes.add(scope);
  void vscode.window.showInformationMessage(
    t('Added {0}: account {1} in {2}.', scope.label, identity.accountId, scope.region),
  );
  return scope;
}

/** Nobody is asked for a code or a browser several times in a row: what is not signed in says so in the tree. */
function addSeveral(scopes: ScopeStore, ports: AddScopePorts, choice: readonly SavedScope[]): Scope | undefined {
  const made = choice.map(saved => ports.makeScope(saved));
  for (const scope of made) scopes.add(scope);
  void vscode.window.showInformationMessage(t('Added {0} scopes.', made.length));
  return made[0];
}

/** Empty when given up. */
async function chooseScopes(profiles: readonly ProfileChoice[]): Promise<readonly SavedScope[]> {
  let chosen: readonly ProfileChoice[] = [];
  let regions: readonly string[] = [];
  const isDone = await runSteps(t('Add a scope'), [
    frame =>
      pickOne<ProfileChoice | undefined>(
        frame,
        {
          placeholder: t('Which profile of your AWS configuration signs in?'),
          items: [...profiles.map(profileItem), ...severalItem(profiles)],
        },
        profile => {
          chosen = profile ? [profile] : [];
        },
      ),
    frame => {
      const [profile] = chosen;
      const taken = (codes: readonly string[]) => {
        regions = codes;
      };
      if (profile) return pickRegion(frame, profile, taken);
      return pickProfiles(frame, profiles, several => {
        chosen = several;
        taken(several.map(regionOf));
      });
    },
  ]);
  return isDone ? chosen.map((profile, index) => savedScope(profile, regions[index] ?? regionOf(profile))) : [];
}

function profileItem(profile: ProfileChoice): PickItem<ProfileChoice> {
  const facts = [wayWords(profile.way), profile.region, profile.endpointUrl];
  return { label: profile.name, description: facts.filter(Boolean).join(' · '), value: profile };
}

function severalItem(profiles: readonly ProfileChoice[]): readonly PickItem<undefined>[] {
  return profiles.length > 1 ? [{ label: t('Several profiles, each in its own region…'), value: undefined }] : [];
}

function pickProfiles(
  frame: StepFrame,
  profiles: readonly ProfileChoice[],
  accept: (several: readonly ProfileChoice[]) => void,
): Promise<StepOutcome> {
  return pickMany(
    frame,
    {
      placeholder: t('Which profiles of your AWS configuration sign in?'),
      items: profiles.map(profileItem),
      selected: profiles.filter(({ way }) => way !== 'none'),
      problemOf: several => (several.length === 0 ? t('choose at least one') : undefined),
    },
    accept,
  );
}

/** The profile's own region first, then those of its partition; a newer one can be typed. */
function pickRegion(
  frame: StepFrame,
  profile: ProfileChoice,
  accept: (codes: readonly string[]) => void,
): Promise<StepOutcome> {
  const own = regionOf(profile);
  const known = regionsBeside(own);
  const item = (code: string, name = ''): PickItem<string> => ({ label: code, description: name, value: code });
  const others = known.filter(({ code }) => code !== own).map(({ code, name }) => item(code, name));
  return pickOne(
    frame,
    {
      placeholder: t('Which region?'),
      items: [item(own, known.find(({ code }) => code === own)?.name), ...others],
      typed: text =>
        isRegion(text) && text !== own && !known.some(({ code }) => code === text) ? item(text) : undefined,
    },
    code => accept([code]),
  );
}

function regionOf({ region }: ProfileChoice): string {
  return region !== undefined && isRegion(region) ? region : REGION_WITHOUT_ONE;
}

function savedScope({ name, endpointUrl, serviceEndpointUrls }: ProfileChoice, region: string): SavedScope {
  return {
    profile: name,
    region,
    ...(endpointUrl ? { endpointUrl } : {}),
    ...(Object.keys(serviceEndpointUrls).length > 0 ? { serviceEndpointUrls } : {}),
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

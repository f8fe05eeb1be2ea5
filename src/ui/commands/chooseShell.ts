import { execFile } from 'node:child_process';
import * as vscode from 'vscode';
import type { InstanceConnectDetails, InstanceEntry, ResourceStore, ScopeStore } from '../../app/appModel';
import { type ConnectWay, cliFitness, connectArguments, connectWay } from '../../app/operations/instanceConnectShell';
import { AWS_CLI_INSTALL_PAGE } from '../../app/remedies/awsCliInstallPage';
import { nameOrId } from '../../core/network';
import { reachAdvice, reachWords } from '../../words/sessionReach';
import { cliFitnessWords, connectWayWords } from '../../words/shellWays';
import { t } from '../../words/translation';
import { pickInstance } from '../pickers/pickInstance';
import type { InstanceTarget } from '../views/targets';

interface Parts {
  readonly scopes: ScopeStore;
  readonly instances: ResourceStore<InstanceEntry>;
  readonly instanceConnectEndpoints: ResourceStore<InstanceConnectDetails>;
  openShell(target: InstanceTarget): Promise<vscode.Terminal | undefined>;
}

type WayItem = vscode.QuickPickItem & { readonly open?: () => Promise<vscode.Terminal | undefined> };

/** Offers both ways to a shell, says which works and why the other does not; resolves with the terminal. */
export function chooseShellCommand({ scopes, instances, instanceConnectEndpoints, openShell }: Parts) {
  return async (target: InstanceTarget | undefined): Promise<vscode.Terminal | undefined> => {
    const chosen = target ?? (await pickInstance(scopes, instances, t('Open a shell on which instance?')));
    if (!chosen) return undefined;
    const { scope, instance } = chosen;
    const [entries, endpoints] = await Promise.all([
      instances.load(scope),
      instanceConnectEndpoints.load(scope).catch(() => []),
    ]);
    const entry = entries.find(each => each.instance.id === instance.id);
    const way = connectWay(
      scope,
      instance,
      endpoints.map(({ instanceConnect }) => instanceConnect),
    );
    const items = [sessionItem(entry, () => openShell(chosen)), connectItem(way, () => openConnected(chosen, way))];
    const answer = await vscode.window.showQuickPick<WayItem>(
      items.sort((one, other) => Number(other.open !== undefined) - Number(one.open !== undefined)),
      { placeHolder: t('Open a shell on {0} by which way?', nameOrId(instance)), ignoreFocusOut: true },
    );
    if (answer && !answer.open) void vscode.window.showInformationMessage(answer.detail ?? answer.label);
    return answer?.open?.();
  };
}

function sessionItem(entry: InstanceEntry | undefined, open: () => Promise<vscode.Terminal | undefined>): WayItem {
  const isOnline = entry?.reach.kind === 'online';
  const why = entry && [reachWords(entry.reach), reachAdvice(entry.reach)].filter(Boolean).join('. ');
  return {
    label: isOnline ? t('$(vm-connect) Session Manager') : t('$(circle-slash) Session Manager'),
    detail: why ?? t('The instance is gone.'),
    ...(isOnline && { open }),
  };
}

function connectItem(way: ConnectWay, open: () => Promise<vscode.Terminal | undefined>): WayItem {
  const isReady = way.kind === 'ready';
  return {
    label: isReady
      ? t('$(terminal) EC2 Instance Connect Endpoint')
      : t('$(circle-slash) EC2 Instance Connect Endpoint'),
    detail: connectWayWords(way),
    ...(isReady && { open }),
  };
}

/** The program is started itself, without a shell between: nothing needs quoting. */
async function openConnected(
  { scope, instance }: InstanceTarget,
  way: ConnectWay,
): Promise<vscode.Terminal | undefined> {
  if (way.kind !== 'ready') return undefined;
  const problem = cliFitnessWords(cliFitness(await versionLine()));
  if (problem) {
    const install = t('How to Install');
    void vscode.window.showErrorMessage(problem, install).then(async answer => {
      if (answer === install) await vscode.env.openExternal(vscode.Uri.parse(AWS_CLI_INSTALL_PAGE));
    });
    return undefined;
  }
  const terminal = vscode.window.createTerminal({
    name: `${nameOrId(instance)} · ${scope.label}`,
    shellPath: 'aws',
    shellArgs: [...connectArguments(scope, instance, way.endpoint)],
    iconPath: new vscode.ThemeIcon('terminal'),
    isTransient: true,
  });
  terminal.show();
  return terminal;
}

/** What `aws --version` prints; undefined when there is no such program, or it does not answer. */
function versionLine(): Promise<string | undefined> {
  return new Promise(resolve => {
    execFile('aws', ['--version'], { timeout: 10_000 }, (error, stdout, stderr) =>
      resolve(error ? undefined : stdout || stderr),
    );
  });
}

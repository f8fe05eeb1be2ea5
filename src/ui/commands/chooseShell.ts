import * as vscode from 'vscode';
import type { InstanceConnectDetails, InstanceEntry, ResourceStore, ScopeStore } from '../../app/appModel';
import { type ConnectWay, connectWay } from '../../app/operations/instanceConnectShell';
import { nameOrId } from '../../core/network';
import { reachAdvice, reachWords } from '../../words/sessionReach';
import { connectWayWords } from '../../words/shellWays';
import { t } from '../../words/translation';
import { pickInstance } from '../pickers/pickInstance';
import type { InstanceTarget } from '../views/targets';
import { type ConnectShellParts, openConnectedTerminal } from './connectShell';

interface Parts extends ConnectShellParts {
  readonly scopes: ScopeStore;
  readonly instances: ResourceStore<InstanceEntry>;
  readonly instanceConnectEndpoints: ResourceStore<InstanceConnectDetails>;
  openShell(target: InstanceTarget): Promise<vscode.Terminal | undefined>;
}

type WayItem = vscode.QuickPickItem & { readonly open?: () => Promise<vscode.Terminal | undefined> };

/** Offers both ways to a shell, says which works and why the other does not; resolves with the terminal. */
export function chooseShellCommand({ scopes, instances, instanceConnectEndpoints, openShell, ...parts }: Parts) {
  return async (target: InstanceTarget | undefined): Promise<vscode.Terminal | undefined> => {
    const chosen = target ?? (await pickInstance(scopes, instances, t('Open a shell on which instance?')));
    if (!chosen) return undefined;
    const [entry, way] = await Promise.all([
      findEntry(instances, chosen),
      findConnectWay(instanceConnectEndpoints, chosen),
    ]);
    const items = [
      sessionItem(entry, () => openShell(chosen)),
      connectItem(way, ready => openConnectedTerminal(chosen, ready, parts)),
    ];
    const answer = await vscode.window.showQuickPick<WayItem>(
      items.sort((one, other) => Number(other.open !== undefined) - Number(one.open !== undefined)),
      { placeHolder: t('Open a shell on {0} by which way?', nameOrId(chosen.instance)), ignoreFocusOut: true },
    );
    if (answer && !answer.open) void vscode.window.showInformationMessage(answer.detail ?? answer.label);
    return answer?.open?.();
  };
}

/** What is remembered may be older than the instance. */
async function findEntry(
  instances: ResourceStore<InstanceEntry>,
  { scope, instance }: InstanceTarget,
): Promise<InstanceEntry | undefined> {
  const isIt = (entry: InstanceEntry) => entry.instance.id === instance.id;
  return (await instances.load(scope)).find(isIt) ?? (await instances.refresh(scope)).find(isIt);
}

/** Asks anew before it says that there is none; what could not be read counts as none. */
async function findConnectWay(
  endpoints: ResourceStore<InstanceConnectDetails>,
  { scope, instance }: InstanceTarget,
): Promise<ConnectWay> {
  const judge = (read: Promise<readonly InstanceConnectDetails[]>) =>
    read.then(
      all =>
        connectWay(
          scope,
          instance,
          all.map(({ instanceConnect }) => instanceConnect),
        ),
      () => connectWay(scope, instance, []),
    );
  const way = await judge(endpoints.load(scope));
  return way.kind === 'noEndpoint' || way.kind === 'notComplete' ? judge(endpoints.refresh(scope)) : way;
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

function connectItem(
  way: ConnectWay,
  open: (way: Extract<ConnectWay, { kind: 'ready' }>) => Promise<vscode.Terminal | undefined>,
): WayItem {
  const detail = connectWayWords(way);
  if (way.kind === 'ready')
    return { label: t('$(terminal) EC2 Instance Connect Endpoint'), detail, open: () => open(way) };
  return { label: t('$(circle-slash) EC2 Instance Connect Endpoint'), detail };
}

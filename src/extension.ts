/** Wires everything for the editor. Nothing of the SDK, the simulator or a page is loaded before it is needed. */
import * as vscode from 'vscode';
import type { EndpointDetails, InstanceEntry, ResourceStore, SavedScope, Scope, ScopeStore } from './app/appModel';
import { EndpointStore } from './app/endpointStore';
import { InstanceStore } from './app/instanceStore';
import { Practice, type RunningPractice } from './app/practice';
import { Scopes } from './app/scopes';
import { composePractice, composeProfileScope, sessionPorts, wallClock } from './compose';
import { LabError } from './core/errors';
import type { PracticeWorkerCloud } from './simulator/workerClient';
import { registerCommands, showError } from './ui/commandRegistration';
import { keepContextKeys } from './ui/contextKeys';
import type { CommandTable } from './ui/contributions';
import { OutputLog } from './ui/outputLog';
import type { wireSessions } from './ui/sessionWiring';
import { setting } from './ui/settings';
import { makeEndpointsView } from './ui/views/endpointsView';
import { makeInstancesView } from './ui/views/instancesView';
import type { ResourceView } from './ui/views/resourceView';
import { setTranslation } from './words/translation';

/** Puts the rooms together; waits for nothing. */
export function activate(context: vscode.ExtensionContext): void {
  setTranslation((message, ...parameters) => vscode.l10n.t(message, ...parameters));
  const own = <T extends vscode.Disposable>(item: T): T => {
    context.subscriptions.push(item);
    return item;
  };
  const log = own(new OutputLog());
  const reviveScope = (saved: SavedScope) => untilTrusted(composeProfileScope(saved, log));

  const scopes = own(new Scopes({ memory: context.globalState, revive: reviveScope }));
  const endpoints = own(new EndpointStore(wallClock));
  const instances = own(new InstanceStore(wallClock));
  own(
    scopes.onDidChange(() => {
      for (const store of [endpoints, instances]) store.keepOnly(scopes.scopes);
    }),
  );
  const practice = own(new Practice(scopes, () => launchPractice(context, log)));

  const endpointsView = own(makeEndpointsView(scopes, endpoints, log));
  const instancesView = own(makeInstancesView(scopes, instances, log));
  const sessions = once(async () => {
    const [{ wireSessions }, ports] = await Promise.all([import('./ui/sessionWiring'), sessionPorts(log)]);
    return own(
      wireSessions({
        scopes,
        endpoints,
        instances,
        extensionUri: context.extensionUri,
        log,
        ports,
        revealEndpoint: (scope, id) => endpointsView.reveal(scope, id),
      }),
    );
  });
  const parts = { scopes, endpoints, practice, endpointsView, instancesView, sessions, log, reviveScope };
  own(registerCommands(commandTable(parts), log));
  own(keepContextKeys(scopes, practice));
  own(practice.onDidFail(error => showError('practice cloud', error, log)));
  own(takeUpPractice(practice, context.workspaceState, log));
  own(
    vscode.workspace.onDidGrantWorkspaceTrust(
      () => void Promise.all([endpointsView.refresh(), instancesView.refresh()]),
    ),
  );
}

interface CommandParts {
  readonly scopes: ScopeStore;
  readonly endpoints: ResourceStore<EndpointDetails>;
  readonly practice: Practice;
  readonly endpointsView: ResourceView<EndpointDetails>;
  readonly instancesView: ResourceView<InstanceEntry>;
  /** The commands that talk to an instance. */
  readonly sessions: () => Promise<ReturnType<typeof wireSessions>>;
  readonly log: OutputLog;
  readonly reviveScope: (saved: SavedScope) => Scope;
}

/** Every command. Its code is loaded when it is first run. */
function commandTable(parts: CommandParts): CommandTable {
  const { scopes, endpoints, practice, endpointsView, instancesView, sessions, log, reviveScope } = parts;
  return {
    'vpcLabs.practice.start': async () => (await import('./ui/commands/practice')).startPracticeCommand(practice)(),
    'vpcLabs.practice.reset': async () => (await import('./ui/commands/practice')).resetPracticeCommand(practice)(),
    'vpcLabs.scope.add': async () => {
      const [{ addScopeCommand }, { listProfiles }] = await Promise.all([
        import('./ui/commands/addScope'),
        import('./aws/profiles'),
      ]);
      return addScopeCommand(scopes, { listProfiles, makeScope: reviveScope })();
    },
    'vpcLabs.scope.remove': async target =>
      (await import('./ui/commands/smallCommands')).removeScopeCommand(scopes)(target),
    'vpcLabs.endpoint.createInterface': async target =>
      (await import('./ui/commands/createInterfaceEndpoint')).createInterfaceEndpointCommand(scopes, endpoints)(target),
    'vpcLabs.endpoint.delete': async target =>
      (await import('./ui/commands/deleteEndpoint')).deleteEndpointCommand(scopes, endpoints)(target),
    'vpcLabs.endpoint.capture': async target => (await sessions()).captureEndpoint(target),
    'vpcLabs.instance.capture': async target => (await sessions()).captureOnInstance(target),
    'vpcLabs.instance.openShell': async target => (await sessions()).openShell(target),
    'vpcLabs.endpoints.refresh': () => endpointsView.refresh(),
    'vpcLabs.instances.refresh': () => instancesView.refresh(),
    'vpcLabs.node.retry': async target => target?.retry(),
    'vpcLabs.value.copy': async target => (await import('./ui/commands/smallCommands')).copyValue(target),
    'vpcLabs.log.show': async () => log.show(),
  };
}

/** Starts the practice cloud in its worker. */
async function launchPractice({ extensionUri, globalStorageUri }: vscode.ExtensionContext, log: OutputLog) {
  const { startPracticeWorker } = await import('./simulator/workerClient');
  const entry = vscode.Uri.joinPath(extensionUri, 'dist', 'practiceWorker.js');
  const folder = vscode.Uri.joinPath(globalStorageUri, 'practice').fsPath;
  const pace = setting('vpcLabs.practice.pace');
  return runningPractice(await startPracticeWorker(entry.fsPath, { world: 'default', pace, folder }, log), log);
}

function runningPractice(cloud: PracticeWorkerCloud, log: OutputLog): RunningPractice {
  return {
    scopes: composePractice(cloud, log),
    onDidFail: cloud.onDidFail,
    reset: async () => runningPractice(await cloud.reset(), log),
    dispose: () => cloud.dispose(),
  };
}

/** A window that had the practice cloud has it again after a reload, with the world as it was. */
function takeUpPractice(practice: Practice, memory: vscode.Memento, log: OutputLog): vscode.Disposable {
  const key = 'practice.wasStarted';
  if (memory.get(key))
    practice.start().catch(error => log.warn(`Practice cloud: not taken up again: ${String(error)}`));
  return practice.onDidChange(() => {
    if (practice.isRunning) void memory.update(key, true);
  });
}

/** A scope of a real account answers nothing in Restricted Mode; it is shown, and says why. */
function untilTrusted(scope: Scope): Scope {
  return {
    ...scope,
    async gateways() {
      if (!vscode.workspace.isTrusted) throw new LabError('workspaceNotTrusted', { scope: scope.label });
      return scope.gateways();
    },
  };
}

/** Makes a thing at its first use, and remembers it. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

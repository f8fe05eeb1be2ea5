/** Wires what stands behind the commands and the sidebar. Nothing of the SDK, the simulator or a page is loaded before it is needed. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { SavedScope, Scope } from './app/appModel';
import { Practice, type RunningPractice } from './app/practice';
import { refreshScope } from './app/refreshScope';
import { practiceWasStartedKey } from './app/remembered';
import { Scopes } from './app/scopes';
import { endLeftSessions } from './app/sessions/endLeftSessions';
import { SessionLedger } from './app/sessions/sessionLedger';
import { createStores, everyStore } from './app/stores';
import {
  composePractice,
  composeProfileScope,
  type ProfileScopeOptions,
  secureShellClient,
  sessionPorts,
  wallClock,
} from './compose';
import { LabError } from './core/errors';
import type { PracticeWorkerCloud } from './simulator/workerClient';
import { commandRunner } from './ui/commandRegistration';
import { commandTable } from './ui/commandTables/commandTable';
import { keepContextKeys } from './ui/contextKeys';
import { ErrorNotices } from './ui/errorNotices';
import { FocusedScope } from './ui/focusedScope';
import { wireInbox } from './ui/inboxWiring';
import { OutputLog } from './ui/outputLog';
import { ResourceDocuments } from './ui/resourceDocuments';
import { showScopeStatus, wireBilledReading } from './ui/scopeStatus';
import { setting } from './ui/settings';
import { makeViews, resourceViews } from './ui/views/makeViews';
import type { TreeSlots } from './ui/views/treeSlots';
import { setTranslation } from './words/translation';

/** Puts the rooms together; waits for nothing. Gives what runs commands, and what fills a capture's panel after a reload. */
export function wireEditor(context: vscode.ExtensionContext, slots: TreeSlots) {
  setTranslation((message, ...parameters) => vscode.l10n.t(message, ...parameters));
  const own = <T extends vscode.Disposable>(item: T): T => {
    context.subscriptions.push(item);
    return item;
  };
  const log = own(new OutputLog());
  const signIns: ProfileScopeOptions['signIns'] = new Map();
  const agent = once(openOutboundAgent);
  const reviveScope = (saved: SavedScope) => untilTrusted(composeProfileScope(saved, log, { signIns, agent }));

  const scopes = own(new Scopes({ memory: context.globalState, revive: reviveScope }));
  const stores = own(createStores(scopes, wallClock));
  const ledger = own(new SessionLedger(context.workspaceState, wallClock));
  const practice = own(new Practice(scopes, () => launchPractice(context, log)));

  const views = own(makeViews(scopes, stores, log, context.workspaceState, slots, wallClock, ledger));
  own(wireInbox(scopes, stores, views, wallClock));
  const focused = own(new FocusedScope(scopes, resourceViews(views)));
  own(showScopeStatus(focused, stores));
  own(
    wireBilledReading(
      focused,
      stores,
      [views.endpoints, views.services, views.pending, views.peering, views.instances],
      wallClock,
    ),
  );
  const notices = new ErrorNotices({ scopes, stores, views, log, awsConfigPath: awsConfigPath() });
  const sessions = once(async () => {
    const [{ wireSessions }, ports] = await Promise.all([import('./ui/sessionWiring'), sessionPorts(log)]);
    return own(
      wireSessions({
        scopes,
        ...stores,
        extensionUri: context.extensionUri,
        log,
        ports: { ...ports, registerOf: scope => ledger.registerOf(scope) },
        secureShell: secureShellClient,
        revealEndpoint: (scope, id) => views.endpoints.reveal(scope, id),
        offerRemedy: (error, context) => notices.offer('capture', error, context),
        onFocus: scope => focused.note(scope),
      }),
    );
  });
  const listProfiles = async () => (await import('./aws/profiles')).listProfiles();
  const parts = {
    memory: context.workspaceState,
    clock: wallClock,
    scopes,
    stores,
    views,
    practice,
    sessions,
    ledger,
    log,
    own,
    reviveScope,
    listProfiles,
    notices,
  };
  own(keepContextKeys(scopes, practice, resourceViews(views)));
  own(new ResourceDocuments(scopes, everyStore(stores)));
  own(practice.onDidFail(error => notices.show('practice cloud', error)));
  own(takeUpPractice(practice, context.workspaceState, log));
  own(endLeftSessions(scopes, ledger, vscode.workspace.onDidGrantWorkspaceTrust));
  own(
    vscode.workspace.onDidGrantWorkspaceTrust(
      () => void Promise.all(scopes.scopes.map(scope => refreshScope(stores, scope))),
    ),
  );
  return {
    run: commandRunner(commandTable(parts), notices),
    restoreCapture: async (panel: vscode.WebviewPanel, pageState: unknown) =>
      (await sessions()).restoreCapture(panel, pageState),
  };
}

/** "AWS SDKs and Tools Reference Guide: Location of the shared config and credentials files". */
function awsConfigPath(): string {
  return process.env.AWS_CONFIG_FILE || join(homedir(), '.aws', 'config');
}

/** How requests leave the machine of the extension host, by VS Code's settings and the environment. */
async function openOutboundAgent() {
  const { openAgent } = await import('./net/openAgent');
  const http = () => vscode.workspace.getConfiguration('http');
  return openAgent(process.env, {
    proxySettings: () => ({
      proxy: http().get<string>('proxy', ''),
      noProxy: http().get<readonly string[]>('noProxy', []),
      proxyAuthorization: http().get<string | null>('proxyAuthorization', null),
      proxySupport: http().get<string>('proxySupport', 'override'),
    }),
    hasSystemCertificates: () => http().get<boolean>('systemCertificates', true),
  });
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
  if (memory.get(practiceWasStartedKey))
    practice.start().catch(error => log.warn(`Practice cloud: not taken up again: ${String(error)}`));
  return practice.onDidChange(() => {
    if (practice.isRunning) void memory.update(practiceWasStartedKey, true);
  });
}

/** A scope of a real account answers nothing in Restricted Mode; it is shown, and says why. */
function untilTrusted(scope: Scope): Scope {
  const requireTrust = () => {
    if (!vscode.workspace.isTrusted) throw new LabError('workspaceNotTrusted', { scope: scope.label });
  };
  return {
    ...scope,
    async gateways() {
      requireTrust();
      return scope.gateways();
    },
    async signIn(desk) {
      requireTrust();
      await scope.signIn?.(desk);
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

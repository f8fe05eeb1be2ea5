import * as vscode from 'vscode';
import type { InstanceEntry, ResourceStore, ScopeStore } from '../../app/appModel';
import type { Capture } from '../../app/captureModel';
import { planTcpdumpInstall, predictRepository } from '../../app/operations/installTcpdump';
import type { SessionPorts } from '../../app/sessionPorts';
import { nameOrId } from '../../core/network';
import { t } from '../../words/translation';
import { reviewChange } from '../changes/reviewChange';
import type { CapturePanels } from '../panels/capturePanels';
import { pickInstance } from '../pickers/pickInstance';
import type { InstanceTarget } from '../views/targets';
import { captureTarget } from './capture';
import { whileReading } from './whileReading';

/** Says what will happen on the instance, does it, and offers to capture there. Resolves with whether tcpdump was installed. */
export function installTcpdumpCommand(
  scopes: ScopeStore,
  instances: ResourceStore<InstanceEntry>,
  { ports, panels }: { readonly ports: SessionPorts; readonly panels: CapturePanels },
) {
  return async (target: InstanceTarget | undefined): Promise<boolean> => {
    const chosen = target ?? (await pickInstance(scopes, instances, t('Install tcpdump on which instance?'), isOnline));
    if (!chosen) return false;
    const { scope, instance } = chosen;
    const repository = await whileReading(scope, signal => predictRepository(scope, instance, signal));
    const change = planTcpdumpInstall(scope, instance, repository, ports);
    if (!(await reviewChange(scope, t('Install tcpdump'), [], () => change))) return false;
    void offerCapture(nameOrId(instance), () => panels.openOn(captureTarget(chosen)).capture);
    return true;
  };
}

function isOnline({ sessionManager }: InstanceEntry): boolean {
  return sessionManager === 'online';
}

async function offerCapture(name: string, open: () => Capture): Promise<void> {
  const start = t('Start Capture');
  const choice = await vscode.window.showInformationMessage(t('tcpdump is installed on {0}.', name), start);
  if (choice !== start) return;
  const capture = open();
  await capture.start(capture.status.startOptions);
}

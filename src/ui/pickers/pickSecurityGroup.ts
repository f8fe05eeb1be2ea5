import * as vscode from 'vscode';
import type { Scope, ScopeStore } from '../../app/appModel';
import { gapError } from '../../core/gaps';
import type { SecurityGroup } from '../../core/network';
import type { NetworkSnapshot } from '../../core/snapshot';
import { t } from '../../words/translation';
import type { SecurityGroupTarget } from '../views/targets';
import { pickScope } from './pickScope';

/** What is read for questions about security groups. */
export async function readGroups(scope: Scope): Promise<NetworkSnapshot> {
  const { network } = await scope.gateways();
  return network.readSnapshot(['vpcs', 'securityGroups', 'prefixLists']);
}

/** Asks for a security group. Rejects when none may be read. */
export async function pickSecurityGroup(
  scopes: ScopeStore,
  placeholder: string,
): Promise<SecurityGroupTarget | undefined> {
  const scope = await pickScope(scopes, t('Which scope?'));
  if (!scope) return undefined;
  const { securityGroups } = await readGroups(scope);
  if (!securityGroups.known) throw gapError(securityGroups.gap);
  const items = securityGroups.value.map(group => ({ ...groupItem(group), group }));
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder: placeholder,
    ignoreFocusOut: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen && { scope, group: chosen.group };
}

export function groupItem({ name, id, vpcId, description }: SecurityGroup): vscode.QuickPickItem {
  return { label: name, description: `${id} · ${vpcId}`, detail: description };
}

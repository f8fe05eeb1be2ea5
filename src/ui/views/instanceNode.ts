import * as vscode from 'vscode';
import type { InstanceEntry, Scope } from '../../app/appModel';
import { type Instance, type InstanceState, nameOrId } from '../../core/network';
import { instanceStateWords, sessionManagerWords } from '../../words/instanceStates';
import { t } from '../../words/translation';
import { contextValue } from '../contributions';
import { DetailNode } from './detailNode';
import type { ResourceNode } from './resourceView';
import type { InstanceTarget, ValueTarget } from './targets';
import type { TreeNode } from './treeNode';

const stateIcons: Readonly<Record<InstanceState, readonly [icon: string, color: string | undefined]>> = {
  pending: ['loading~spin', undefined],
  running: ['vm-running', 'testing.iconPassed'],
  shuttingDown: ['loading~spin', undefined],
  terminated: ['circle-slash', undefined],
  stopping: ['loading~spin', undefined],
  stopped: ['vm-outline', undefined],
};

/** An instance, with whether Session Manager reaches it. */
export class InstanceNode implements ResourceNode<InstanceEntry>, InstanceTarget, ValueTarget {
  readonly id: string;

  constructor(
    view: string,
    readonly scope: Scope,
    public value: InstanceEntry,
  ) {
    this.id = `${view}/${scope.id}/${value.instance.id}`;
  }

  get instance(): Instance {
    return this.value.instance;
  }

  get copyText(): string {
    return this.instance.id;
  }

  item(): vscode.TreeItem {
    const { instance } = this;
    const name = nameOrId(instance);
    const [icon, color] = stateIcons[instance.state];
    const state = instanceStateWords(instance.state);
    const session = this.#session();
    const isOnline = this.value.sessionManager === 'online';
    const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
    item.description = [instance.privateIpAddress, instance.state === 'running' ? session : state]
      .filter(Boolean)
      .join(' · ');
    item.iconPath = new vscode.ThemeIcon(icon, color ? new vscode.ThemeColor(color) : undefined);
    item.tooltip = [instance.id, instance.instanceType, state, session].filter(Boolean).join('\n');
    item.accessibilityInformation = { label: [name, state, session].filter(Boolean).join(', ') };
    item.contextValue = contextValue('instance', isOnline ? 'online' : undefined, 'copyable');
    return item;
  }

  children(): readonly TreeNode[] {
    const { instance, availabilityZone } = this.value;
    const fact = (key: string, label: string, value: string | undefined, icon: string) =>
      value ? [new DetailNode(`${this.id}/${key}`, { label: value, description: label, icon, copyText: value })] : [];
    return [
      ...fact('id', t('instance'), instance.id, 'vm'),
      ...fact('private', t('private address'), instance.privateIpAddress, 'plug'),
      ...fact('public', t('public address'), instance.publicIpAddress, 'globe'),
      ...fact(
        'subnet',
        [t('subnet'), availabilityZone].filter(Boolean).join(' · '),
        instance.subnetId,
        'type-hierarchy',
      ),
      ...fact('vpc', t('VPC'), instance.vpcId, 'cloud'),
      ...fact('profile', t('instance profile'), instance.instanceProfileArn?.split('/').pop(), 'key'),
      ...instance.securityGroupIds.flatMap(id => fact(id, t('security group'), id, 'shield')),
    ];
  }

  #session(): string | undefined {
    if (this.instance.state !== 'running') return undefined;
    return sessionManagerWords(this.value.sessionManager);
  }
}

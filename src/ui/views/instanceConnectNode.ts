import * as vscode from 'vscode';
import type { InstanceConnectDetails, Scope } from '../../app/appModel';
import type { ResourceReference } from '../../app/resourceAddresses';
import type { InstanceConnectEndpoint, InstanceConnectEndpointState } from '../../core/instanceConnectEndpoint';
import { nameOrId, type Tags } from '../../core/network';
import { endpointKindWords, instanceConnectStateWords } from '../../words/endpointDetails';
import { t } from '../../words/translation';
import { contextValue } from '../contributions';
import { DetailNode } from './detailNode';
import { createdNodes, failureNodes, gapNodes, interfaceGroup, securityGroupGroup, tagNodes } from './endpointDetails';
import { resourceTags } from './resourceTags';
import type { ResourceNode } from './resourceView';
import type { InstanceConnectTarget, ResourceTarget, TaggedTarget, ValueTarget } from './targets';
import type { TreeNode } from './treeNode';

const stateIcons: Readonly<Record<InstanceConnectEndpointState, readonly [icon: string, color: string | undefined]>> = {
  createInProgress: ['loading~spin', undefined],
  createComplete: ['pass-filled', 'testing.iconPassed'],
  createFailed: ['error', 'list.errorForeground'],
  deleteInProgress: ['loading~spin', undefined],
  deleteComplete: ['circle-slash', undefined],
  deleteFailed: ['error', 'list.errorForeground'],
};

/** An EC2 Instance Connect Endpoint, among the endpoints as a kind of its own. */
export class InstanceConnectNode
  implements ResourceNode<InstanceConnectDetails>, InstanceConnectTarget, TaggedTarget, ResourceTarget, ValueTarget
{
  readonly id: string;

  constructor(
    view: string,
    readonly scope: Scope,
    public value: InstanceConnectDetails,
    private readonly nowMs: () => number,
  ) {
    this.id = `${view}/${scope.id}/${value.instanceConnect.id}`;
  }

  get instanceConnect(): InstanceConnectEndpoint {
    return this.value.instanceConnect;
  }

  get tagged(): { readonly id: string; readonly tags: Tags } {
    return this.instanceConnect;
  }

  get resource(): ResourceReference {
    const { id, dnsName } = this.instanceConnect;
    return { id, dnsName };
  }

  get copyText(): string {
    return this.instanceConnect.id;
  }

  item(): vscode.TreeItem {
    const { instanceConnect } = this;
    const state = instanceConnectStateWords(instanceConnect.state);
    const kind = endpointKindWords('instanceConnect');
    const name = nameOrId(instanceConnect);
    const [icon, color] = stateIcons[instanceConnect.state];
    const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
    item.description = `${kind} · ${state}`;
    item.iconPath = new vscode.ThemeIcon(icon, color ? new vscode.ThemeColor(color) : undefined);
    item.tooltip = [instanceConnect.id, instanceConnect.vpcId, instanceConnect.stateMessage].filter(Boolean).join('\n');
    const isLeaving = instanceConnect.state === 'deleteInProgress' || instanceConnect.state === 'deleteComplete';
    item.contextValue = contextValue(
      'instanceConnect',
      instanceConnect.state === 'createComplete' ? 'available' : undefined,
      isLeaving ? undefined : 'deletable',
      'taggable',
      ...resourceTags(this),
      'copyable',
    );
    return item;
  }

  children(): readonly TreeNode[] {
    const { instanceConnect, subnet, interfaces, securityGroups, gaps } = this.value;
    const fact = (key: string, label: string, value: string, icon: string) =>
      value ? [new DetailNode(`${this.id}/${key}`, { label: value, description: label, icon, copyText: value })] : [];
    const preserves = instanceConnect.preservesClientIp
      ? t('instances see the client’s address')
      : t('instances see the endpoint’s address');
    return [
      ...failureNodes(this.id, /Failed$/.test(instanceConnect.state) ? instanceConnect.stateMessage : undefined),
      ...gapNodes(this.id, gaps),
      interfaceGroup(this.id, interfaces),
      securityGroupGroup(this.id, securityGroups),
      ...fact(
        'subnet',
        [t('subnet'), subnet?.availabilityZone].filter(Boolean).join(' · '),
        instanceConnect.subnetId,
        'type-hierarchy',
      ),
      ...fact('vpc', t('VPC'), instanceConnect.vpcId, 'cloud'),
      ...fact('name', t('DNS name'), instanceConnect.dnsName, 'globe'),
      new DetailNode(`${this.id}/preserves`, { label: preserves, icon: 'eye' }),
      ...createdNodes(this.id, instanceConnect.createdAtMs, this.nowMs),
      ...tagNodes(this.id, instanceConnect.tags),
    ];
  }
}

import * as vscode from 'vscode';
import type { EndpointDetails, Scope } from '../../app/appModel';
import { hasDnsOptions } from '../../app/operations/changeEndpointOptions';
import type { ResourceReference } from '../../app/resourceAddresses';
import { type EndpointState, nameOrId, type Tags, type VpcEndpoint } from '../../core/network';
import { serviceLabel } from '../../core/serviceNames';
import { endpointKindWords } from '../../words/endpointDetails';
import { endpointStateWords } from '../../words/endpointStates';
import { contextValue } from '../contributions';
import { endpointDetails } from './endpointDetails';
import { resourceTags } from './resourceTags';
import type { ResourceNode } from './resourceView';
import type { EndpointTarget, ResourceTarget, TaggedTarget, ValueTarget } from './targets';
import type { TreeNode } from './treeNode';

const stateIcons: Readonly<Record<EndpointState, readonly [icon: string, color: string | undefined]>> = {
  available: ['pass-filled', 'testing.iconPassed'],
  pending: ['loading~spin', undefined],
  pendingAcceptance: ['watch', 'list.warningForeground'],
  deleting: ['loading~spin', undefined],
  deleted: ['circle-slash', undefined],
  rejected: ['error', 'list.errorForeground'],
  failed: ['error', 'list.errorForeground'],
  expired: ['error', 'list.errorForeground'],
  partial: ['warning', 'list.warningForeground'],
};

/** How the state of an endpoint looks, on either side. */
export function stateIcon(state: EndpointState): vscode.ThemeIcon {
  const [icon, color] = stateIcons[state];
  return new vscode.ThemeIcon(icon, color ? new vscode.ThemeColor(color) : undefined);
}

/** An endpoint; opens into what belongs to it. */
export class EndpointNode
  implements ResourceNode<EndpointDetails>, EndpointTarget, TaggedTarget, ResourceTarget, ValueTarget
{
  readonly id: string;

  constructor(
    view: string,
    readonly scope: Scope,
    public value: EndpointDetails,
    private readonly nowMs: () => number,
    private readonly portsOf: (scope: Scope, serviceName: string) => Promise<readonly number[]>,
  ) {
    this.id = `${view}/${scope.id}/${value.endpoint.id}`;
  }

  get endpoint(): VpcEndpoint {
    return this.value.endpoint;
  }

  get tagged(): { readonly id: string; readonly tags: Tags } {
    return this.endpoint;
  }

  get resource(): ResourceReference {
    const { id, ownerId, dnsEntries } = this.endpoint;
    return { id, ownerId, dnsName: dnsEntries[0]?.name };
  }

  get copyText(): string {
    return this.endpoint.id;
  }

  item(): vscode.TreeItem {
    const { endpoint } = this;
    const state = endpointStateWords(endpoint.state);
    const name = nameOrId(endpoint);
    const service = serviceLabel(endpoint.serviceName) || endpointKindWords(endpoint.kind);
    const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
    item.description = `${service} · ${state}`;
    item.iconPath = stateIcon(endpoint.state);
    item.tooltip = [
      endpoint.id,
      endpointKindWords(endpoint.kind),
      endpoint.serviceName,
      endpoint.vpcId,
      endpoint.failure,
    ]
      .filter(Boolean)
      .join('\n');
    item.contextValue = contextValue(
      'endpoint',
      endpoint.kind === 'interface' || endpoint.kind === 'gateway' ? endpoint.kind : undefined,
      hasDnsOptions(endpoint) ? 'dnsOptions' : undefined,
      endpoint.policyDocument === undefined ? undefined : 'policy',
      'taggable',
      endpoint.state === 'available' ? 'available' : undefined,
      endpoint.state === 'deleting' || endpoint.state === 'deleted' ? undefined : 'deletable',
      ...resourceTags(this),
      'copyable',
    );
    return item;
  }

  async children(): Promise<readonly TreeNode[]> {
    const ports = await this.portsOf(this.scope, this.endpoint.serviceName);
    return endpointDetails(this.id, this.value, this, this.nowMs, ports);
  }
}

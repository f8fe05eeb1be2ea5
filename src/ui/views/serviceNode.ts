import * as vscode from 'vscode';
import type { Scope } from '../../app/appModel';
import type { ResourceReference } from '../../app/resourceAddresses';
import type { ServiceDetails } from '../../app/serviceDetails';
import type { EndpointService } from '../../core/endpointService';
import { awaitsAcceptance, type EndpointServiceConfiguration } from '../../core/endpointServiceConfiguration';
import { nameOrId, type Tags } from '../../core/network';
import { waitingWords } from '../../words/requests';
import { acceptanceWords, serviceStateWords } from '../../words/services';
import { contextValue } from '../contributions';
import { resourceTags } from './resourceTags';
import type { ResourceNode } from './resourceView';
import { serviceDetailNodes } from './serviceDetailNodes';
import type { ResourceTarget, ServiceTarget, TaggedTarget, ValueTarget } from './targets';
import type { TreeNode } from './treeNode';

const stateIcons: Readonly<Record<EndpointService['state'], readonly [icon: string, color: string | undefined]>> = {
  available: ['pass-filled', 'testing.iconPassed'],
  pending: ['loading~spin', undefined],
  deleting: ['loading~spin', undefined],
  deleted: ['circle-slash', undefined],
  failed: ['error', 'list.errorForeground'],
};

/** An endpoint service of one's own; opens into what stands behind it and who may and does use it. */
export class ServiceNode
  implements ResourceNode<ServiceDetails>, ServiceTarget, TaggedTarget, ResourceTarget, ValueTarget
{
  readonly id: string;

  constructor(
    view: string,
    readonly scope: Scope,
    public value: ServiceDetails,
  ) {
    this.id = `${view}/${scope.id}/${value.service.id}`;
  }

  get service(): EndpointServiceConfiguration {
    return this.value.service;
  }

  get tagged(): { readonly id: string; readonly tags: Tags } {
    return this.service;
  }

  get resource(): ResourceReference {
    return { id: this.service.id, dnsName: this.service.privateDnsName?.name };
  }

  /** What a consumer needs, rather than the id. */
  get copyText(): string {
    return this.service.serviceName;
  }

  item(): vscode.TreeItem {
    const { service } = this;
    const state = serviceStateWords(service.state);
    const name = nameOrId(service);
    const waiting = (this.value.connections ?? []).filter(awaitsAcceptance).length;
    const [icon, color] = waiting > 0 ? ['watch', 'list.warningForeground'] : stateIcons[service.state];
    const remark = waiting > 0 ? waitingWords(waiting) : acceptanceWords(service.isAcceptanceRequired);
    const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
    item.description = [state, remark].join(' · ');
    item.iconPath = new vscode.ThemeIcon(icon ?? 'cloud', color ? new vscode.ThemeColor(color) : undefined);
    item.tooltip = [service.id, service.serviceName].join('\n');
    item.contextValue = contextValue(
      'service',
      service.privateDnsName ? 'privateName' : undefined,
      'taggable',
      service.state === 'deleting' || service.state === 'deleted' ? undefined : 'deletable',
      ...resourceTags(this),
      'copyable',
    );
    return item;
  }

  children(): readonly TreeNode[] {
    return serviceDetailNodes(this.id, this.scope, this.value);
  }
}

import * as vscode from 'vscode';
import type { EndpointDetails, EndpointInterface, Scope } from '../../app/appModel';
import { type EndpointState, nameOrId, type SecurityGroup, type VpcEndpoint } from '../../core/network';
import { serviceLabel } from '../../core/serviceNames';
import { endpointStateWords } from '../../words/endpointStates';
import { gapWords } from '../../words/gaps';
import { ruleWords } from '../../words/securityGroupRules';
import { t } from '../../words/translation';
import { contextValue } from '../contributions';
import { DetailGroup, DetailNode } from './detailNode';
import type { ResourceNode } from './resourceView';
import type { EndpointTarget, ValueTarget } from './targets';
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

/** An endpoint; opens into its interfaces, DNS names, security groups or route tables. */
export class EndpointNode implements ResourceNode<EndpointDetails>, EndpointTarget, ValueTarget {
  readonly id: string;

  constructor(
    view: string,
    readonly scope: Scope,
    public value: EndpointDetails,
  ) {
    this.id = `${view}/${scope.id}/${value.endpoint.id}`;
  }

  get endpoint(): VpcEndpoint {
    return this.value.endpoint;
  }

  get copyText(): string {
    return this.endpoint.id;
  }

  item(): vscode.TreeItem {
    const { endpoint } = this;
    const state = endpointStateWords(endpoint.state);
    const name = nameOrId(endpoint);
    const [icon, color] = stateIcons[endpoint.state];
    const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
    item.description = `${serviceLabel(endpoint.serviceName)} · ${state}`;
    item.iconPath = new vscode.ThemeIcon(icon, color ? new vscode.ThemeColor(color) : undefined);
    item.tooltip = [endpoint.id, endpoint.serviceName, endpoint.vpcId, state, endpoint.failure]
      .filter(Boolean)
      .join('\n');
    item.accessibilityInformation = { label: `${name}, ${serviceLabel(endpoint.serviceName)}, ${state}` };
    item.contextValue = contextValue(
      'endpoint',
      endpoint.kind === 'interface' ? 'interface' : undefined,
      endpoint.state === 'available' ? 'available' : undefined,
      endpoint.state === 'deleting' || endpoint.state === 'deleted' ? undefined : 'deletable',
      'copyable',
    );
    return item;
  }

  children(): readonly TreeNode[] {
    const { endpoint, interfaces, securityGroups, gaps } = this.value;
    const problems = gaps.map(
      gap =>
        new DetailNode(`${this.id}/gap/${gap.reading}`, {
          label: gapWords(gap),
          icon: 'warning',
          iconColor: 'list.warningForeground',
        }),
    );
    const failure = endpoint.failure
      ? [
          new DetailNode(`${this.id}/why`, {
            label: endpoint.failure,
            icon: 'error',
            iconColor: 'list.errorForeground',
          }),
        ]
      : [];
    const groups = [
      new DetailGroup(
        `${this.id}/interfaces`,
        t('Interfaces'),
        interfaces.map(item => this.#interface(item)),
      ),
      new DetailGroup(
        `${this.id}/names`,
        t('DNS names'),
        this.#names(),
        endpoint.privateDnsEnabled ? t('private DNS on') : t('private DNS off'),
      ),
      new DetailGroup(
        `${this.id}/groups`,
        t('Security groups'),
        securityGroups.map(group => this.#group(group)),
      ),
    ];
    const tables = endpoint.routeTableIds.map(
      id => new DetailNode(`${this.id}/${id}`, { label: id, icon: 'list-flat', copyText: id }),
    );
    if (endpoint.kind === 'gateway')
      groups.splice(0, groups.length, new DetailGroup(`${this.id}/tables`, t('Route tables'), tables));
    return [...failure, ...problems, ...groups];
  }

  #interface(item: EndpointInterface): TreeNode {
    return new DetailNode(`${this.id}/${item.id}`, {
      label: item.privateIpAddress,
      description: [item.availabilityZone, item.subnetId].filter(Boolean).join(' · '),
      tooltip: [item.id, item.privateIpAddress, item.availabilityZone, item.subnetId, item.status]
        .filter(Boolean)
        .join('\n'),
      icon: 'plug',
      copyText: item.privateIpAddress,
    });
  }

  #names(): readonly TreeNode[] {
    return this.endpoint.dnsEntries.map(
      entry => new DetailNode(`${this.id}/${entry.name}`, { label: entry.name, icon: 'globe', copyText: entry.name }),
    );
  }

  #group(group: SecurityGroup): TreeNode {
    const rules = group.rules.map(
      rule =>
        new DetailNode(`${this.id}/${rule.id}`, {
          label: ruleWords(rule),
          icon: rule.direction === 'ingress' ? 'arrow-right' : 'arrow-left',
        }),
    );
    return new DetailNode(
      `${this.id}/${group.id}`,
      { label: group.name, description: group.id, icon: 'shield', copyText: group.id },
      rules,
    );
  }
}

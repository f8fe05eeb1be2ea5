import * as vscode from 'vscode';
import type { Scope } from '../../app/appModel';
import type { ResourceReference } from '../../app/resourceAddresses';
import type { ServedTargetGroup, ServiceLoadBalancer } from '../../app/serviceDetails';
import type { TargetDescription } from '../../core/loadBalancerDescription';
import type { TargetHealth } from '../../core/loadBalancing';
import { healthSummaryWords, loadBalancerStateWords, targetHealthWords } from '../../words/services';
import { t } from '../../words/translation';
import { contextValue } from '../contributions';
import { DetailNode } from './detailNode';
import { resourceTags } from './resourceTags';
import type { LoadBalancerTarget, ResourceTarget, ValueTarget } from './targets';
import type { TreeNode } from './treeNode';

/** A load balancer behind a service; opens into listeners, target groups and how their targets do. */
export class LoadBalancerNode implements TreeNode, LoadBalancerTarget, ResourceTarget, ValueTarget {
  readonly id: string;

  constructor(
    parentId: string,
    readonly scope: Scope,
    readonly loadBalancer: ServiceLoadBalancer,
  ) {
    this.id = `${parentId}/${loadBalancer.arn}`;
  }

  get resource(): ResourceReference {
    return { id: this.loadBalancer.arn, dnsName: this.loadBalancer.balancer?.dnsName };
  }

  get copyText(): string {
    return this.loadBalancer.arn;
  }

  item(): vscode.TreeItem {
    const { arn, balancer, targetGroups } = this.loadBalancer;
    const name = balancer?.name ?? arn;
    const state = balancer ? loadBalancerStateWords(balancer.state) : t('not readable, or gone');
    const health = balancer ? healthSummaryWords(targetGroups.flatMap(({ targets }) => targets)) : '';
    const isWell = balancer?.state === 'active' && targetGroups.every(isHealthy);
    const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
    item.description = [state, health].filter(Boolean).join(' · ');
    item.iconPath = isWell
      ? new vscode.ThemeIcon('server-environment', new vscode.ThemeColor('testing.iconPassed'))
      : new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    item.tooltip = [arn, balancer?.scheme].filter(Boolean).join('\n');
    item.contextValue = contextValue('loadBalancer', ...resourceTags(this), 'copyable');
    return item;
  }

  children(): readonly TreeNode[] {
    const { targetGroups } = this.loadBalancer;
    return [
      ...listenerNodes(this.id, this.loadBalancer),
      ...targetGroups.map(group => targetGroupNode(this.id, group)),
    ];
  }
}

/** Without one, nothing gets through; that is said. */
function listenerNodes(id: string, { listeners, balancer }: ServiceLoadBalancer): readonly TreeNode[] {
  if (listeners.length === 0) {
    const label = balancer ? t('no listener: nothing gets through') : t('not readable, or gone');
    return [new DetailNode(`${id}/deaf`, { label, icon: 'warning', iconColor: 'list.warningForeground' })];
  }
  return listeners.map(
    ({ arn, protocol, port }) =>
      new DetailNode(`${id}/${arn}`, {
        label: `${protocol} ${port}`,
        description: t('listener'),
        icon: 'arrow-right',
      }),
  );
}

function isHealthy({ targets }: ServedTargetGroup): boolean {
  return targets.length > 0 && targets.every(({ health }) => health === 'healthy');
}

function targetGroupNode(id: string, { group, targets }: ServedTargetGroup): TreeNode {
  const path = `${id}/${group.arn}`;
  return new DetailNode(
    path,
    {
      label: group.name,
      description: [`${group.protocol} ${group.port}`, healthSummaryWords(targets)].join(' · '),
      tooltip: group.arn,
      icon: 'target',
      copyText: group.arn,
    },
    targets.map(target => targetNode(path, target)),
  );
}

const healthIcons: Readonly<Record<TargetHealth, readonly [icon: string, color: string | undefined]>> = {
  healthy: ['pass', 'testing.iconPassed'],
  unhealthy: ['error', 'list.errorForeground'],
  initial: ['loading~spin', undefined],
  unused: ['circle-slash', undefined],
  draining: ['loading~spin', undefined],
  unavailable: ['question', undefined],
};

function targetNode(path: string, { id, port, health, reason, description }: TargetDescription): TreeNode {
  const [icon, iconColor] = healthIcons[health];
  return new DetailNode(`${path}/${id}:${port}`, {
    label: `${id}:${port}`,
    description: [targetHealthWords(health), description].filter(Boolean).join(' · '),
    tooltip: reason ?? '',
    icon,
    ...(iconColor ? { iconColor } : {}),
    copyText: id,
  });
}

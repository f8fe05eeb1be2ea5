import * as vscode from 'vscode';
import type { Scope } from '../../app/appModel';
import type { PendingRequest } from '../../app/requests/pendingRequests';
import type { ResourceReference } from '../../app/resourceAddresses';
import { ageWords, requestStateWords, requestWords, wishWords } from '../../words/requests';
import { timeText } from '../../words/times';
import { t } from '../../words/translation';
import { contextValue } from '../contributions';
import { DetailNode } from './detailNode';
import { resourceTags } from './resourceTags';
import type { ResourceNode } from './resourceView';
import { spokenLine } from './spokenLine';
import type { RequestTarget, ResourceTarget, ValueTarget } from './targets';
import { timeNodes } from './timeNode';
import type { TreeNode } from './treeNode';

/** A request that waits for an answer: who, for what, since when. */
export class RequestNode implements ResourceNode<PendingRequest>, RequestTarget, ResourceTarget, ValueTarget {
  readonly id: string;
  readonly ages = true;

  constructor(
    view: string,
    readonly scope: Scope,
    public value: PendingRequest,
    private readonly nowMs: () => number,
  ) {
    this.id = `${view}/${scope.id}/${value.id}`;
  }

  get request(): PendingRequest {
    return this.value;
  }

  get resource(): ResourceReference {
    return { id: this.value.id, ownerId: this.value.ownerId };
  }

  get copyText(): string {
    return this.value.id;
  }

  item(): vscode.TreeItem {
    const { value } = this;
    const age = ageWords(this.nowMs() - value.askedAtMs);
    const item = new vscode.TreeItem(t('Account {0}', value.ownerId), vscode.TreeItemCollapsibleState.Collapsed);
    item.description = [age, wishWords(value)].join(' · ');
    item.iconPath = new vscode.ThemeIcon('watch', new vscode.ThemeColor('list.warningForeground'));
    item.tooltip = [requestWords(value), requestStateWords(), value.askedAtMs > 0 && timeText(value.askedAtMs)]
      .filter(Boolean)
      .join('\n');
    item.accessibilityInformation = { label: spokenLine(item, value.id, requestStateWords()) };
    item.contextValue = contextValue('request', 'waiting', ...resourceTags(this), 'copyable');
    return item;
  }

  children(): readonly TreeNode[] {
    const { value, id } = this;
    const facts: readonly (readonly [key: string, label: string, text: string | undefined, icon: string])[] = [
      ['id', value.kind === 'endpoint' ? t('endpoint') : t('peering connection'), value.id, 'plug'],
      ['owner', t('owner'), value.ownerId, 'account'],
      ['region', t('region of the owner'), value.ownerRegion, 'location'],
      ...(value.kind === 'endpoint'
        ? ([['service', t('service'), value.serviceName ?? value.serviceId, 'cloud']] as const)
        : ([['vpc', t('VPC'), value.vpcId, 'type-hierarchy']] as const)),
    ].filter((fact): fact is [string, string, string, string] => Boolean(fact[2]));
    const expiresAtMs = value.kind === 'peering' ? value.expiresAtMs : undefined;
    return [
      ...facts.map(
        ([key, label, text = '', icon]) =>
          new DetailNode(`${id}/${key}`, { label: text, description: label, icon, copyText: text }),
      ),
      ...timeNodes(`${id}/asked`, { atMs: value.askedAtMs, label: t('asked'), icon: 'calendar' }, this.nowMs),
      ...timeNodes(`${id}/expires`, { atMs: expiresAtMs, label: t('expires'), icon: 'clock' }, this.nowMs),
    ];
  }
}

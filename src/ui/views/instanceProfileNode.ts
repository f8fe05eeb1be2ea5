import * as vscode from 'vscode';
import type { Scope } from '../../app/appModel';
import { readProfileRole } from '../../app/instanceDetails';
import { indentedPolicy } from '../../core/endpointPolicy';
import { gapError } from '../../core/gaps';
import { t } from '../../words/translation';
import { contextValue } from '../contributions';
import { DetailNode } from './detailNode';
import type { ValueTarget } from './targets';
import type { TreeNode } from './treeNode';

/** An instance profile. IAM is asked for its role and the role's policies when the node is opened, not before. */
export class InstanceProfileNode implements TreeNode, ValueTarget {
  readonly id: string;

  constructor(
    parentId: string,
    private readonly scope: Scope,
    private readonly arn: string,
  ) {
    this.id = `${parentId}/profile`;
  }

  get copyText(): string {
    return this.arn;
  }

  item(): vscode.TreeItem {
    const name = this.arn.split('/').at(-1) ?? this.arn;
    const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
    item.description = t('instance profile');
    item.tooltip = this.arn;
    item.iconPath = new vscode.ThemeIcon('key');
    item.contextValue = contextValue('copyable');
    return item;
  }

  async children(): Promise<readonly TreeNode[]> {
    const reading = await readProfileRole(await this.scope.gateways(), this.arn);
    if (!reading.known) throw gapError(reading.gap);
    const role = reading.value;
    if (!role) {
      const label = t('The instance profile holds no role, or is gone.');
      return [new DetailNode(`${this.id}/none`, { label, icon: 'warning', iconColor: 'list.warningForeground' })];
    }
    const { roleName, policyArns, inlinePolicies = [] } = role;
    const policies = policyArns.map(
      arn =>
        new DetailNode(`${this.id}/${arn}`, {
          label: arn.split('/').at(-1) ?? arn,
          description: t('policy'),
          tooltip: arn,
          icon: 'law',
          copyText: arn,
        }),
    );
    const inline = inlinePolicies.map(
      ({ name, document }) =>
        new DetailNode(`${this.id}/inline/${name}`, {
          label: name,
          description: t('policy within the role'),
          tooltip: indentedPolicy(document),
          icon: 'law',
          copyText: document,
        }),
    );
    return [
      new DetailNode(`${this.id}/role`, {
        label: roleName,
        description: policies.length + inline.length > 0 ? t('role') : t('role, no policies attached'),
        icon: 'account',
        copyText: roleName,
      }),
      ...policies,
      ...inline,
    ];
  }
}

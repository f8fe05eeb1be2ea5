import * as vscode from 'vscode';
import type { Scope } from '../../app/appModel';
import type { SecurityGroup, SecurityGroupRule, Tags } from '../../core/network';
import { ruleWords } from '../../words/securityGroupRules';
import { t } from '../../words/translation';
import { contextValue } from '../contributions';
import { spokenLine } from './spokenLine';
import type { SecurityGroupRuleTarget, SecurityGroupTarget, TaggedTarget, ValueTarget } from './targets';
import type { TreeNode } from './treeNode';

/** A security group; opens into its rules. */
export class SecurityGroupNode implements TreeNode, SecurityGroupTarget, TaggedTarget, ValueTarget {
  readonly id: string;

  constructor(
    parentId: string,
    readonly scope: Scope,
    readonly group: SecurityGroup,
  ) {
    this.id = `${parentId}/${group.id}`;
  }

  get tagged(): { readonly id: string; readonly tags: Tags } {
    return this.group;
  }

  get copyText(): string {
    return this.group.id;
  }

  item(): vscode.TreeItem {
    const { id, name, description, rules } = this.group;
    const hasRules = rules.length > 0;
    const state = hasRules ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None;
    const item = new vscode.TreeItem(name, state);
    item.description = hasRules ? id : t('{0} · no rules: nothing passes', id);
    item.tooltip = [id, description].join('\n');
    item.iconPath = new vscode.ThemeIcon('shield');
    item.accessibilityInformation = {
      label: spokenLine(item, t('security group'), t('{0} rules', rules.length)),
    };
    item.contextValue = contextValue('securityGroup', 'taggable', 'copyable');
    return item;
  }

  children(): readonly TreeNode[] {
    const { scope, group } = this;
    return group.rules.map(rule => new SecurityGroupRuleNode(this.id, scope, group, rule));
  }
}

/** A rule of a group. */
class SecurityGroupRuleNode implements TreeNode, SecurityGroupRuleTarget, ValueTarget {
  readonly id: string;

  constructor(
    parentId: string,
    readonly scope: Scope,
    readonly group: SecurityGroup,
    readonly rule: SecurityGroupRule,
  ) {
    this.id = `${parentId}/${rule.id}`;
  }

  get copyText(): string {
    return this.rule.id;
  }

  item(): vscode.TreeItem {
    const { id, direction, description = '' } = this.rule;
    const item = new vscode.TreeItem(ruleWords(this.rule));
    item.description = description;
    item.tooltip = id;
    item.iconPath = new vscode.ThemeIcon(direction === 'ingress' ? 'arrow-right' : 'arrow-left');
    item.contextValue = contextValue('securityGroupRule', 'copyable');
    return item;
  }
}

import * as vscode from 'vscode';
import type { Scope } from '../../app/appModel';
import type { AllowedPrincipal } from '../../core/endpointService';
import type { EndpointServiceConfiguration } from '../../core/endpointServiceConfiguration';
import { principalKindWords } from '../../words/services';
import { contextValue } from '../contributions';
import type { PrincipalTarget, ValueTarget } from './targets';
import type { TreeNode } from './treeNode';

/** Somebody who may ask for a service. */
export class PrincipalNode implements TreeNode, PrincipalTarget, ValueTarget {
  readonly id: string;

  constructor(
    parentId: string,
    readonly scope: Scope,
    readonly service: EndpointServiceConfiguration,
    readonly principal: AllowedPrincipal,
  ) {
    this.id = `${parentId}/principal/${principal.principal}`;
  }

  get copyText(): string {
    return this.principal.principal;
  }

  item(): vscode.TreeItem {
    const { principal, kind } = this.principal;
    const words = principalKindWords(kind);
    const item = new vscode.TreeItem(principal);
    item.description = words;
    item.iconPath = new vscode.ThemeIcon(kind === 'all' ? 'organization' : 'person');
    item.contextValue = contextValue('principal', 'copyable');
    return item;
  }
}

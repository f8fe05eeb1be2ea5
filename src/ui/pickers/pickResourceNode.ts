import * as vscode from 'vscode';
import type { Scope, ScopeStore } from '../../app/appModel';
import { t } from '../../words/translation';
import type { ResourceTarget } from '../views/targets';
import type { TreeNode } from '../views/treeNode';
import { pickScope } from './pickScope';

/** A view whose resources can be chosen from. */
export interface PickableView {
  readonly title: string;
  /** Reads the scope if need be; a filter of the view does not count. Rejects with a `LabError`. */
  nodesOf(scope: Scope): Promise<readonly TreeNode[]>;
}

/** Asks for a resource of any view. */
export async function pickResourceNode(
  scopes: ScopeStore,
  views: readonly PickableView[],
): Promise<ResourceTarget | undefined> {
  const scope = await pickScope(scopes, t('Which scope?'));
  if (!scope) return undefined;
  const lists = await Promise.allSettled(views.map(async view => itemsOf(view, await view.nodesOf(scope))));
  const items = lists.flatMap(list => (list.status === 'fulfilled' ? list.value : []));
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder: t('Which resource?'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.target;
}

function itemsOf({ title }: PickableView, nodes: readonly TreeNode[]) {
  return nodes.filter(isResource).map(node => {
    const { label, description } = node.item();
    return {
      label: typeof label === 'string' ? label : (label?.label ?? node.resource.id),
      description: typeof description === 'string' ? description : '',
      detail: `${title} · ${node.resource.id}`,
      target: node,
    };
  });
}

function isResource(node: TreeNode): node is TreeNode & ResourceTarget {
  return 'resource' in node && 'scope' in node;
}

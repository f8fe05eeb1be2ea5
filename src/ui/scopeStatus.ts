import * as vscode from 'vscode';
import type { Scope } from '../app/appModel';
import type { Stores } from '../app/stores';
import { type Disposable, DisposableStore } from '../base/disposable';
import { type RunningCost, runningCost } from '../core/runningCost';
import { runningCostDetails, runningCostWords } from '../words/runningCost';
import { t } from '../words/translation';
import { views } from './contributions';
import type { FocusedScope } from './focusedScope';
import { kindMark, placeText } from './scopeText';

type CostStores = Pick<Stores, 'endpoints' | 'instances'>;

/** The status bar's item: which scope is in focus, PRACTICE, LOCAL or LIVE, and what runs there by the hour. Nothing is read for it. */
export function showScopeStatus(focused: FocusedScope, stores: CostStores): Disposable {
  const owned = new DisposableStore();
  const item = owned.add(vscode.window.createStatusBarItem('vpcLabs.scope', vscode.StatusBarAlignment.Left));
  item.name = t('VPC Labs: scope');
  item.command = `${views.endpoints}.focus`;
  const draw = () => drawScope(item, focused.scope, stores);
  owned.add(focused.onDidChange(draw));
  for (const store of [stores.endpoints, stores.instances])
    owned.add(store.onDidChange(({ scope }) => scope === focused.scope && draw()));
  draw();
  return owned;
}

function drawScope(item: vscode.StatusBarItem, scope: Scope | undefined, stores: CostStores): void {
  if (!scope) {
    item.hide();
    return;
  }
  const cost = costOf(scope, stores);
  const lock = scope.isReadOnly ? ' $(lock)' : '';
  const texts = [`${kindMark(scope)} ${scope.label}`, ...(cost ? [runningCostWords(cost)] : [])];
  item.text = `$(shield)${lock} ${texts.join(' · ')}`;
  item.tooltip = [
    `${scope.label} · ${placeText(scope)}`,
    ...(scope.isReadOnly ? [t('read-only')] : []),
    ...(cost ? runningCostDetails(cost, scope.kind) : [t('Open a view to see what runs here.')]),
  ].join('\n');
  item.backgroundColor = scope.kind === 'live' ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
  const readOnly = scope.isReadOnly ? [t('read-only')] : [];
  item.accessibilityInformation = {
    label: [t('VPC Labs scope'), ...texts, scope.region, ...readOnly].join(', '),
    role: 'button',
  };
  item.show();
}

/** Undefined while nothing was read. */
function costOf(scope: Scope, { endpoints, instances }: CostStores): RunningCost | undefined {
  const read = { endpoints: endpoints.get(scope).value, instances: instances.get(scope).value };
  if (!read.endpoints && !read.instances) return undefined;
  return runningCost({
    endpoints: read.endpoints?.map(({ endpoint }) => endpoint),
    instances: read.instances?.map(({ instance }) => instance),
    networkLoadBalancers: undefined,
    natGateways: undefined,
  });
}

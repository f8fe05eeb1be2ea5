import * as vscode from 'vscode';
import type { Scope } from '../app/appModel';
import { BilledWatch } from '../app/billedWatch';
import type { Stores } from '../app/stores';
import type { Clock } from '../base/clock';
import { type Disposable, DisposableStore } from '../base/disposable';
import { Emitter } from '../base/event';
import { type RunningCost, runningCost } from '../core/runningCost';
import { runningCostDetails, runningCostWords } from '../words/runningCost';
import { t } from '../words/translation';
import { views } from './contributions';
import type { FocusedScope } from './focusedScope';
import { kindMark, placeText } from './scopeText';

type CostStores = Pick<Stores, 'endpoints' | 'instances' | 'billed'>;

/** The status bar's item: which scope is in focus, PRACTICE, LOCAL or LIVE, and what runs there by the hour. {@link wireBilledReading} reads what no view does. */
export function showScopeStatus(focused: FocusedScope, stores: CostStores): Disposable {
  const owned = new DisposableStore();
  const item = owned.add(vscode.window.createStatusBarItem('vpcLabs.scope', vscode.StatusBarAlignment.Left));
  item.name = t('VPC Labs: scope');
  item.command = `${views.endpoints}.focus`;
  const draw = () => drawScope(item, focused.scope, stores);
  owned.add(focused.onDidChange(draw));
  for (const store of [stores.endpoints, stores.instances, stores.billed])
    owned.add(store.onDidChange(({ scope }) => scope === focused.scope && draw()));
  draw();
  return owned;
}

/** Reads what is billed beside the views' own resources, while one of the views is visible. */
export function wireBilledReading(
  focused: FocusedScope,
  stores: Stores,
  trees: readonly BilledView[],
  clock: Clock,
): Disposable {
  const owned = new DisposableStore();
  const changed = owned.add(new Emitter<void>());
  owned.add(focused.onDidChange(() => changed.fire()));
  for (const { view } of trees) owned.add(view.onDidChangeVisibility(() => changed.fire()));
  owned.add(
    new BilledWatch({
      stores,
      clock,
      scope: () => focused.scope,
      isSeen: () => trees.some(({ view }) => view.visible),
      onDidChange: changed.event,
    }),
  );
  return owned;
}

interface BilledView {
  readonly view: Pick<vscode.TreeView<unknown>, 'visible' | 'onDidChangeVisibility'>;
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
function costOf(scope: Scope, { endpoints, instances, billed }: CostStores): RunningCost | undefined {
  const read = { endpoints: endpoints.get(scope).value, instances: instances.get(scope).value };
  if (!read.endpoints && !read.instances) return undefined;
  const [things] = billed.get(scope).value ?? [];
  return runningCost({
    endpoints: read.endpoints?.map(({ endpoint }) => endpoint),
    instances: read.instances?.map(({ instance }) => instance),
    loadBalancers: things?.loadBalancers,
    natGateways: things?.natGateways,
    elasticAddresses: things?.elasticAddresses,
  });
}

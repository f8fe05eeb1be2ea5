import * as vscode from 'vscode';
import type { Grouping } from '../../app/arrangement/facets';
import { groupingWords, type ViewArrangement } from '../../app/arrangement/viewArrangement';
import { t } from '../../words/translation';

/** A view that can be grouped and filtered. */
export interface ArrangeableView {
  readonly viewId: string;
  readonly title: string;
  readonly arrangement: ViewArrangement;
  /** What its resources can be grouped by, their tags included; empty when it cannot be arranged. */
  groupings(): readonly Grouping[];
}

/** Asks for what a view shall be grouped by; resolves with it, undefined for one list or when given up. */
export async function groupView(
  views: readonly ArrangeableView[],
  viewId: string | undefined,
): Promise<Grouping | undefined> {
  const view = await viewOf(views, viewId);
  if (!view) return undefined;
  const { arrangement } = view;
  const choices = [undefined, ...view.groupings()].map(grouping => ({
    label: grouping ? groupingWords(grouping) : t('one list'),
    description: grouping === arrangement.grouping ? t('as now') : '',
    grouping,
  }));
  const chosen = await vscode.window.showQuickPick(choices, { title: view.title, placeHolder: t('Group by what?') });
  if (chosen) arrangement.groupBy(chosen.grouping);
  return chosen?.grouping;
}

/** Asks for a text; resolves with the filter that stands then, undefined when there is no view. */
export async function filterView(
  views: readonly ArrangeableView[],
  viewId: string | undefined,
): Promise<string | undefined> {
  const view = await viewOf(views, viewId);
  if (!view) return undefined;
  const text = await vscode.window.showInputBox({
    title: view.title,
    prompt: t('Words of a name, id, service, address, state or tag; all of them must occur. Empty shows everything.'),
    value: view.arrangement.filter,
  });
  if (text !== undefined) view.arrangement.filterBy(text);
  return view.arrangement.filter;
}

/** Shows everything again, in one view, or without one named in all that are filtered. */
export async function clearFilter(views: readonly ArrangeableView[], viewId: string | undefined): Promise<void> {
  for (const view of views) if (viewId === undefined || view.viewId === viewId) view.arrangement.filterBy('');
}

async function viewOf(
  views: readonly ArrangeableView[],
  viewId: string | undefined,
): Promise<ArrangeableView | undefined> {
  if (viewId !== undefined) return views.find(view => view.viewId === viewId);
  const choices = views
    .filter(view => view.groupings().length > 0)
    .map(view => ({ label: view.title, description: view.arrangement.filter, view }));
  const chosen = await vscode.window.showQuickPick(choices, { placeHolder: t('Which view?') });
  return chosen?.view;
}

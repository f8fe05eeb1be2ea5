import { type CommandTable, views as viewIds } from '../contributions';
import { resourceViews } from '../views/makeViews';
import type { CommandParts } from './commandParts';

/** Grouping and filtering of any view. */
export function viewCommands({ views }: CommandParts) {
  const arrangeable = resourceViews(views);
  const run =
    (what: 'groupView' | 'filterView' | 'clearFilter', viewId?: string) =>
    async (target: { readonly viewId: string } | undefined) =>
      (await import('../commands/arrangeView'))[what](arrangeable, viewId ?? target?.viewId);
  return {
    'vpcLabs.view.groupBy': run('groupView'),
    'vpcLabs.view.filter': run('filterView'),
    'vpcLabs.view.clearFilter': run('clearFilter'),
    'vpcLabs.view.showMore': async target => target?.showMore(),
    'vpcLabs.endpoints.groupBy': run('groupView', viewIds.endpoints),
    'vpcLabs.endpoints.filter': run('filterView', viewIds.endpoints),
    'vpcLabs.endpoints.clearFilter': run('clearFilter', viewIds.endpoints),
    'vpcLabs.instances.groupBy': run('groupView', viewIds.instances),
    'vpcLabs.instances.filter': run('filterView', viewIds.instances),
    'vpcLabs.instances.clearFilter': run('clearFilter', viewIds.instances),
  } satisfies Partial<CommandTable>;
}

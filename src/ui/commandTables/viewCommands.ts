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
    'vpcLabs.services.groupBy': run('groupView', viewIds.services),
    'vpcLabs.services.filter': run('filterView', viewIds.services),
    'vpcLabs.services.clearFilter': run('clearFilter', viewIds.services),
    'vpcLabs.pending.groupBy': run('groupView', viewIds.pending),
    'vpcLabs.pending.filter': run('filterView', viewIds.pending),
    'vpcLabs.pending.clearFilter': run('clearFilter', viewIds.pending),
    'vpcLabs.instances.groupBy': run('groupView', viewIds.instances),
    'vpcLabs.instances.filter': run('filterView', viewIds.instances),
    'vpcLabs.instances.clearFilter': run('clearFilter', viewIds.instances),
  } satisfies Partial<CommandTable>;
}

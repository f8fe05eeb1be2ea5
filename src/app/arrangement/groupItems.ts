import { groupBy } from '../../base/groupBy';
import { t } from '../../words/translation';
import { type Grouping, type ResourceFacets, type StateFacet, severities } from './facets';

/** Items that have something in common. */
export interface ItemGroup<T> {
  /** Stable over readings; empty for those that lack the thing. */
  readonly key: string;
  readonly label: string;
  readonly items: readonly T[];
  /** The state among them that asks for most attention. */
  readonly worst: StateFacet;
}

/** The groups of some items by label; those without the thing come last. */
export function groupItems<T>(facets: ResourceFacets<T>, grouping: Grouping, items: readonly T[]): ItemGroup<T>[] {
  return [...groupBy(items, item => groupKeyOf(facets, grouping, item))]
    .map(([key, members]) => ({
      key,
      label: key || lackingLabel(grouping),
      items: members,
      worst: worstOf(facets, members),
    }))
    .sort(byLabel);
}

/** What an item has of the thing that is grouped by; empty when it has none. */
export function groupKeyOf<T>(facets: ResourceFacets<T>, grouping: Grouping, item: T): string {
  switch (grouping) {
    case 'vpc':
      return facets.vpcOf?.(item) ?? '';
    case 'service':
      return facets.serviceOf?.(item) ?? '';
    case 'state':
      return facets.stateOf(item).words;
    default:
      return facets.tagsOf?.(item)[tagKeyOf(grouping)] ?? '';
  }
}

/** `Team` of `tag:Team`. */
export function tagKeyOf(grouping: `tag:${string}`): string {
  return grouping.slice('tag:'.length);
}

function worstOf<T>(facets: ResourceFacets<T>, items: readonly T[]): StateFacet {
  const states = items.map(item => facets.stateOf(item));
  return states.reduce((worst, state) =>
    severities.indexOf(state.severity) > severities.indexOf(worst.severity) ? state : worst,
  );
}

function lackingLabel(grouping: Grouping): string {
  switch (grouping) {
    case 'vpc':
      return t('no VPC');
    case 'service':
      return t('no service');
    case 'state':
      return t('no state');
    default:
      return t('without the tag {0}', tagKeyOf(grouping));
  }
}

function byLabel<T>(one: ItemGroup<T>, other: ItemGroup<T>): number {
  if (one.key === '' || other.key === '') return one.key === '' ? 1 : -1;
  return one.label.localeCompare(other.label, 'en', { numeric: true });
}

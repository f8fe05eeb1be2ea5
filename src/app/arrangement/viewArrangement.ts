import type { Disposable } from '../../base/disposable';
import { Emitter } from '../../base/event';
import { t } from '../../words/translation';
import type { Memory } from '../appModel';
import type { Grouping, ResourceFacets } from './facets';
import { tagKeyOf } from './groupItems';

/** How "one list" is remembered where a view is grouped by default. */
const ungrouped = 'ungrouped';

/** What one view is grouped and filtered by; remembered with the workspace, if there is a memory. */
export class ViewArrangement implements Disposable {
  readonly #didChange = new Emitter<void>();
  readonly onDidChange = this.#didChange.event;
  #grouping: Grouping | undefined;
  #filter: string;

  constructor(
    private readonly viewId: string,
    private readonly memory?: Memory,
    /** What holds until somebody chooses; undefined: one list. */
    private readonly defaultGrouping?: Grouping,
  ) {
    const grouping = memory?.get(this.#key('grouping'));
    const filter = memory?.get(this.#key('filter'));
    this.#grouping = isGrouping(grouping) ? grouping : grouping === ungrouped ? undefined : defaultGrouping;
    this.#filter = typeof filter === 'string' ? filter : '';
  }

  /** Undefined: not grouped. */
  get grouping(): Grouping | undefined {
    return this.#grouping;
  }

  /** As typed; empty: everything is shown. */
  get filter(): string {
    return this.#filter;
  }

  groupBy(grouping: Grouping | undefined): void {
    if (grouping === this.#grouping) return;
    this.#grouping = grouping;
    this.#keep('grouping', grouping === this.defaultGrouping ? undefined : (grouping ?? ungrouped));
  }

  filterBy(text: string): void {
    const filter = text.trim();
    if (filter === this.#filter) return;
    this.#filter = filter;
    this.#keep('filter', filter || undefined);
  }

  dispose(): void {
    this.#didChange.dispose();
  }

  #keep(what: string, value: string | undefined): void {
    void this.memory?.update(this.#key(what), value);
    this.#didChange.fire();
  }

  #key(what: string): string {
    return `${this.viewId}.${what}`;
  }
}

/** What resources can be grouped by: what their kind has, and each key of a tag that one of them carries. */
export function groupingsOf<T>(facets: ResourceFacets<T>, items: readonly T[]): readonly Grouping[] {
  const tagKeys = new Set(items.flatMap(item => Object.keys(facets.tagsOf?.(item) ?? {})));
  tagKeys.delete('Name');
  return [
    ...(facets.vpcOf ? (['vpc'] as const) : []),
    ...(facets.serviceOf ? (['service'] as const) : []),
    'state',
    ...[...tagKeys].sort().map(key => `tag:${key}` as const),
  ];
}

/** "by VPC" */
export function groupingWords(grouping: Grouping): string {
  switch (grouping) {
    case 'vpc':
      return t('by VPC');
    case 'service':
      return t('by service');
    case 'state':
      return t('by state');
    default:
      return t('by tag {0}', tagKeyOf(grouping));
  }
}

function isGrouping(value: unknown): value is Grouping {
  return typeof value === 'string' && /^(?:vpc|service|state|tag:.+)$/s.test(value);
}

import type { Tags } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import { compileWildcards } from '../../world/wildcards';

/** What a filter compares with: one value, any of several, or nothing. */
export type FilterValue = string | readonly string[] | undefined;

export type FilterTable<T> = Readonly<Record<string, (item: T) => FilterValue>>;

export interface RequestedFilter {
  readonly Name?: string | undefined;
  readonly Values?: readonly string[] | undefined;
}

/** Values are alternatives, filters must all hold, `*` and `?` are wildcards unless escaped, case counts ("Filter syntax for the EC2 API"). */
export function applyFilters<T>(
  items: readonly T[],
  filters: readonly RequestedFilter[] | undefined,
  table: FilterTable<T>,
  tagsOf?: (item: T) => Tags,
): readonly T[] {
  const tests = (filters ?? []).map(filter => testOf(filter, table, tagsOf));
  return items.filter(item => tests.every(test => test(item)));
}

function testOf<T>(
  filter: RequestedFilter,
  table: FilterTable<T>,
  tagsOf: ((item: T) => Tags) | undefined,
): (item: T) => boolean {
  const name = filter.Name ?? '';
  const read = tagReader(name, tagsOf) ?? (Object.hasOwn(table, name) ? table[name] : undefined);
  if (!read) throw new ServiceFault('InvalidParameterValue', `The filter '${filter.Name ?? 'null'}' is invalid`);
  const patterns = (filter.Values ?? []).map(value => compileWildcards(value, true));
  return item => {
    const found = read(item);
    const values = typeof found === 'string' ? [found] : (found ?? []);
    return values.some(value => patterns.some(isLike => isLike(value)));
  };
}

function tagReader<T>(name: string, tagsOf: ((item: T) => Tags) | undefined): ((item: T) => FilterValue) | undefined {
  if (!tagsOf) return undefined;
  if (name === 'tag-key') return item => Object.keys(tagsOf(item));
  if (!name.startsWith('tag:')) return undefined;
  const key = name.slice('tag:'.length);
  return item => {
    const tags = tagsOf(item);
    return Object.hasOwn(tags, key) ? tags[key] : undefined;
  };
}

import type { Clock } from '../../base/clock';
import { mapInSlices } from '../slices';
import type { ResourceFacets } from './facets';

/** What was joined for an item once; items are values, so a newer one is another key. */
const joinedTexts = new WeakMap<object, string>();

/** A predicate for a filter as typed: every word must occur somewhere in the item, in upper or lower case. Without words all match. */
export function matchText<T extends object>(facets: ResourceFacets<T>, filter: string): (item: T) => boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  return item => {
    const text = joinedText(facets, item);
    return words.every(word => text.includes(word));
  };
}

/** Puts the texts of many items together, a slice at a time, so that the first filter over them holds up nobody. */
export async function prepareTexts<T extends object>(
  clock: Clock,
  facets: ResourceFacets<T>,
  items: readonly T[],
): Promise<void> {
  await mapInSlices(clock, items, item => joinedText(facets, item));
}

function joinedText<T extends object>(facets: ResourceFacets<T>, item: T): string {
  const known = joinedTexts.get(item);
  if (known !== undefined) return known;
  const tags = Object.entries(facets.tagsOf?.(item) ?? {}).map(([key, value]) => `${key}=${value}`);
  const texts = [...facets.textsOf(item), facets.vpcOf?.(item), facets.stateOf(item).words, ...tags];
  const joined = texts.filter(Boolean).join('\n').toLowerCase();
  joinedTexts.set(item, joined);
  return joined;
}
